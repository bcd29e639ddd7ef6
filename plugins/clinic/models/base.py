"""The base of every record that the owner writes, and the small types they share.

Every scalar arrives as the text the owner typed (``clinic.files.yaml_text`` sees to that), so the types here turn text
into values and refuse, in one plain sentence, what they cannot.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, model_validator

from clinic.models.types import Text


class Record(BaseModel):
    """A record of facts: immutable, and refusing keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)
    entry_word: ClassVar[str] = "key"
    """What the owner calls one of its lines."""


class RecordError(ValueError):
    """What is wrong with a whole record, and the key at which to begin mending it."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


def as_written(value: Any, names: Mapping[str, str]) -> Any:
    """The record with our names for the keys that the owner writes: ``from`` and ``to`` cannot be names in Python."""
    return {names.get(key, key): entry for key, entry in value.items()} if isinstance(value, dict) else value


class Status(Enum):
    """Who sees an article or a page. Hidden: at its own address only, in no list. Draft: the preview only."""

    PUBLISHED = "published"
    HIDDEN = "hidden"
    DRAFT = "draft"


class WithImage(Record):
    """A record that may carry a picture: a file under ``content/`` and what it shows, in words."""

    image: Text | None = None
    image_alt: Text | None = None

    @model_validator(mode="after")
    def _described(self) -> Self:
        """WCAG 2.2, 1.1.1: a picture that carries meaning has a text alternative."""
        if self.image and not self.image_alt:
            raise RecordError(
                "image", 'the image has no words; add "image_alt: …" and say in a few words what it shows'
            )
        return self
