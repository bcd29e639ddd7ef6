"""What the clinic offers and what it costs: front matter of the files in ``content/services/``, prices in words."""

from typing import NamedTuple, Self

from pydantic import Field, model_validator

from clinic.models.base import (
    NO_HINT,
    Aliases,
    Exemptions,
    InOneLanguage,
    Order,
    PageStatus,
    Record,
    RecordError,
    Status,
)
from clinic.models.booking import Bookable
from clinic.models.claims import Claims
from clinic.models.money import Sum, WithCurrency, in_words
from clinic.models.types import Slug, Text, TextList
from clinic.models.words import gettext, ngettext


def minutes_in_words(minutes: int) -> str:
    """``60 minutes``."""
    return ngettext("{count} minute", "{count} minutes", minutes, count=minutes)


class Price(WithCurrency):
    """What a visitor pays in all, mandatory fees included (DMCC Act 2024, s. 230: no drip pricing).

    ``amount`` may be written as people write sums, with its currency or without (``clinic.models.money``), and a price
    that is nothing but a sum may be written as that: ``€65``.
    """

    amount: Sum = Field(gt=0, description="a sum of money, for example 45 or 52.50")
    minutes: int | None = Field(default=None, gt=0, le=600, description="how long it takes, in minutes")
    label: Text | None = Field(default=None, description="what it is the price of, such as First visit")
    starts_from: bool = Field(default=False, description='yes where the sum is the least one pays: "from £45"')
    includes: Text | None = Field(default=None, description="fees that the sum holds already, such as the room charge")

    @property
    def amount_text(self) -> str:
        """The amount with its currency: ``£52.50``, ``£45``."""
        return in_words(self.amount, self.currency)

    def __str__(self) -> str:
        """Without ``label``: ``60 minutes, £52``, ``from £45 for 30 minutes``, ``£52, including the room charge``."""
        price, duration = self.amount_text, minutes_in_words(self.minutes) if self.minutes else ""
        if self.starts_from and duration:
            text = gettext("from {price} for {duration}", price=price, duration=duration)
        elif self.starts_from:
            text = gettext("from {price}", price=price)
        else:
            text = ", ".join(filter(None, (duration, price)))
        return gettext("{price}, including {fees}", price=text, fees=self.includes) if self.includes else text


class Visit(Price, Bookable):
    """The first or the next visit for a service: its price, and where that visit is booked."""


class ClinicVisit(WithCurrency, Bookable):
    """``first_visit`` or ``returning`` in clinic.yaml: a visit that is the same whatever somebody comes for.

    Where it is a service of the clinic, ``service`` names that, and price, length and booking address are those of its
    file. What is not said is not shown.
    """

    service: Slug | None = Field(
        default=None, description="the service that it is, if it has a file in services/: then no more is said here"
    )
    label: Text | None = Field(default=None, description="what it is called, such as Initial consultation")
    amount: Sum | None = Field(default=None, gt=0, description="what it costs, for example 45 or 52.50")
    minutes: int | None = Field(default=None, gt=0, le=600, description="how long it takes, in minutes")

    @model_validator(mode="after")
    def _said_once(self) -> Self:
        """A price that stands in two files is wrong in one of them one day."""
        for key in ("amount", "minutes", "booking_url", "booking_id"):
            if self.service and getattr(self, key):
                raise RecordError(key, f'services/{self.service}.md says "{key}" already; remove this line')
        return self

    def __str__(self) -> str:
        """As a price, as far as known: ``60 minutes, £65``, ``60 minutes``, or empty."""
        length = minutes_in_words(self.minutes) if self.minutes else ""
        return ", ".join(filter(None, (length, in_words(self.amount, self.currency) if self.amount else "")))


class PriceText(NamedTuple):
    """A price in words: ``words`` is the text of ``Price``, ``label`` says what it is the price of."""

    label: str | None
    words: str

    def __str__(self) -> str:
        return f"{self.label}: {self.words}" if self.label else self.words


class Question(Record):
    """A question visitors ask, and its answer."""

    question: Text = Field(description="what visitors ask", json_schema_extra=NO_HINT)
    answer: Text = Field(description="the answer, shown under the question", json_schema_extra=NO_HINT)


class ServiceFrontMatter(InOneLanguage, Bookable):
    """Front matter of a file in ``content/services/``; ``first_visit`` stands by each price (DMCC Act 2024, s. 230).

    With ``returning`` there are two ways to book, for who comes for the first time and for who has been there.
    """

    title: Text = Field(description="the name of the service")
    summary: Text | None = Field(default=None, description="one sentence about the service, shown on cards")
    conditions: TextList = Field(default=(), description="the conditions it is for, such as ankle sprain")
    prices: tuple[Price, ...] = Field(default=(), description="what it costs: the amount of each")
    first_visit: Visit | None = Field(default=None, description="the price of what everybody must book first, if so")
    returning: Visit | None = Field(default=None, description="the price of a visit for who has been there before")
    minutes: int | None = Field(default=None, gt=0, le=600, description="how long a session takes, in minutes")
    questions: tuple[Question, ...] = Field(default=(), description="what visitors ask about it, each with its answer")
    order: Order = 100
    aliases: Aliases = ()
    status: PageStatus = Status.PUBLISHED
    others: Exemptions = ()
    claims: Claims = ()

    @model_validator(mode="after")
    def _said_once(self) -> Self:
        """A return visit among the prices would stand on the page twice, and be wrong in one place one day."""
        known = self.returning
        for number, price in enumerate(self.prices):
            if known and (price.amount, price.currency, price.minutes) == (known.amount, known.currency, known.minutes):
                where = f"{number + 1}. of these prices" if len(self.prices) > 1 else "price here"
                message = f'the {where} is what "returning" says already; remove it from "prices"'
                raise RecordError("prices", message)
        return self

    def listed_prices(self, most: int | None = None) -> tuple[Price, ...]:
        """What somebody pays who has been there, the return visit first: all, or the first ``most``."""
        return (*filter(None, [self.returning]), *self.prices)[:most]

    def price_texts(self, most: int | None = None) -> tuple[PriceText, ...]:
        """The prices in words, all or the first ``most``, after the first visit that everybody must book."""
        listed = tuple(
            PriceText(price.label or (gettext("Return visit") if price is self.returning else None), str(price))
            for price in self.listed_prices(most)
        )
        if self.first_visit is None:
            return listed
        label = gettext("{visit} (required)", visit=self.first_visit.label or gettext("First visit"))
        return PriceText(label, str(self.first_visit)), *listed

    @property
    def card_facts(self) -> tuple[str, ...]:
        """The texts on a card: what one pays at least, and how long a session takes where that does not say so.

        That is the price, or of several the least ("from £45"); a first visit that everybody must book comes first.
        """
        if self.first_visit is None and len({price.amount for price in self.prices}) > 1:
            least = min(self.prices, key=lambda price: price.amount)
            text = (
                str(least) if least.minutes and least.starts_from else gettext("from {price}", price=least.amount_text)
            )
            length = (minutes_in_words(self.minutes),) if self.minutes and not least.minutes else ()
            return *length, text
        timed = any(price.minutes for price in self.listed_prices(1))
        length = (minutes_in_words(self.minutes),) if self.minutes and not timed else ()
        return (*length, *map(str, self.price_texts(most=1)))


class Service(ServiceFrontMatter):
    """A service, with the slug that the file name gives."""

    slug: Slug = Field(description="the last part of the page's address: the name of the file")
