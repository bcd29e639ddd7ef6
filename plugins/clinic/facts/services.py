"""What the clinic does: one record per file in ``content/services/``."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from clinic.facts.base import Fact, Pictured, Slug, Status, Text, TextList
from clinic.facts.booking import Bookable


class Price(Fact):
    """What a visitor pays in all, mandatory fees included (DMCC Act 2024: no drip pricing)."""

    amount: Annotated[Decimal, Field(gt=0, decimal_places=2, description="a sum of money, for example 45 or 52.50")]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="a currency code, for example GBP")]
    minutes: Annotated[int, Field(gt=0, le=600)] | None = None
    label: Text | None = None
    starts_from: bool = False
    """True where the sum is the least one pays ("from £45")."""

    def __str__(self) -> str:
        symbol = {"GBP": "£", "EUR": "€", "USD": "$"}.get(self.currency, f"{self.currency} ")
        sum_shown = f"{self.amount:.2f}".removesuffix(".00")
        return f"{'from ' if self.starts_from else ''}{symbol}{sum_shown}"


class Question(Fact):
    """A question visitors ask, and the answer shown under it."""

    question: Text
    answer: Text


class ServiceHeader(Pictured, Bookable):
    """The header of a file in ``content/services/``."""

    title: Annotated[Text, Field(description="the name of the service")]
    summary: Annotated[Text, Field(description="one sentence about the service, shown on cards")] | None = None
    conditions: TextList = ()
    prices: tuple[Price, ...] = ()
    minutes: Annotated[int, Field(gt=0, le=600)] | None = None
    questions: tuple[Question, ...] = ()
    order: int = 100
    aliases: TextList = ()
    status: Status = Status.PUBLISHED


class Service(ServiceHeader):
    """A service, with the slug its file name gives it."""

    slug: Slug
