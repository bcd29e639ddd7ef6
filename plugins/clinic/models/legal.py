"""Who trades under the clinic's name, as UK law wants a website to tell."""

import re
from collections.abc import Iterator, Mapping

from clinic.models.base import Record
from clinic.models.registers import Registration
from clinic.models.types import Text, TextList

_COMPANY = re.compile(r"\b(?:Ltd|Limited|PLC|LLP|CIC|Community Interest Company|Cyf(?:yngedig)?)\.?$", re.IGNORECASE)
_LENGTH = 8
_NUMBER = re.compile(rf"(?=.{{{_LENGTH}}}$)[A-Z]{{0,2}}\d+[A-Z]?")
_PARTS: Mapping[str, str] = {
    "": "England and Wales",
    "OC": "England and Wales",
    "SC": "Scotland",
    "SO": "Scotland",
    "NI": "Northern Ireland",
    "NC": "Northern Ireland",
    "R": "Northern Ireland",
}
"""The part of the UK by the letters that a company's number begins with (Companies House)."""


class Legal(Record):
    """Trader identity.

    Electronic Commerce (EC Directive) Regulations 2002, reg. 6; Company, Limited Liability Partnership and Business
    (Names and Trading Disclosures) Regulations 2015, reg. 25.
    """

    name: Text | None = None
    company_number: Text | None = None
    vat_number: Text | None = None
    registered_office: Text | None = None
    member_of: TextList = ()
    regulator: Registration | None = None
    """Who regulates the clinic itself, such as the Care Quality Commission; people have registrations of their own."""

    @property
    def registered_in(self) -> str | None:
        """The part of the UK that the company is registered in, as its number tells."""
        found = re.fullmatch(r"([A-Z]*)\d+", (self.company_number or "").replace(" ", "").upper())
        return _PARTS.get(found.group(1)) if found else None


def company_number_fault(number: str) -> str | None:
    """What is wrong with the number of a UK company: it has eight characters (Companies House)."""
    written = number.replace(" ", "").upper()
    if _NUMBER.fullmatch(written):
        return None
    how = f"here probably {written:0>8}" if written.isdecimal() and len(written) < _LENGTH else "such as 01234567"
    return f'company_number: "{number}" is not the number of a UK company; write all eight characters of it, {how}'


def missing_disclosures(legal: Legal, clinic_name: str) -> Iterator[str]:
    """The keys that a limited company leaves out although its website must show them."""
    if is_company(legal.name or clinic_name):
        yield from (key for key in ("company_number", "registered_office") if not getattr(legal, key))


def is_company(name: str) -> bool:
    """Whether a name is that of a company or a limited partnership."""
    return bool(_COMPANY.search(name.strip()))
