"""Texts with some of it lost, doubled, moved or replaced by what breaks programs; the same for the same chance."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

VALUES = (
    *(
        "",
        "~",
        "null",
        "yes",
        "-1",
        "0",
        "00",
        "1e999",
        "999999999999999999999",
        "0x1F",
        "1_000",
        ".inf",
        "017",
        "12:60",
    ),
    *("2026-02-30", "0001-01-01", "9999-12-31", "24:00", "09:00-08:00", "31/12/26", "£", "£1,000,000.999", "NaN"),
    *("[", "]", "{}", "{a: }", "[[], []]", "- a", "&a [*a]", "*b", "!!python/none x", "!!binary //8=", "? a", "<<: *a"),
    *("|", ">-", "'", '"', '"\\x00"', '"\\ud800"', "%YAML 1.1", "---", "...", "# a", "@a", "`a`", "a: b: c", "\ta: b"),
    *("../../etc/passwd", "/", "images/", "C:\\a", "https://", "//a", "javascript:alert(1)", "mailto:", "tel:+", "a@b"),
    *("x" * 5000, "é" * 300, "e\u0301", "\u202eabc", "\ufeff", "\u2028", "\x85", "\x7f", "\x00", "\ud7ff", "😀" * 50),
    *("<b>", "</main>", "<script>", "&#0;", "&lt;", "{{ a }}", "{% b %}", "{filename}x.md", "{static}/a", "%%", "\\"),
    *(
        "/// care",
        "///",
        "////// do",
        "/// hours | @\n    location: x",
        "    kind: 1",
        "```",
        "~~~",
        "[^1]",
        "| a |",
        "====",
    ),
    *(
        "(" * 300,
        "[" * 300,
        "- " * 100,
        "> " * 100,
        "*" * 1000,
        "_a" * 500,
        "{" * 200,
        "<a " * 200,
        "![" * 200,
        "`" * 999,
    ),
)
"""What stands in place of a value, or between others."""
_WORD = re.compile(r"[^\W_]+")


def mutant(text: str, chance: Random) -> str:
    """The text after one to four changes, by lines and by letters."""
    for _ in range(chance.randint(1, 4)):
        text = chance.choice(_CHANGES)(text, chance)
    return text


def mutant_bytes(data: bytes, chance: Random) -> bytes:
    """The same of bytes: as text, and then, in one of four, in another encoding or with a piece of noise."""
    data = mutant(data.decode("utf-8", "replace"), chance).encode("utf-8", "surrogatepass")
    match chance.randrange(12):
        case 0:
            return data.decode("utf-8", "replace").encode("utf-16", "surrogatepass")
        case 1:
            at = chance.randrange(len(data) + 1)
            return data[:at] + chance.randbytes(chance.randint(1, 9)) + data[at:]
        case 2:
            return data[: chance.randrange(len(data) + 1)]
    return data


def _lines(text: str, chance: Random) -> str:
    """A row of lines lost, doubled, moved, or set in."""
    lines = text.split("\n")
    begin, end = _span(lines, chance, 6)
    row, rest = lines[begin:end], lines[:begin] + lines[end:]
    match chance.randrange(4):
        case 0:
            lines = rest
        case 1:
            lines[end:end] = row
        case 2:
            at = chance.randrange(len(rest) + 1)
            lines = rest[:at] + row + rest[at:]
        case _:
            lines[begin:end] = [f"{chance.choice((' ', '  ', '    ', chr(9), '> ', '- '))}{line}" for line in row]
    return "\n".join(lines)


def _value(text: str, chance: Random) -> str:
    """What stands behind a colon, or a whole line, is another."""
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    key, colon, _ = lines[at].partition(": ")
    value = chance.choice(VALUES)
    lines[at] = f"{key}{colon}{value}" if colon else chance.choice((value, lines[at] + value, f"{value} {lines[at]}"))
    return "\n".join(lines)


def _key(text: str, chance: Random) -> str:
    """A word is misspelt, or another of the text."""
    words = [*_WORD.finditer(text)]
    if not words:
        return text
    one, other = chance.choice(words), chance.choice(words)[0]
    misspelt = one[0][:-1] if chance.randrange(2) else one[0][::-1]
    return text[: one.start()] + chance.choice((misspelt, other, one[0].upper())) + text[one.end() :]


def _piece(text: str, chance: Random) -> str:
    """Letters lost, doubled, repeated hundreds of times, or put in."""
    begin, end = _span(text, chance, 40)
    return (
        text[:begin]
        + chance.choice(("", text[begin:end] * 2, text[begin:end] * 400, chance.choice(VALUES)))
        + text[end:]
    )


def _endings(text: str, chance: Random) -> str:
    """The ends of lines, or the beginning, as other systems write them."""
    return chance.choice((text.replace("\n", "\r\n"), text.replace("\n", "\r"), f"\ufeff{text}", text.rstrip("\n")))


_CHANGES = (_lines, _value, _value, _key, _piece, _piece, _endings)


def _span(whole: Sequence[object], chance: Random, most: int) -> tuple[int, int]:
    begin = chance.randrange(len(whole) + 1)
    return begin, min(len(whole), begin + chance.randint(1, most))
