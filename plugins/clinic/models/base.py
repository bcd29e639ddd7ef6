"""The base class of every record that the owner writes, its error, and two things that several records share.

Every scalar arrives as the text the owner typed (``clinic.content.yaml_text``): the types in ``clinic.models.types``
turn text into values, or refuse it with one plain sentence.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Annotated, Any, ClassVar, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, model_validator

from clinic.models.types import Text, TextList

NO_HINT: dict[str, Any] = {"hint": None}
"""``json_schema_extra`` of a required key: an error message about it does not end with its description."""


class Record(BaseModel):
    """An immutable record that refuses unknown keys.

    Each field's ``description`` is printed in the owner's manual; that of a required one also ends error messages
    ("; it is …"), unless ``json_schema_extra`` has another ``hint``, or None.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)
    entry_word: ClassVar[str] = "key"
    """What error messages call one line of the record."""


class RecordError(ValueError):
    """Several keys of a record do not fit together; ``key`` is the one whose line the error is reported at."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


def rename_keys(value: Any, names: Mapping[str, str]) -> Any:
    """A mapping with fields' names for the keys the owner writes: ``from`` and ``to`` cannot be names in Python."""
    return {names.get(key, key): entry for key, entry in value.items()} if isinstance(value, dict) else value


class Status(Enum):
    """Who sees an article or a page. Hidden: at its own address only, in no list. Draft: the preview only."""

    PUBLISHED = "published"
    HIDDEN = "hidden"
    DRAFT = "draft"


PageStatus: TypeAlias = Annotated[
    Status, Field(description="published; hidden: in no list; or draft: in the preview only")
]
Aliases: TypeAlias = Annotated[TextList, Field(description="former addresses that lead here, such as /old-page/")]
Order: TypeAlias = Annotated[int, Field(description="the place in lists: smaller numbers come first")]


class WithImage(Record):
    """A record that may have an image: a file under ``content/`` and its text alternative."""

    image: Text | None = Field(default=None, description="an image in the content folder, such as images/harbour.jpg")
    image_alt: Text | None = Field(default=None, description="what the image shows, in a few words")

    @model_validator(mode="after")
    def _has_text_alternative(self) -> Self:
        """WCAG 2.2, 1.1.1: an image that carries meaning has a text alternative."""
        if self.image and not self.image_alt:
            raise RecordError(
                "image", 'the image has no words; add "image_alt: …" and say in a few words what it shows'
            )
        return self
