"""Lines of plain text as headings, paragraphs and lists; what is uncertain of them is told."""

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from clinic.cli.importing.found import Found, one_line, shown

Lines = Sequence[tuple[int, str]]
_LONGEST_HEADING = 90
_LONGEST_ITEM = 160
_LONGEST_SENTENCE = 320
_BULLET = re.compile(r"[ \t]*(?:(?:[-–—*•‣▪●○◦∙·➤►➔→✓✔]|o(?=\t))[ \t]+|[•‣▪●◦∙](?=\S))(?P<words>\S.*)")
_ALONE = re.compile(r"[ \t]*(?:[•‣▪●○◦∙·]|\d{1,2}[.)])[ \t]*")
"""The mark of an item on a line of its own, as some pages give it to the clipboard."""
_NUMBER = re.compile(r"[ \t]*(?P<number>\d{1,2})[.)][ \t]+(?P<words>\S.*)")
_SIGN = re.compile(r"[✅❌☑✗✘❗⭐🔹🔸👉➡💡]\ufe0f?\s*(?P<words>\S.*)")
"""Signs that people put before each line of a list; they are a part of it."""
_HEADING = re.compile(r"(?P<marks>#{1,6})[ \t]+(?P<words>\S(?:.*[^\s#])?)[ \t#]*")
_QUOTE = re.compile(r"[ \t]*>[ \t]?(?P<words>.*)")
_ENDS = re.compile(r"[.!?…:;,]['\"”’)\]]*$")
_NO_HEADING = re.compile(r"https?://|www\.|\S@\S|\d{4,}|^[\"“‘'(\[]|^[a-zß-ü]")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_SMALL = frozenset(
    "a an and as at but by for from how if in into is it its nor of off on onto or out over per so than that the to up "
    "via vs when who why with without your you we our be are do does can what not und oder der die das ein eine mit "
    "für von zu im bei y yr i ar".split()
)
_SUMS_UP = re.compile(
    r"(?:all (?:of )?(?:this|these|that)|over time|these|this|that|together|taken together|in (?:short|other words|"
    r"summary|conclusion)|so,?|but|however|if|when|while|as (?:you|we|a)|at [A-Z]\w+|our |we |remember|ultimately|"
    r"overall|luckily|fortunately|the (?:good|bad|great) news|thankfully|whether|even |don[’']t|you(?:r|[’']\w+)? |"
    r"it[’']s |there |here |doing |each of|any of|most |many |book |contact |get in touch|insgesamt|all das|diese|"
    r"wenn )",
    re.IGNORECASE,
)
"""How a sentence begins that goes on after a list, and is no item of it."""
_ASKS = re.compile(r"(?:how|why|what|when|who|where|which|can|should|is|wie|warum|was|wann)\b", re.IGNORECASE)


def _is_open(line: str) -> bool:
    """Whether a line has no sign at its end, as the lines of a list and headings have none."""
    return not _ENDS.search(line)


def _is_title_case(line: str) -> bool:
    words = _WORD.findall(line)
    weighty = [word for word in words[1:] if word.casefold() not in _SMALL]
    return bool(weighty) and all(word[0].isupper() for word in weighty)


def _may_head(line: str) -> bool:
    """Whether a line may be a heading by itself."""
    is_short = len(line) <= _LONGEST_HEADING and len(line.split()) <= 14
    ends_so = _is_open(line) or line.endswith("?") or (line.endswith("!") and _is_title_case(line))
    return is_short and ends_so and not _NO_HEADING.search(line)


class Blocks:
    """Reads lines from the first to the last; what is guessed is told to ``found``."""

    def __init__(self, lines: Lines, found: Found) -> None:
        self._found = found
        self._lines = [line for _, line in _unwrapped(_with_marks([(number, line) for number, line in lines]))]
        self._at = 0
        self._headed_at = -1
        """The line below the last heading: one there is a heading below it."""

    def html(self) -> Iterator[str]:
        """Each block as HTML."""
        while self._at < len(self._lines):
            line = self._lines[self._at].strip()
            if not line:
                self._at += 1
            elif found := _HEADING.fullmatch(line):
                self._at += 1
                yield f"<h{len(found['marks'])}>{escape(found['words'])}</h{len(found['marks'])}>"
            elif _QUOTE.fullmatch(line):
                yield f"<blockquote><p>{'<br>'.join(self._marked(_QUOTE))}</p></blockquote>"
            else:
                yield from self._listed() or self._headed() or self._paragraph(line)

    def _run(self, start: int) -> list[str]:
        """The lines from there to the next empty one."""
        rest = self._lines[start:]
        return [line.strip() for line in rest[: next((at for at, line in enumerate(rest) if not line.strip()), None)]]

    def _marked(self, mark: re.Pattern[str], *, keeps_mark: bool = False) -> list[str]:
        """The words of the following lines that have the mark, also with an empty line between two of them."""
        words: list[str] = []
        while self._at < len(self._lines):
            line = self._lines[self._at]
            after = self._lines[self._at + 1] if self._at + 1 < len(self._lines) else ""
            if found := mark.fullmatch(line):
                if words and mark is _NUMBER and found["number"] == "1":
                    break  # another list, or the heading of what the first one named
                words.append(escape(line.strip() if keeps_mark else found["words"].strip()))
            elif line.strip() or not words or not mark.fullmatch(after):
                break
            self._at += 1
        return words

    def _listed(self) -> list[str]:
        """A list whose lines have marks."""
        line = self._lines[self._at]
        if _BULLET.fullmatch(line) and not self._is_signature(line):
            depth = len(line) - len(line.lstrip())
            return [f"<ul>{_items(self._nested(depth))}</ul>"]
        if (found := _NUMBER.fullmatch(line)) and self._is_list_of_numbers():
            return [f"<ol start='{int(found['number'])}'>{_items(self._marked(_NUMBER))}</ol>"]
        if _SIGN.fullmatch(line.strip()) and len([one for one in self._run(self._at)[:2] if _SIGN.fullmatch(one)]) == 2:
            return [f"<ul>{_items(self._marked(_SIGN, keeps_mark=True))}</ul>"]
        return []

    def _is_signature(self, line: str) -> bool:
        """Whether a line with a dash says whose the quotation above it is."""
        before = self._lines[self._at - 1].strip() if self._at else ""
        return line.lstrip()[:1] in "–—" and before.endswith(("”", '"', "’", "»", "“"))

    def _nested(self, depth: int) -> list[str]:
        """The items of a list with bullets; lines set in further are lists in the item above."""
        items: list[str] = []
        while self._at < len(self._lines):
            line = self._lines[self._at]
            found = _BULLET.fullmatch(line)
            if not found:
                after = self._lines[self._at + 1] if self._at + 1 < len(self._lines) else ""
                if line.strip() or not _BULLET.fullmatch(after):
                    break
                self._at += 1
                continue
            indent = len(line) - len(line.lstrip())
            if indent < depth:
                break
            if indent > depth + 1 and items:
                items[-1] += f"<ul>{_items(self._nested(indent))}</ul>"
                continue
            items.append(escape(found["words"].strip()))
            self._at += 1
        return items

    def _is_list_of_numbers(self) -> bool:
        """Whether the next line but empty ones has a number too: a number before a text is that of a heading."""
        after = next((line for line in self._lines[self._at + 1 :] if line.strip()), "")
        line = self._lines[self._at].strip()
        return bool(_NUMBER.fullmatch(after)) or not _may_head(_NUMBER.sub(r"\g<words>", line)) or not after

    def _headed(self) -> list[str]:
        """A heading; or, where several short lines follow each other, a heading and a list."""
        numbered = _NUMBER.fullmatch(self._lines[self._at])
        line = self._lines[self._at].strip()
        if not _may_head(numbered["words"] if numbered else line):
            return []
        run = self._run(self._at)
        short = next((at for at, each in enumerate(run) if not (_may_head(each) and not _marked_line(each))), len(run))
        after = next((each.strip() for each in self._lines[self._at + 1 :] if each.strip()), "")
        if not after:
            return []
        if short >= 3 and not numbered:
            return self._heading_and_list(run[:short], followed=short < len(run))
        follows = _marked_line(after) or len(after) > len(line) or _is_title_case(line) or numbered
        if not (_is_title_case(line) or line.endswith("?") or follows):
            return []
        level, self._headed_at = (3 if self._headed_at == self._at else 2), self._at + 1
        self._at += 1
        self._found.guess(f"“{shown(line)}” was taken for a heading", line)
        return [f"<h{level}>{escape(line)}</h{level}>"]

    def _heading_and_list(self, short: Sequence[str], *, followed: bool) -> list[str]:
        """Three short lines or more: the first heads the others; the last one may head what follows them."""
        last = short[-1]
        others = [_is_title_case(each) for each in short[1:-1]]
        heads_next = followed and (bool(_ASKS.match(last)) or (_is_title_case(last) and not all(others)))
        items = short[1:-1] if heads_next else short[1:]
        if len(items) < 2:
            items = ()
        self._found.guess(f"“{shown(short[0])}” was taken for a heading", short[0])
        self._at += 1 + len(items)
        listed = [f"<ul>{_items(map(escape, items))}</ul>"] if items else []
        if items:
            self._found.guess(f"“{shown(items[0])}” and {len(items) - 1} more became a list", items[0])
        return [f"<h2>{escape(short[0])}</h2>", *listed]

    def _paragraph(self, line: str) -> Iterator[str]:
        """A paragraph; below one that ends with a colon its list, if there is one."""
        self._at += 1
        yield f"<p>{escape(line)}</p>"
        if not line.endswith(":"):
            return
        start = next((at for at in range(self._at, len(self._lines)) if self._lines[at].strip()), len(self._lines))
        items = _items_below(self._run(start))
        if len(items) > 1:
            self._at = start + len(items)
            self._found.guess(f"“{shown(items[0])}” and {len(items) - 1} more became a list", items[0])
            yield f"<ul>{_items(map(escape, items))}</ul>"


def _items_below(run: Sequence[str]) -> list[str]:
    """The lines below a colon that are a list: all without a sign at their ends, or all whole sentences."""
    if not run or _marked_line(run[0]):
        return []
    items: list[str] = []
    if _is_open(run[0]):
        for at, line in enumerate(run):
            if len(line) > _LONGEST_ITEM or not _is_open(line):
                usual = max(map(len, items), default=0)
                is_last = len(line) <= 1.5 * usual and line.endswith(".") and not _SUMS_UP.match(line)
                return [*items, line] if is_last and items else items
            heads = at > 1 and at + 1 < len(run) and _may_head(line) and len(run[at + 1]) > _LONGEST_HEADING
            if heads and (_ASKS.match(line) or (_is_title_case(line) and not all(map(_is_title_case, items)))):
                return items
            items.append(line)
        return items
    for line in run:
        if _SUMS_UP.match(line) or _may_head(line) or _marked_line(line) or len(line) > _LONGEST_SENTENCE:
            break
        items.append(line)
    return items


def _marked_line(line: str) -> bool:
    return any(mark.fullmatch(line) for mark in (_BULLET, _NUMBER, _SIGN, _HEADING, _QUOTE))


def _items(words: Iterator[str] | Sequence[str]) -> str:
    return "".join(f"<li>{each}</li>" for each in words)


def _with_marks(lines: Lines) -> list[tuple[int, str]]:
    """Join each mark that stands on a line of its own with the line below it."""
    joined: list[tuple[int, str]] = []
    for number, line in lines:
        if joined and _ALONE.fullmatch(joined[-1][1]) and line.strip():
            joined[-1] = (joined[-1][0], f"{joined[-1][1].strip()} {line.strip()}")
        elif not (joined and not line.strip() and _ALONE.fullmatch(joined[-1][1])):
            joined.append((number, line))
    return joined


def _unwrapped(lines: Lines) -> list[tuple[int, str]]:
    """Join lines that a program broke at a width, as in e-mails: most are nearly as long as the longest."""
    lengths = [len(line) for _, line in lines if line.strip()]
    longest = max(lengths, default=0)
    full = sum(length > longest * 0.75 for length in lengths)
    broken = sum(_goes_on(one, other) for (_, one), (_, other) in pairwise(lines))
    is_wrapped = 50 <= longest <= 100 and len(lengths) >= 5 and (full >= 0.45 * len(lengths) or broken > 1)
    joined: list[tuple[int, str]] = []
    before = ""
    for number, line in lines:
        is_full = is_wrapped and len(before) > longest * 0.7 and not _ENDS.search(before)
        if joined and line.strip() and not _marked_line(line) and (is_full or _goes_on(before, line)):
            joined[-1] = (joined[-1][0], f"{joined[-1][1]} {one_line(line)}")
        else:
            joined.append((number, line))
        before = line
    return joined


def _goes_on(line: str, after: str) -> bool:
    """Whether a sentence goes on in the next line: so a program broke it there."""
    return (
        len(line) > 50
        and not re.search(r"[.!?…:]$", line)
        and bool(re.match(r"[a-zß-ü(]", after))
        and not _marked_line(line)
    )
