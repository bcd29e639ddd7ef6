"""A text as people type it elsewhere, as the Markdown that they mean: the same lines, before they are parsed."""

import re
from dataclasses import dataclass
from itertools import takewhile

_HARD_SPACE = re.compile(r"^([ \t>]*(?:[-*+]|\d{1,3}[.)]))[\u00a0\u2007\u202f]+", re.MULTILINE)
_SET_IN = re.compile(
    r"^[ \t]*[\u00a0\u2007\u202f][ \t\u00a0\u2007\u202f]*(?=(?:[-*+]|\d{1,3}[.)])[ \t\u00a0])", re.MULTILINE
)
"""Hard spaces that set a list in."""
_OF_WORD = re.compile(r"</?(?:o|w|v|m|st1):\w[^<>\n]*>|<!\[(?:if [^\[\]<>\n]*|endif)\]>")
"""Tags of Word's own, which would be shown as words."""
_OF_GOOGLE = re.compile(r"<b\b[^<>]*docs-internal-guid[^<>]*>(.*?)</b>", re.DOTALL | re.IGNORECASE)
"""What Google Docs wraps around all that is copied: bold only in name, by ``style="font-weight:normal"``."""
_COMMENT = re.compile(
    r"^ {0,3}(?P<fence>`{3,}+|~{3,}+)[^\n]*\n.*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?<!`)(?P<tick>`+)(?!`)[^\n]*?(?<!`)(?P=tick)(?!`)"
    r"|<!--.*?-->",
    re.DOTALL | re.MULTILINE,
)
"""A comment; or code, in which there are none."""
_TO_A_FILE = re.compile(
    r'\]\((\{\w+\}[^()<>"\n]*?|(?!www\.|\w{2,}:)[^()<>{}"\n]*?\.\w{2,5})((?<! ) ++"(?:(?!"\)).){0,500}")?\)'
)
"""A link to a file, marked as such or with an ending, and no longer caption than people write."""
_FENCE = re.compile(r"(`{3,}|~{3,})")
_ITEM = re.compile(r"(?:[-*+]|(\d{1,9})[.)]|(\[\^[^\]\s]+\]:))(?: +|$)")
_QUOTED = re.compile(r" {0,3}> ?")
_RULE = re.compile(r"(?:[-*_] *){3,}")
_DEEPEST = 20
"""Quotations inside each other, of which the parser takes no more either."""
_NESTED = 2
"""Columns that set a line into the item above it, as most editors count."""
_CODE = 4
"""Columns at which CommonMark sees no list."""


def as_meant(text: str) -> str:
    """A text as CommonMark wants it, with as many lines.

    No hard spaces around the sign of a list; lines in an item where the item's words begin; comments over several lines
    gone, since CommonMark ends them at an empty line and shows the rest; in links to files, names with spaces in angle
    brackets, and quotation marks inside a caption behind a backslash.
    """
    if "\u00a0" in text or "\u202f" in text or "\u2007" in text:
        text = _HARD_SPACE.sub(r"\1 ", _SET_IN.sub(lambda found: " " * len(found[0].expandtabs(_CODE)), text))
    if "<" in text:
        text = _OF_GOOGLE.sub(r"\1", _OF_WORD.sub("", text))
    if "<!--" in text and "-->" in text:
        text = _COMMENT.sub(_without_comment, text)
    return _TO_A_FILE.sub(_to_a_file, _set_in(text))


def _without_comment(found: re.Match[str]) -> str:
    is_code = found["fence"] is not None or found["tick"] is not None
    if is_code or "<!--" in found[0][4:]:  # one that was left open, which is told, must not take in what follows
        return found[0]
    return "\n" * found[0].count("\n") or found[0]


def _to_a_file(found: re.Match[str]) -> str:
    address, title = found[1], (found[2] or "").strip()[1:-1]
    if not address.startswith("{") and " " not in address:
        return found[0]
    address = f"<{address}>" if " " in address else address
    caption = re.sub(r'(?<!\\)"', r"\"", title)
    return f']({address} "{caption}")' if title else f"]({address})"


@dataclass(frozen=True)
class _Item:
    """An item of a list, or a footnote, that lines may be set into, in columns from 0.

    ``column`` is where its sign was typed and ``words`` where its words begin; ``place`` is where those begin now.
    """

    column: int
    words: int
    place: int
    number: int = -1


def _set_in(text: str, depth: int = 0) -> str:
    """Lines that are set in by two columns or more stand in the item above, whatever the width of its sign.

    CommonMark asks for three behind ``1. ``, for four behind ``10. `` or in a footnote, and sees no list at four.
    """
    lines = text.split("\n")
    items: list[_Item] = []
    fence, shift, quoted_to = "", 0, 0
    for number, line in enumerate(lines):
        words = line.lstrip(" \t")
        if not words or number < quoted_to:
            continue
        if not fence and depth < _DEEPEST and _QUOTED.match(line):
            quoted_to = _set_in_quotation(lines, number, depth + 1)
            items.clear()
            continue
        column = len(line[: len(line) - len(words)].expandtabs(_CODE))
        if not fence:
            shift = _shift(column, words, items)
        if shift:
            lines[number] = " " * max(0, column + shift) + words
        fence = _fence_after(fence, words)
    return "\n".join(lines)


def _set_in_quotation(lines: list[str], start: int, depth: int) -> int:
    """The same in the lines of a quotation, behind their signs; gives the line behind its last."""
    found = list(takewhile(bool, map(_QUOTED.match, lines[start:])))
    inside = _set_in("\n".join(line.string[line.end() :] for line in found if line), depth)
    for number, (line, words) in enumerate(zip(found, inside.split("\n"), strict=True), start):
        lines[number] = f"{line[0] if line else ''}{words}"
    return start + len(found)


def _shift(column: int, words: str, items: list[_Item]) -> int:
    """By how many columns a line moves; ``items`` become those that hold what follows it."""
    sign = _ITEM.match(words) if not _RULE.fullmatch(words) else None
    number = int(sign[1]) if sign and sign[1] else -1
    while items and column < items[-1].column + _NESTED:
        items.pop()
    if items and column < items[-1].words and number == items[-1].number + 1 > 0:
        items.pop()  # the next number of the same list, set in as if by chance
    place = column
    if items:
        place = items[-1].place + max(0, column - items[-1].words)
    elif sign and column >= _CODE:
        place = 0
    if sign:
        width = _CODE if sign[2] else len(sign[0]) + (not sign[0].endswith(" "))
        items.append(_Item(column, column + width, place + width, number))
    return place - column


def _fence_after(fence: str, words: str) -> str:
    """The signs of the code that is open behind a line; none outside of code."""
    if fence:
        return "" if words.startswith(fence) and not words.strip().strip(fence[0]) else fence
    found = _FENCE.match(words)
    return found[1] if found else ""
