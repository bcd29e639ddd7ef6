"""A quick look that spares a careful one: whether a text can hold any claim at all.

Nothing that the readers of claims understand may be missed here; the tests hold every example of theirs against it.
The pattern begins with one set of signs, which makes the search many times faster than a choice of words would be.
"""

import html
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from urllib.parse import unquote

from clinic.models.exemptions import may_state_in_words

_TAG = re.compile(r"(<[a-zA-Z/!?][^<>\n]*>)")
_NAMES = ("alt", "title", "label", "description", "content", "holder", "value", "summary")
"""Ends of the attributes that are read out or shown."""
_DIGIT = r"[0-9@\uff10-\uff19\uff20]"
_DOUBLE, _SINGLE = (
    re.compile(
        f"={quote}(?:{'|'.join(f'(?<={name}={quote})' for name in _NAMES)})(?!https?:)([^{quote}]*{_DIGIT}[^{quote}]*)"
    )
    for quote in ('"', "'")
)
_LINKS = {
    f"{name}=": re.compile(
        rf"""{name}=\s*["']?\s*((?!https?:|javascript:)[A-Za-z]+:[^"'?]*|(?:https?:)?//[^"'\s>?]*"""
        r"""(?:wa\.me|whatsapp|t\.me/|signal\.me|\bmaps?\b|waze)[^"'\s>?]*)(?:\?([^"'\s>]*))?"""
    )
    for name in ("href", "action", "HREF", "ACTION")
}
"""Links that call, write or show the way, by what they begin with: a search for plain letters is the quickest."""
_COMMON = (("&nbsp;", " "), ("&#8217;", "'"), ("&#8216;", "'"), ("&#8220;", '"'), ("&#8221;", '"'), ("&#8211;", "-"))
_UNCOMMON = re.compile("&(?!(?:amp|nbsp|lt|gt|quot|#3[49]|#82(?:11|12|1[67]|2[01])|hellip);)")
"""An entity that may stand for a letter, a figure or a line's end."""


class FirstLook:
    """Looks at lines; of tags, which repeat each other even more than lines do, each is looked at once.

    ``leads_right`` knows the addresses, as HTML writes them, that call or write to nobody but the clinic.
    """

    def __init__(self, leads_right: Callable[[str], bool]) -> None:
        self._leads_right = leads_right
        self._harmless: set[str] = set()

    def suspects(self, lines: Sequence[str]) -> set[int]:
        """The numbers of the lines to read with care."""
        pieces = _TAG.split("\n".join(lines))
        bare = "".join(pieces[::2])
        words = _unescaped(bare)  # tags are gone by now: a number between &lt; and &gt; is no tag
        if words.count("\n") != len(lines) - 1:  # an entity was a line's end
            return set(range(len(lines)))
        found = {*_with_shape(words)}
        if may_state_in_words(words):
            found.update(number for number, line in enumerate(words.split("\n")) if may_state_in_words(line))
        tags = {*pieces[1::2]}
        if any(sign in bare for sign in "<=>"):  # a tag that goes on in the next line, or has a > in it
            tags.update(lines)
        for tag in self._telling(tags - self._harmless):
            found.update(number for number, line in enumerate(lines) if tag in line)
        return found

    def _telling(self, tags: set[str]) -> set[str]:
        """The tags whose attributes may hold a claim; the others are harmless from now on."""
        telling = {tag for tag in tags if self._may_tell(tag)} if self._may_tell("\n".join(tags)) else set[str]()
        self._harmless |= tags - telling
        return telling

    def _may_tell(self, markup: str) -> bool:
        if _UNCOMMON.search(markup):  # such as in the address of <me@example.com>, which Markdown disguises
            markup = html.unescape(markup)
        return may_state_in_words(markup) or _says(markup) or any(map(self._leads_astray, _links(markup)))

    def _leads_astray(self, link: re.Match[str]) -> bool:
        address, query = link.groups()
        return not self._leads_right(address) or bool(query and may_claim(_spoken(query)))


def _links(markup: str) -> Iterator[re.Match[str]]:
    return chain.from_iterable(link.finditer(markup) for name, link in _LINKS.items() if name in markup)


def _spoken(query: str) -> str:
    return unquote(html.unescape(query).replace("%20", " "))  # mostly that, which spares it the most


def _unescaped(text: str) -> str:
    if "&" not in text:
        return text
    for entity, sign in _COMMON:
        text = text.replace(entity, sign)
    return html.unescape(text) if "&" in text else text


def _with_shape(text: str) -> Iterator[int]:
    number = position = 0
    while hit := SHAPE.search(text, position):
        number += text.count("\n", position, hit.start())
        end = text.find("\n", hit.start())
        if end < 0 or may_claim(text[text.rfind("\n", 0, hit.start()) + 1 : end]):
            yield number
        if end < 0:
            return
        position = end


def _says(markup: str) -> bool:
    patterns = (_DOUBLE, _SINGLE) if "='" in markup else (_DOUBLE,)
    return any(may_claim(html.unescape(words)) for pattern in patterns for words in pattern.findall(markup))


NO_UNIT = (
    r"(?!(?:\s?(?:[-‐-―−]|to|or|and)\s?\d+)?\s?-?"
    r"(?:min|hours|days|weeks|months|years|people|times|reps|sets|miles|km|per\b|st\b|nd\b|rd\b|th\b))"
)
"""After a figure that may be a time: it counts nothing."""
AFTER_A_LEAD = "|".join(
    rf"(?<={word}\s.)" for word in (r"\bat", r"\bto", r"\bby", "from", "till", r"\btil", "until", "before", "after")
)
"""After the first sign of a figure, with such a word before it: ``until 7``."""
_FIGURE = re.compile(r"[0-9@\uff10-\uff19\uff20]")
"""Also in full width, as some keyboards type them."""
DATE = re.compile(
    r"[0-9](?:(?<=[12])\d{3}-\d\d-\d\d(?:T[\d:.+-]*Z?)?"
    r"|\d? (?:January|February|March|April|May|June|July|August|September|October|November|December) (?:19|20)\d\d\b)"
)
SHAPE = re.compile(
    r"[0-9@£€$\uff10-\uff19\uff20\uffe1\uff04](?:(?<=[@£€$\uff20\uffe1\uff04])"
    r"|(?:[\W_]{0,3}\d){4}"  # a telephone number, or that of a register
    r"|(?=\d{3})(?:(?<!\d\d)(?!(?:(?<=1)9|(?<=2)0)\d\d(?!\d))\d{3}(?!\d)"  # a short one, if it is no year
    r"|(?i:(?<=no\s.)|(?<=no\.\s.)|(?<=no:\s.)|(?<=number\s.)|(?<=number:\s.)|(?<=number is .)))"
    r"|[a-zA-Z]{2}(?![a-zA-Z])"  # the second half of a postcode
    r"|[:.hH\uff1a][0-5\uff10-\uff15]\d"  # a time
    r"|(?=[\s'aceghopqtuACEGHOPQTU‐-―−-])(?i:"
    r"\s?(?:[ap]\.?\s?m|h\b|hrs|o['’]clock)"
    rf"|\s?(?:[-‐-―−]|(?:to|till?|'til|until|and)\b)\s?\d{{1,2}}\b{NO_UNIT}"
    r"|\s?-?(?:p\b|pence|pound|quid|gbp|eur|usd))"
    r"|4(?:/7|[ -][hH][oO][uU][rR][sS])"
    rf"|(?<=\s.)(?=\d?\b)(?i:(?:{AFTER_A_LEAD})\d?\b{NO_UNIT})"
    r"|(?<=[DPRdpr]\s.)(?i:(?<=(?:gbp|eur|usd)\s.))|(?<=[DPRdpr].)(?i:(?<=(?:gbp|eur|usd).)))"
)
"""Cheap conditions stand before dear ones, and capitals are told apart where they can be: both halve the time."""


def may_claim(text: str) -> bool:
    """Whether any claim may be in it."""
    if _FIGURE.search(text) and SHAPE.search(text) and SHAPE.search(DATE.sub("", text)):
        return True
    return may_state_in_words(text)
