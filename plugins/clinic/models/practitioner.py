"""Who works at the clinic: front matter of the files in ``content/team/``, and names with the title "Dr"."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import Annotated, Any, Self, TypeAlias

from pydantic import BeforeValidator, Field

from clinic.models.base import Aliases, Exemptions, InOneLanguage, Order, PageStatus, Record, Status
from clinic.models.booking import Bookable
from clinic.models.claims import Claims
from clinic.models.contact import Reachable
from clinic.models.location import Location
from clinic.models.person_name import PersonName
from clinic.models.registers import Registration
from clinic.models.types import Day, Slug, SlugList, Text, TextList, Url, unique
from clinic.models.weekdays import Weekday, WeekdayList
from clinic.models.words import in_list, span

EVERYWHERE = ""
"""The key of days that are given for no location in particular."""
_DOCTOR = re.compile(r"\b(?:Dr|Doctor)\b(?!\s+of\b)", re.IGNORECASE)
_DOCTORATE = re.compile(r"\bDoctor(?:ate)? (?:of|in)\b|\bPh\.?D\b|\bD\.?Phil\b", re.IGNORECASE)


def uses_doctor_title(text: str) -> bool:
    """Whether the text calls someone a doctor without saying of what."""
    return bool(_DOCTOR.search(text))


def doctoral_qualification(qualifications: Iterable[str]) -> str | None:
    """The first qualification that says in words what someone is a doctor of; None if only abbreviations such as "DC".

    ASA, "Use of the term Dr: Chiropractors": to be qualified at once, and never to suggest a medical doctor.
    """
    return next((found for found in qualifications if _DOCTORATE.search(found)), None)


def _days(value: Any) -> Any:
    """Accept ``days: [monday]``, or a list under the short name of each location."""
    return value if isinstance(value, dict) else {EVERYWHERE: value}


Days: TypeAlias = Annotated[Mapping[str, WeekdayList], BeforeValidator(_days)]
"""The days someone works, by the location's short name; EVERYWHERE is the only key where none is named."""
Registrations: TypeAlias = Annotated[
    tuple[Registration, ...], BeforeValidator(lambda one: [one] if isinstance(one, (dict, Record)) else one)
]
"""One registration, or a list of them: some professions belong to two registers."""


class PractitionerFrontMatter(InOneLanguage, Reachable, Bookable):
    """Front matter of a file in ``content/team/``. Empty ``services`` or ``locations`` mean: not stated."""

    title: Text = Field(description="the person's name")
    role: Text | None = Field(default=None, description="what they are, such as Chiropractor")
    summary: Text | None = Field(default=None, description="one or two sentences, shown in lists")
    qualifications: TextList = Field(default=(), description="their qualifications, such as Doctor of Chiropractic")
    registration: Registrations = Field(default=(), description="body and number, or a list of these")
    member_of: TextList = Field(default=(), description="the associations they belong to")
    languages: TextList = Field(default=(), description="the languages they speak, such as English, Welsh")
    services: SlugList = Field(default=(), description="what they offer: names of files in services/")
    locations: SlugList = Field(default=(), description="where they work: short names of locations in clinic.yaml")
    days: Days = Field(
        default_factory=dict,
        description="days of the week, such as monday, thursday-friday, or these under each location",
    )
    conditions: TextList = Field(default=(), description="the conditions they treat, such as ankle sprain")
    social: tuple[Url, ...] = Field(default=(), description="their pages elsewhere, a line each, with https://")
    # What someone who has left wrote stays theirs, and nobody is sent to them any more.
    left: Day | None = Field(default=None, description="the last day of someone who no longer works here")
    order: Order = 100
    aliases: Aliases = ()
    status: PageStatus = Status.PUBLISHED
    others: Exemptions = ()
    claims: Claims = ()

    @property
    def plain_name(self) -> str:
        """The name without titles and letters, as search engines want it (Google Article, ``author.name``)."""
        return PersonName.parse(self.title).plain

    @property
    def is_medical_doctor(self) -> bool:
        """Whether they are in the medical register."""
        return self.is_registered_with("GMC")

    def is_registered_with(self, abbreviation: str) -> bool:
        """Whether they are in the register of this body."""
        return any(entry.register and entry.register.abbreviation == abbreviation for entry in self.registration)

    @property
    def workplaces(self) -> tuple[str, ...]:
        """The short names of the locations that ``locations`` or ``days`` names."""
        return unique((*self.locations, *(slug for slug in self.days if slug != EVERYWHERE)))

    def working_days(self, locations: Mapping[str, Location]) -> tuple[str, ...]:
        """Where and when they work, a line each: ``Harbour: Monday to Wednesday``; days alone for a single location."""
        known = [slug for slug in self.workplaces if slug in locations] if len(locations) > 1 else []
        names = {slug: locations[slug].short_name for slug in known}
        if days := self.days.get(EVERYWHERE):
            lines = [(in_list([*names.values()]), days)]
        elif names:
            lines = [(name, self.days.get(slug, ())) for slug, name in names.items()]
        else:
            lines = [("", days) for days in self.days.values() if days]
        return tuple(": ".join(filter(None, (name, days_in_words(days)))) for name, days in lines)


def days_in_words(days: tuple[Weekday, ...]) -> str:
    """``Monday to Wednesday and Friday``: three or more in a row are a span. Empty for no days."""
    week = list(Weekday)
    worked = sorted(week.index(day) for day in days)
    parts: list[str] = []
    for _, run in groupby(enumerate(worked), lambda item: item[1] - item[0]):
        labels = [week[number].in_words for _, number in run]
        parts += [span(labels[0], labels[-1])] if len(labels) > 2 else labels
    return in_list(parts)


class Practitioner(PractitionerFrontMatter):
    """A practitioner, with the slug that the file name gives."""

    slug: Slug = Field(description="the last part of the page's address: the name of the file")
    under_uk_law: bool = Field(
        default=True, exclude=True, description="whether they work in the UK, whose rules on titles hold there alone"
    )

    @property
    def name(self) -> str:
        """The name as it is shown: in the UK a doctor's with what they are a doctor of, unless that is medicine."""
        return f"{self.title} ({self.doctor_of})" if self.doctor_of else self.title

    @property
    def doctor_of(self) -> str | None:
        """What the UK's rules want beside the "Dr" in the name; None without one, and for medical doctors."""
        is_plain = not self.under_uk_law or self.is_medical_doctor or not uses_doctor_title(self.title)
        return None if is_plain else doctoral_qualification(self.qualifications)

    def as_of(self, today: date) -> Self:
        """The record as of a day: ``left`` is None until the last day is over."""
        return self if self.left is None or self.left < today else self.model_copy(update={"left": None})
