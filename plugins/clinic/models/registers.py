"""The public registers of practitioners in the UK and Ireland: from a body's abbreviation and a number to a link.

The addresses were compared in 2026 with what public pages and code use; a comment says where that was not enough to
link to a single entry. A body that is not in the table, such as a state board, is shown as it is written; ``url``
overrides the table. It is one table for all countries: people keep a registration where they once worked.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from pydantic import Field

from clinic.models.base import NO_HINT, Record
from clinic.models.types import Text, Url
from clinic.models.words import gettext


@dataclass(frozen=True)
class Register:
    """A body that keeps a register: ``page`` is where one searches it, ``entry`` the address of one number in it."""

    abbreviation: str
    name: str
    page: str | None
    entry: str | None = None
    number: str = r"\S+"
    """The pattern of numbers that ``entry`` accepts; others are searched for on ``page``."""
    membership: bool = False
    """Whether the body is an association that people join, and no regulator."""

    @property
    def full_name(self) -> str:
        """``General Chiropractic Council (GCC)``."""
        return f"{self.name} ({self.abbreviation})"

    def address(self, number: str) -> str | None:
        """Where a visitor can see the entry of this number, or at least search for it; None if not known."""
        compact = re.sub(r"\s", "", number)
        found = re.fullmatch(self.number, compact) if self.entry else None
        return self.entry.format(quote(compact), *map(quote, found.groups())) if self.entry and found else self.page


_REGISTERS = (
    # Both search by number, but at addresses that nothing recent confirms; so to the search, the first page at the GCC.
    Register("GCC", "General Chiropractic Council", "https://www.gcc-uk.org/"),
    Register("GOsC", "General Osteopathic Council", "https://www.osteopathy.org.uk/register-search/"),
    Register(
        "HCPC",
        "Health and Care Professions Council",
        "https://www.hcpc-uk.org/check-the-register/",
        "https://www.hcpc-uk.org/check-the-register/professional-registration-detail/?query={0}&profession={1}",
        r"([A-Z]{2,3})\d+",  # its letters are the profession
    ),
    Register(
        "GMC",
        "General Medical Council",
        "https://www.gmc-uk.org/registration-and-licensing/the-medical-register",
        "https://www.gmc-uk.org/registrants/{0}",
        r"\d{7}",
    ),
    Register("NMC", "Nursing and Midwifery Council", "https://www.nmc.org.uk/registration/search-the-register/"),
    Register(
        "CQC", "Care Quality Commission", "https://www.cqc.org.uk/", "https://www.cqc.org.uk/provider/{0}", r"1-\d+"
    ),
    Register("CNHC", "Complementary and Natural Healthcare Council", "https://search.cnhcregister.org.uk/"),
    Register("FHT", "Federation of Holistic Therapists", "https://www.fht.org.uk/", membership=True),
    Register("ISRM", "Institute of Sport and Remedial Massage", "https://www.theisrm.com/", membership=True),
    Register("CThA", "Complementary Therapists Association", "https://www.ctha.com/", membership=True),
    # Known by its former address, as its own members give it; the association may have moved.
    Register("SST", "Society of Sports Therapists", "https://www.society-of-sports-therapists.org/", membership=True),
    # No address that could be confirmed; one that leads nowhere would be worse than none.
    Register("STA", "Sports Therapy Association", None, membership=True),
    Register("CSP", "Chartered Society of Physiotherapy", "https://www.csp.org.uk/", membership=True),
    # Ireland: Health and Social Care Professionals Act 2005, Medical Practitioners Act 2007, Nurses and Midwives Act
    # 2011. Osteopaths and chiropractors have no register by law; their associations keep lists of members.
    Register("CORU", "Health and Social Care Professionals Council", "https://www.coru.ie/"),
    Register("IMC", "Irish Medical Council", "https://www.medicalcouncil.ie/"),
    Register("NMBI", "Nursing and Midwifery Board of Ireland", "https://www.nmbi.ie/"),
    Register("OCI", "Osteopathic Council of Ireland", "https://osteopathy.ie/"),
    Register("CAI", "Chiropractic Association of Ireland", "https://www.chiropractic.ie/", membership=True),
    Register("ISCP", "Irish Society of Chartered Physiotherapists", "https://www.iscp.ie/", membership=True),
    Register("IACP", "Irish Association for Counselling and Psychotherapy", "https://iacp.ie/", membership=True),
    # Voluntary registers that the Professional Standards Authority accredits (professionalstandards.org.uk)
    Register("BAcC", "British Acupuncture Council", "https://acupuncture.org.uk/", membership=True),
    Register(
        "BACP", "British Association for Counselling and Psychotherapy", "https://www.bacp.co.uk/", membership=True
    ),
)
REGISTERS: Mapping[str, Register] = {
    name.casefold(): register
    for register in _REGISTERS
    for name in (register.abbreviation, register.name, register.full_name)
}

_USUAL: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "GB": {
        "chiropractic": ("GCC",),
        "osteopathy": ("GOsC",),
        "physiotherapy": ("HCPC",),
        "podiatry": ("HCPC",),
        "massage": ("CNHC",),
        "acupuncture": ("BAcC",),
        "counselling": ("BACP",),
    },
    "IE": {
        "chiropractic": ("CAI",),
        "osteopathy": ("OCI",),
        "physiotherapy": ("CORU",),
        "podiatry": ("CORU",),
        "counselling": ("IACP",),
    },
}
"""The registers that people of a profession (as ``make start`` names them) are usually in, by country (ISO 3166)."""


def registers_for(country: str, profession: str | None = None) -> tuple[Register, ...]:
    """The registers of a profession in a country, those of all professions for None; empty where none is known."""
    of_country = _USUAL.get(country, {})
    listed = of_country.values() if profession is None else (of_country.get(profession, ()),)
    return tuple(REGISTERS[name.casefold()] for name in dict.fromkeys(name for names in listed for name in names))


class Registration(Record):
    """An entry in a professional register."""

    body: Text = Field(description="who keeps the register, such as GCC", json_schema_extra=NO_HINT)
    number: Text = Field(description="the number of the entry", json_schema_extra=NO_HINT)
    url: Url | None = Field(default=None, description="where visitors can check it, if not at the body's usual address")

    @property
    def register(self) -> Register | None:
        """The body, where the table knows it."""
        return REGISTERS.get(" ".join(self.body.casefold().split()))

    @property
    def name(self) -> str:
        """The body's name without its abbreviation."""
        return self.register.name if self.register else self.body

    @property
    def full_name(self) -> str:
        """The body as visitors read it: ``General Chiropractic Council (GCC)``."""
        return self.register.full_name if self.register else self.body

    @property
    def number_kind(self) -> str:
        """What the number is the number of: ``registration`` or ``membership``."""
        return gettext("membership") if self.is_membership else gettext("registration")

    @property
    def is_membership(self) -> bool:
        """Whether the body is an association that people join, and no regulator."""
        return bool(self.register and self.register.membership)

    @property
    def link(self) -> str | None:
        """Where a visitor can check it; None if not known."""
        return self.url or (self.register.address(self.number) if self.register else None)
