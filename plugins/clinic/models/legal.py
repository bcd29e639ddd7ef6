"""Trader identity: what the law of a clinic's country wants its website to say about who trades under its name."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import Field

from clinic.models.base import Record
from clinic.models.registers import Registration
from clinic.models.types import Text, TextList, checked
from clinic.models.words import N_, gettext

_JURISDICTIONS: Mapping[str, str] = {
    "": N_("England and Wales"),
    "OC": "England and Wales",
    "SC": N_("Scotland"),
    "SO": "Scotland",
    "NI": N_("Northern Ireland"),
    "NC": "Northern Ireland",
    "R": "Northern Ireland",
}
"""The part of the UK by the letters that a company's number begins with (Companies House)."""
_VAT = "VAT"
_TAX_LABELS: Mapping[str, str] = {
    "AU": "ABN", "CA": "GST/HST", "IN": "GSTIN", "NZ": "GST", "SG": "GST", "US": "Tax ID",
}  # fmt: skip
"""What the number is called where there is no value-added tax of that name, as its tax office calls it."""


@dataclass(frozen=True)
class CompanyLaw:
    """What the law of a country says of companies.

    ``company`` matches the name of one, ``number`` a number of its register, in capitals without spaces; ``who`` and
    ``advice`` are for the error about another. ``source`` is the law by which a website shows number and office.
    """

    company: re.Pattern[str]
    number: re.Pattern[str]
    who: str
    advice: str
    source: str


_LAWS: Mapping[str, CompanyLaw] = {
    # Company, Limited Liability Partnership and Business (Names and Trading Disclosures) Regulations 2015, reg. 25
    "GB": CompanyLaw(
        re.compile(r"\b(?:Ltd|Limited|PLC|LLP|CIC|Community Interest Company|Cyf(?:yngedig)?)\.?$", re.IGNORECASE),
        re.compile(r"(?=.{8}$)[A-Z]{0,2}\d+[A-Z]?"),
        "a UK company",
        "write all eight characters of it, such as 01234567",
        "Trading Disclosures Regulations 2015",
    ),
    # Companies Act 2014, s. 151; Companies Registration Office, "Letterheads" (cro.ie)
    "IE": CompanyLaw(
        re.compile(
            r"\b(?:Ltd|Limited|PLC|DAC|CLG|Designated Activity Company|Company Limited by Guarantee|Teo(?:ranta)?)\.?$",
            re.IGNORECASE,
        ),
        re.compile(r"\d{1,7}"),
        "an Irish company",
        "write the figures that the Companies Registration Office gave it, such as 654321",
        "Companies Act 2014, s. 151",
    ),
}
"""By country (ISO 3166): those whose law is known here. Nothing is asked of companies of other countries."""


@dataclass(frozen=True)
class DataProtection:
    """What a privacy page names: the law, who watches over it, and where one complains to them."""

    law: str
    authority: str
    page: str | None = None


_DATA_PROTECTION: Mapping[str, DataProtection] = {
    # UK GDPR, art. 13(2)(d): the right to complain to the Information Commissioner
    "GB": DataProtection(
        N_("UK GDPR"), N_("the Information Commissioner’s Office (ICO)"), "https://ico.org.uk/make-a-complaint/"
    ),
    # GDPR, art. 13(2)(d) and 77; Data Protection Act 2018 (Ireland), s. 10
    "IE": DataProtection(N_("GDPR"), N_("the Data Protection Commission"), "https://www.dataprotection.ie/"),
    # BDSG, s. 40: of private bodies, the authorities of the Länder; their addresses are listed by the federal one
    "DE": DataProtection(
        N_("GDPR"),
        N_("the data protection authority of your federal state"),
        "https://www.bfdi.bund.de/DE/Service/Anschriften/Laender/Laender-node.html",
    ),
}
_EU = frozenset("AT BE BG CY CZ DK EE ES FI FR GR HR HU IT LT LU LV MT NL PL PT RO SE SI SK IS LI NO".split())
"""The other members of the European Economic Area, in which the GDPR holds."""
_IMPRINT_LAWS: Mapping[str, str] = {"DE": "§ 5 DDG"}
"""The laws by which a website must say who provides it, on a page of its own that every page links to."""


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

    Electronic Commerce (EC Directive) Regulations 2002, reg. 6, and its like in other countries; the laws of
    ``CompanyLaw``.
    """

    name: Text | None = Field(default=None, description="the company or person that trades, such as Quay Ltd")
    company_number: Text | None = Field(default=None, description="its number in the register of companies: 01234567")
    vat_number: Text | None = Field(default=None, description="the VAT number, such as GB123456789")
    registered_office: Text | None = Field(default=None, description="the company's registered office")
    member_of: TextList = Field(default=(), description="the associations that the clinic belongs to")
    regulator: Registration | None = Field(default=None, description="who regulates the clinic itself: body and number")


def data_protection(country: str) -> DataProtection | None:
    """The law on personal data of a country (ISO 3166), as its visitors know it; None where none is known here."""
    in_europe = (
        DataProtection(N_("GDPR"), N_("the data protection authority of your country")) if country in _EU else None
    )
    return _DATA_PROTECTION.get(country, in_europe)


def imprint_law(country: str) -> str | None:
    """The law by which a site of this country (ISO 3166) needs an imprint; None where none is known here."""
    return _IMPRINT_LAWS.get(country)


def registered_as(number: str, country: str) -> str:
    """The number of a company of ``country`` in words: ``Registered in Scotland, company number SC123456``."""
    if country == "IE":
        return gettext("Registered in Ireland, CRO number {number}", number=number)
    if place := registered_in(number) if country == "GB" else None:
        return gettext("Registered in {place}, company number {number}", place=gettext(place), number=number)
    return gettext("Company number {number}", number=number)


def taxed_as(number: str, country: str) -> str:
    """The number under ``vat_number`` in words: ``VAT GB123456789``, ``ABN 51824753556``."""
    label = tax_label(country)
    return gettext("VAT {number}", number=number) if label == _VAT else f"{label} {number}"


def registered_in(number: str) -> str | None:
    """The part of the UK that a company is registered in, as its number tells."""
    found = re.fullmatch(r"([A-Z]*)\d+", number.replace(" ", "").upper())
    return _JURISDICTIONS.get(found.group(1)) if found else None


def tax_label(country: str) -> str:
    """What stands before the number under ``vat_number``: ``VAT``, ``ABN``."""
    return _TAX_LABELS.get(country, _VAT)


def company_number_error(number: str, country: str = "GB") -> str | None:
    """What is wrong with the number of a company of ``country``; None if nothing, or if its register is not known."""
    law, written = _LAWS.get(country), number.replace(" ", "").upper()
    if law is None or law.number.fullmatch(written):
        return None
    is_short = country == "GB" and written.isdecimal() and len(written) < 8
    advice = f"write all eight characters of it, here probably {written:0>8}" if is_short else law.advice
    return f'company_number: "{number}" is not the number of {law.who}; {advice}'


def missing_disclosures(legal: Legal, clinic_name: str, country: str = "GB") -> Iterator[tuple[str, str]]:
    """The keys that a limited company leaves out although its website must show them, each with the law's name."""
    law = _LAWS.get(country)
    if law and law.company.search((legal.name or clinic_name).strip()):
        yield from ((key, law.source) for key in ("company_number", "registered_office") if not getattr(legal, key))
