"""What a clinic charges beside its services, how it is paid, and which insurers pay: keys of ``clinic.yaml``."""

import re
from enum import Enum
from typing import Annotated, Any, ClassVar, Self, TypeAlias

from pydantic import AfterValidator, Field, model_validator

from clinic.models.base import Record, RecordError
from clinic.models.contact import PhoneNumber
from clinic.models.money import Sum, WithCurrency, in_words
from clinic.models.types import ListOf, SlugList, Text, TextList, from_text

_PERCENT = re.compile(r"(\d{1,3})\s?(?:%|per ?cent\b).*", re.IGNORECASE)
_WHOLE_PRICE = re.compile(r"(?:the )?(?:full|whole)(?: (?:price|fee|cost|charge|amount))?", re.IGNORECASE)
_WHOLE = 100


class FeeKind(Enum):
    """What a fee is charged for; the value is what the owner writes."""

    CANCELLATION = "cancellation"
    MISSED = "missed appointment"
    DEPOSIT = "deposit"
    PRODUCT = "product"
    PACKAGE = "package"
    VOUCHER = "voucher"
    OTHER = "other"

    @property
    def is_for_sale(self) -> bool:
        """Whether visitors choose to buy it (schema.org Offer); the others are charged to them."""
        return self in {FeeKind.PRODUCT, FeeKind.PACKAGE, FeeKind.VOUCHER}


class Fee(WithCurrency):
    """One entry of ``fees``: a sum, or a part of the price of what was booked."""

    sums: ClassVar[tuple[str, ...]] = ("amount", "saves")

    kind: FeeKind = Field(
        default=FeeKind.OTHER,
        description="cancellation, missed appointment, deposit, product, package, voucher or other",
    )
    label: Text | None = Field(
        default=None, description="what it is called, such as Six sessions; without it, it is called as its kind"
    )
    amount: Sum | None = Field(
        default=None, gt=0, description="a sum of money such as 25, or a part of the price, such as 50% or full price"
    )
    percent: int | None = Field(
        default=None, gt=0, le=_WHOLE, description="the part of the price in percent, if that is not the amount"
    )
    unit: Text | None = Field(default=None, description="what the sum is for, such as each, or for six sessions")
    saves: Sum | None = Field(default=None, gt=0, description="what it saves, as a sum of money such as 30")
    note: Text | None = Field(
        default=None, description="when it is charged, or what it holds: with less than 24 hours’ notice"
    )
    services: SlugList = Field(default=(), description="the services it belongs to, if not to all: names of files")

    @model_validator(mode="before")
    @classmethod
    def _read_percent(cls, value: Any) -> Any:
        """``amount: 50%`` and ``amount: full price`` are parts of the price of what was booked."""
        text = value.get("amount") if isinstance(value, dict) else None
        if not isinstance(text, str) or "percent" in value:
            return value
        found = _PERCENT.fullmatch(text.strip())
        part = found[1] if found else str(_WHOLE) if _WHOLE_PRICE.fullmatch(text.strip()) else None
        if part is None:
            return value
        if not 0 < int(part) <= _WHOLE:
            raise RecordError("amount", f'amount: "{text}" is no part of a price; write one from 1% to 100%')
        return {key: entry for key, entry in value.items() if key != "amount"} | {"percent": part}

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.label and self.kind is FeeKind.OTHER:
            message = 'it is not said what this is charged for; add "label: …", or "kind" with one of its words'
            raise RecordError("", message)
        if self.amount is None and self.percent is None and not self.note:
            raise RecordError("", 'it is not said how much this is; add "amount: …", or say it in words in "note"')
        if self.amount is not None and self.percent is not None:
            raise RecordError("percent", 'both "amount" and "percent" are given; keep one of them')
        if self.saves is not None and self.amount is None:
            raise RecordError("saves", 'what is saved is beside no sum; add "amount: …", or remove "saves"')
        return self

    @property
    def name(self) -> str:
        """What it is called: ``Six sessions``, ``Missed appointment``."""
        return self.label or self.kind.value.capitalize()

    @property
    def amount_text(self) -> str | None:
        """``£25 each``, ``50% of the price``, ``the full price``; None where it is said in the note alone."""
        if self.percent is not None:
            return "the full price" if self.percent == _WHOLE else f"{self.percent}% of the price"
        if self.amount is None:
            return None
        return " ".join(filter(None, (in_words(self.amount, self.currency), self.unit)))

    @property
    def saves_text(self) -> str | None:
        """The sum that it saves: ``£30``."""
        return in_words(self.saves, self.currency) if self.saves is not None else None

    def belongs_to(self, service: str) -> bool:
        """Whether it holds for the service of this file name."""
        return not self.services or service in self.services


class Payment(Record):
    """``payment``: the ways alone, as a list or a line, or these with a note."""

    ways: TextList = Field(default=(), description="how people may pay, such as cash, card, bank transfer")
    note: Text | None = Field(default=None, description="when they pay, such as at the end of each visit")

    @model_validator(mode="before")
    @classmethod
    def _ways_alone(cls, value: Any) -> Any:
        return {"ways": value} if isinstance(value, str | list) else value


class Insurer(Record):
    """One entry of ``insurers``; a line of words alone is a name."""

    name: Text = Field(description="the insurer’s name, such as Invented Health")
    note: Text | None = Field(default=None, description="what to know, such as which of your services it pays for")
    pre_authorisation: bool = Field(
        default=False, description="yes if people must ask the insurer before their first visit"
    )
    phone: PhoneNumber | None = Field(
        default=None, description="the insurer’s number as people dial it, such as 01632 960123"
    )


def _once(insurers: tuple[Insurer, ...]) -> tuple[Insurer, ...]:
    names = [insurer.name.casefold() for insurer in insurers]
    for insurer in insurers:
        if names.count(insurer.name.casefold()) > 1:
            raise ValueError(f'"{insurer.name}" is written twice; keep one of the two')
    return insurers


Insurers: TypeAlias = Annotated[
    ListOf[Annotated[Insurer, from_text(lambda name: {"name": name})]], AfterValidator(_once)
]
