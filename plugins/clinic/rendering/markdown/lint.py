"""Markdown lint: lists, links and footnotes that came out as plain words, to be shown to visitors as typed."""

import html
import re
from collections.abc import Iterator

_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_CODE = re.compile(r"<code.*?</code>", re.DOTALL)
_ITEM = re.compile(r"^(?:[-*+]|\d{1,2}[.)]) [^\n<]*", re.MULTILINE)
_BULLET = re.compile(r"^[•·‣▪][^\n<]*", re.MULTILINE)
_LINK = re.compile(r"\][ \n]?\((?:https?:|www\.|mailto:|\{\w+\})[^\n<]*")
_PREFILTER = re.compile(r"\n(?:[-*+]|\d{1,2}[.)]) |[•·‣▪]|\]\s?\(")
_TAG = re.compile(r"<[^<>]*>")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_BY_NAME = re.compile(r"\[(?!\d+\])[^\[\]\n]+\] ?\[[^\[\]\n]+\]")


def lint(markup: str) -> Iterator[tuple[str, str]]:
    """What is wrong in a text, given its HTML: the words as typed, and the message to the owner."""
    yield from _undefined_references(markup)
    if not _PREFILTER.search(markup):
        return
    for paragraph in _PARAGRAPH.findall(markup):
        words = _CODE.sub("", paragraph)
        if match := _BULLET.search(words):
            yield html.unescape(match.group()), 'this is shown as words, not as a list; begin its lines with "- "'
        elif match := _ITEM.search(words):
            message = "this is shown as words, not as a list; put an empty line above its first line"
            yield html.unescape(match.group()), message
        elif match := _LINK.search(words):
            message = "this is shown as words, not as a link; write [words](address), with no space in it"
            yield html.unescape(match.group().splitlines()[0]), message


def _undefined_references(markup: str) -> Iterator[tuple[str, str]]:
    """Footnotes, and links by name, whose text or address is defined nowhere."""
    if "[^" not in markup and "][" not in markup and "] [" not in markup:
        return
    words = html.unescape(_TAG.sub("", _CODE.sub("", markup)))
    for footnote in _FOOTNOTE.findall(words):
        yield footnote, f'this footnote has no text; write it in a line of its own: "{footnote}: …"'
    for link in _BY_NAME.findall(words):
        yield link, "this is shown as words, not as a link; write [words](address)"
