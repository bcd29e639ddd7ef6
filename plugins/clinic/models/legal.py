"""Trader identity: what UK law wants a website to say about who trades under the clinic's name."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from clinic.models.base import Record
from clinic.models.registers import Registration
from clinic.models.types import Text, TextList, checked

_COMPANY = re.compile(r"\b(?:Ltd|Limited|PLC|LLP|CIC|Community Interest Company|Cyf(?:yngedig)?)\.?$", re.IGNORECASE)
_NUMBER = re.compile(r"(?=.{8}$)[A-Z]{0,2}\d+[A-Z]?")
_JURISDICTIONS: Mapping[str, str] = {
    "": "England and Wales",
    "OC": "England and Wales",
    "SC": "Scotland",
    "SO": "Scotland",
    "NI": "Northern Ireland",
    "NC": "Northern Ireland",
    "R": "Northern Ireland",
}
"""The part of the UK by the letters that a company's number begins with (Companies House)."""


_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")


class ThirdParty(Record):
    """One of ``third_parties`` in clinic.yaml: another site, whose frames or pictures a page may load unasked.

    The privacy page says so: the visitor's browser tells that site who reads what (UK GDPR, art. 13).
    """

    entry_word: ClassVar[str] = "third party"
    host: Annotated[str, checked(_HOST.fullmatch, "is not the name of a site; write one like maps.example.com")] = (
        Field(description="the name of the site, such as maps.example.com")
    )
    purpose: Text = Field(description="what it is for, such as The map on the contact page")


class Legal(Record):
    """``legal`` in clinic.yaml.

    Electronic Commerce (EC Directive) Regulations 2002, reg. 6; Company, Limited Liability Partnership and Business
    (Names and Trading Disclosures) Regulations 2015, reg. 25.
    """

    name: Text | None = Field(default=None, description="the company or person that trades, such as Quay Ltd")
    company_number: Text | None = Field(default=None, description="its number at Companies House: 01234567")
    vat_number: Text | None = Field(default=None, description="the VAT number, such as GB123456789")
    registered_office: Text | None = Field(default=None, description="the company's registered office")
    member_of: TextList = Field(default=(), description="the associations that the clinic belongs to")
    regulator: Registration | None = Field(default=None, description="who regulates the clinic itself: body and number")

    @property
    def registered_in(self) -> str | None:
        """The part of the UK that the company is registered in, as its number tells."""
        found = re.fullmatch(r"([A-Z]*)\d+", (self.company_number or "").replace(" ", "").upper())
        return _JURISDICTIONS.get(found.group(1)) if found else None


def company_number_error(number: str) -> str | None:
    """What is wrong with the number of a UK company, which has eight characters (Companies House); None if nothing."""
    written = number.replace(" ", "").upper()
    if _NUMBER.fullmatch(written):
        return None
    how = f"here probably {written:0>8}" if written.isdecimal() and len(written) < 8 else "such as 01234567"
    return f'company_number: "{number}" is not the number of a UK company; write all eight characters of it, {how}'


def missing_disclosures(legal: Legal, clinic_name: str) -> Iterator[str]:
    """The keys that a limited company leaves out although its website must show them."""
    if is_company(legal.name or clinic_name):
        yield from (key for key in ("company_number", "registered_office") if not getattr(legal, key))


def is_company(name: str) -> bool:
    """Whether a name is that of a company or a limited partnership."""
    return bool(_COMPANY.search(name.strip()))
