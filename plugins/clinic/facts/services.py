"""What the clinic does: one record per file in ``content/services/``."""

from typing import Annotated

from pydantic import Field

from clinic.facts.base import Fact, Pictured, Slug, Status, Text, TextList
from clinic.facts.booking import Bookable
from clinic.facts.others import Other
from clinic.facts.prices import Price, SaidPrice


class Question(Fact):
    """A question visitors ask, and the answer shown under it."""

    question: Text
    answer: Text


class ServiceHeader(Pictured, Bookable):
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


class Service(ServiceHeader):
    """A service, with the slug its file name gives it."""

    slug: Slug
