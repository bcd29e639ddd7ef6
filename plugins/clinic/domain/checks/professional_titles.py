"""Titles that UK law or the UK's advertising rules reserve: who may use them, in records and in texts."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from clinic.domain.checks import Finding
from clinic.models.clinic import Clinic
from clinic.models.person_name import PersonName
from clinic.models.practitioner import Practitioner, doctoral_qualification, uses_doctor_title
from clinic.models.registers import REGISTERS, Register

_HELD_BY: Mapping[str, tuple[str, ...]] = {
    # Chiropractors Act 1994, s. 32
    "GCC": ("chiropractor", "chiropractic practitioner", "chiropractitioner", "chiropractic physician"),
    # Osteopaths Act 1993, s. 32
    "GOsC": ("osteopath", "osteopathic practitioner", "osteopathic physician", "osteopathist", "osteotherapist"),
    # Health Professions Order 2001, art. 39, and the Council's list of titles: those a clinic like ours may meet
    "HCPC": (
        "physiotherapist", "physical therapist", "podiatrist", "chiropodist", "occupational therapist", "dietitian",
        "dietician",
    ),
    # Medical Act 1983, s. 49
    "GMC": ("general practitioner", "surgeon"),
    # Nursing and Midwifery Order 2001, art. 44
    "NMC": ("registered nurse", "midwife"),
}  # fmt: skip
PROTECTED: Mapping[str, Register] = {
    title: REGISTERS[short.casefold()] for short, titles in _HELD_BY.items() for title in titles
}
"""The register that one must be in to use the title, by the title in small letters."""
_PROTECTED = re.compile(rf"\b(?:{'|'.join(map(re.escape, PROTECTED))})\b", re.IGNORECASE)
_LINK_TARGET = re.compile(r"\]\([^)\n]*\)")
_AT_ONCE = 80
"""Characters that may be between a name and the end of its qualification; the address of a link counts for none."""


def protected_titles(text: str) -> tuple[str, ...]:
    """The protected titles in a text, each once, as written; plurals are not matched: they speak of others."""
    return tuple(dict.fromkeys(match.group() for match in _PROTECTED.finditer(text)))


def is_under_uk_law(clinic: Clinic, practitioner: Practitioner) -> bool:
    """Whether someone works in the UK: at one of the locations they name or, naming none, of the clinic's.

    The Acts and the CAP Code above hold there alone; other countries have titles, registers and rules of their own.
    """
    named = [clinic.locations[slug] for slug in practitioner.workplaces if slug in clinic.locations]
    return any((location.country or clinic.country) == "GB" for location in named or clinic.locations.values())


def title_findings(record: str, practitioner: Practitioner) -> Iterator[Finding]:
    """Titles that only registered people may use, and "Dr" with nothing that says of what (CAP Code 3.1, ASA)."""
    for key, text in (("title", practitioner.title), ("role", practitioner.role or "")):
        for title in protected_titles(text):
            register = PROTECTED[title.casefold()]
            if not practitioner.is_registered_with(register.abbreviation):
                who = f"only people in the register of the {register.full_name} may use it"
                how = f'add "registration" with body: {register.abbreviation} and the number, or use other words'
                yield Finding(record, (key,), f'"{title}" is a protected title: {who}; {how}')
    if practitioner.is_medical_doctor:
        return
    if uses_doctor_title(practitioner.title) and not doctoral_qualification(practitioner.qualifications):
        message = (
            f'"{practitioner.title}" does not say what kind of doctor this is; add it to "qualifications" in full, '
            'such as Doctor of Chiropractic, and it is shown beside the name; or leave "Dr" out'
        )
        yield Finding(record, ("title",), message)
    if uses_doctor_title(practitioner.role or ""):
        message = 'this role does not say what kind of doctor is meant; write for example "Doctor of Chiropractic"'
        yield Finding(record, ("role",), message)


def says_doctor(text: str) -> bool:
    """Whether a text calls anyone a doctor."""
    return "Dr" in text or "Doctor" in text


def unexplained_doctor(text: str, name: str, qualification: str | None) -> tuple[str, int] | None:
    """How a text first calls this practitioner a doctor, and its line from 0; None if it says at once what kind of."""
    if not says_doctor(text):
        return None
    words = _LINK_TARGET.sub("]", text)
    found = _called_doctor(name).search(words)
    if not found:
        return None
    after = " ".join(words[found.end() : found.end() + _AT_ONCE].split()).casefold()
    explained = qualification is not None and qualification.casefold() in after
    return None if explained else (found.group(), words[: found.start()].count("\n"))


@lru_cache(maxsize=256)  # each of a team is looked for in many texts
def _called_doctor(name: str) -> re.Pattern[str]:
    """``Dr`` before the name, with or without the first names."""
    parts = PersonName.parse(name)
    first = "".join(rf"(?:{re.escape(word)}\s+)?" for word in parts.given.split())
    return re.compile(rf"\b(?:Dr\b\.?|Doctor)\s+{first}{re.escape(parts.family)}\b")
