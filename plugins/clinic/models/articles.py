"""Front matter of posts and pages, and the settings in clinic.yaml that concern articles."""

import re
from contextlib import suppress
from datetime import date
from enum import Enum
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import AfterValidator, Field, ValidationInfo, model_validator

from clinic.models.base import Aliases, Exemptions, InOneLanguage, PageStatus, Record, RecordError, Status
from clinic.models.claims import Claims
from clinic.models.comments import ArticleComments, none_if_off
from clinic.models.person_name import names_in
from clinic.models.types import (
    EndMoment,
    ListOf,
    Moment,
    PastMoment,
    Slug,
    Text,
    TextList,
    Url,
    checked,
    from_text,
    is_future,
    unique,
)

MONTHS_IN_YEAR = 12
_PARTIAL_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_MONTHS = re.compile(r"(\d{1,3}) *(month|year)s?")
_NO_DATE = "is not a date; write a year, a year and month, or a day: 2024, 2024-05 or 2024-05-31"


def _is_partial_date(value: str) -> bool:
    with suppress(ValueError):
        return bool(_PARTIAL_DATE.fullmatch(value) and date.fromisoformat(value + "-01-01"[len(value) - 4 :]))
    return False


def _months(text: str) -> int:
    found = _MONTHS.fullmatch(text.strip().lower())
    if not found:
        raise ValueError(f'"{text}" is not a span of time; write one like 18 months or 2 years')
    return int(found.group(1)) * (MONTHS_IN_YEAR if found.group(2) == "year" else 1)


PartialDate: TypeAlias = Annotated[str, checked(_is_partial_date, _NO_DATE)]
Months: TypeAlias = Annotated[int, from_text(_months), Field(gt=0)]
"""A span of time in whole months, written ``18 months`` or ``2 years``."""


class Citation(Record):
    """A cited work. Its date may have reduced precision (ISO 8601-1, 5.2.2), as the work itself gives it."""

    title: Text = Field(description="the name of the work")
    url: Url | None = Field(default=None, description="its address, with https://")
    source: Text | None = Field(default=None, description="who published it, such as the name of a journal")
    date: PartialDate | None = Field(default=None, description="when it appeared: 2024, 2024-05 or 2024-05-31")

    @property
    def year(self) -> str | None:
        """The four digits of the year."""
        return self.date[:4] if self.date else None


CitationList: TypeAlias = tuple[Annotated[Citation, from_text(lambda title: {"title": title})], ...]
"""A line of text alone is a citation that is all title."""


class Reviews(Record):
    """``reviews`` in clinic.yaml."""

    every: Months | None = Field(
        default=None, description="how often content is reviewed again, such as 18 months or 2 years"
    )


class ListFeed(Enum):
    """The lists of articles that can have a feed of their own; the value is the name of the list's template."""

    CATEGORY = "category"
    AUTHOR = "author"
    TAG = "tag"


ListFeeds: TypeAlias = ListOf[ListFeed]
ShareWay: TypeAlias = Literal["email", "whatsapp", "facebook", "linkedin", "bluesky"]
ShareWays: TypeAlias = ListOf[ShareWay]
"""In the owner's order; may be empty."""


OwnSlug: TypeAlias = Annotated[
    Slug,
    Field(
        description="the last part of the page's address, like back-pain; unless given, the name of the file",
        json_schema_extra={
            "hint": "the last part of its address, and the file's name has no letters for one; rename the file, or "
            "write slug: back-pain"
        },
    ),
]


class FrontMatter(InOneLanguage):
    """The keys that posts and pages share."""

    title: Text = Field(description="the headline shown on the page")
    summary: Text | None = Field(default=None, description="one or two sentences, shown in lists and by search engines")
    status: PageStatus = Status.PUBLISHED
    aliases: Aliases = ()
    reviewed: PastMoment | None = Field(default=None, description="the day on which somebody last checked the content")
    reviewed_by: Text | None = Field(default=None, description="who checked it: a name, or that of a file in team/")
    review_every: Months | None = Field(default=None, description="how often it is reviewed again, such as 2 years")
    others: Exemptions = ()
    claims: Claims = ()


class ArticleFrontMatter(FrontMatter):
    """Front matter of a file in ``content/posts/``. Date and slug come from the file name unless given here."""

    slug: OwnSlug
    date: Moment = Field(
        description="the day it is published; write date: 2025-11-30, or name the file like 2025-11-30-back-pain.md"
    )
    modified: Moment | None = Field(default=None, description="the day of the last change that matters to readers")
    expires: EndMoment | None = Field(default=None, description="the last day on which it is published")
    authors: Annotated[tuple[Text, ...], from_text(names_in), AfterValidator(unique)] = Field(
        default=(), description="who wrote it: names, or those of files in team/"
    )
    category: Text | None = Field(default=None, description="the one category it belongs to")
    tags: TextList = Field(default=(), description="further subjects, such as back, ankle")
    services: TextList = Field(default=(), description="the services it is about: names of files in services/")
    conditions: TextList = Field(default=(), description="the conditions it is about, such as ankle sprain")
    series: Text | None = Field(default=None, description="the title of the series that it is a part of")
    part: int | None = Field(default=None, gt=0, description="its place in the series, counted from 1")
    references: CitationList = Field(default=(), description="the works it cites: title, url, source and date")
    handout: bool = Field(default=False, description="yes for a sheet that is made to be printed")
    booking: Annotated[Slug, none_if_off] | None = Field(
        default=None, description="the service that its end invites to book, or none for no invitation"
    )
    comments: ArticleComments | None = Field(default=None, description="open, closed or none, for this article alone")
    pinned: bool = Field(default=False, description="yes to put it first in the blog, before newer articles")
    featured: bool = Field(default=False, description="yes to show it large on the home page; of several, the newest")

    @model_validator(mode="before")
    @classmethod
    def _one_author(cls, value: Any) -> Any:
        """Accept ``author:`` for one, ``authors:`` for several."""
        if isinstance(value, dict) and "author" in value:
            if "authors" in value:
                raise RecordError("author", 'both "author" and "authors" are given; keep "authors"')
            value = {"authors" if key == "author" else key: entry for key, entry in value.items()}
        return value

    @model_validator(mode="after")
    def _keys_agree(self, info: ValidationInfo) -> Self:
        """A scheduled article may be changed in the future, on its day at the earliest; others may not."""
        begins = f'"date" ({self.date:%Y-%m-%d})'
        changed = f'"modified" ({self.modified:%Y-%m-%d})' if self.modified else ""
        if self.modified and self.modified < self.date:
            raise RecordError("modified", f"{changed} is before {begins}; correct one of them")
        if self.modified and is_future(self.modified, info) and not is_future(self.date, info):
            raise RecordError("modified", f"{changed} lies in the future; write the day of the last change")
        promotion = "pinned" if self.pinned else "featured" if self.featured else None
        if promotion and self.status is Status.HIDDEN:
            how = f'remove "{promotion}" or "status"'
            raise RecordError(promotion, f"a hidden article is in no list, so it cannot be {promotion}; {how}")
        if self.expires and self.expires <= self.date:
            how = "so nobody would see this; correct one of them"
            raise RecordError("expires", f'"expires" is not after {begins}, {how}')
        if self.part and not self.series:
            raise RecordError("part", 'this is a part of nothing; add "series: " and the title of the series')
        return self


class PageFrontMatter(FrontMatter):
    """Front matter of a file in ``content/pages/``."""

    slug: OwnSlug
    menu: Text | None = Field(default=None, description="its word in the menu; without it, it is not there")
    modified: PastMoment | None = Field(default=None, description="the day of the last change that matters to readers")
