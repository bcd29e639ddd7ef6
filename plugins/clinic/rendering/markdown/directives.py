"""Directives: ``/// booking | Heading`` … ``///`` in Markdown. Here is what each kind takes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, ClassVar, Literal

from clinic.domain.pages.media import VideoSource
from clinic.models.announcements import Urgency
from clinic.models.base import Record
from clinic.models.types import Slug


class Body(Enum):
    """What stands between the opening and the closing line."""

    NOTHING = "nothing"
    ANY_WORDS = "words, or nothing"
    WORDS = "words"
    BULLETS = "bullets"
    NUMBERS = "numbers"


class NoOptions(Record):
    """A directive that takes no options."""

    entry_word: ClassVar[str] = "option"


class AtLocation(NoOptions):
    """``location:`` the key of a location in clinic.yaml; without it, all of them."""

    location: Slug | None = None


class BookingOptions(AtLocation):
    """Whom and what to book; each by file name."""

    service: Slug | None = None
    practitioner: Slug | None = None


class CareOptions(NoOptions):
    """How soon to seek help; or ``card``, the short name of one in clinic.yaml, which says all of it."""

    urgency: Urgency = "non-urgent"
    card: Slug | None = None


class CalloutOptions(NoOptions):
    """What the callout is."""

    kind: Literal["note", "tip", "warning"] = "note"


class VideoOptions(VideoSource):
    """The film itself."""

    entry_word: ClassVar[str] = "option"


@dataclass(frozen=True)
class Kind:
    """A kind of directive: what it takes, and the component of the theme that shows it."""

    component: str
    body: Body
    options: type[Record] = NoOptions
    needs_heading: bool = False
    whole_with: str | None = None
    """The option that brings everything with it, heading and words too."""
    example: str = ""
    """A heading as it might be."""


KINDS: Mapping[str, Kind] = {
    "booking": Kind("call_to_action", Body.ANY_WORDS, BookingOptions),
    "contact": Kind("contact_details", Body.NOTHING),
    "location": Kind("location_details", Body.NOTHING, AtLocation),
    "hours": Kind("opening_hours", Body.NOTHING, AtLocation),
    "care": Kind(
        "care_card", Body.WORDS, CareOptions, needs_heading=True, whole_with="card", example="When to see your GP"
    ),
    "do": Kind("do_and_dont", Body.BULLETS),
    "dont": Kind("do_and_dont", Body.BULLETS),
    "callout": Kind("callout", Body.WORDS, CalloutOptions),
    "chain": Kind("chain", Body.NUMBERS),
    "steps": Kind("steps", Body.NUMBERS),
    "video": Kind("video", Body.ANY_WORDS, VideoOptions, True, example="How we look at an ankle"),
}


@dataclass(frozen=True)
class Directive:
    """One directive as the owner wrote it; ``line`` is where it opens, ``option_lines`` where its options stand."""

    name: str
    heading: str | None
    options: Record
    line: int
    option_lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        """What its name stands for."""
        return KINDS[self.name]

    @property
    def is_whole(self) -> bool:
        """Whether an option brings all that the owner would otherwise write."""
        return self.kind.whole_with is not None and bool(self.option(self.kind.whole_with))

    def option(self, key: str) -> Any:
        """The value of an option, None where the kind does not have it."""
        return getattr(self.options, key, None)


def body_problems(directive: Directive, body: str) -> Iterator[str]:
    """What is wrong with the HTML inside a directive, a sentence each."""
    name = directive.name
    if directive.is_whole:
        if body or directive.heading or directive.options.model_fields_set - {directive.kind.whole_with}:
            key = directive.kind.whole_with
            yield f'with "{key}" the directive "{name}" says what clinic.yaml says; take everything else out of it'
        return
    match directive.kind.body:
        case Body.NOTHING if body:
            yield f'the directive "{name}" takes no text between its lines; move the text below it'
        case Body.BULLETS if "<ul" not in body:
            yield f'the directive "{name}" needs a list; begin each line with "- ", with an empty line above the first'
        case Body.NUMBERS if "<ol" not in body:
            yield f'the directive "{name}" needs a numbered list; begin its lines with "1. ", "2. " and so on'
        case Body.WORDS if not body:
            yield f'the directive "{name}" is empty; write its words between its two lines'
