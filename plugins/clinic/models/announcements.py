"""Approved texts that are written once and shown where they belong: notices, testimonials, care cards."""

import re
from datetime import date
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import AfterValidator, Field, model_validator

from clinic.models.base import Record, RecordError, check_order, rename_keys
from clinic.models.booking import host_of
from clinic.models.types import Day, PastDay, Text, TextList, Url, checked, from_text

_LINK = re.compile(r"https?://[^\s/]+\.[^\s]+|/(?:[\w-]+/)*(?:#[\w-]+)?")
_NO_LINK = "is not an address; write that of a page of yours, like /contact/, or a whole one with https://"


class Notice(Record):
    """A line at the top of every page, from one day to the end of another."""

    text: Text = Field(description="what visitors are to know, in a sentence")
    begins: Day = Field(description="the first day on which the notice is shown")
    until: Day = Field(description="the last day on which the notice is shown")
    link: Annotated[str, checked(_LINK.fullmatch, _NO_LINK)] | None = Field(
        default=None, description="where the notice leads: a page of yours, like /contact/, or an address with https://"
    )

    @model_validator(mode="before")
    @classmethod
    def _rename_keys(cls, value: Any) -> Any:
        return rename_keys(value, {"from": "begins"})

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        check_order("notice", "until", self.begins, self.until)
        return self

    def is_shown_on(self, today: date) -> bool:
        """Whether the notice is shown on this day."""
        return self.begins <= today <= self.until

    @property
    def path(self) -> str | None:
        """The linked page's path from the site's root, without the leading slash; None for other sites and no link."""
        return self.link[1:] if self.link and self.link.startswith("/") else None


def _without_quotes(text: str) -> str:
    """The text without quotation marks around it: the theme adds them, so that all are the same."""
    pairs = (("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"))
    return text[1:-1].strip() if len(text) > 2 and (text[0], text[-1]) in pairs else text


class Testimonial(Record):
    """A quotation from a visitor."""

    words: Annotated[Text, AfterValidator(_without_quotes)] = Field(description="what the person said, word for word")
    source: Text = Field(description="who said it, as they agreed to be named, such as J. in Larkmouth")
    date: PastDay = Field(description="the day the person said it")
    consent: PastDay = Field(
        description="the day this person agreed to be quoted here; without it the words cannot be shown"
    )


_SCORES = frozenset({"stars", "star", "rating", "ratings", "score", "average", "count", "reviews", "number"})
_REWARDS = frozenset({"reward", "rewards", "discount", "offer", "incentive", "gift", "prize", "voucher"})
_ONLY_SOME = frozenset({"only", "happy", "positive", "if", "when", "min_stars", "minimum"})


class ReviewPage(Record):
    """One entry of ``reviews_elsewhere``: where visitors may say how it was; a line alone is the address.

    It is for all alike: Google's policy on reviews ("Fake engagement") and the DMCC Act 2024, Schedule 20 (13), do not
    allow that only those are asked who were content, or that anything is given. Stars are never shown: Google takes no
    reviews of a business from its own site (review snippets, "self-serving").
    """

    name: Text | None = Field(
        default=None, description="what the site is called, such as Google, if not by its address"
    )
    url: Url = Field(description="where visitors write a review, copied from the browser, with https://")

    @model_validator(mode="before")
    @classmethod
    def _for_all_alike(cls, value: Any) -> Any:
        for key in value if isinstance(value, dict) else ():
            word = str(key).casefold()
            if word in _SCORES:
                raise RecordError(key, f'"{key}" is not shown here, since what others say stays with them; remove it')
            if word in _REWARDS:
                raise RecordError(key, f'"{key}" would make a review a paid one, which the law forbids; remove it')
            if word in _ONLY_SOME:
                raise RecordError(key, f'"{key}" would ask only some people; everybody is asked alike, so remove it')
        return value

    @property
    def title(self) -> str:
        """What the link says: its name, else the host of its address."""
        return self.name or host_of(self.url)


ReviewPages: TypeAlias = Annotated[
    tuple[Annotated[ReviewPage, from_text(lambda url: {"url": url})], ...], from_text(lambda url: [url])
]
"""A list of addresses and records, or one address alone."""


Urgency: TypeAlias = Literal["non-urgent", "urgent", "emergency"]
"""How soon to seek help: the three levels of the NHS care card."""


class CareCard(Record):
    """When to seek help (``care_cards`` in clinic.yaml). Articles and services on one of ``conditions`` show it."""

    title: Text = Field(description="the heading of the card, such as Call NHS 111 if")
    urgency: Urgency = Field(default="non-urgent", description="how soon to seek help: non-urgent, urgent or emergency")
    text: Text | None = Field(default=None, description="what the card says, in a sentence or two")
    signs: tuple[Text, ...] = Field(default=(), description="what to look out for, a line each")
    conditions: TextList = Field(default=(), description="posts and services on one of these always show the card")
    approved: PastDay = Field(
        description="the day somebody approved these words; no card is shown before that has been done"
    )
    approved_by: Text = Field(description="who approved these words: a name, or that of a file in team/")

    @model_validator(mode="after")
    def _has_content(self) -> Self:
        if not self.text and not self.signs:
            raise RecordError("title", 'the card says nothing yet; add "text", or "signs" with a line for each')
        return self

    def concerns(self, conditions: TextList) -> bool:
        """Whether a text about these conditions must show the card."""
        return not {word.casefold() for word in self.conditions}.isdisjoint(word.casefold() for word in conditions)
