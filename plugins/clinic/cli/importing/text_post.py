"""A post as somebody pasted it: lines of plain text, in which headings and lists have lost their marks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from clinic.cli.dates import read_day
from clinic.cli.importing.boilerplate import END, HASHTAGS, READING_TIME, is_button
from clinic.cli.importing.found import Found, Remark, Sort, one_line, shown
from clinic.cli.importing.text_blocks import Blocks

_LONGEST_META = 60
_LONGEST_TITLE = 120
_META_LINES = 12
"""Lines after the title among which author, day and reading time stand."""
_BETWEEN = re.compile(r"(?<!\s)\s*+[•·|]\s*|^[-–—]\s+|(?<!\s)\s++[-–—]\s+|\t")
_NAME = re.compile(
    r"(?:(?:Dr|Mr|Mrs|Ms|Miss|Prof)\.? )?[A-ZÀ-Þ][\w’'-]+ (?:[A-Z]\.? |v[ao]n |de )?[A-ZÀ-Þ][\w’'-]+"
    r"|[a-z][a-z0-9_.-]{4,}"
)
"""Of a person, or as which one is logged in; a title of two words may look the same."""
_CONTACT = re.compile("[📍📞☎📱📲✉📧📩📬🌐🏥🕒🕘⏰💻🗓📅]")
_PLACE, _HOURS = re.compile("[📍🏥]"), re.compile("[🕒🕘⏰]")
_BY = re.compile(r"(?:[-–•]\s*)?(?:(?:written )?by|author|writer|von|gan)\s*:?\s+", re.IGNORECASE)
_UPDATED = re.compile(r"(?:last )?(?:updated|modified|edited|aktualisiert)(?: on)?:?\s*", re.IGNORECASE)
_PUBLISHED = re.compile(r"(?:published|posted|date|veröffentlicht)(?: on| am)?\s*:?\s*", re.IGNORECASE)
_TAGGED = re.compile(
    r"(?:tags?|tagged|filed under|categor(?:y|ies)|posted in|schlagwörter)\s*:\s*(?P<words>.+)", re.IGNORECASE
)
_CRUMBS = re.compile(r"(?:home|blog|all posts|news|start(?:seite)?)(?:\s*[>›»/|]\s*.+)*", re.IGNORECASE)


@dataclass
class _Lines:
    """The lines that are left, each with its number in the source, and what was taken from around them."""

    lines: list[tuple[int, str]]
    dropped: list[tuple[int, str]] = field(default_factory=list)

    def drop_first(self) -> str:
        """Take the first line away as boilerplate."""
        self.dropped.append(self.lines.pop(0))
        return self.dropped[-1][1]

    def drop_last(self) -> None:
        """Take the last line away as boilerplate."""
        self.dropped.append(self.lines.pop())


def read_text_post(text: str, source: str, today: date) -> tuple[Found, str]:
    """The post, with its text as HTML, which is made Markdown as that of all sources is."""
    found = Found(source)
    rest = _Lines([(number, line.rstrip()) for number, line in enumerate(text.split("\n"), 1)])
    while rest.lines and (not rest.lines[0][1].strip() or _is_before_title(rest.lines[0][1])):
        rest.drop_first()
    if not rest.lines:
        return found, ""
    _read_meta_above(rest, found, today)
    if not rest.lines:
        return found, ""
    found.line, title = rest.lines.pop(0)
    found.title = one_line(re.sub(r"^#+\s+|^title:\s*", "", title, flags=re.IGNORECASE))
    _read_meta(rest, found, today)
    _drop_end(rest, found)
    footer = _take_footer(rest)
    told = [(number, one_line(line)) for number, line in rest.dropped if re.search(r"\w", line)]
    for number, line in sorted(told):
        found.left_out(f"“{shown(line)}”, which stands around the text", number)
    return found, "\n".join((*Blocks(rest.lines, found).html(), *_footer_html(footer, found)))


def _is_before_title(line: str) -> bool:
    words = line.strip()
    return is_button(words) or bool(_CRUMBS.fullmatch(words) and len(words.split()) < 8)


def _read_meta_above(rest: _Lines, found: Found, today: date) -> None:
    """Take author, day and reading time from above the title, where they stand there.

    A line that may be either a name or a title is a name only if what follows the row may be a title.
    """
    lines = [line.strip() for _, line in rest.lines if line.strip()][:4]
    kinds, after = [""], ""
    for at, line in enumerate(lines):
        parts = [part.strip() for part in _BETWEEN.split(line) if part.strip()]
        said = ["day" if _is_day(part, today) else "time" if READING_TIME.fullmatch(part) else "" for part in parts]
        if not any(said) and at:
            after = line
            break
        kinds += said
    names = [_BETWEEN.split(line)[0] for line in lines[:1]] if kinds[1:2] == [""] else []
    is_row = kinds[1:] in (["day", "time"], ["", "day", "time"])
    is_title = len(after) <= _LONGEST_TITLE and not re.search(r"[.:;,…]$", after)
    if after and is_row and is_title and all(_NAME.fullmatch(name) for name in names):
        _read_meta(rest, found, today)
        found.guess("author and day stand above the title, so the first line below them became it", "title:")


def _read_meta(rest: _Lines, found: Found, today: date) -> None:
    """Take author, days, reading time and tags from below the title; a line of the text ends them."""
    for _ in range(_META_LINES):
        words = next((at for at, (_, line) in enumerate(rest.lines) if line.strip()), len(rest.lines))
        del rest.lines[:words]
        if not rest.lines:
            return
        line = rest.lines[0][1].strip()
        parts = [part.strip() for part in _BETWEEN.split(line) if part.strip()]
        is_listed = bool(re.match(r"[-–—•·]\s", line))
        if (
            not parts
            or len(line) > 2 * _LONGEST_META
            or not all(_take_meta(part, found, today, is_listed=is_listed, rest=rest) for part in parts)
        ):
            return
        number, _ = rest.lines.pop(0)
        rest.dropped += [(number, part) for part in parts if READING_TIME.fullmatch(part) or is_button(part)]


def _take_meta(part: str, found: Found, today: date, *, is_listed: bool, rest: _Lines) -> bool:
    """Whether a part of a line is about the post; if so, it is taken."""
    updated = _UPDATED.match(part)
    day = read_day((_UPDATED if updated else _PUBLISHED).sub("", part, count=1), today)
    if day:
        if updated:
            found.modified = day[0]
        elif found.day is None:
            found.day = day[0]
        if day[1]:
            found.guess(day[1], "modified:" if updated else "date:")
        return True
    if READING_TIME.fullmatch(part) or is_button(part):
        return True
    if tagged := _TAGGED.fullmatch(part):
        found.tags += [one_line(tag).lstrip("#") for tag in tagged["words"].split(",") if tag.strip()]
        return True
    author = _BY.sub("", part, count=1)
    if not found.authors and _looks_like_name(author) and (author != part or is_listed or _day_follows(rest, today)):
        found.authors.append(author)
        return True
    return False


def _looks_like_name(part: str) -> bool:
    return len(part.split()) <= 4 and not re.search(r"[.!?:,]$|\d{3}", part) and len(part) <= _LONGEST_META


def _day_follows(rest: _Lines, today: date) -> bool:
    """Whether one of the next lines, or another part of this one, is a day: so what stands before is a name."""
    near = [line.strip() for _, line in rest.lines[:4]]
    parts = [part for line in near for part in _BETWEEN.split(line)]
    return any(part and len(part) < 40 and _is_day(part, today) for part in parts)


def _is_day(part: str, today: date) -> bool:
    return read_day(_PUBLISHED.sub("", part, count=1), today) is not None


def _drop_end(rest: _Lines, found: Found) -> None:
    """Drop what follows the text: from the last third on, a line such as "Recent Posts" ends it."""
    size = len(rest.lines)
    for at in range(size // 3, size):
        if END.fullmatch(rest.lines[at][1].strip()):
            while len(rest.lines) > at:
                rest.drop_last()
            break
    while rest.lines:
        line = rest.lines[-1][1].strip()
        if line and HASHTAGS.fullmatch(line):
            found.tags += [tag for tag in re.findall(r"#([\w-]+)", line) if tag not in found.tags]
            found.guess(f"“{shown(line)}” became the tags")
            rest.lines.pop()
        elif tagged := _TAGGED.fullmatch(line):
            found.tags += [one_line(tag).lstrip("#") for tag in tagged["words"].split(",") if tag.strip()]
            rest.lines.pop()
        elif not line or is_button(line):
            rest.drop_last()
        else:
            return


def _take_footer(rest: _Lines) -> list[tuple[int, str]]:
    """The last lines that say where and how to reach the clinic, by the signs that stand before each."""
    footer: list[tuple[int, str]] = []
    while rest.lines and (not rest.lines[-1][1].strip() or _CONTACT.match(rest.lines[-1][1].strip())):
        line = rest.lines.pop()
        footer = [line, *footer] if line[1].strip() else footer
    return footer


def _footer_html(footer: Sequence[tuple[int, str]], found: Found) -> Iterator[str]:
    """Directives that show the same from the clinic's facts, in the order of what they stand for."""
    said = [one_line(line) for _, line in footer]
    kinds = ["location" if _PLACE.match(line) else "hours" if _HOURS.match(line) else "contact" for line in said]
    for kind in dict.fromkeys(kinds):
        words = "; ".join(line for line, of_kind in zip(said, kinds, strict=True) if of_kind == kind)
        found.remarks.append(
            Remark(Sort.LEFT_OUT, f"“{shown(words, 120)}”: {kind} now follows from your facts", f"/// {kind}")
        )
        yield f"<clinic-directive data-name='{kind}'></clinic-directive>"
