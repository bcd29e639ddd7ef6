"""Titles that the law or the advertising rules keep for some people, and what makes them true."""

import re
from collections.abc import Mapping

from clinic.models.practitioner import without_doctor
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
"""The register that must hold whoever uses the title."""
_PROTECTED = re.compile(rf"\b(?:{'|'.join(map(re.escape, PROTECTED))})\b", re.IGNORECASE)
_LINK_TARGET = re.compile(r"\]\([^)\n]*\)")
_AT_ONCE = 80
"""How many letters may stand between a name and the end of its qualification; the address of a link counts for none."""


def protected_titles(words: str) -> tuple[str, ...]:
    """The protected titles in some words, each once, as they are written there; plurals speak of others."""
    return tuple(dict.fromkeys(match.group() for match in _PROTECTED.finditer(words)))


def unexplained_doctor(text: str, name: str, qualification: str | None) -> tuple[str, int] | None:
    """How a text first calls this person a doctor, and in which of its lines, unless it says at once what kind of."""
    if "Dr" not in text and "Doctor" not in text:
        return None
    words = _LINK_TARGET.sub("]", text)
    *first_names, last_name = without_doctor(name).split() or [name]
    first = "".join(rf"(?:{re.escape(word)}\s+)?" for word in first_names)
    found = re.search(rf"\b(?:Dr\b\.?|Doctor)\s+{first}{re.escape(last_name)}\b", words)
    if not found:
        return None
    after = " ".join(words[found.end() : found.end() + _AT_ONCE].split()).casefold()
    explained = qualification is not None and qualification.casefold() in after
    return None if explained else (found.group(), words[: found.start()].count("\n"))
