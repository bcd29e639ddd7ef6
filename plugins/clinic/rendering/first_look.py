"""A first look at many lines of HTML together: which of them could hold a claim.

Pages are read by the thousand and nearly every line says nothing that facts could prove, so this must be quick: one
search through all lines is several times faster than one through each. It may suspect too much, never too little.
"""

import html
import re
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import unquote

from clinic.facts.claims.signs import SHAPE, may_be_spelt, may_claim

_TAG = re.compile(r"<[^<>\n]*>")
_NAMES = ("alt", "title", "label", "description", "content", "holder", "value", "summary")
"""Ends of the attributes that are read out or shown."""
_DOUBLE, _SINGLE = (
    re.compile(
        f"={quote}(?:{'|'.join(f'(?<={name}={quote})' for name in _NAMES)})(?!https?:)([^{quote}]*[0-9@][^{quote}]*)"
    )
    for quote in ('"', "'")
)
_HREF = re.compile(
    r"""href=\s*["']?\s*((?!https?:|javascript:)[A-Za-z]+:[^"'?]*|(?:https?:)?//[^"'\s>?]*"""
    r"""(?:wa\.me|whatsapp|t\.me/|signal\.me|\bmaps?\b|waze)[^"'\s>?]*)(?:\?([^"'\s>]*))?"""
)
"""A link that calls, writes or shows the way."""
_COMMON = (("&nbsp;", " "), ("&#8217;", "'"), ("&#8216;", "'"), ("&#8220;", '"'), ("&#8221;", '"'), ("&#8211;", "-"))
_UNCOMMON = re.compile("&(?!(?:amp|nbsp|lt|gt|quot|#3[49]|#82(?:11|12|1[67]|2[01])|hellip);)")
"""An entity that may stand for a letter, a figure or a line's end."""


def suspects(lines: Sequence[str], leads_right: Callable[[str], bool]) -> set[int]:
    """The numbers of the lines to read with care; ``leads_right`` knows the addresses that call or write to us."""
    markup = "\n".join(lines)
    words = _unescaped(_TAG.sub("", markup))  # first the tags: a number between &lt; and &gt; is no tag
    if words.count("\n") != len(lines) - 1:  # an entity was a line's end
        return set(range(len(lines)))
    if _UNCOMMON.search(markup):  # such as in the address of <me@example.com>, which Markdown disguises
        markup = html.unescape(markup)
    found = {*_with_shape(words), *_with_attributes(markup)}
    for link in _HREF.finditer(markup):
        address, query = (html.unescape(part or "") for part in link.groups())
        if not leads_right(address) or (query and may_claim(unquote(query))):
            found.add(markup.count("\n", 0, link.start()))
    if may_be_spelt(markup):
        found.update(number for number, line in enumerate(lines) if may_be_spelt(html.unescape(line)))
    return found


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


def _with_attributes(text: str) -> Iterator[int]:
    patterns = (_DOUBLE, _SINGLE) if "='" in text else (_DOUBLE,)
    for pattern in patterns:
        for found in pattern.finditer(text):
            if may_claim(html.unescape(found.group(1))):
                yield text.count("\n", 0, found.start())
