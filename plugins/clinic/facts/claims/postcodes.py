"""British postcodes in a text (BS 7666: one or two letters, a figure, perhaps a sign; a figure and two letters)."""

import re
from collections.abc import Iterator

from clinic.facts.claims.claim import Claim, Kind

_SHAPE = re.compile(r"(?<![\w£-])(([A-Za-z]{1,2})\d[A-Za-z\d]?)( {0,2})(\d[A-Za-z]{2})(?![\w-])")
_AREAS = frozenset(
    "AB AL B BA BB BD BF BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC "  # noqa: SIM905 (to be read)
    "EH EN EX FK FY G GL GU GX GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS "
    "LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR "
    "SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE ZZ".split()
)
"""ZZ is nowhere: the NHS writes ZZ99 for patients without an address."""
_UNITS = frozenset("am pm st nd rd th kg mg ml mm cm km lb hr ft hz gb tb ng oz mi px pt".split())  # noqa: SIM905 (to be read)
_INWARD = re.compile(r"\d[abd-hjlnp-uw-z]{2}")
"""The second half never has C, I, K, M, O or V."""


def postcodes(text: str) -> Iterator[Claim]:
    """Every postcode, in capitals with its space."""
    for found in _SHAPE.finditer(text):
        outward, area, space, inward = found.groups()
        if _is_postcode(outward + inward, area, inward, spaced=bool(space)):
            yield Claim(Kind.POSTCODE, found.group(), f"{outward} {inward}".upper(), *found.span())


def _is_postcode(written: str, area: str, inward: str, *, spaced: bool) -> bool:
    """In capitals with a space it is one whatever it says; otherwise it might be a dose of vitamin B12."""
    known = area.upper() in _AREAS
    if written.isupper():
        return known or spaced
    letters, unit = written[1 : -len(inward)], inward[1:]
    alike = all(part in {part.lower(), part.upper()} for part in (letters, unit))
    return known and alike and unit.lower() not in _UNITS and bool(_INWARD.fullmatch(inward.lower()))
