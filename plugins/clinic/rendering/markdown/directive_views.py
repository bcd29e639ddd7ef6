"""Directives rendered: the facts that each one needs, given to the theme's component for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from markupsafe import Markup

from clinic.content.diagnostics import Diagnostic
from clinic.domain.booking.call_to_action import CallToAction, call_to_action_for
from clinic.domain.booking.provider_links import Origin
from clinic.domain.booking.routing import BookingTarget, Subject, departure_error, not_offered_error, target_conflicts
from clinic.models.announcements import CareCard
from clinic.models.base import Record
from clinic.models.clinic import Clinic
from clinic.models.location import Location
from clinic.models.suggestions import suggestion
from clinic.rendering.markdown.directives import Directive, body_errors

BOOK_PAGE = "{filename}/pages/book.md"
"""Pelican resolves it, in feeds too, so a call to action is a checked internal link."""
_FOLDERS = {"service": "services", "practitioner": "team", "location": "", "card": ""}
AnyRecord = TypeVar("AnyRecord")


class RenderComponent(Protocol):
    """Renders a component of the theme by name."""

    def __call__(self, name: str, **arguments: Any) -> Markup:
        """The component's HTML."""


@dataclass
class DirectiveViews:
    """Renders the directives of one file and collects what is wrong with them.

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
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def __call__(self, directive: Directive, body: str) -> str:
        """The HTML of one directive around ``body``."""
        for message in body_errors(directive, body):
            self._report(directive.line, message)
        if directive.has_content_option:
            return self._care_card(directive)
        inside = Markup(body)  # noqa: S704 (from the owner's Markdown)
        arguments = self._arguments(directive)
        return self.render(directive.kind.component, heading=directive.heading, body=inside, **arguments)

    def _care_card(self, directive: Directive) -> str:
        """A care card of clinic.yaml; nothing, and a diagnostic, where there is none of that key."""
        card = self._pick(directive, "card", self.clinic.care_cards)
        return approved_care_card(self.clinic, self.render, card) if card else ""

    def _arguments(self, directive: Directive) -> dict[str, Any]:
        match directive.name:
            case "booking" | "contact" | "location" | "hours":
                return self._from_facts(directive)
            case "video":
                return {"video": self._film(directive)}
            case "do" | "dont":
                return {"which": directive.name}
        return {key: value for key, value in directive.options if key != directive.kind.content_option}

    def _from_facts(self, directive: Directive) -> dict[str, Any]:
        match directive.name:
            case "booking":
                return {"action": self._call_to_action(directive)}
            case "location":
                return {"locations": self._locations(directive), "clinic_name": self.clinic.name}
            case "hours":
                # A feed would carry the link to the calendar without the site's address.
                several = len(self.clinic.locations) > 1
                return {"locations": self._with_hours(directive), "calendar": False, "named": several}
        return {"clinic": self.clinic}

    def _film(self, directive: Directive) -> Record:
        if not directive.option("url") and "url" not in directive.option_lines:
            message = (
                'this video has no film; write its address below this line, indented by four spaces: "url: https://…"'
            )
            self._report(directive.line, message)
        return directive.options

    def _report(self, line: int, message: str) -> None:
        self.diagnostics.append(Diagnostic(self.file, line, message))

    def _pick(self, directive: Directive, key: str, known: Mapping[str, AnyRecord]) -> AnyRecord | None:
        name = directive.option(key)
        if name and name not in known and name not in self.unreadable.get(_FOLDERS[key], ()):
            line = directive.option_lines.get(key, directive.line)
            self._report(line, f'unknown {key} "{name}"{suggestion(name, known) or "; there is none yet"}')
        return known.get(name) if name else None

    def _call_to_action(self, directive: Directive) -> CallToAction:
        chosen = BookingTarget(
            service=self._pick(directive, "service", self.clinic.services),
            practitioner=self._pick(directive, "practitioner", self.clinic.team),
            location=self._pick(directive, "location", self.clinic.locations),
        )
        self._check_offered(directive, chosen)
        origin = Origin(self.page, "inline")
        return call_to_action_for(
            self.clinic, BOOK_PAGE, directive.heading, subject=self.subject, requested=chosen, origin=origin
        )

    def _check_offered(self, directive: Directive, chosen: BookingTarget) -> None:
        faults = [
            ("service", not_offered_error(self.clinic, chosen.service) if self.team_is_whole else None),
            ("practitioner", departure_error(chosen.practitioner)),
            *target_conflicts(self.clinic, chosen),
        ]
        for option, fault in faults:
            if fault:
                self._report(directive.option_lines.get(option, directive.line), fault)

    def _locations(self, directive: Directive) -> tuple[Location, ...]:
        chosen = self._pick(directive, "location", self.clinic.locations)
        return (chosen,) if chosen else tuple(self.clinic.locations.values())

    def _with_hours(self, directive: Directive) -> tuple[Location, ...]:
        found = self._locations(directive)
        if not any(location.opening_hours for location in found):
            message = 'there are no opening hours to show; add "opening_hours" to the location in clinic.yaml'
            self._report(directive.line, message)
        return found


def approved_care_card(clinic: Clinic, render: RenderComponent, card: CareCard) -> Markup:
    """A care card of clinic.yaml, with who approved it and when."""
    approver = clinic.practitioner(card.approved_by)
    return render("care_card", card=card, approved_by=approver.name if approver else card.approved_by)
