"""Directives, ``/// booking | Heading`` … ``///`` in Markdown: their kinds, options and bodies."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, ClassVar, Literal, TypeAlias

from pydantic import Field

from clinic.models.announcements import Urgency
from clinic.models.base import Record
from clinic.models.types import Slug, SlugList, Text
from clinic.models.videos import VideoSource
from clinic.rendering.text import columns_of, list_items, plain_text, shorten

MOST_SHOWN = 24
"""Articles or testimonials that one directive shows; of more than these the list itself is the better place."""
CalloutKind: TypeAlias = Literal["note", "tip", "warning"]


class Body(Enum):
    """What must stand between the opening and the closing line."""

    NOTHING = "nothing"
    ANY_WORDS = "words, or nothing"
    WORDS = "words"
    BULLETS = "bullets"
    NUMBERS = "numbers"
    IMAGES = "images"
    LINKS = "links"
    COLUMNS = "words, with a rule between any two columns"


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


class ServicesOptions(NoOptions):
    """``services``: those to show, by file name; without it, all."""

    services: SlugList = ()


class TeamOptions(NoOptions):
    """``practitioners``: those to show, by file name; without it, all."""

    practitioners: SlugList = ()


class TestimonialsOptions(NoOptions):
    """``number``: how many; without it, all."""

    number: int | None = Field(default=None, ge=1, le=MOST_SHOWN)


class ArticlesOptions(NoOptions):
    """``number``: how many of the newest; ``category`` and ``tag``: of which list."""

    number: int = Field(default=3, ge=1, le=MOST_SHOWN)
    category: Text | None = None
    tag: Text | None = None


class FaqOptions(NoOptions):
    """``service``: that whose questions are shown, by file name, in place of a list of one's own."""

    service: Slug | None = None


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
    "services": Kind("service_list", Body.NOTHING, ServicesOptions),
    "prices": Kind("price_list", Body.NOTHING, ServicesOptions),
    "team": Kind("team_list", Body.NOTHING, TeamOptions),
    "testimonials": Kind("testimonial_list", Body.NOTHING, TestimonialsOptions),
    "articles": Kind("article_row", Body.NOTHING, ArticlesOptions),
    "faq": Kind("faq", Body.ANY_WORDS, FaqOptions),
    "map": Kind("map_card", Body.ANY_WORDS, AtLocation),
    "gallery": Kind("gallery", Body.IMAGES),
    "logos": Kind("logos", Body.IMAGES),
    "button": Kind("button_row", Body.LINKS),
    "download": Kind("download", Body.LINKS),
    "columns": Kind("columns", Body.COLUMNS),
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
    if name == "faq":
        yield from _faq_errors(directive, body)
    if name == "button" and directive.heading:
        link = f"[{directive.heading}]({{filename}}/pages/….md)"
        yield f"the words of a button stand in its link; take them out behind the bar, and write {link} below this line"
    holds, needed = _BODIES[directive.kind.body]
    if not holds(body):
        yield f'the directive "{name}" {needed.format(example=_EXAMPLES_OF_LINKS.get(name, ""))}'


_BODIES: Mapping[Body, tuple[Callable[[str], bool], str]] = {
    Body.ANY_WORDS: (lambda _: True, ""),
    Body.NOTHING: (lambda body: not body, "takes no text between its lines; move the text below it"),
    Body.BULLETS: (
        lambda body: "<ul" in body,
        'needs a list; begin each line with "- ", with an empty line above the first',
    ),
    Body.NUMBERS: (lambda body: "<ol" in body, 'needs a numbered list; begin its lines with "1. ", "2. " and so on'),
    Body.WORDS: (bool, "is empty; write its words between its two lines"),
    Body.IMAGES: (
        lambda body: "<img" in body,
        "needs pictures; write them as ![what it shows]({{static}}/images/….jpg)",
    ),
    Body.LINKS: (lambda body: "<a " in body, "needs a link; write {example}"),
    Body.COLUMNS: (
        lambda body: len(columns_of(body)) > 1,
        "has one column; write *** on a line of its own between one and the next",
    ),
}
"""What the HTML between the lines of a directive has to hold, and what is said where it does not."""
_EXAMPLES_OF_LINKS = {
    "button": "[See our prices]({filename}/pages/prices.md)",
    "download": "[Health form]({static}/files/form.pdf)",
}


def _faq_errors(directive: Directive, body: str) -> Iterator[str]:
    """A list of questions, or those of a service, but not both."""
    items = list_items(body)
    if directive.option("service"):
        if body:
            yield 'with "service" the directive "faq" shows the questions of that service; move the text below it'
    elif not items:
        yield 'the directive "faq" needs a list of questions; write each as - **Does it hurt?** It should not.'
    elif not all(item.text for item in items):
        bare = plain_text(next(item.name for item in items if not item.text))
        yield f'"{shorten(bare, 60)}" has no answer; write the question in ** **, and its answer behind it'
