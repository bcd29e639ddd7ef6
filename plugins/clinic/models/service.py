"""What the clinic offers and what it costs: front matter of the files in ``content/services/``, prices in words."""

from decimal import Decimal
from typing import NamedTuple

from pydantic import Field

from clinic.models.base import NO_HINT, Aliases, Exemptions, Order, PageStatus, Record, Status, WithImage
from clinic.models.booking import Bookable
from clinic.models.types import Slug, Text, TextList

_SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$"}


class Price(Record):
    """What a visitor pays in all, mandatory fees included (DMCC Act 2024, s. 230: no drip pricing)."""

    amount: Decimal = Field(gt=0, decimal_places=2, description="a sum of money, for example 45 or 52.50")
    currency: str = Field(pattern=r"^[A-Z]{3}$", description="a currency code, for example GBP")
    minutes: int | None = Field(default=None, gt=0, le=600, description="how long it takes, in minutes")
    label: Text | None = Field(default=None, description="what it is the price of, such as First visit")
    starts_from: bool = Field(default=False, description='yes where the sum is the least one pays: "from £45"')
    includes: Text | None = Field(default=None, description="fees that the sum holds already, such as the room charge")

    @property
    def amount_text(self) -> str:
        """The amount with its currency: ``£52.50``, ``£45``."""
        amount = f"{self.amount:.2f}".removesuffix(".00")
        return f"{_SYMBOLS.get(self.currency, f'{self.currency} ')}{amount}"

    def __str__(self) -> str:
        """Without ``label``: ``60 minutes, £52``, ``from £45 for 30 minutes``, ``£52, including the room charge``."""
        if self.starts_from:
            text = f"from {self.amount_text}" + (f" for {self.minutes} minutes" if self.minutes else "")
        else:
            text = (f"{self.minutes} minutes, " if self.minutes else "") + self.amount_text
        return f"{text}, including {self.includes}" if self.includes else text


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


class ServiceFrontMatter(WithImage, Bookable):
    """Front matter of a file in ``content/services/``; ``first_visit`` stands by each price (DMCC Act 2024, s. 230)."""

    title: Text = Field(description="the name of the service")
    summary: Text | None = Field(default=None, description="one sentence about the service, shown on cards")
    conditions: TextList = Field(default=(), description="the conditions it is for, such as ankle sprain")
    prices: tuple[Price, ...] = Field(default=(), description="what it costs: amount and currency of each")
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
        return PriceText(f"{self.first_visit.label or 'First visit'} (required)", str(self.first_visit)), *listed

    @property
    def card_facts(self) -> tuple[str, ...]:
        """The texts on a card: the first price, and how long a session takes where that price does not say so."""
        timed = any(price.minutes for price in self.prices[:1])
        length = (f"{self.minutes} minutes",) if self.minutes and not timed else ()
        return (*length, *map(str, self.price_texts(most=1)))


class Service(ServiceFrontMatter):
    """A service, with the slug that the file name gives."""

    slug: Slug = Field(description="the last part of the page's address: the name of the file")
