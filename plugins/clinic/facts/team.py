"""Who works at the clinic: one record per file in ``content/team/``."""

from typing import Annotated

from pydantic import Field

from clinic.facts.base import Fact, Pictured, Slug, SlugList, Status, Text, TextList, Url
from clinic.facts.contact import Reachable


class Registration(Fact):
    """Entry in a professional register, for example the General Chiropractic Council's."""

    body: Text
    number: Text
    url: Url | None = None


class PractitionerHeader(Pictured, Reachable):
    """The header of a file in ``content/team/``. An empty ``services`` or ``locations`` means: not said."""

    title: Annotated[Text, Field(description="the person's name")]
    role: Text | None = None
    summary: Text | None = None
    qualifications: TextList = ()
    registration: Registration | None = None
    languages: TextList = ()
    services: SlugList = ()
    locations: SlugList = ()
    conditions: TextList = ()
    booking_url: Url | None = None
    social: tuple[Url, ...] = ()
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
