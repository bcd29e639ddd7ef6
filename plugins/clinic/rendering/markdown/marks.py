"""Marks of other programs, and marks that did not become any: what a visitor would see as signs, by line."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from markdown_it.token import Token

from clinic.models.pieces import pieces
from clinic.rendering.markdown.html_rules import OF_ANOTHER_PROGRAM

Finding = tuple[int, str]
"""A line of the text, from 0, and the message to the owner; no message where another line says it already."""
AS_WORDS = "this is shown as words, not as"
_ANEW = OF_ANOTHER_PROGRAM.removeprefix(AS_WORDS).strip()
_LINK = "a link; write [words](address), with no space in it"
_PICTURE = "a picture; write ![what it shows]({static}/images/…), with no space before its brackets"
_BOX = 'a box; write "/// callout | A heading" above it and "///" below'
_SCHEMES = r"https?:|www\.|mailto:|tel:|sms:|\{\w+\}"


def _mark(pattern: str, message: str, flags: int = 0) -> tuple[re.Pattern[str], str]:
    return re.compile(pattern, flags), message


_MARKS: Sequence[tuple[re.Pattern[str], str]] = (
    _mark(
        r"\[/[a-z][\w-]*\]|\[[a-z][\w-]* [\w-]+=[^\]\n]*\]|\[[a-z]+(?:_[a-z]+)+\]"
        r"|\[(?:caption|gallery|embed|video|audio|youtube|vimeo|contact-form(?:-7)?|button)\b[^\]]*\]",
        "what WordPress makes of it; take it out, or write it anew",
    ),
    _mark(
        r"\[(?:\[_?)?toc_?\]\]?|\{:toc\}",
        "the list of contents, which the site makes by itself; take it out",
        re.IGNORECASE,
    ),
    _mark(r"!\[[^\[\]\n]*\] \([^)\n]+\)|!\([^()\n]*\)\[[^\[\]\n]+\]", _PICTURE),
    _mark(
        r"\]\([^()\n]*[“”„‘’\"][^()\n]*\)",
        'a link; write its title in straight quotation marks: [words](address "title")',
    ),
    _mark(rf"\][ \n]?\((?:{_SCHEMES})|\]\((?=[^()\n]*[./@\d])[^()\n]+\)|\] \(/[\w./-]*\)", _LINK),
    _mark(
        rf"\([^()\n]+\)\[(?:{_SCHEMES}|/)[^\]\n]*\]",
        "a link; write [words](address): square brackets first",
    ),
    _mark(
        r"!?\[\[[^\[\]\n]+\]\]",
        "a link; write [words]({filename}/posts/….md), or ![what it shows]({static}/images/…) for a picture",
    ),
    _mark(
        r"\^\[[^\[\]\n]+\]",
        'a footnote; write [^1] here, and its words in a line of their own: "[^1]: …"',
    ),
    _mark(r"\[(?!\d+\])[^\[\]\n]+\] ?\[[^\[\]\n]*\]", "a link; write [words](address)"),
    _mark(
        r"<(?:tel|mailto|https?):[^<>\n]*\s[^<>\n]*>",
        "a link; write its address with no space in it, such as <tel:+441632960199>",
    ),
    _mark(r"(?<![=+])==(?=[^\s=+])[^=\n]+(?<=[^\s+])==(?![=+])", "marked words; write **words** for bold ones"),
    _mark(
        r"%%.*?%%|%%\s*$",
        "a note to yourself; write <!-- your words --> for what only you should read",
        re.DOTALL,
    ),
    _mark(r"<!--", 'a note to yourself; write "-->" at its end'),
    _mark(
        r"\{\{[<%]?.*?[>%]?\}\}|\{%.*?%\}|\{/\*.*?\*/\}|\{::?[^{}\n]*\}|\{[\w-]+=[^{}\n]*\}|\{[a-z]\w+\.\w{2,}[\w.]*\}"
        r"|^import [\w{}*, ]+ from [\"']|^export (?:const|let|default|function) |^</?>$",
        _ANEW,
        re.DOTALL | re.MULTILINE,
    ),
    _mark(r"^:{3,}|^(?:!!!|\?\?\?)\+? |^=== \"", _BOX, re.MULTILINE),
    _mark(
        r"^\[![\w-]+\]", "a box; write > [!NOTE] alone on its line, and the words below it, behind > too", re.MULTILINE
    ),
    _mark(
        r"^(?:`{3,}|~{3,})",
        "code; put three backticks on a line of their own, above it and below",
        re.MULTILINE,
    ),
    _mark(r"(?<!~)~~(?!~)", "struck words; write ~~words~~, with no space inside the signs"),
    _mark(r"(?<=\w)\^[\w+-]{1,3}\^", "a small raised sign; write <sup>2</sup>"),
    _mark(r"\$\$(?=\S)[^$]+(?<=\S)\$\$(?!\$)", "a formula; write it in plain words and signs"),
    _mark(r"^\*\[[^\]\n]+\]:", 'an abbreviation; write <abbr title="what it means">ABC</abbr>', re.MULTILINE),
    _mark(r"(?<![\w:]):[a-z][a-z_]{2,}:(?![\w:])", "a little picture; put the sign itself there, such as 🙂"),
    _mark(
        r"</?(?P<tag>a|b|i|p|u|em|br|hr|div|img|span|strong|center|font|table|iframe|h[1-6]|ul|ol|li)\b[^<>]*(?:>|$)",
        "HTML; put a straight quotation mark at each end of a value and none inside it, and close it with >",
        re.IGNORECASE,
    ),
    _mark(r"^#{1,6}$", "a heading; write its words behind the signs", re.MULTILINE),
    _mark(r"^#{2,6}(?=[^\s#])", "a heading; write a space between its signs and its words", re.MULTILINE),
    _mark(r"^#{7,} ", "a heading; six signs are the most, and two the first", re.MULTILINE),
)
_HOST = re.compile(r"^((?:https?://|mailto:|tel:)?[\w.-]+).*")
_OTHER = "\0"
_SIGN = re.compile(r"[\[\]{}~<^:=%$#`!?*_]")
"""What all marks below have but ``import`` and ``export``: to look for one of them takes a tenth of the time."""
_PREFILTER = re.compile(r"[\[\]{}~<^]|::|==|%%|\$\$|(?<!\w):[a-z]|^(?:[#`!?:]|(?:im|ex)port )|!\(", re.MULTILINE)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_STARS = re.compile(r"(?<![*\\])\*\*(?!\*)|(?<![_\w\\])__(?![_\w])|(?<!_)__(?![\w_])")
_SPACED = re.compile(r"\*\*(?: +[^*\n]+?|[^*\n]+? +)\*\*")
_CLOSED = re.compile(r"\*\*[^*\n]+\*\*")
_MOST = 40
"""Letters of a text that a message repeats."""
_SLANTED = re.compile(r"(?<![\w*\\])\*(?=[^\s*])[^*\n]*[^\s*]\*(?!\*)")


class Line(NamedTuple):
    """A line of an inline text; ``goes_on`` where it is shown as one with the line before."""

    number: int
    text: str
    goes_on: bool = False


def lines_of(inline: Token) -> Iterator[Line]:
    """The lines of a text. Signs after a backslash, code and HTML are no words of it."""
    line, words, goes_on, before = (inline.map or [0])[0], "", False, inline
    for child in inline.children or ():
        if child.type.endswith("break"):
            yield Line(line, words, goes_on)
            goes_on = child.type == "softbreak" and not before.content.startswith("<br")
            line, words = line + 1, ""
        elif child.type == "text":  # of a bare address, whose signs mean nothing, only where it is
            words += _HOST.sub(r"\1", child.content) if before.markup == "autolink" else child.content
        elif child.type == "text_special" and child.info == "entity" and not child.content.isascii():
            words += child.content
        elif child.type == "text_special" or not words:
            words += _OTHER
            line += child.content.count("\n")
        before = child
    yield Line(line, words, goes_on)


class MarkLint:
    """Looks at one inline text after the other; bold words that do not end in one may seem to do so in the next.

    ``misspelt`` are names of footnotes whose texts are told by themselves.
    """

    def __init__(self, misspelt: Collection[str] = ()) -> None:
        self.broken_tags: set[str] = set()
        """Elements of HTML that are told here, so that their ends are no further fault."""
        self._footnotes = set(misspelt)
        self._is_open = False

    def run(self, inline: Token) -> Iterator[Finding]:
        """Signs of other programs, and marks that did not become any."""
        text = "\n".join(line.text for line in lines_of(inline))
        first = (inline.map or [0])[0]
        for start, piece in pieces(text):
            for position, message in self._in_text(piece, () if start else inline.children or ()):
                yield first + piece.count("\n", 0, position), message
            first += piece.count("\n")

    def _in_text(self, text: str, children: Sequence[Token]) -> Iterator[tuple[int, str]]:
        """The same by position in the text."""
        for found in _FOOTNOTE.finditer(text):
            if found[0] not in self._footnotes:
                self._footnotes.add(found[0])
                yield found.start(), f'this footnote has no text; write it in a line of its own: "{found[0]}: …"'
        has_signs = _SIGN.search(text) is not None
        yield from self._of_others(text) if (has_signs or "port " in text) and _PREFILTER.search(text) else ()
        if has_signs and (match := _STARS.search(text)):
            if message := self._bold(text, match):
                yield match.start(), f"{AS_WORDS} bold words; {message}"
        elif _is_uneven(children):
            yield 0, f"{AS_WORDS} bold words; write the same signs at both ends: **words**"
        elif has_signs and (match := _SLANTED.search(text)):
            yield match.start(), f"{AS_WORDS} slanted words; write a space behind them: *words* more"

    def _of_others(self, text: str) -> Iterator[tuple[int, str]]:
        """Each link and picture, and of other marks the first: they often come in pairs."""
        told: set[int] = set()
        for pattern, what in _MARKS:
            found = [match for match in pattern.finditer(text) if told.isdisjoint(range(*match.span()))]
            found = [match for match in found if not _FOOTNOTE.search(match[0])]
            for match in found:
                told.update(range(*match.span()))
                self.broken_tags.update(tag.lower() for tag in match.groupdict().values())
            for match in found if what.startswith(("a link", "a picture")) else found[:1]:
                yield match.start(), f"{AS_WORDS} {what}"

    def _bold(self, text: str, sign: re.Match[str]) -> str:
        """What to write for ``**`` that is shown; nothing where it only ends what is told above."""
        was_open, self._is_open = self._is_open, False
        if spaced := _SPACED.search(text):
            words = spaced[0].strip("* ")
            return f"write **{words if len(words) <= _MOST else 'words'}**, with no space inside the signs"
        if _CLOSED.search(text):
            return "put a space before the first ** or behind the last, where a letter stands now"
        if text[sign.end() : sign.end() + 1].strip():
            self._is_open = True
            return f"write {sign[0]} also at their end, in each paragraph anew; or \\{sign[0]} to show the signs"
        return "" if was_open else f"write {sign[0]} also where they begin; or \\{sign[0]} to show the signs"


def _is_uneven(children: Sequence[Token]) -> bool:
    """Whether two signs stand at one end of words and one at the other."""
    return any(
        (one.content.endswith("*") and other.type == "em_open" and other.markup == "*")
        or (one.type == "em_close" and one.markup == "*" and other.content.startswith("*"))
        for one, other in pairwise(children)
    )
