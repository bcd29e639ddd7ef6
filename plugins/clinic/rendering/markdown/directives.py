"""Directives, ``/// booking | Heading`` … ``///`` in Markdown: their kinds, options and bodies."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, ClassVar, Literal, TypeAlias

from clinic.models.announcements import Urgency
from clinic.models.base import Record
from clinic.models.types import Slug, SlugList
from clinic.models.videos import VideoSource

CalloutKind: TypeAlias = Literal["note", "tip", "warning"]


class Body(Enum):
    """What must stand between the opening and the closing line."""

    NOTHING = "nothing"
    ANY_WORDS = "words, or nothing"
    WORDS = "words"
    BULLETS = "bullets"
    NUMBERS = "numbers"


class NoOptions(Record):
    """No options; the base of all options."""

    entry_word: ClassVar[str] = "option"


class AtLocation(NoOptions):
    """``location:`` the key of a location in clinic.yaml; without it, all of them."""

    location: Slug | None = None


class BookingOptions(AtLocation):
    """What to book, with whom and where, each by file name."""

    service: Slug | None = None
    practitioner: Slug | None = None


class ExercisesOptions(NoOptions):
    """``exercises:`` names of files in exercises/, in their order; without them, all."""

    exercises: SlugList = ()


class CareOptions(NoOptions):
    """``urgency``: how soon to seek help; or ``card``: the key of a care card in clinic.yaml, in place of all else."""

    urgency: Urgency = "non-urgent"
    card: Slug | None = None


class CalloutOptions(NoOptions):
    """What kind of callout."""

    kind: CalloutKind = "note"


class VideoOptions(VideoSource):
    """The video: its address and what is known of it."""

    entry_word: ClassVar[str] = "option"


@dataclass(frozen=True)
class Kind:
    """A kind of directive: what it takes, and the theme's component that shows it."""

    component: str
    body: Body
    options: type[Record] = NoOptions
    needs_heading: bool = False
    content_option: str | None = None
    """The option that takes the place of heading, body and all other options."""
    example: str = ""
    """An example of a heading, for messages."""


KINDS: Mapping[str, Kind] = {
    "booking": Kind("call_to_action", Body.ANY_WORDS, BookingOptions),
    "contact": Kind("contact_details", Body.NOTHING),
    "location": Kind("location_details", Body.NOTHING, AtLocation),
    "hours": Kind("opening_hours", Body.NOTHING, AtLocation),
    "fees": Kind("fees", Body.NOTHING),
    "exercises": Kind("exercises", Body.NOTHING, ExercisesOptions),
    "care": Kind("care_card", Body.WORDS, CareOptions, True, "card", example="When to see your GP"),
    "do": Kind("do_and_dont", Body.BULLETS),
    "dont": Kind("do_and_dont", Body.BULLETS),
    "callout": Kind("callout", Body.WORDS, CalloutOptions),
    "chain": Kind("chain", Body.NUMBERS),
    "steps": Kind("steps", Body.NUMBERS),
    "video": Kind("video", Body.ANY_WORDS, VideoOptions, True, example="How we look at an ankle"),
}


@dataclass(frozen=True)
class Directive:
    """One directive as the owner wrote it: the line it opens on, that of each option, and the text below that line."""

    name: str
    heading: str | None
    options: Record
    line: int
    option_lines: Mapping[str, int] = field(default_factory=dict)
    text: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        """The kind of its name."""
        return KINDS[self.name]

    @property
    def has_content_option(self) -> bool:
        """Whether an option takes the place of everything else."""
        return self.kind.content_option is not None and bool(self.option(self.kind.content_option))

    def option(self, key: str) -> Any:
        """The value of an option, None where the kind has no such option."""
        return getattr(self.options, key, None)


def body_errors(directive: Directive, body: str) -> Iterator[str]:
    """Messages on what is wrong with ``body``, the HTML inside a directive."""
    name = directive.name
    if directive.has_content_option:
        key = directive.kind.content_option
        if body or directive.heading or directive.options.model_fields_set - {key}:
            yield f'with "{key}" the directive "{name}" says what clinic.yaml says; take everything else out of it'
        return
    if name == "video" and not directive.option("url") and "url" not in directive.option_lines:
        yield 'this video has no film; write its address below this line, indented by four spaces: "url: https://…"'
    match directive.kind.body:
        case Body.NOTHING if body:
            yield f'the directive "{name}" takes no text between its lines; move the text below it'
        case Body.BULLETS if "<ul" not in body:
            yield f'the directive "{name}" needs a list; begin each line with "- ", with an empty line above the first'
        case Body.NUMBERS if "<ol" not in body:
            yield f'the directive "{name}" needs a numbered list; begin its lines with "1. ", "2. " and so on'
        case Body.WORDS if not body:
            yield f'the directive "{name}" is empty; write its words between its two lines'
