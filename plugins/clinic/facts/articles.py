"""What the header of a post or a page may say."""

from typing import Annotated, Any, Self, TypeAlias

from pydantic import BeforeValidator, Field, ValidationInfo, model_validator

from clinic.facts.base import EndMoment, KeyFault, Moment, Pictured, Slug, Status, Text, TextList
from clinic.facts.citations import CitationList
from clinic.facts.comments import ArticleChoice
from clinic.facts.others import Other
from clinic.facts.past import PastMoment, lies_ahead
from clinic.facts.reviews import Months


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


class Header(Pictured):
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


class ArticleHeader(Header):
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
                raise KeyFault("author", 'both "author" and "authors" are given; keep "authors"')
            value = {"authors" if key == "author" else key: entry for key, entry in value.items()}
        return value

    @model_validator(mode="after")
    def _modified_later(self) -> Self:
        if self.modified and self.modified < self.date:
            message = (
                f'"modified" ({self.modified:%Y-%m-%d}) is before "date" ({self.date:%Y-%m-%d}); correct one of them'
            )
            raise KeyFault("modified", message)
        return self

    @model_validator(mode="after")
    def _modified_by_now(self, info: ValidationInfo) -> Self:
        """What is scheduled is changed on its day at the earliest, so there it may lie in the future as well."""
        if self.modified and lies_ahead(self.modified, info) and not lies_ahead(self.date, info):
            message = f'"modified" ({self.modified:%Y-%m-%d}) lies in the future; write the day of the last change'
            raise KeyFault("modified", message)
        return self

    @model_validator(mode="after")
    def _shown_where_it_stands_out(self) -> Self:
        for key in ("pinned", "featured"):
            if getattr(self, key) and self.status is Status.HIDDEN:
                raise KeyFault(
                    key, f'a hidden article is in no list, so it cannot be {key}; remove "{key}" or "status"'
                )
        return self

    @model_validator(mode="after")
    def _expires_later(self) -> Self:
        if self.expires and self.expires <= self.date:
            message = (
                f'"expires" is not after "date" ({self.date:%Y-%m-%d}), so nobody would see this; correct one of them'
            )
            raise KeyFault("expires", message)
        return self

    @model_validator(mode="after")
    def _part_of_something(self) -> Self:
        if self.part and not self.series:
            raise KeyFault("part", 'this is a part of nothing; add "series: " and the title of the series')
        return self


class PageHeader(Header):
    """The header of a file in ``content/pages/``. ``menu`` is its word in the menu; without it, it is not there."""

    slug: OwnSlug
    menu: Text | None = None
    modified: PastMoment | None = None
