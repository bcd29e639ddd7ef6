"""Who works at the clinic: one record per file in ``content/team/``."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field

from clinic.facts.base import Day, Fact, Pictured, Slug, SlugList, Status, Text, TextList, Url
from clinic.facts.booking import Bookable
from clinic.facts.contact import Reachable


class Registration(Fact):
    """Entry in a professional register, for example the General Chiropractic Council's."""

    body: Text
    number: Text
    url: Url | None = None


class PractitionerHeader(Pictured, Reachable, Bookable):
    """The header of a file in ``content/team/``. An empty ``services`` or ``locations`` means: not said.

    ``left`` is the last day of someone who no longer works here: what they wrote stays theirs, and nobody is sent to
    them any more.
    """

    title: Annotated[Text, Field(description="the person's name")]
    role: Text | None = None
    summary: Text | None = None
    qualifications: TextList = ()
    registration: Registration | None = None
    languages: TextList = ()
    services: SlugList = ()
    locations: SlugList = ()
    conditions: TextList = ()
    social: tuple[Url, ...] = ()
    left: Day | None = None
    order: int = 100
    aliases: TextList = ()
    status: Status = Status.PUBLISHED


class Practitioner(PractitionerHeader):
    """A person who works at the clinic, with the slug the file name gives."""

    slug: Slug

    @property
    def name(self) -> str:
        """The person's name: the title of their file."""
        return self.title

    def as_of(self, today: date) -> Self:
        """The same person as that day knows them: one who has yet to leave has not left."""
        return self if self.left is None or self.left < today else self.model_copy(update={"left": None})
