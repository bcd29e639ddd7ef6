"""Directives and images of a text, rendered by the theme's components."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import PurePosixPath
from typing import Any, NamedTuple, Protocol

from markupsafe import Markup

from clinic.content.diagnostics import Diagnostic
from clinic.domain.booking.call_to_action import CallToAction, call_to_action_for
from clinic.domain.booking.provider_links import Origin
from clinic.domain.booking.routing import BookingTarget, Subject, departure_error, not_offered_error, target_conflicts
from clinic.domain.pages.media import Image
from clinic.domain.pages.urls import WHOLE_SITE, LanguagePart, article_path, exercise_path
from clinic.models.announcements import CareCard
from clinic.models.clinic import Clinic
from clinic.models.exercises import Exercise
from clinic.models.language import size_in_words
from clinic.rendering.markdown.directive_records import DirectiveRecords
from clinic.rendering.markdown.directives import Directive, body_errors
from clinic.rendering.markdown.lost_words import lost_between
from clinic.rendering.text import columns_of, html_fragment, links_in, separate_words
from clinic.rendering.typography import with_true_signs

BOOK_PAGE = "{filename}/pages/book.md"
"""Pelican resolves it, in feeds too, so a call to action is a checked internal link."""
# The second part matches only what the first has begun: an image alone in its paragraph is taken with the paragraph.
_IMAGE = re.compile(r"""(?P<alone><p>\s*)?(?P<tag><img\b(?:"[^"]*"|'[^']*'|[^<>"'])*>)(?(alone)\s*</p>)""")
_FIRST_SCREEN = 400
"""Characters of HTML, about as many as stand below the title on the first screen of a phone."""
Find = Callable[[str], Image | None]
"""The published image that an address means, None for one that is not ours to publish."""


class DownloadFile(NamedTuple):
    """A file to download: its words in HTML, where it is, its kind such as PDF, and its size in words or empty."""

    words: Markup
    url: str
    kind: str
    size: str


def article_list_marker(directive: Directive) -> str:
    """What stands in a body for a list of articles until all of them are known."""
    return f'<articles-shown n="{directive.line}"></articles-shown>'


class RenderComponent(Protocol):
    """Renders a component of the theme by name."""

    def __call__(self, name: str, **arguments: Any) -> Markup:
        """The component's HTML."""


class SheetExercise(NamedTuple):
    """An exercise on a sheet: ``words`` say how it is done, ``film`` is where the code for its film leads, absolute."""

    exercise: Exercise
    words: Markup
    film: str | None


@dataclass
class DirectiveViews:
    """Gives each directive of one file's facts to its component, and collects what is wrong with them.

    ``subject`` is what the file is about, ``page`` the path of its page. ``unreadable`` are the names, under
    ``services`` and ``team``, of files without a record: invalid ones, which have diagnostics of their own, and drafts.
    ``size_of`` gives the bytes of the file that a link means, None where it means none of the owner's; ``part`` knows
    where the pages of the language are.
    """

    clinic: Clinic
    render: RenderComponent
    file: str
    subject: Subject
    page: str
    unreadable: Mapping[str, frozenset[str]]
    team_is_whole: bool = True
    exercise_words: Callable[[str], Markup] = lambda _: Markup("")
    """How the exercise of this file name is done: the HTML of its text."""
    size_of: Callable[[str], int | None] = lambda _: None
    part: LanguagePart = WHOLE_SITE
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.records = DirectiveRecords(self.clinic, self.file, self.unreadable, self.team_is_whole, self.diagnostics)

    def __call__(self, directive: Directive, body: str) -> str:
        """The HTML of one directive around ``body``."""
        known = len(self.diagnostics)
        for message in body_errors(directive, body):
            self.records.report(directive, message)
        shown = self._shown(directive, body)
        if len(self.diagnostics) == known:
            self._find_lost_words(directive, body, shown)
        return shown

    def _shown(self, directive: Directive, body: str) -> str:
        if directive.has_content_option:
            card = self.records.pick(directive, "card", self.clinic.care_cards)
            return approved_care_card(self.clinic, self.render, card) if card else ""
        if directive.name == "articles":
            return article_list_marker(directive)
        inside = Markup(body)  # noqa: S704 (from the owner's Markdown)
        arguments = self._arguments(directive, body)
        return self.render(directive.kind.component, heading=directive.heading, body=inside, **arguments)

    def _find_lost_words(self, directive: Directive, body: str, shown: str) -> None:
        """Report words that the component leaves out: some show a list and nothing beside it."""
        given = f"{directive.heading or ''} {separate_words(html_fragment(body))}"
        for line, words in lost_between(directive.text, given, separate_words(html_fragment(shown))):
            message = (
                f'the directive "{directive.name}" does not show these words: "{words}"; put them above or below it'
            )
            self.diagnostics.append(Diagnostic(self.file, directive.line + 1 + line, message))

    def _arguments(self, directive: Directive, body: str) -> Mapping[str, Any]:
        """What the component of a directive is given beside its heading and body."""
        if made := _ARGUMENTS.get(directive.name):
            return made(self, directive, body)
        return {key: value for key, value in directive.options if key != directive.kind.content_option}

    def files(self, directive: Directive, body: str) -> tuple[DownloadFile, ...]:
        """The linked files; a link to anything else is no download, and one to a file that is not there is told."""
        found = []
        for words, url in links_in(body):
            ending = PurePosixPath(url.partition("#")[0].partition("?")[0]).suffix
            if not ending or url.startswith("{filename}"):
                message = f'"{url}" is no file; link to one of yours, such as {{static}}/files/form.pdf'
                self.records.report(directive, message)
            found.append(DownloadFile(words, url, ending[1:].upper(), size_in_words(self.size_of(url))))
        return tuple(found)

    def sheet(self, directive: Directive) -> dict[str, Any]:
        """The exercises named, else all; on paper an article has the clinic's block already."""
        shown = self.records.exercises(directive)
        sheet = [SheetExercise(found, self.exercise_words(found.slug), self._film(found)) for found in shown]
        address = None if self.page.startswith(article_path("")[:-1]) else self._absolute(self.page)
        return {"exercises": sheet, "clinic": self.clinic, "address": address}

    def _film(self, exercise: Exercise) -> str | None:
        """Where a code leads to its film: to its page elsewhere, or that of the exercise, where it is played."""
        video, page = exercise.video, self._absolute(exercise_path(exercise.slug))
        return (video.player.page if video.player else page) if video else None

    def _absolute(self, path: str) -> str:
        return f"{self.clinic.url}/{self.part.path(path)}"

    def call_to_action(self, directive: Directive) -> CallToAction:
        """The invitation of a booking directive."""
        requested = BookingTarget(
            service=self.records.pick(directive, "service", self.clinic.services),
            practitioner=self.records.pick(directive, "practitioner", self.clinic.team),
            location=self.records.pick(directive, "location", self.clinic.locations),
        )
        errors = [
            ("service", not_offered_error(self.clinic, requested.service) if self.team_is_whole else None),
            ("practitioner", departure_error(requested.practitioner)),
            *target_conflicts(self.clinic, requested),
        ]
        for option, message in errors:
            if message:
                self.records.report(directive, message, option)
        origin = Origin(self.page, "inline")
        return call_to_action_for(
            self.clinic, BOOK_PAGE, directive.heading, subject=self.subject, requested=requested, origin=origin
        )


_ARGUMENTS: Mapping[str, Callable[[DirectiveViews, Directive, str], Mapping[str, Any]]] = {
    "booking": lambda views, directive, _: {"action": views.call_to_action(directive)},
    "contact": lambda views, *_: {"clinic": views.clinic},
    "location": lambda views, directive, _: {
        "locations": views.records.locations(directive),
        "clinic_name": views.clinic.name,
    },
    # A feed would carry the link to the calendar without the site's address.
    "hours": lambda views, directive, _: {
        "locations": views.records.with_hours(directive),
        "calendar": False,
        "named": len(views.clinic.locations) > 1,
    },
    "map": lambda views, directive, _: {
        "locations": views.records.places(directive),
        "clinic_name": views.clinic.name,
    },
    "video": lambda _, directive, __: {"video": directive.options},
    **dict.fromkeys(("do", "dont"), lambda _, directive, __: {"which": directive.name}),
    **dict.fromkeys(
        ("services", "prices"), lambda views, directive, _: {"services": views.records.services(directive)}
    ),
    "fees": lambda views, directive, _: views.records.fees(directive),
    "exercises": lambda views, directive, _: views.sheet(directive),
    "team": lambda views, directive, _: {"practitioners": views.records.team(directive)},
    "testimonials": lambda views, directive, _: {"testimonials": views.records.testimonials(directive)},
    "faq": lambda views, directive, _: {"questions": views.records.questions(directive)},
    "button": lambda _, __, body: {"links": links_in(body)},
    "download": lambda views, directive, body: {"files": views.files(directive, body)},
    "columns": lambda _, __, body: {"columns": columns_of(body)},
}
"""What the components of directives are given; where a directive is not named here, its options."""


def approved_care_card(clinic: Clinic, render: RenderComponent, card: CareCard) -> Markup:
    """A care card of clinic.yaml, with who approved it and when."""
    approver = clinic.practitioner(card.approved_by)
    return render("care_card", card=card, approved_by=approver.name if approver else card.approved_by)


def render_images(markup: str, find: Find, render: RenderComponent, *, is_top: bool = False) -> str:
    """Give each image that is found to the theme's component; alone in its paragraph it is a figure with a caption.

    ``is_top``: the text stands at the top of its page, so that an image with which it begins is not loaded late.
    """
    if "<img" not in markup:
        return markup
    first = _IMAGE.search(markup) if is_top else None
    seen = first.start() if first and first.start() < _FIRST_SCREEN else -1
    return _IMAGE.sub(partial(_shown, find, render, seen), markup)


def _shown(find: Find, render: RenderComponent, seen: int, match: re.Match[str]) -> str:
    found = html_fragment(match["tag"])[0].attrib
    image = find(found.get("src", ""))
    if image is None:
        return match.group()
    image = replace(image, alt=with_true_signs(found.get("alt", "")))
    title, class_name, sizes = found.get("title"), found.get("class"), found.get("sizes")
    shown = {"image": image, "class_name": class_name, "sizes": sizes, "lazy": match.start() != seen}
    if match["alone"]:
        return render("figure", caption=title, **shown).strip()
    return render("image", title=title, **shown).strip()
