"""What the header of a post or a page may say."""

import re
from datetime import date
from enum import Enum
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, model_validator

from clinic.models.base import Record, RecordError, Status, WithImage
from clinic.models.comments import ArticleChoice
from clinic.models.exemptions import Other
from clinic.models.types import EndMoment, Moment, PastMoment, Slug, Text, TextList, Url, as_list, lies_ahead, unique

_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def _published(value: str) -> str:
    try:
        if _DATE.fullmatch(value):
            date.fromisoformat(value + "-01-01"[len(value) - 4 :])
            return value
    except ValueError:
        pass
    raise ValueError(f'"{value}" is not a date; write a year, a year and month, or a day: 2024, 2024-05 or 2024-05-31')


class Citation(Record):
    """One work. Its date may be as exact as the work itself tells it (ISO 8601-1, 5.2.2: reduced precision)."""

    title: Annotated[Text, Field(description="the name of the work")]
    url: Url | None = None
    source: Text | None = None
    date: Annotated[str, AfterValidator(_published)] | None = None

    @property
    def year(self) -> str | None:
        """As lists of references give it."""
        return self.date[:4] if self.date else None


def _spelt_out(value: Any) -> Any:
    """A reference that is one line of words is all title."""
    return {"title": value} if isinstance(value, str) else value


CitationList: TypeAlias = tuple[Annotated[Citation, BeforeValidator(_spelt_out)], ...]
_SPAN = re.compile(r"(\d{1,3}) *(month|year)s?")

MONTHS_IN_YEAR = 12


def _months(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    found = _SPAN.fullmatch(value.strip().lower())
    if not found:
        raise ValueError(f'"{value}" is not a span of time; write one like 18 months or 2 years')
    return int(found.group(1)) * (MONTHS_IN_YEAR if found.group(2) == "year" else 1)


Months: TypeAlias = Annotated[int, BeforeValidator(_months), Field(gt=0)]
"""A span of time in whole months, written ``18 months`` or ``2 years``."""


class Reviews(Record):
    """``reviews`` in clinic.yaml: how often articles and pages that were reviewed are reviewed again."""

    every: Months | None = None


class ListFeed(Enum):
    """The lists of articles that can have a feed of their own; the value is the name of the list's template."""

    CATEGORY = "category"
    AUTHOR = "author"
    TAG = "tag"


ListFeeds: TypeAlias = Annotated[tuple[ListFeed, ...], BeforeValidator(as_list), AfterValidator(unique)]
ShareWay: TypeAlias = Literal["email", "whatsapp", "facebook", "linkedin", "bluesky"]


def _each_once(ways: tuple[ShareWay, ...]) -> tuple[ShareWay, ...]:
    return tuple(dict.fromkeys(ways))


ShareWays: TypeAlias = Annotated[tuple[ShareWay, ...], BeforeValidator(as_list), AfterValidator(_each_once)]
"""In the owner's order; none is allowed."""


def _booking_choice(value: Any) -> Any:
    if isinstance(value, str) and value.strip().lower() in {"none", "no", "off", "false"}:
        return "none"
    return value


OwnSlug: TypeAlias = Annotated[
    Slug,
    Field(
        description="the last part of its address, and the file's name has no letters for one; rename the file, or "
        "write slug: back-pain"
    ),
]
"""What the name of the file says unless the header says another."""


class FrontMatter(WithImage):
    """What every Markdown file with a header shares."""

    title: Annotated[Text, Field(description="the headline shown on the page")]
    summary: Annotated[Text, Field(description="one or two sentences, shown in lists and by search engines")] | None = (
        None
    )
    status: Status = Status.PUBLISHED
    aliases: TextList = ()
    reviewed: PastMoment | None = None
    reviewed_by: Text | None = None
    review_every: Months | None = None
    """Instead of what ``reviews`` in clinic.yaml says for all."""
    others: tuple[Other, ...] = ()


class ArticleFrontMatter(FrontMatter):
    """The header of a file in ``content/posts/``. Date and slug come from the file name unless given here."""

    slug: OwnSlug
    date: Annotated[
        Moment,
        Field(
            description="the day it is published; write date: 2025-11-30, or name the file like 2025-11-30-back-pain.md"
        ),
    ]
    modified: Moment | None = None
    expires: EndMoment | None = None
    """From then on it is not published."""
    authors: TextList = ()
    category: Text | None = None
    tags: TextList = ()
    services: TextList = ()
    conditions: TextList = ()
    series: Text | None = None
    part: Annotated[int, Field(gt=0, description="the place in its series, counted from 1")] | None = None
    references: CitationList = ()
    handout: bool = False
    """Whether it is made to be printed, as a sheet of exercises is: then it says so at its top."""
    booking: Annotated[Slug, BeforeValidator(_booking_choice)] | None = None
    """``none`` for no call to action at the foot, or the slug of the service it should book."""
    comments: ArticleChoice | None = None
    """Goes before what ``clinic.yaml`` says of comments."""
    pinned: bool = False
    """First on the first page of the blog, before newer ones."""
    featured: bool = False
    """Large on the home page; of several the newest."""

    @model_validator(mode="before")
    @classmethod
    def _one_author(cls, value: Any) -> Any:
        """``author:`` for one, ``authors:`` for several."""
        if isinstance(value, dict) and "author" in value:
            if "authors" in value:
                raise RecordError("author", 'both "author" and "authors" are given; keep "authors"')
            value = {"authors" if key == "author" else key: entry for key, entry in value.items()}
        return value

    @model_validator(mode="after")
    def _modified_later(self) -> Self:
        if self.modified and self.modified < self.date:
            message = (
                f'"modified" ({self.modified:%Y-%m-%d}) is before "date" ({self.date:%Y-%m-%d}); correct one of them'
            )
            raise RecordError("modified", message)
        return self

    @model_validator(mode="after")
    def _modified_by_now(self, info: ValidationInfo) -> Self:
        """What is scheduled is changed on its day at the earliest, so there it may lie in the future as well."""
        if self.modified and lies_ahead(self.modified, info) and not lies_ahead(self.date, info):
            message = f'"modified" ({self.modified:%Y-%m-%d}) lies in the future; write the day of the last change'
            raise RecordError("modified", message)
        return self

    @model_validator(mode="after")
    def _shown_where_it_stands_out(self) -> Self:
        for key in ("pinned", "featured"):
            if getattr(self, key) and self.status is Status.HIDDEN:
                raise RecordError(
                    key, f'a hidden article is in no list, so it cannot be {key}; remove "{key}" or "status"'
                )
        return self

    @model_validator(mode="after")
    def _expires_later(self) -> Self:
        if self.expires and self.expires <= self.date:
            message = (
                f'"expires" is not after "date" ({self.date:%Y-%m-%d}), so nobody would see this; correct one of them'
            )
            raise RecordError("expires", message)
        return self

    @model_validator(mode="after")
    def _part_of_something(self) -> Self:
        if self.part and not self.series:
            raise RecordError("part", 'this is a part of nothing; add "series: " and the title of the series')
        return self


class PageFrontMatter(FrontMatter):
    """The header of a file in ``content/pages/``. ``menu`` is its word in the menu; without it, it is not there."""

    slug: OwnSlug
    menu: Text | None = None
    modified: PastMoment | None = None
