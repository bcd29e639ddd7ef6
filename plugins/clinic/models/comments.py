"""Comments: what visitors wrote under an article, each put there by the clinic, with the consent of who wrote it.

Under an article about backs people write about their own: words about one's health are special category data (UK
GDPR, article 9), which only explicit consent and a record of it (article 7) let anyone publish.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from clinic.models.base import Record, RecordError
from clinic.models.practitioner import Practitioner
from clinic.models.types import Moment, PastDay, Text
from clinic.models.untrusted_text import has_letters, sanitize_line

LONGEST_NAME = 80
LONGEST_COMMENT = 5000
"""Characters: about a thousand words, longer than most articles; what is longer is an article or an attack."""
_ON = frozenset({"on", "yes", "true", "open"})
_OFF = frozenset({"off", "none", "no", "false"})


def _name(value: str) -> str:
    name = sanitize_line(value)
    if not has_letters(name):
        raise ValueError("this name has no letters; write the name as the person agreed to be named")
    if len(name) > LONGEST_NAME:
        raise ValueError(f"this name is too long; {LONGEST_NAME} letters are the most")
    return name


def _file_stem(value: str) -> str:
    return value.removesuffix(".md")


def _choice(value: Any) -> Any:
    """``comments: off`` in any of its spellings."""
    return "none" if isinstance(value, str) and value.strip().lower() in _OFF else value


def _switch(value: Any) -> Any:
    """``comments: off`` for the whole site, ``comments: on`` for what is so anyway."""
    if not isinstance(value, str):
        return value
    words = value.strip().lower()
    if words in _OFF:
        return None
    if words not in _ON:
        raise ValueError(f'"{value}" is neither on nor off; write one of them, or "open" and the others in lines below')
    return {}


class _Entry(Record):
    """What the header of every file in ``content/comments/<article>/`` may say."""

    date: Annotated[Moment, Field(description="the day it was written, for example 2026-01-16")]
    in_reply_to: Annotated[Text, AfterValidator(_file_stem)] | None = None
    practitioner: Text | None = None
    status: Literal["published", "draft"] = "published"


class CommentFrontMatter(_Entry):
    """The header of what a visitor wrote."""

    name: Annotated[
        Text, AfterValidator(_name), Field(description="who wrote it, as they agreed to be named, such as Jo or J. P.")
    ]
    consent: Annotated[
        PastDay,
        Field(description="the day this person agreed that their comment is shown here; without it it cannot be"),
    ]


class AnswerFrontMatter(_Entry):
    """The header of the clinic's own answer: ``practitioner`` says who gives it, so there is no other name."""

    practitioner: Annotated[Text, Field(description="the name of a file in team/, without .md")]
    name: Text | None = None
    consent: PastDay | None = None

    @model_validator(mode="after")
    def _named_once(self) -> Self:
        if self.name:
            raise RecordError("name", 'who gives this answer follows from "practitioner"; remove "name"')
        return self


@dataclass(frozen=True)
class Comment:
    """One comment. ``key`` is the name of its file; ``answer_by`` is set where the clinic itself speaks.

    ``words`` as they were written; ``html`` the same as it can stand on a page, once it has been made.
    ``unpublished`` tells the preview why nobody else sees it yet.
    """

    key: str
    name: str
    date: datetime
    words: str
    in_reply_to: str | None = None
    answer_by: Practitioner | None = None
    unpublished: str | None = None
    html: str = ""

    @property
    def initial(self) -> str:
        """The first letter of the name, to stand for a face."""
        return next((sign for sign in self.name if sign.isalnum()), "").upper()

    @property
    def anchor(self) -> str:
        """The id of its place on the page. No heading has two hyphens in its own."""
        return f"comment--{self.key}"


class CommentsBy(Enum):
    """How a new comment reaches the clinic."""

    EMAIL = "email"
    FORM = "form"


class CommentSettings(Record):
    """Whether articles take comments. Without ``by`` they come through the contact form, or else by e-mail."""

    open: bool = True
    closed_after_days: Annotated[int, Field(gt=0, le=36500)] | None = None
    by: CommentsBy | None = None

    def channel(self, *, has_form: bool) -> CommentsBy:
        """How comments come: as the owner says, or else through the form where there is one."""
        return self.by or (CommentsBy.FORM if has_form else CommentsBy.EMAIL)


Settings: TypeAlias = Annotated[CommentSettings | None, BeforeValidator(_switch)]
"""``comments`` of clinic.yaml; None where the site shows none at all."""
ArticleChoice: TypeAlias = Annotated[Literal["open", "closed", "none"], BeforeValidator(_choice)]
"""``comments`` of an article's header, which goes before the rule for all."""


def closes_at(article_date: datetime, settings: CommentSettings) -> datetime | None:
    """The moment from which an article takes no more comments; None where no day is set for it."""
    if settings.closed_after_days is None:
        return None
    return article_date + timedelta(days=settings.closed_after_days)


def takes_comments(choice: str | None, settings: CommentSettings | None, article_date: datetime, now: datetime) -> bool:
    """Whether visitors may write: the article's own word first, then the site's, then the time that has passed."""
    if settings is None or choice in {"closed", "none"}:
        return False
    if choice == "open":
        return True
    end = closes_at(article_date, settings)
    return settings.open and (end is None or now < end)
