"""A person's name in its parts, as contacts (RFC 2426, 3.1.2) and search engines (schema.org Person) want them.

From a name as it is shown: titles before it, letters after it, a family name of several words. A table of words is
enough for that; no rule tells two family names without a particle ("García Márquez") from a second given name.
"""

import re
from typing import NamedTuple

_TITLES = frozenset(
    "dr doctor prof professor mr mrs ms miss mx sir dame lord lady rev reverend fr sr sister brother capt major col "
    "herr frau hr med phil univ dipl-ing mag ing mme mlle dott sig señor señora don doña drs ir".split()
)
_PARTICLES = frozenset(
    "van von vom vander der den de del dela della dello degli dei di da das do dos du des la le les los las lo "
    "al el ul bin ibn bint abu ben ter ten te tot op 't zu zur zum am im af av mac mc ap ab st st. saint san santa "
    "sainte y e i o ó ní nic uí ua vel nee née".split()
)
_JOINING = frozenset({"y", "e", "i", "und", "née", "nee"})
"""Words between two family names, so that the one before belongs to them."""
_GENERATIONS = re.compile(r"(?:jr|jnr|junior|sr|snr|senior|ii|iii|iv)\.?", re.IGNORECASE)
_LETTERS = re.compile(
    # two capitals first (MSc, MCSP, MOst), a degree that begins otherwise, or points (M.Ost.)
    r"[A-Z]{3,}[A-Za-z]*|[A-Z]{2}[A-Za-z]+|BA|MA|BS|MS|MD|DO|DC|ND|PT|OT|RN|RM|MB|BM|BN|BM|OD|DN"
    r"|PhD|PsyD|EdD|Hons?|Dip(?:[A-Z]\w*)?|Lic[A-Z]\w*|Cert(?:[A-Z]\w*)?|Adv[A-Z]\w*|Pg[A-Z]\w*"
    r"|(?:[A-Za-z]{1,5}\.){2,}[A-Za-z]{0,5}|\(.*\)"
)
_BRACKETS = re.compile(r"\([^)]*\)")


class PersonName(NamedTuple):
    """``Dr Anna van der Berg MSc``: prefix ``Dr``, given ``Anna``, family ``van der Berg``, suffix ``MSc``."""

    prefix: str
    given: str
    family: str
    suffix: str

    @classmethod
    def parse(cls, name: str) -> "PersonName":
        """The parts of a name. A single word is the family name."""
        whole, _, after_comma = name.partition(",")
        words = _BRACKETS.sub(lambda found: found.group().replace(" ", "\N{NO-BREAK SPACE}"), whole).split(" ")
        words = [word for word in words if word]
        prefix: list[str] = []
        while len(words) > 1 and words[0].rstrip(".").casefold() in _TITLES:
            prefix.append(words.pop(0))
        suffix = after_comma.replace(",", " ").split()
        while len(words) > 1 and _is_after_name(words):
            suffix.insert(0, words.pop())
        words = [word for word in words if not word.startswith("(")]  # a nickname
        at = _family_from(words)
        said = " ".join(suffix).replace("\N{NO-BREAK SPACE}", " ")
        return cls(" ".join(prefix), " ".join(words[:at]), " ".join(words[at:]), said)

    @property
    def plain(self) -> str:
        """The name alone, without titles and letters (Google Article, ``author.name``)."""
        return f"{self.given} {self.family}".strip()


def names_in(line: str) -> list[str]:
    """The names in a line with commas between; letters belong to the name before: ``Anna Berg, PT, Rosa Quill MSc``."""
    names: list[str] = []
    for part in filter(None, map(str.strip, line.split(","))):
        words = part.split()
        if names and all(_GENERATIONS.fullmatch(word) or _LETTERS.fullmatch(word) for word in words):
            names[-1] += f", {part}"
        else:
            names.append(part)
    return names


def _is_after_name(words: list[str]) -> bool:
    """Whether the last word is a degree, a membership or a generation; not where the whole name is in capitals."""
    last, others = words[-1], [word for word in words[:-1] if not word.startswith("(")]
    if last.startswith("("):
        return True
    if len(others) < 2 or all(word.isupper() for word in others):
        return False
    return bool(_GENERATIONS.fullmatch(last) or _LETTERS.fullmatch(last))


def _family_from(words: list[str]) -> int:
    """The position of the first word of the family name: the first particle, else the last word."""
    for at, word in enumerate(words[1:-1], start=1):
        plain = word.casefold().replace("’", "'")
        if plain in _JOINING:
            return max(at - 1, 1)
        if plain in _PARTICLES:
            return at
    return max(len(words) - 1, 0)
