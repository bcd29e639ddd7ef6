"""What the clinic offers and what it costs: front matter of the files in ``content/services/``, prices in words."""

import re
from decimal import Decimal
from typing import Annotated, Any, NamedTuple, Self

from pydantic import BeforeValidator, Field, ValidationInfo, model_validator

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
from clinic.models.money import Currency, ambiguous_sum, clinic_currency, in_words, is_currency, precision, read_money
from clinic.models.types import Slug, Text, TextList
from clinic.models.words import gettext, ngettext

_FIGURES = re.compile(r"-?\d+(?:\.\d+)?")
_NO_SUM = "is not a sum of money; write a number alone, such as 45 or 52.50"


def minutes_in_words(minutes: int) -> str:
    """``60 minutes``."""
    return ngettext("{count} minute", "{count} minutes", minutes, count=minutes)


def _sum(value: Any) -> Any:
    """A sum that ``Price`` could not read is refused in our words; what it has read are figures and a point."""
    if isinstance(value, str) and not _FIGURES.fullmatch(value):
        raise ValueError(f'"{value}" {_NO_SUM}')
    return value


class Price(Record):
    """What a visitor pays in all, mandatory fees included (DMCC Act 2024, s. 230: no drip pricing).

    ``amount`` may be written as people write sums, with its currency or without (``clinic.models.money``), and a price
    that is nothing but a sum may be written as that: ``€65``.
    """

    amount: Annotated[Decimal, BeforeValidator(_sum)] = Field(
        gt=0, description="a sum of money, for example 45 or 52.50"
    )
    currency: Currency = Field(
        default=None, validate_default=True, description="its currency, such as EUR, if it is not the clinic's"
    )
    minutes: int | None = Field(default=None, gt=0, le=600, description="how long it takes, in minutes")
    label: Text | None = Field(default=None, description="what it is the price of, such as First visit")
    starts_from: bool = Field(default=False, description='yes where the sum is the least one pays: "from £45"')
    includes: Text | None = Field(default=None, description="fees that the sum holds already, such as the room charge")

    @model_validator(mode="before")
    @classmethod
    def _read_sum(cls, value: Any, info: ValidationInfo) -> Any:
        """Take ``amount: 65,50 EUR`` apart. What cannot be read stays, so that its own error says so."""
        written = {"amount": value} if isinstance(value, str) else value
        if not isinstance(written, dict) or not isinstance(written.get("amount"), str):
            return written
        text, stated = written["amount"], written.get("currency")
        own = stated if isinstance(stated, str) and is_currency(stated) else clinic_currency(info)
        found = read_money(text, own)
        if found is None and (readings := ambiguous_sum(text)):
            raise RecordError("amount", f'amount: "{text}" can be read in two ways; write {readings}')
        if found is None:
            return written
        if stated == own and found.currency not in {own, None}:
            message = f'amount: "{text}" is in {found.currency}, but "currency" says {own}; let both be the same'
            raise RecordError("amount", message)
        currency = {"currency": found.currency} if found.currency and not stated else {}
        return {**written, "amount": str(found.amount), **currency}

    @model_validator(mode="after")
    def _has_decimals_of_currency(self) -> Self:
        """ISO 4217: there are no hundredths of a yen."""
        most = precision(self.currency)
        if -int(self.amount.normalize().as_tuple().exponent) > most:
            how = f"write it with {most} decimals at most" if most else "write it without decimals"
            raise RecordError("amount", f'amount is "{self.amount}", and the currency is {self.currency}; {how}')
        return self

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
    """Front matter of a file in ``content/services/``; ``first_visit`` stands by each price (DMCC Act 2024, s. 230)."""

    title: Text = Field(description="the name of the service")
    summary: Text | None = Field(default=None, description="one sentence about the service, shown on cards")
    conditions: TextList = Field(default=(), description="the conditions it is for, such as ankle sprain")
    prices: tuple[Price, ...] = Field(default=(), description="what it costs: the amount of each")
    first_visit: Price | None = Field(default=None, description="the price of what everybody must book first, if so")
    minutes: int | None = Field(default=None, gt=0, le=600, description="how long a session takes, in minutes")
    questions: tuple[Question, ...] = Field(default=(), description="what visitors ask about it, each with its answer")
    order: Order = 100
    aliases: Aliases = ()
    status: PageStatus = Status.PUBLISHED
    others: Exemptions = ()

    def price_texts(self, most: int | None = None) -> tuple[PriceText, ...]:
        """The prices in words, all or the first ``most``, after the first visit that everybody must book."""
        listed = tuple(PriceText(price.label, str(price)) for price in self.prices[:most])
        if self.first_visit is None:
            return listed
        label = gettext("{visit} (required)", visit=self.first_visit.label or gettext("First visit"))
        return PriceText(label, str(self.first_visit)), *listed

    @property
    def card_facts(self) -> tuple[str, ...]:
        """The texts on a card: the first price, and how long a session takes where that price does not say so."""
        timed = any(price.minutes for price in self.prices[:1])
        length = (minutes_in_words(self.minutes),) if self.minutes and not timed else ()
        return (*length, *map(str, self.price_texts(most=1)))


class Service(ServiceFrontMatter):
    """A service, with the slug that the file name gives."""

    slug: Slug = Field(description="the last part of the page's address: the name of the file")
