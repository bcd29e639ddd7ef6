"""The base class of every record that the owner writes, its error, and what several records share.

Every scalar arrives as the text the owner typed (``clinic.content.yaml_text``): the types in ``clinic.models.types``
turn text into values, or refuse it with one plain sentence.
"""

import re
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Annotated, Any, ClassVar, Self, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from clinic.models.language import LanguageCode
from clinic.models.types import Text, TextList, checked

NO_HINT: dict[str, Any] = {"hint": None}
"""``json_schema_extra`` of a required key: an error message about it does not end with its description."""
_FIGURE = re.compile(r"[\d@＠]")
_WORDS = ("noon", "midday", "midnight", "the clock", "closed", "shut", "not open", "at)", "at]", "at}")
_NO_FACT = "has no number, address or sum in it; write what stands on the page, such as a price or a number"


_SIDES = {"left": ("0%", ""), "right": ("100%", ""), "top": ("", "0%"), "bottom": ("", "100%"), "center": ("", "")}
_SHARES = re.compile(r"(100|\d\d?)%\s*,?\s*(100|\d\d?)%")


def _focus(text: str) -> str:
    """Where to look in a picture, as CSS writes it (CSS Images, ``object-position``): ``50% 0%`` for the top."""
    if shares := _SHARES.fullmatch(text.strip()):
        return f"{shares[1]}% {shares[2]}%"
    words = re.findall(r"[^\s,-]+", text.casefold().replace("centre", "center").replace("middle", "center"))
    across, down = ([side for word in words if (side := _SIDES.get(word, ("", ""))[axis])] for axis in (0, 1))
    if not words or not set(words) <= _SIDES.keys() or len(across) > 1 or len(down) > 1 or len(words) > 2:
        raise ValueError(
            f'"{text}" is no part of a picture; write top, bottom, left, right, two of them such as top left, '
            "or how far from the left and from the top: 30% 20%"
        )
    return f"{across[0] if across else '50%'} {down[0] if down else '50%'}"


Focus: TypeAlias = Annotated[str, AfterValidator(_focus)]


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


def check_order(what: str, key: str, begins: date, ends: date) -> None:
    """Raise RecordError at ``key`` for a record that ends before it begins."""
    if ends < begins:
        raise RecordError(key, f"this {what} ends ({ends}) before it begins ({begins}); correct one of them")


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
    image_focus: Focus | None = Field(
        default=None, description="what must not be cut off: top, bottom, left, right, top left …, or 30% 20%"
    )

    @model_validator(mode="after")
    def _has_text_alternative(self) -> Self:
        """WCAG 2.2, 1.1.1: an image that carries meaning has a text alternative."""
        if self.image and not self.image_alt:
            message = 'the image has no words; add "image_alt: …" and say in a few words what it shows'
            raise RecordError("image", message)
        if self.image_alt and not self.image:
            message = 'there is no image that these words could be for; add "image: …" with its file, or take them out'
            raise RecordError("image_alt", message)
        if self.image_focus and not self.image:
            message = 'there is no image whose part this could be; add "image: …" with its file, or take this out'
            raise RecordError("image_focus", message)
        return self


class InOneLanguage(WithImage):
    """Front matter of a file that is in one language, and may be the translation of another file."""

    language: LanguageCode | None = Field(
        default=None, description="the language of this file, such as cy, if it is not the clinic's"
    )
    translation_of: Text | None = Field(
        default=None, description="the file that this one says in another language, such as pages/about.md"
    )
    seo_title: Text | None = Field(
        default=None, description="the title for search engines, if it is to be another than the headline"
    )


def may_state_fact(text: str) -> bool:
    """Whether it has a digit, an @ or a word without which nothing can be read as a fact of a clinic."""
    return bool(_FIGURE.search(text)) or " AT " in text or any(map(text.lower().__contains__, _WORDS))


class Exemption(Record):
    """An entry of ``others``: a statement that looks like a fact of the clinic and is somebody else's."""

    text: Annotated[Text, checked(may_state_fact, _NO_FACT)] = Field(
        description="the number, address or sum as it stands on the page", json_schema_extra=NO_HINT
    )
    why: Text = Field(description="whose it is, or why it stands there, in a few words")


Exemptions: TypeAlias = Annotated[
    tuple[Exemption, ...], Field(description="numbers, addresses and sums here that are not the clinic's own")
]
