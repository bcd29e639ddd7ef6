"""What directives show of the clinic's records: those that options name, or all that lists show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from clinic.content.diagnostics import Diagnostic
from clinic.domain.booking.routing import departure_error
from clinic.models.announcements import Testimonial
from clinic.models.base import Status
from clinic.models.clinic import Clinic
from clinic.models.exercises import Exercise
from clinic.models.location import Location
from clinic.models.practitioner import Practitioner
from clinic.models.service import Question, Service
from clinic.models.suggestions import suggestion
from clinic.rendering.markdown.directives import Directive

_FOLDERS = {"service": "services", "practitioner": "team", "location": "", "card": ""}
AnyRecord = TypeVar("AnyRecord")


@dataclass
class DirectiveRecords:
    """Finds the records for the directives of one file, and collects what is wrong with their options.

    ``unreadable`` and ``team_is_whole`` as in ``DirectiveViews``.
    """

    clinic: Clinic
    file: str
    unreadable: Mapping[str, frozenset[str]]
    team_is_whole: bool
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def report(self, directive: Directive, message: str, option: str = "") -> None:
        """Add a message at the line of an option, or at that of the directive."""
        line = directive.option_lines.get(option, directive.line)
        self.diagnostics.append(Diagnostic(self.file, line, message))

    def pick(self, directive: Directive, key: str, known: Mapping[str, AnyRecord]) -> AnyRecord | None:
        """The record that an option names; None where it names none, or one that is not there, which is told."""
        name = directive.option(key)
        if name and name not in known and name not in self.unreadable.get(_FOLDERS[key], ()):
            hint = suggestion(name, known) or "; there is none yet"
            self.report(directive, f'unknown {key} "{name}"{hint}', key)
        return known.get(name) if name else None

    def pick_all(self, directive: Directive, key: str, known: Mapping[str, AnyRecord]) -> tuple[AnyRecord, ...]:
        """The records that an option names, in its order; all that lists show, where it names none."""
        names, folder = directive.option(key), _FOLDERS[key.removesuffix("s")]
        if not names:
            return tuple(record for record in known.values() if getattr(record, "status", None) is not Status.HIDDEN)
        for name in names:
            if name not in known and name not in self.unreadable.get(folder, ()):
                hint = suggestion(name, known) or "; there is none yet"
                self.report(directive, f'unknown {key.removesuffix("s")} "{name}"{hint}', key)
        return tuple(known[name] for name in names if name in known)

    def services(self, directive: Directive) -> tuple[Service, ...]:
        """The services to show, and for their prices those that have some."""
        found = self.pick_all(directive, "services", self.clinic.services)
        shown = tuple(each for each in found if directive.name == "services" or each.price_texts())
        for service in found:
            if service not in shown and directive.option("services"):
                how = f'add "prices" to services/{service.slug}.md, or take it out here'
                self.report(directive, f'"{service.slug}" has no price to show; {how}', "services")
        if not found and not directive.option("services") and not self.unreadable.get("services"):
            self.report(directive, "there is no service to show; add a file to services/, or take this out")
        elif found and not shown and not directive.option("services"):
            self.report(directive, 'there are no prices to show; add "prices" to a file in services/')
        return shown

    def team(self, directive: Directive) -> tuple[Practitioner, ...]:
        """The practitioners to show; without an option, those who work here."""
        found = self.pick_all(directive, "practitioners", self.clinic.team)
        if not directive.option("practitioners"):
            found = tuple(each for each in found if each.left is None)
            if not found and self.team_is_whole:
                self.report(directive, "there is nobody to show; add a file to team/, or take this out")
        for practitioner in found:
            if message := departure_error(practitioner):
                self.report(directive, message, "practitioners")
        return found

    def testimonials(self, directive: Directive) -> tuple[Testimonial, ...]:
        """The testimonials to show."""
        if not self.clinic.testimonials:
            message = 'there are no testimonials to show; add "testimonials" to clinic.yaml, or take this out'
            self.report(directive, message)
        return self.clinic.testimonials[: directive.option("number")]

    def exercises(self, directive: Directive) -> tuple[Exercise, ...]:
        """The exercises that an option names, in its order; all, where it names none."""
        known, absent = self.clinic.exercises, self.unreadable.get("exercises", frozenset())
        if not known and not absent:
            how = "make a file for each, such as exercises/calf-raise.md"
            self.report(directive, f"there are no exercises to show; {how}")
        names = directive.option("exercises") or tuple(known)
        for name in names if known else ():
            if name not in known and name not in absent:
                self.report(directive, f'unknown exercise "{name}"{suggestion(name, known)}', "exercises")
        return tuple(known[name] for name in names if name in known)

    def fees(self, directive: Directive) -> dict[str, object]:
        """The fees, the ways to pay and the insurers."""
        if not (self.clinic.fees or self.clinic.payment.ways or self.clinic.insurers):
            self.report(directive, 'there are no fees to show; add "fees", "payment" or "insurers" to clinic.yaml')
        return {"fees": self.clinic.fees, "payment": self.clinic.payment, "insurers": self.clinic.insurers}

    def questions(self, directive: Directive) -> tuple[Question, ...]:
        """The questions of the service that an option names."""
        service = self.pick(directive, "service", self.clinic.services)
        if service and not service.questions:
            how = f'add "questions" to services/{service.slug}.md, or write a list here in place of this line'
            self.report(directive, f'"{service.slug}" has no questions to show; {how}', "service")
        return service.questions if service else ()

    def places(self, directive: Directive) -> tuple[Location, ...]:
        """The locations that people can find on a map."""
        found = tuple(location for location in self.locations(directive) if location.address)
        if not found:
            message = "there is no address to find on a map; add one to the location in clinic.yaml, or take this out"
            self.report(directive, message, "location")
        return found

    def locations(self, directive: Directive) -> tuple[Location, ...]:
        """The location that an option names, else all."""
        named = self.pick(directive, "location", self.clinic.locations)
        return (named,) if named else tuple(self.clinic.locations.values())

    def with_hours(self, directive: Directive) -> tuple[Location, ...]:
        """The same, where there are opening hours to show."""
        found = self.locations(directive)
        if not any(location.opening_hours for location in found):
            message = 'there are no opening hours to show; add "opening_hours" to the location in clinic.yaml'
            self.report(directive, message)
        return found
