"""Exercises: front matter of the files in ``content/exercises/``, of which sheets are made."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from clinic.models.base import Aliases, Exemptions, InOneLanguage, PageStatus, RecordError, Status
from clinic.models.claims import Claims
from clinic.models.types import Slug, Text, from_text
from clinic.models.videos import VideoSource
from clinic.models.words import gettext, ngettext


class ExerciseFrontMatter(InOneLanguage):
    """Front matter of a file in ``content/exercises/``; the text below it says how the exercise is done."""

    title: Text = Field(description="what the exercise is called")
    video: Annotated[VideoSource, from_text(lambda url: {"url": url})] | None = Field(
        default=None, description="a film of it: an address on YouTube or Vimeo, or a file such as images/walk.mp4"
    )
    sets: int | None = Field(default=None, gt=0, le=20, description="how many sets, such as 3")
    times: Text | None = Field(default=None, description="how many times in each set, such as 10 on each side")
    hold: Text | None = Field(default=None, description="how long to hold it, such as 20 seconds")
    how_often: Text | None = Field(default=None, description="how often to do it, such as twice a day")
    feel: Text | None = Field(default=None, description="what to feel, in a sentence")
    stop: Text | None = Field(default=None, description="when to stop, in a sentence")
    summary: Text | None = Field(default=None, description="one sentence about it")
    aliases: Aliases = ()
    status: PageStatus = Status.PUBLISHED
    others: Exemptions = ()
    claims: Claims = ()

    @model_validator(mode="after")
    def _has_a_film(self) -> Self:
        if self.video and not self.video.url:
            raise RecordError("video", 'this video has no film; add its address: "url: https://…"')
        return self

    @property
    def dose(self) -> tuple[str, ...]:
        """How much of it, in short texts: ``3 sets``, ``10 on each side``, ``hold for 20 seconds``, ``twice a day``."""
        sets = ngettext("{count} set", "{count} sets", self.sets, count=self.sets) if self.sets else None
        hold = gettext("hold for {duration}", duration=self.hold) if self.hold else None
        return tuple(filter(None, (sets, self.times, hold, self.how_often)))


class Exercise(ExerciseFrontMatter):
    """An exercise, with the slug that the file name gives."""

    slug: Slug = Field(description="the last part of the page's address: the name of the file")
