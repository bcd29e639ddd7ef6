"""Markdown lint: blocks that an owner typed and a visitor would see as words, or not at all, by line."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from itertools import pairwise, takewhile, zip_longest
from typing import Any, NamedTuple
from unicodedata import category

from markdown_it import MarkdownIt
from markdown_it.token import Token

from clinic.models.types import KeyPath
from clinic.models.videos import player_of
from clinic.rendering.markdown.html_rules import is_element, video_lines
from clinic.rendering.markdown.marks import AS_WORDS, Finding, Line, MarkLint, lines_of
from clinic.rendering.markdown.tokens import inline_tokens, placed, words_of

_LATE = f"{AS_WORDS} a list; put an empty line above its first line"
_LIST = f'{AS_WORDS} a list; begin its lines with "- "'
_COUNTED = f'{AS_WORDS} a list; begin its lines with "1. ", "2. " and so on'
_RUN_TOGETHER = (
    'these lines are shown as one; begin each with "- " for a list, or put "\\" at the end of each to keep the lines'
)
_SIGNS = (
    ("sure", re.compile(r"[•‣▪●○◦∙] ?\S|· ?[^\W\d_]"), _LIST),
    ("late", re.compile(r"[-*+] "), _LATE),
    ("number", re.compile(r"\d{1,2}[.)] "), _LATE),
    ("dash", re.compile(r"[–—✓✔➤►] ?[^\s\d]|--+ ?\w|-[^\W\d_]|\*[^\W\d_][^*]*$"), _LIST),
    ("counted", re.compile(r"\d{1,2}[.)][^\W\d_]"), _COUNTED),
    ("mark", re.compile(r"(?:\(?[a-h]\)|\(\d{1,2}\)|[ivx]{1,4}[.)]|\[[ xX]?\]) "), _RUN_TOGETHER),
)
"""How lines of a list begin that Markdown does not see as one: the kind, and the message."""
_ALONE = frozenset({"sure", "late"})
"""Kinds of which one line says enough; a dash alone may be a dash."""
_NO_SYMBOL = "+<>=~|^©®°$€£"
_TABLE = f"{AS_WORDS} a table; below the row of its headings write a line such as | --- | --- |, with as many cells"
_ROW = re.compile(r"\|.*\|\s*$")
_CELLS = re.compile(r"(?<!\\)\|")
_TAB = re.compile(r"\S\t+\S")
_LONG_HEADING = 100
"""Letters beyond which the words above a line of hyphens are a paragraph."""
_MAY_BE_MARKED = re.compile(r"[*_`\[<]")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+\d*);")
_MARKED = frozenset({"em_open", "strong_open", "link_open", "image", "code_inline"})
_VALUES = MarkdownIt("commonmark").disable("autolink")
_FOOTNOTE_START = re.compile(r" {0,3}\[\^([^\]\s]+)\]:")
_LOOSE_FOOTNOTE = re.compile(r" {0,3}(\[\^[^\]\s]+\])\s+:")
_IN_HTML = re.compile(r"(?:^|\s)(?:\*\*?|__)\S|(?:^|\n)\s*(?:[-*+]|\d{1,2}[.)]|#{1,6}) \S|\]\([^)\s]+\)")
_TAGS = re.compile(r"<(?:pre|code)\b.*?</(?:pre|code)>|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg)$", re.IGNORECASE)


def lint(tokens: Sequence[Token], env: Mapping[str, Any], lines: Sequence[str]) -> Iterator[Finding]:
    """Everything of the kind in a parsed text; ``env`` is that of the parse, ``lines`` are the text itself."""
    yield from _headings(tokens, lines)
    yield from _fences(tokens, lines)
    yield from _definitions(tokens, env, lines)
    yield from _lists(tokens)
    yield from _tables(tokens, lines)
    box = 0
    for token, after in zip_longest(tokens, tokens[1:]):
        if token.type == "html_block":
            yield from _inside_html(token, env["directives"])
        elif token.type == "alert_title_close" and after and after.type == "alert_close":
            yield box, 'this box has no words; begin each line of them with "> ", as its first line does'
        elif token.type == "alert_open" and token.map:
            box = token.map[0]
    loose = {found[1]: number for number, line in enumerate(lines) if (found := _LOOSE_FOOTNOTE.match(line))}
    for name, number in loose.items():
        yield number, f'a footnote has no space before its colon; write "{name}: …"'
    marks = MarkLint(loose)
    for inline, children in inline_tokens(tokens):
        yield from marks.run(inline)
        yield from _links(inline, children)
    env["broken_tags"].update(marks.broken_tags)


def lint_values(value: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Markdown and HTML in the values of a YAML file, where they are shown as typed: the key of each, and a message."""
    if isinstance(value, dict):
        for key, entry in value.items():
            yield from lint_values(entry, (*path, key))
    elif isinstance(value, list):
        for number, entry in enumerate(value):
            yield from lint_values(entry, (*path, number))
    elif isinstance(value, str) and (message := _marked_value(value)):
        yield path, message


def _marked_value(value: str) -> str:
    if (entity := _ENTITY.search(value)) and unescape(entity[0]) != entity[0]:
        return f'"{entity[0]}" would be shown as typed here; write the sign itself: "{unescape(value).strip()}"'
    if _MAY_BE_MARKED.search(value):
        for inline, children in inline_tokens(_VALUES.parseInline(value)):
            if any(child.type in _MARKED or is_element(child.content) for child in children):
                plain = " ".join(words_of(inline.children).split())
                return f'Markdown and HTML are shown as typed here; write the words alone: "{plain}"'
    return ""


def _headings(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Finding]:
    for number, token in enumerate(tokens):
        is_empty = token.type == "heading_open" and not words_of(tokens[number + 1].children).strip()
        if is_empty and token.map:
            yield token.map[0], "this heading has no words; write them behind its signs, or take it out"
        elif token.type == "heading_open" and token.map and token.markup in ("-", "="):
            words = tokens[number + 1].content
            if len(words) > _LONG_HEADING or "\n" in words or words.endswith((".", ",", ";", ":")):
                how = "put an empty line between, or take it out"
                yield token.map[0], f'the line "{lines[token.map[1] - 1].strip()}" makes a heading of this; {how}'


def _fences(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Finding]:
    """Code that does not end takes in all that follows."""
    for token in tokens:
        if token.type == "fence" and token.map:
            first, end = token.map
            last = lines[end - 1].strip(" >\t") if 0 < end <= len(lines) else ""
            if end - first < 2 or last.strip(token.markup[0]) or len(last) < len(token.markup):
                yield first, f'this code does not end; write a line "{token.markup}" below it, or take the signs out'


def _definitions(tokens: Sequence[Token], env: Mapping[str, Any], lines: Sequence[str]) -> Iterator[Finding]:
    """Addresses and footnotes that are written for use elsewhere in the text, and used nowhere, or written twice."""
    references = env["references"]
    used = frozenset(references.used)
    unused = [found for name, found in references.items() if name not in used and not is_comment(found)]
    for found in (found for name, found in references.items() if name.startswith("^")):
        yield found["map"][0], "the name of a footnote has no space in it; write [^1], here and where it belongs"
    for found in (*unused, *env.get("duplicate_refs", ())):
        line = found["map"][0]
        if lines[line].lstrip(" >").startswith("[^"):
            continue
        what = f'this line is not shown: "{lines[line].strip()}" names an address for links'
        yield line, f"{what}; write \\[ to show it, or take it out"
    code = {line for token in tokens if token.type == "fence" and token.map for line in range(*token.map)}
    if not any("[^" in line for line in lines):
        return
    defined = [
        (number, found[1])
        for number, line in enumerate(lines)
        if number not in code and (found := _FOOTNOTE_START.match(line))
    ]
    known = env.get("footnotes", {}).get("refs", {})
    first: dict[str, int] = {}
    for number, label in defined:
        if first.setdefault(label, number) != number:
            yield first[label], ""
            yield (
                number,
                f"there is a footnote [^{label}] already; give this one another number, here and where it belongs",
            )
        elif known.get(f":{label}", 0) < 0:
            yield number, f"this footnote is not used; write [^{label}] where it belongs, or remove it"


def is_comment(reference: Mapping[str, Any]) -> bool:
    """``[//]: # (words)``, by which people leave words out on purpose."""
    return reference["href"] in ("#", "")


class _Sign(NamedTuple):
    """How a line begins that seems to be one of a list: its kind, the sign itself, and its number in a count."""

    kind: str
    sign: str
    number: int
    line: Line
    message: str


def _sign(line: Line) -> _Sign | None:
    text = line.text
    for kind, pattern, message in _SIGNS:
        if found := pattern.match(text):
            number = re.match(r"\d+", found[0])
            return _Sign(kind, "" if number else text[0], int(number[0]) if number else 0, line, message)
    is_symbol = text != "" and category(text[0]) in ("So", "Sm") and text[0] not in _NO_SYMBOL
    return _Sign("mark", "", 0, line, _RUN_TOGETHER) if is_symbol else None


def _is_list(one: _Sign, other: _Sign | None) -> bool:
    """Whether a line begins a list, ``other`` being the next line that seems to be of one, in the same paragraph."""
    if one.kind in _ALONE or other is None or one.kind != other.kind:
        return one.kind in _ALONE
    match one.kind:
        case "mark":
            return other.line.goes_on and other.line.number == one.line.number + 1
        case "dash":
            return one.sign == other.sign
    return other.number == one.number + 1


def _lists(tokens: Sequence[Token]) -> Iterator[Finding]:
    """Lines that begin like those of a list, in one paragraph, or each in its own; once for all in a row."""
    before: _Sign | None = None
    is_told = False
    for opening, token in pairwise(tokens):
        if token.type != "inline":
            continue
        lines = list(lines_of(token)) if opening.type == "paragraph_open" else []
        signs = [sign for line in lines if (sign := _sign(line))]
        found = next((one for one, other in zip_longest(signs, signs[1:]) if _is_list(one, other)), None)
        alone = signs[0] if len(signs) == len(lines) == 1 and signs[0].kind in ("dash", "counted") else None
        alone = None if alone and alone.sign == "*" else alone  # which is how notes begin
        this = found or alone
        follows = this and before and (this.kind, this.sign) == (before.kind, before.sign)
        if this and not (follows and is_told):
            if found or follows:
                yield (before if follows and before else this).line.number, this.message
            is_told = bool(found or follows)
        before = this


def _tables(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Finding]:
    """Rows that are no row of a table, in one paragraph or each in its own; and rows that do not fit their table."""
    above = ""  # what stands right above: "table", "rows" of none, or nothing of the kind
    for number, token in enumerate(tokens):
        if token.type == "table_open" and token.map:
            yield from _rows(token.map[0], token.map[1], lines)
        if token.type == "table_close":
            above = "table"
        elif token.type == "inline" and tokens[number - 1].type == "paragraph_open":
            row = _first_row(list(lines_of(token)))
            if row and above == "table":
                how = "take the empty line or the comment above it out"
                yield row.number, f"this is shown as words, not as a row of the table above; {how}"
            elif row and not above:
                yield row.number, _TABLE
            above = "rows" if row else ""
        elif token.type == "heading_open":
            above = ""


def _first_row(lines: Sequence[Line]) -> Line | None:
    """The first line that seems to be a row of a table."""
    for one, other in zip_longest(lines, lines[1:]):
        bars = len(_CELLS.findall(one.text))
        if _ROW.match(one.text):
            return one
        if other and other.goes_on and ((bars and bars == len(_CELLS.findall(other.text))) or _has_tabs(one, other)):
            return one
    return None


def _has_tabs(one: Line, other: Line) -> bool:
    """Whether two lines are set in columns by tabs, as they come out of a spreadsheet."""
    return bool(_TAB.search(one.text) and _TAB.search(other.text))


def _rows(start: int, end: int, lines: Sequence[str]) -> Iterator[Finding]:
    """Rows of a table with more cells than its head has, and lines below it that were not meant as rows."""
    head = _cells(lines[start])
    for number in range(start + 2, min(end, len(lines))):
        cells = _cells(lines[number])
        if head > 1 and cells == 1 and not _CELLS.search(lines[number]):
            yield number, "this line is shown as a row of the table above; put an empty line between"
        elif cells > head:
            how = 'add one to the head, or write "\\|" for a bar between words'
            yield number, f"this row of the table has {cells} cells, and its head has {head}; {how}"


def _cells(line: str) -> int:
    return len(_CELLS.split(line.strip(" \t>").removeprefix("|").removesuffix("|").rstrip()))


def _inside_html(token: Token, directives: Mapping[int, Any]) -> Iterator[Finding]:
    """Markdown and directives in a block of HTML, where they are shown as typed."""
    first, end = token.map or (0, 0)
    inside = [line for line in range(first, end) if line in directives]
    if inside:
        how = "put an empty line above it, and one below its end"
        yield inside[0], f"this directive stands inside HTML and is shown as typed; {how}"
    elif _IN_HTML.search(_TAGS.sub("", token.content)):
        how = "put the HTML around it on lines of its own, with an empty line below, or write <b>words</b>"
        yield first, f"this Markdown stands inside HTML and is shown as typed; {how}"


def _links(inline: Token, children: Sequence[Token]) -> Iterator[Finding]:
    """Links without words, pictures that became links, and the address of a video that stands alone."""
    if len(children) == 3 and children[0].type == "link_open" and children[0].markup == "autolink":
        player = player_of(str(children[0].attrGet("href")))
        if player:
            yield (
                next(placed(inline))[0],
                f"this address is shown as a link, not as a video; {video_lines(player.page)}",
            )
    for index, (line, one) in enumerate(placed(inline)):
        if one.type != "link_open":
            continue
        inside = list(takewhile(lambda child: child.type != "link_close", children[index + 1 :]))
        if not words_of(inside).strip() and all(child.type == "text" for child in inside):
            yield line, "this link has no words; write them between its square brackets"
        before = children[index - 1].content.rpartition("\n")[2] if index else ""
        if before.strip() == "!" and _PICTURE_FILE.search(str(one.attrGet("href"))):
            yield line, f'{AS_WORDS} a picture; take the space out behind "!"'
