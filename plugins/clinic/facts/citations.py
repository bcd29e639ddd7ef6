"""What an article leans on: studies, guidance, books."""

import re
from datetime import date
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field

from clinic.facts.base import Fact, Text, Url

_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def _published(value: str) -> str:
    try:
        if _DATE.fullmatch(value):
            date.fromisoformat(value + "-01-01"[len(value) - 4 :])
            return value
    except ValueError:
        pass
    raise ValueError(f'"{value}" is not a date; write a year, a year and month, or a day: 2024, 2024-05 or 2024-05-31')


class Citation(Fact):
    """One work. Its date may be as exact as the work itself tells it (ISO 8601-1, 5.2.2: reduced precision)."""

    title: Annotated[Text, Field(description="the name of the work")]
    url: Url | None = None
    source: Text | None = None
    date: Annotated[str, AfterValidator(_published)] | None = None

    @property
    def year(self) -> str | None:
        """As lists of references give it."""
        return self.date[:4] if self.date else None


def _spelt_out(value: Any) -> Any:
    """A reference that is one line of words is all title."""
    return {"title": value} if isinstance(value, str) else value


CitationList: TypeAlias = tuple[Annotated[Citation, BeforeValidator(_spelt_out)], ...]
