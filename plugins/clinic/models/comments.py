"""Comments of visitors, each published by the clinic with the consent of who wrote it; sanitizing untrusted text.

Words about one's own health are special category data (UK GDPR, article 9), which only explicit consent and a record
of it (article 7) let anyone publish. Sanitizing leaves the words as written and takes out characters that disturb the
page around them: that reverse the reading direction of what follows (Trojan Source, UTS 39), that are invisible, that
pile up over the lines above, and that XML 1.0 forbids in a feed.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from itertools import chain, groupby, islice
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import AfterValidator, Field, model_validator

from clinic.models.base import Record, RecordError
from clinic.models.practitioner import Practitioner
from clinic.models.types import Moment, PastDay, Text, from_text

LONGEST_NAME = 80
"""Characters."""
LONGEST_COMMENT = 5000
"""Characters: about a thousand words, longer than most articles; what is longer is an article or an attack."""
_ON = frozenset({"on", "yes", "true", "open"})
_OFF = frozenset({"off", "none", "no", "false"})
none_if_off = from_text(lambda text: "none" if text.strip().lower() in _OFF else text)
"""Accept ``none`` in any of its spellings, such as ``off``."""
MAX_MARKS = 4
"""Combining marks on one letter: Vietnamese needs two, pointed Hebrew four."""
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufff9-\uffff]")
"""The halves of a pair (surrogates) too: alone they are no character, and no file can hold them."""
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069\u206a-\u206f]")
_INVISIBLE = re.compile("[\u00ad\u034f\u115f\u1160\u180e\u200b\u2060-\u2065\u2800\u3164\ufeff\uffa0]")
_JOINERS = re.compile("([\u200c\u200d])[\u200c\u200d]+")
_TAGS = re.compile("(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e007f]+")
"""Tag characters are kept only after a black flag: the flags of England, Scotland and Wales."""
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x85]")
_MANY_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def sanitize(text: str) -> str:
    """Text of several lines, in NFC, without harmful characters; runs of empty lines become one."""
    text = _LINE_ENDS.sub("\n", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        text = _TAGS.sub("", _INVISIBLE.sub("", _DIRECTIONS.sub("", text)))
        text = _limit_marks(_JOINERS.sub(r"\1", text))
    return _MANY_LINES.sub("\n\n", _CONTROLS.sub("", text)).strip()


def sanitize_line(text: str) -> str:
    """Text on one line, such as a name."""
    return " ".join(sanitize(text).split())


def has_letters(text: str) -> bool:
    """Whether there is a letter or digit in it."""
    return any(character.isalnum() for character in text)


def _limit_marks(text: str) -> str:
    runs = groupby(text, lambda one: bool(unicodedata.combining(one)) or unicodedata.category(one) == "Me")
    return "".join(chain.from_iterable(islice(run, MAX_MARKS) if are_marks else run for are_marks, run in runs))


def _name(value: str) -> str:
    name = sanitize_line(value)
    if not has_letters(name):
        raise ValueError("this name has no letters; write the name as the person agreed to be named")
    if len(name) > LONGEST_NAME:
        raise ValueError(f"this name is too long; {LONGEST_NAME} letters are the most")
    return name


def _switch(text: str) -> dict[str, Any] | None:
    """Accept ``comments: off`` and ``comments: on`` for the whole site."""
    word = text.strip().lower()
    if word not in _ON | _OFF:
        raise ValueError(f'"{text}" is neither on nor off; write one of them, or "open" and the others in lines below')
    return {} if word in _ON else None


class _EntryFrontMatter(Record):
    """The keys that every file in ``content/comments/<article>/`` may have."""

    date: Moment = Field(description="the day it was written, for example 2026-01-16")
    in_reply_to: Annotated[Text, AfterValidator(lambda name: name.removesuffix(".md"))] | None = Field(
        default=None, description="the name of the file, in the same folder, that this answers"
    )
    practitioner: Text | None = Field(default=None, description="the name of a file in team/, for an answer")
    status: Literal["published", "draft"] = Field(default="published", description="published, or draft")


class CommentFrontMatter(_EntryFrontMatter):
    """Front matter of what a visitor wrote."""

    name: Annotated[Text, AfterValidator(_name)] = Field(
        description="who wrote it, as they agreed to be named, such as Jo or J. P."
    )
    consent: PastDay = Field(
        description="the day this person agreed that their comment is shown here; without it it cannot be"
    )


class AnswerFrontMatter(_EntryFrontMatter):
    """Front matter of the clinic's own answer, which is named by ``practitioner`` alone."""

    practitioner: Text = Field(description="the name of a file in team/, without .md")
    name: Text | None = Field(default=None, description="not used in an answer of the clinic")
    consent: PastDay | None = Field(default=None, description="not needed in an answer of the clinic")

    @model_validator(mode="after")
    def _named_once(self) -> Self:
        if self.name:
            raise RecordError("name", 'who gives this answer follows from "practitioner"; remove "name"')
        return self


@dataclass(frozen=True)
class Comment:
    """One comment. ``key`` is the name of its file; ``answer_by`` is set for the clinic's own answers.

    ``words`` is the text as written, ``html`` the sanitized HTML once it has been rendered. ``unpublished`` is the
    reason why only the preview shows it.
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
        """The first letter of the name, shown in place of a portrait."""
        return next((character for character in self.name if character.isalnum()), "").upper()

    @property
    def anchor(self) -> str:
        """The id of its element on the page. Ids of headings never have two hyphens."""
        return f"comment--{self.key}"


class CommentChannel(Enum):
    """How a new comment reaches the clinic."""

    EMAIL = "email"
    FORM = "form"


class CommentSettings(Record):
    """``comments`` in clinic.yaml. Without ``by`` they come through the contact form, else by e-mail."""

    open: bool = Field(default=True, description="no where articles take no comments unless they say so")
    closed_after_days: int | None = Field(
        default=None, gt=0, le=36500, description="after how many days an article takes no more comments"
    )
    by: CommentChannel | None = Field(default=None, description="how comments reach you: email or form")

    def channel(self, *, has_form: bool) -> CommentChannel:
        """How comments come: as the owner says, else through the form where there is one."""
        return self.by or (CommentChannel.FORM if has_form else CommentChannel.EMAIL)


SiteComments: TypeAlias = Annotated[CommentSettings | None, from_text(_switch)]
"""``comments`` of clinic.yaml; None where the site has none at all."""
ArticleComments: TypeAlias = Annotated[Literal["open", "closed", "none"], none_if_off]
"""``comments`` in an article's front matter, which overrides the site's rule."""


def closes_at(article_date: datetime, settings: CommentSettings) -> datetime | None:
    """The moment from which an article takes no more comments; None where there is no limit."""
    if settings.closed_after_days is None:
        return None
    return article_date + timedelta(days=settings.closed_after_days)


def takes_comments(choice: str | None, settings: CommentSettings | None, article_date: datetime, now: datetime) -> bool:
    """Whether visitors may write: the article's own key decides, then the site's, then the time that has passed."""
    if settings is None or choice in {"closed", "none"}:
        return False
    if choice == "open":
        return True
    end = closes_at(article_date, settings)
    return settings.open and (end is None or now < end)
