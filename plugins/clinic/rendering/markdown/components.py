"""Directives and images of a text, rendered by the theme's components."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, NamedTuple, Protocol, TypeVar

from markupsafe import Markup

from clinic.content.diagnostics import Diagnostic
from clinic.domain.booking.call_to_action import CallToAction, call_to_action_for
from clinic.domain.booking.provider_links import Origin
from clinic.domain.booking.routing import BookingTarget, Subject, departure_error, not_offered_error, target_conflicts
from clinic.domain.pages.media import Image
from clinic.domain.pages.urls import article_path, exercise_path
from clinic.models.announcements import CareCard
from clinic.models.clinic import Clinic
from clinic.models.exercises import Exercise
from clinic.models.location import Location
from clinic.models.suggestions import suggestion
from clinic.rendering.markdown.directives import Directive, body_errors
from clinic.rendering.markdown.lost_words import lost_between
from clinic.rendering.text import html_fragment, separate_words
from clinic.rendering.typography import with_true_signs

BOOK_PAGE = "{filename}/pages/book.md"
"""Pelican resolves it, in feeds too, so a call to action is a checked internal link."""
_FOLDERS = {"service": "services", "practitioner": "team", "location": "", "card": ""}
AnyRecord = TypeVar("AnyRecord")
# The second part matches only what the first has begun: an image alone in its paragraph is taken with the paragraph.
_IMAGE = re.compile(r"""(?P<alone><p>\s*)?(?P<tag><img\b(?:"[^"]*"|'[^']*'|[^<>"'])*>)(?(alone)\s*</p>)""")
Find = Callable[[str], Image | None]
"""The published image that an address means, None for one that is not ours to publish."""


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
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def __call__(self, directive: Directive, body: str) -> str:
        """The HTML of one directive around ``body``."""
        known = len(self.diagnostics)
        for message in body_errors(directive, body):
            self._report(directive, message)
        shown = self._shown(directive, body)
        if len(self.diagnostics) == known:
            self._find_lost_words(directive, body, shown)
        return shown

    def _shown(self, directive: Directive, body: str) -> str:
        if directive.has_content_option:
            card = self._pick(directive, "card", self.clinic.care_cards)
            return approved_care_card(self.clinic, self.render, card) if card else ""
        inside = Markup(body)  # noqa: S704 (from the owner's Markdown)
        arguments = self._arguments(directive)
        return self.render(directive.kind.component, heading=directive.heading, body=inside, **arguments)

    def _find_lost_words(self, directive: Directive, body: str, shown: str) -> None:
        """Report words that the component leaves out: some show a list and nothing beside it."""
        given = f"{directive.heading or ''} {separate_words(html_fragment(body))}"
        for line, words in lost_between(directive.text, given, separate_words(html_fragment(shown))):
            message = (
                f'the directive "{directive.name}" does not show these words: "{words}"; put them above or below it'
            )
            self.diagnostics.append(Diagnostic(self.file, directive.line + 1 + line, message))

    def _arguments(self, directive: Directive) -> dict[str, Any]:
        arguments: dict[str, Any]
        match directive.name:
            case "booking":
                arguments = {"action": self._call_to_action(directive)}
            case "contact":
                arguments = {"clinic": self.clinic}
            case "location":
                arguments = {"locations": self._locations(directive), "clinic_name": self.clinic.name}
            case "hours":
                # A feed would carry the link to the calendar without the site's address.
                several = len(self.clinic.locations) > 1
                arguments = {"locations": self._with_hours(directive), "calendar": False, "named": several}
            case "fees" | "exercises":
                arguments = self._fees(directive) if directive.name == "fees" else self._sheet(directive)
            case "video":
                arguments = {"video": directive.options}
            case "do" | "dont":
                arguments = {"which": directive.name}
            case _:
                arguments = {key: value for key, value in directive.options if key != directive.kind.content_option}
        return arguments

    def _report(self, directive: Directive, message: str, option: str = "") -> None:
        line = directive.option_lines.get(option, directive.line)
        self.diagnostics.append(Diagnostic(self.file, line, message))

    def _pick(self, directive: Directive, key: str, known: Mapping[str, AnyRecord]) -> AnyRecord | None:
        name = directive.option(key)
        if name and name not in known and name not in self.unreadable.get(_FOLDERS[key], ()):
            hint = suggestion(name, known) or "; there is none yet"
            self._report(directive, f'unknown {key} "{name}"{hint}', key)
        return known.get(name) if name else None

    def _call_to_action(self, directive: Directive) -> CallToAction:
        requested = BookingTarget(
            service=self._pick(directive, "service", self.clinic.services),
            practitioner=self._pick(directive, "practitioner", self.clinic.team),
            location=self._pick(directive, "location", self.clinic.locations),
        )
        errors = [
            ("service", not_offered_error(self.clinic, requested.service) if self.team_is_whole else None),
            ("practitioner", departure_error(requested.practitioner)),
            *target_conflicts(self.clinic, requested),
        ]
        for option, message in errors:
            if message:
                self._report(directive, message, option)
        origin = Origin(self.page, "inline")
        return call_to_action_for(
            self.clinic, BOOK_PAGE, directive.heading, subject=self.subject, requested=requested, origin=origin
        )

    def _locations(self, directive: Directive) -> tuple[Location, ...]:
        named = self._pick(directive, "location", self.clinic.locations)
        return (named,) if named else tuple(self.clinic.locations.values())

    def _sheet(self, directive: Directive) -> dict[str, Any]:
        """The exercises named, else all; on paper an article has the clinic's block already."""
        known = self.clinic.exercises
        names = directive.option("exercises") or tuple(known)
        absent = self.unreadable.get("exercises", frozenset())
        if not known and not absent:
            how = "make a file for each, such as exercises/calf-raise.md"
            self._report(directive, f"there are no exercises to show; {how}")
        for name in names if known else ():
            if name not in known and name not in absent:
                self._report(directive, f'unknown exercise "{name}"{suggestion(name, known)}', "exercises")
        shown = [known[name] for name in names if name in known]
        sheet = [SheetExercise(found, self.exercise_words(found.slug), self._film(found.slug)) for found in shown]
        address = None if self.page.startswith(article_path("")[:-1]) else f"{self.clinic.url}/{self.page}"
        return {"exercises": sheet, "clinic": self.clinic, "address": address}

    def _film(self, name: str) -> str | None:
        """Where a code leads to its film: to its page elsewhere, or that of the exercise, where it is played."""
        video = self.clinic.exercises[name].video
        page = f"{self.clinic.url}/{exercise_path(name)}"
        return (video.player.page if video.player else page) if video else None

    def _fees(self, directive: Directive) -> dict[str, Any]:
        if not (self.clinic.fees or self.clinic.payment.ways or self.clinic.insurers):
            self._report(directive, 'there are no fees to show; add "fees", "payment" or "insurers" to clinic.yaml')
        return {"fees": self.clinic.fees, "payment": self.clinic.payment, "insurers": self.clinic.insurers}

    def _with_hours(self, directive: Directive) -> tuple[Location, ...]:
        found = self._locations(directive)
        if not any(location.opening_hours for location in found):
            message = 'there are no opening hours to show; add "opening_hours" to the location in clinic.yaml'
            self._report(directive, message)
        return found


def approved_care_card(clinic: Clinic, render: RenderComponent, card: CareCard) -> Markup:
    """A care card of clinic.yaml, with who approved it and when."""
    approver = clinic.practitioner(card.approved_by)
    return render("care_card", card=card, approved_by=approver.name if approver else card.approved_by)


def render_images(markup: str, find: Find, render: RenderComponent) -> str:
    """Give each image that is found to the theme's component; alone in its paragraph it is a figure with a caption."""
    return _IMAGE.sub(partial(_shown, find, render), markup) if "<img" in markup else markup


def _shown(find: Find, render: RenderComponent, match: re.Match[str]) -> str:
    found = html_fragment(match["tag"])[0].attrib
    image = find(found.get("src", ""))
    if image is None:
        return match.group()
    image = replace(image, alt=with_true_signs(found.get("alt", "")))
    title, class_name = found.get("title"), found.get("class")
    if match["alone"]:
        return render("figure", image=image, caption=title, class_name=class_name).strip()
    return render("image", image=image, class_name=class_name, title=title).strip()
