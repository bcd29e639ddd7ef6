"""Notices: what every page says for some days ("Closed on Friday afternoon")."""

import re
from datetime import date
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, model_validator

from clinic.facts.base import Day, Fact, KeyFault, Text, as_written

_LINK = re.compile(r"https?://[^\s/]+\.[^\s]+|/(?:[\w-]+/)*(?:#[\w-]+)?")


def _link(value: str) -> str:
    if not _LINK.fullmatch(value):
        raise ValueError(
            f'"{value}" is not an address; write that of a page of yours, like /contact/, or a whole one with https://'
        )
    return value


class Notice(Fact):
    """Words for the top of every page, from one day until the end of another."""

    text: Annotated[Text, Field(description="what visitors are to know, in a sentence")]
    begins: Annotated[Day, Field(description="the first day on which the notice is shown")]
    until: Annotated[Day, Field(description="the last day on which the notice is shown")]
    link: Annotated[str, AfterValidator(_link)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _as_written(cls, value: Any) -> Any:
        """``from``, as the owner writes it, cannot be a name in Python."""
        return as_written(value, {"from": "begins"})

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until < self.begins:
            raise KeyFault(
                "until", f"this notice ends ({self.until}) before it begins ({self.begins}); correct one of them"
            )
        return self

    def is_shown_on(self, today: date) -> bool:
        """Whether it is time to say so."""
        return self.begins <= today <= self.until

    @property
    def path(self) -> str | None:
        """The path from the root of the site that it links to; None where it links elsewhere, or nowhere."""
        return self.link[1:] if self.link and self.link.startswith("/") else None
