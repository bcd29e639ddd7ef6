"""What the clinic does: one record per file in ``content/services/``."""

from decimal import Decimal
from typing import Annotated, NamedTuple

from pydantic import Field

from clinic.models.base import Record, Status, WithImage
from clinic.models.booking import Bookable
from clinic.models.exemptions import Other
from clinic.models.types import Slug, Text, TextList

_SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$"}


class Price(Record):
    """What a visitor pays in all, mandatory fees included (DMCC Act 2024, s. 230: no drip pricing).

    ``includes`` names fees that nobody can leave out and that the sum holds already, such as a room charge.
    """

    amount: Annotated[Decimal, Field(gt=0, decimal_places=2, description="a sum of money, for example 45 or 52.50")]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="a currency code, for example GBP")]
    minutes: Annotated[int, Field(gt=0, le=600)] | None = None
    label: Text | None = None
    starts_from: bool = False
    """True where the sum is the least one pays ("from £45")."""
    includes: Text | None = None

    @property
    def sum_shown(self) -> str:
        """The sum alone: ``£52.50``, ``£45``."""
        shown = f"{self.amount:.2f}".removesuffix(".00")
        return f"{_SYMBOLS.get(self.currency, f'{self.currency} ')}{shown}"

    def __str__(self) -> str:
        """Whole: ``60 minutes, £52``, ``from £45 for 30 minutes``, ``£52, including the room charge``."""
        if self.starts_from:
            said = f"from {self.sum_shown}" + (f" for {self.minutes} minutes" if self.minutes else "")
        else:
            said = (f"{self.minutes} minutes, " if self.minutes else "") + self.sum_shown
        return f"{said}, including {self.includes}" if self.includes else said


class SaidPrice(NamedTuple):
    """A price in words: ``words`` is whole without ``label``, which says what it is the price of."""

    label: str | None
    words: str

    def __str__(self) -> str:
        return f"{self.label}: {self.words}" if self.label else self.words


class Question(Record):
    """A question visitors ask, and the answer shown under it."""

    question: Text
    answer: Text


class ServiceFrontMatter(WithImage, Bookable):
    """The header of a file in ``content/services/``.

    ``first_visit`` is the price of what everybody must book first, where the clinic asks for it: a fee nobody can
    leave out, so it stands beside every price of the service (DMCC Act 2024, s. 230: no drip pricing).
    """

    title: Annotated[Text, Field(description="the name of the service")]
    summary: Annotated[Text, Field(description="one sentence about the service, shown on cards")] | None = None
    conditions: TextList = ()
    prices: tuple[Price, ...] = ()
    first_visit: Price | None = None
    minutes: Annotated[int, Field(gt=0, le=600)] | None = None
    questions: tuple[Question, ...] = ()
    order: int = 100
    aliases: TextList = ()
    status: Status = Status.PUBLISHED
    others: tuple[Other, ...] = ()

    def said_prices(self, most: int | None = None) -> tuple[SaidPrice, ...]:
        """The prices in words, all or the first ``most``, and never without what everybody must book first."""
        required = (_required(self.first_visit),) if self.first_visit else ()
        return (*required, *(SaidPrice(price.label, str(price)) for price in self.prices[:most]))

    @property
    def in_brief(self) -> tuple[str, ...]:
        """What a card has room for: the first price, whole, and how long a session takes where no price says so."""
        timed = any(price.minutes for price in self.prices[:1])
        length = (f"{self.minutes} minutes",) if self.minutes and not timed else ()
        return (*length, *map(str, self.said_prices(most=1)))


def _required(first_visit: Price) -> SaidPrice:
    return SaidPrice(f"{first_visit.label or 'First visit'} (required)", str(first_visit))


class Service(ServiceFrontMatter):
    """A service, with the slug its file name gives it."""

    slug: Slug
