"""What a visitor pays, always said whole: the sum, how long it buys, whether it is the least, what everybody pays."""

from decimal import Decimal
from typing import Annotated, NamedTuple

from pydantic import Field

from clinic.facts.base import Fact, Text

_SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$"}


class Price(Fact):
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
