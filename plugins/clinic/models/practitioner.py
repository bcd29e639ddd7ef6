"""Who works at the clinic: one record per file in ``content/team/``."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import Annotated, Any, Self, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field

from clinic.models.base import Record, Status, WithImage
from clinic.models.booking import Bookable
from clinic.models.contact import Reachable
from clinic.models.exemptions import Other
from clinic.models.location import Location
from clinic.models.opening_hours import Weekday
from clinic.models.registers import Registration
from clinic.models.suggestions import listed
from clinic.models.types import Day, Slug, SlugList, Text, TextList, Url, as_list, unique

_DOCTOR = re.compile(r"\b(?:Dr|Doctor)\b(?!\s+of\b)", re.IGNORECASE)
_DOCTORATE = re.compile(r"\bDoctor(?:ate)? (?:of|in)\b|\bPh\.?D\b|\bD\.?Phil\b", re.IGNORECASE)


def calls_a_doctor(words: str) -> bool:
    """Whether someone is called a doctor in these words, with nothing that says of what."""
    return bool(_DOCTOR.search(words))


def doctorate(qualifications: Iterable[str]) -> str | None:
    """The qualification that makes someone a doctor, said in words: "DC" alone is not clear enough to a patient.

    ASA, "Use of the term Dr: Chiropractors": to be qualified at once, and never to suggest a medical doctor.
    """
    return next((found for found in qualifications if _DOCTORATE.search(found)), None)


def without_doctor(name: str) -> str:
    """The name alone."""
    return re.sub(r"^(?:Dr\b\.?|Doctor\b)\s*", "", name, flags=re.IGNORECASE)


EVERYWHERE = ""
"""Stands for the location where days are given for none in particular."""


def _days(value: Any) -> Any:
    """``days: [monday]`` for wherever they work, or a list under the short name of each location."""
    return value if isinstance(value, dict) else {EVERYWHERE: value}


def _one_or_several(value: Any) -> Any:
    return [value] if isinstance(value, (dict, Record)) else value


DayList: TypeAlias = Annotated[tuple[Weekday, ...], BeforeValidator(as_list), AfterValidator(unique)]
Days: TypeAlias = Annotated[Mapping[str, DayList], BeforeValidator(_days)]
"""The days someone works, by the location's short name; EVERYWHERE is the only key where none is named."""
Registrations: TypeAlias = Annotated[tuple[Registration, ...], BeforeValidator(_one_or_several)]
"""One registration, or a list of them: some professions belong to two registers."""


class PractitionerFrontMatter(WithImage, Reachable, Bookable):
    """The header of a file in ``content/team/``. An empty ``services`` or ``locations`` means: not said.

    ``left`` is the last day of someone who no longer works here: what they wrote stays theirs, and nobody is sent to
    them any more.
    """

    title: Annotated[Text, Field(description="the person's name")]
    role: Text | None = None
    summary: Text | None = None
    qualifications: TextList = ()
    registration: Registrations = ()
    member_of: TextList = ()
    languages: TextList = ()
    services: SlugList = ()
    locations: SlugList = ()
    days: Days = Field(default_factory=dict)
    conditions: TextList = ()
    social: tuple[Url, ...] = ()
    left: Day | None = None
    order: int = 100
    aliases: TextList = ()
    status: Status = Status.PUBLISHED
    others: tuple[Other, ...] = ()

    @property
    def name(self) -> str:
        """The name as it may be shown: a doctor's with what they are a doctor of, unless that is medicine."""
        return f"{self.title} ({self.doctor_of})" if self.doctor_of else self.title

    @property
    def doctor_of(self) -> str | None:
        """The qualification behind the "Dr" in the name; None without one, and for medical doctors."""
        is_plain = self.is_medical_doctor or not calls_a_doctor(self.title)
        return None if is_plain else doctorate(self.qualifications)

    @property
    def plain_name(self) -> str:
        """The name without a title, as search engines want it (Google Article, ``author.name``)."""
        return without_doctor(self.title)

    @property
    def is_medical_doctor(self) -> bool:
        """Whether they are in the medical register, so that "Dr" says what people take it to say."""
        return self.is_registered_with("GMC")

    def is_registered_with(self, short: str) -> bool:
        """Whether they are in the register of the body with this short name."""
        return any(found.register is not None and found.register.short == short for found in self.registration)

    @property
    def workplaces(self) -> tuple[str, ...]:
        """The short names of the locations where they work, as far as their file says."""
        return tuple(dict.fromkeys((*self.locations, *(slug for slug in self.days if slug != EVERYWHERE))))

    def working_days(self, locations: Mapping[str, Location]) -> tuple[str, ...]:
        """Where and when they work, a line each: ``Harbour: Monday to Wednesday``; no place where there is but one."""
        names = {slug: location.name or location.address.locality for slug, location in locations.items()}
        places = {slug: names[slug] for slug in self.workplaces if slug in names} if len(names) > 1 else {}
        if always := self.days.get(EVERYWHERE):
            return (_place_and_days(listed(places.values()) if places else None, always),)
        if not places:
            return tuple(days_in_words(days) for days in self.days.values() if days)
        return tuple(_place_and_days(name, self.days.get(slug, ())) for slug, name in places.items())


def _place_and_days(place: str | None, days: tuple[Weekday, ...]) -> str:
    return ": ".join(part for part in (place, days_in_words(days) if days else None) if part)


def days_in_words(days: tuple[Weekday, ...]) -> str:
    """``Monday to Wednesday and Friday``: three or more in a row are a span."""
    week = list(Weekday)
    worked = sorted(week.index(day) for day in days)
    runs = [[number for _, number in run] for _, run in groupby(enumerate(worked), lambda item: item[1] - item[0])]
    return listed(part for run in runs for part in _span([week[number].label for number in run]))


def _span(labels: list[str]) -> list[str]:
    return [f"{labels[0]} to {labels[-1]}"] if len(labels) > 2 else labels


class Practitioner(PractitionerFrontMatter):
    """A person who works at the clinic, with the slug the file name gives."""

    slug: Slug

    def as_of(self, today: date) -> Self:
        """The same person as that day knows them: one who has yet to leave has not left."""
        return self if self.left is None or self.left < today else self.model_copy(update={"left": None})
