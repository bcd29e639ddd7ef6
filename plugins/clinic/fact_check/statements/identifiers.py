"""Registration numbers, postcodes and e-mail addresses in a text, these also where they are spelt out for people."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from clinic.fact_check.statements.statement import Kind, Statement
from clinic.models.registers import REGISTERS

_BODIES = {
    *(name for register in REGISTERS.values() for name in (register.abbreviation, register.name)),
    "GDC", "GPhC", "GOC", "BCA", "MCA", "UCA", "SCA", "SMA", "STO", "BASRaT", "BACP", "UKCP", "NCPS", "RCC", "BAcC",
    "LCSP", "SSTO", "BPS", "RCOT", "RCPod", "IOC", "IOsT", "PSA", "ICO", "Companies House", "CRO",
    "British Chiropractic Association", "McTimoney Chiropractic Association", "United Chiropractic Association",
    "Sports Massage Association",
}  # fmt: skip
"""Who keeps a register or a list of members in British and Irish healthcare; the clinic's own facts may name more."""
_MARK = r"(?:no\b\.?|nos\b\.?|numbers?\b|nr\b\.?|num\b\.?|№|#|id\b|pin\b|ref(?:erence)?\b\.?)"
_BETWEEN = (
    rf"(?:[\s,:()|/'\"-]|{_MARK}|\b(?:registered|registration|registrant|register|reg|member(?:ship)?|licen[cs]e|with|under|as|"
    r"is|are|my|our|your|their|the|a|an|and|by|company|charity|chiropractors?|osteopaths?|physiotherapists?|therapists?)\b\.?)"
)
_WORD = (
    r"\b(?:registration|registered|registrant|register|reg|member(?:ship)?|licen[cs]e|pin|company|charity|vat|utr)\b\.?"
)
_NUMBER = r"((?:[A-Za-z]{1,4}[.-]?|[A-Z]{1,4}\s)?\d[\dA-Z]*(?:[ -]\d+)*[A-Z]?)(?![\w:%]|[.,]\d)"
_MARKED = re.compile(rf"(?i:{_WORD}{_BETWEEN}{{0,8}}?{_MARK}{_BETWEEN}{{0,4}}?){_NUMBER}")
_PROFESSION = r"(?:chiropractor|osteopath|physiotherapist|podiatrist|dietitian|acupuncturist|nurse|midwife|therapist)"
_PLAIN = re.compile(
    rf"(?i:\b(?:registration(?:\sis)?|membership|company|charity|vat|member|registered\s(?:\w+\s)?{_PROFESSION})\b"
    rf"[\s:#(]{{1,3}}){_NUMBER}"
)
_COUNTRY = (
    r"(?:England(?:\s(?:and|&)\sWales)?|Wales|Scotland|Northern Ireland|(?:the\s)?(?:UK|United Kingdom)|"
    r"(?:Dublin,\s)?(?:the\s)?(?:Republic\sof\s)?Ireland)"
)
_IN_COUNTRY = re.compile(rf"(?i:\b(?:registered|incorporated)\sin\s{_COUNTRY}{_BETWEEN}{{1,8}}?){_NUMBER}")
"""How the law has companies say their number: ``Registered in England and Wales no. 01234567``."""
_FIGURES = re.compile(r"\d(?:[A-Z]*[ -]?\d){3}")
"""The fewest digits of a number (_FEWEST), as far apart as they may be."""
_WORDS = ("reg", "member", "licen", "pin", "company", "charity", "vat", "utr", "incorporated")
"""Parts of the words that stand before a number where no register is named."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_FEWEST = 4
_SHAPE = re.compile(r"(?<![\w£-])(([A-Za-z]{1,2})\d[A-Za-z\d]?)( {0,2})(\d[A-Za-z]{2})(?![\w-])")
_AREAS = frozenset(
    "AB AL B BA BB BD BF BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC "
    "EH EN EX FK FY G GL GU GX GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS "
    "LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR "
    "SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE ZZ".split()
)
"""ZZ is nowhere: the NHS writes ZZ99 for patients without an address."""
_UNITS = frozenset("am pm st nd rd th kg mg ml mm cm km lb hr ft hz gb tb ng oz mi px pt".split())
_INWARD = re.compile(r"\d[abd-hjlnp-uw-z]{2}")
"""The second half never has C, I, K, M, O or V."""
_AT = r"(?:\s?@\s?|\s?[(\[{]\s?at[)\]}]\s?|\s(?:AT)\s)"
_DOT = r"(?:\.|\s?[(\[{]\s?dot\s?[)\]}]\s?|\s(?:DOT|dot)\s)"
_AT_SIGN = re.compile(r"@|[(\[{]\s?at[)\]}]|\sAT\s")
_EMAIL = re.compile(rf"(?<![\w.@/])([\w.+'-]*\w){_AT}([\w-]+(?:{_DOT}[\w-]+)*{_DOT}[A-Za-z]{{2,}})(?![\w@])")


class Registers:
    """Finds the numbers; ``bodies`` are further names of registers."""

    def __init__(self, bodies: Iterable[str] = ()) -> None:
        self._beside, self._before = _patterns(frozenset(bodies) - _BODIES)

    def numbers(self, text: str) -> Iterator[Statement]:
        """Every number, in capitals without its spaces."""
        if not _FIGURES.search(text):
            return
        for found in self._beside.finditer(text):
            marked = bool(re.search(_MARK, found.group(1), re.IGNORECASE))
            yield from _registration(found, 2, marked=marked)
        lower = text.lower()
        worded = (_MARKED, _PLAIN, _IN_COUNTRY) if any(map(lower.__contains__, _WORDS)) else ()
        for pattern in (*worded, self._before):
            for found in pattern.finditer(text):
                yield from _registration(found, 1, marked=pattern is _MARKED)


@lru_cache(maxsize=8)
def _patterns(further: frozenset[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A number beside the name of a register, and one before it; to compile them takes a seventh of a small build."""
    longest_first = sorted(_BODIES | further, key=lambda name: (-len(name), name))
    # short names also with dots: G.C.C.
    names = "|".join(r"\.?".join([*name, ""]) if name.isalpha() else re.escape(name) for name in longest_first)
    return (
        re.compile(rf"(?<!\w)(?i:{names})(?!\w)(?:'s)?((?i:{_BETWEEN}{{0,12}}?)){_NUMBER}"),
        re.compile(rf"(?<![\w£.])(\d{{4,8}})\s?[(,]\s?(?i:{names})(?!\w)"),
    )


def normal(number: str) -> str:
    """Capitals and figures alone, without zeros at the beginning, which registers write or leave out."""
    signs = re.sub(r"[^0-9A-Z]", "", number.upper())
    return re.sub(r"^([A-Z]*)0+(?=.)", r"\1", signs)


def _registration(found: re.Match[str], group: int, *, marked: bool) -> Iterator[Statement]:
    written = found.group(group)
    digits = sum(map(str.isdigit, written))
    if digits >= _FEWEST and (marked or not _YEAR.fullmatch(written)):
        yield Statement(Kind.REGISTRATION, written, normal(written), *found.span(group))


def postcodes(text: str) -> Iterator[Statement]:
    """Every postcode, in capitals with its space."""
    for found in _SHAPE.finditer(text):
        outward, area, space, inward = found.groups()
        if _is_postcode(outward + inward, area, inward, spaced=bool(space)):
            yield Statement(Kind.POSTCODE, found.group(), f"{outward} {inward}".upper(), *found.span())


def _is_postcode(written: str, area: str, inward: str, *, spaced: bool) -> bool:
    """In capitals with a space it is one whatever it says; otherwise it might be a dose of vitamin B12."""
    known = area.upper() in _AREAS
    if written.isupper():
        return known or spaced
    letters, unit = written[1 : -len(inward)], inward[1:]
    alike = all(part in {part.lower(), part.upper()} for part in (letters, unit))
    return known and alike and unit.lower() not in _UNITS and bool(_INWARD.fullmatch(inward.lower()))


def emails(text: str) -> Iterator[Statement]:
    """Every address, in small letters."""
    for found in _EMAIL.finditer(text) if _AT_SIGN.search(text) else ():
        name, domain = found.group(1), re.sub(_DOT, ".", found.group(2))
        yield Statement(Kind.EMAIL, found.group(), f"{name}@{domain}".lower(), *found.span())
