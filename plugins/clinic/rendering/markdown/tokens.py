"""What pages need of a parsed text beyond CommonMark: heading levels and ids, attribute lists, named tables."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from clinic.models.words import N_, gettext
from clinic.rendering.markdown.directives import CalloutKind

_LEVELS = {f"h{level}": level for level in range(1, 7)}
_ATTRIBUTES = re.compile(
    r"\{:? ?((?:[#.][\w-]+|[\w-]+=(?:\"[^\"]*\"|[\w-]+))(?: +(?:[#.][\w-]+|[\w-]+=(?:\"[^\"]*\"|[\w-]+)))*) ?\}"
)
_ATTRIBUTE = re.compile(r"([#.])([\w-]+)|([\w-]+)=(?:\"([^\"]*)\"|([\w-]+))")
_ATTRIBUTE_NAMES = frozenset({"lang", "title", "role", "alt", "width", "height", "dir"})
_NAMED = frozenset({"image", "link_close", "em_close", "strong_close", "code_inline"})
"""Inline tokens that an attribute list may follow at once."""
_NUMBER = re.compile(r"[£€$]?\s?[+−-]?\d[\d.,\s]*(?:[–-]\s?[£€$]?\d[\d.,]*)?\s?(?:%|[£€$]|[a-zA-Z]{1,3}\.?)?")
"""What a column of numbers may hold: a sum, a measure with a short unit, from one number to another."""
CALLOUT_KINDS: Mapping[str, CalloutKind] = {
    "NOTE": "note",
    "TIP": "tip",
    "IMPORTANT": "note",
    "WARNING": "warning",
    "CAUTION": "warning",
}
"""GitHub's alerts by the kind of callout that says as much."""
CALLOUT_HEADINGS: Mapping[str, str] = {
    "NOTE": N_("Note"),
    "TIP": N_("Tip"),
    "IMPORTANT": N_("Important"),
    "WARNING": N_("Warning"),
    "CAUTION": N_("Caution"),
}


@dataclass(frozen=True)
class Heading:
    """A heading of the text, for the contents list: ``level`` 2 to 6, ``name`` in plain words, its line in the text."""

    level: int
    id: str
    name: str
    line: int = 0


def words_of(children: Sequence[Token] | None) -> str:
    """The plain words of inline tokens."""
    return "".join(
        words_of(child.children) if child.type == "image" else " " if child.type.endswith("break") else child.content
        for child in children or ()
        if child.type != "html_inline"
    )


def inline_tokens(tokens: Sequence[Token]) -> Iterator[tuple[Token, list[Token]]]:
    """The tokens with a text, and the parts of each."""
    return ((token, token.children) for token in tokens if token.type == "inline" and token.children)


def placed(inline: Token) -> Iterator[tuple[int, Token]]:
    """The parts of an inline token, each with its line, from 0: that of the token, and one for each line end before."""
    line = inline.map[0] if inline.map else 0
    for child in inline.children or ():
        yield line, child
        line += line_ends(child)


def line_ends(child: Token) -> int:
    """How many lines a part of an inline token ends."""
    return 1 if child.type.endswith("break") else child.content.count("\n")


def take_attribute_lists(tokens: Sequence[Token]) -> Iterator[str]:
    """Apply ``{#id .class key=value}`` (also ``{: … }``) after a heading, image, link or emphasis, below a paragraph.

    What is no such list stays a word. Yields each list that was taken.
    """
    for number, token in enumerate(tokens):
        children = token.children or []
        if token.type != "inline" or not any("{" in child.content for child in children):
            continue
        opening = tokens[number - 1]
        last = children[-1]
        if last.type == "text" and (found := _at_end(last.content, opening.type, children)):
            yield _applied(opening, found)
            last.content = last.content[: found.start()].rstrip()
            if not last.content and len(children) > 1:
                del children[-2 if children[-2].type.endswith("break") else -1 :]
        for index, child in enumerate(children[1:], 1):
            if (
                child.type == "text"
                and children[index - 1].type in _NAMED
                and (found := _ATTRIBUTES.match(child.content))
            ):
                yield _applied(_opening_of(children, index - 1), found)
                child.content = child.content[found.end() :]


def _at_end(text: str, block: str, children: Sequence[Token]) -> re.Match[str] | None:
    """An attribute list that ends a heading, or is the last line of a paragraph."""
    start = text.rfind("{")
    found = _ATTRIBUTES.fullmatch(text, start) if start >= 0 else None
    alone = start == 0 and len(children) > 1 and children[-2].type.endswith("break")
    return found if found and (alone or (block == "heading_open" and text[:start].endswith(" "))) else None


def _opening_of(children: Sequence[Token], index: int) -> Token:
    """The token that opens what the one at ``index`` closes; itself where nothing is open."""
    depth = 0
    for token in reversed(children[: index + 1]):
        depth -= token.nesting
        if depth == 0:
            return token
    return children[index]


def _applied(token: Token, found: re.Match[str]) -> str:
    for sign, name, key, quoted, bare in _ATTRIBUTE.findall(found[1]):
        if sign == "#":
            token.attrSet("id", name)
        elif sign == ".":
            token.attrJoin("class", name)
        elif key in _ATTRIBUTE_NAMES:
            token.attrSet(key, quoted or bare)
    return found[0]


def set_headings(tokens: Sequence[Token], taken: Collection[str]) -> list[Heading]:
    """Give each heading its level and id; ``taken`` are ids of the page around the text.

    The page's title is its h1, so the highest heading of a text becomes h2, whether typed ``#`` or ``##``; a level that
    is left out closes up (WCAG 2.2, 1.3.1; axe "heading-order").
    """
    opening = [number for number, token in enumerate(tokens) if token.type == "heading_open"]
    shift = 2 - min((_LEVELS[tokens[number].tag] for number in opening), default=2)
    used = {str(id_) for number in opening if (id_ := tokens[number].attrGet("id"))}
    found: list[Heading] = []
    times = Counter[str]()
    above = 1
    for number in opening:
        token, name = tokens[number], words_of(tokens[number + 1].children).strip()
        level = min(6, _LEVELS[token.tag] + shift, above + 1)
        token.tag = tokens[number + 2].tag = f"h{level}"
        id_ = str(token.attrGet("id") or _unused(heading_id(name), taken, used, times))
        used.add(id_)
        token.attrSet("id", id_)
        found.append(Heading(level, id_, name, token.map[0] if token.map else 0))
        above = level
    return found


def same_ids(headings: Sequence[Heading]) -> Iterator[tuple[int, str]]:
    """Headings with an address (``{#knee}``) that an earlier one has: the line of each, and a message."""
    seen: set[str] = set()
    for heading in headings:
        if heading.id in seen:
            yield heading.line, f"another heading above has the address {{#{heading.id}}}; give this one another"
        seen.add(heading.id)


def join_lists(tokens: Sequence[Token], lines: Sequence[str]) -> list[Token]:
    """The tokens, with one list where only the line of a comment, which is gone, stands between two.

    With an empty line around it, the comment is CommonMark's way of keeping two lists apart.
    """
    kept: list[Token] = []
    number = 0
    while number < len(tokens):
        token, after = tokens[number], tokens[number + 1] if number + 1 < len(tokens) else None
        is_gone = token.type == "html_block" and not token.content and token.map
        if is_gone and after and kept and _is_between(token, lines) and _goes_on(kept[-1], after):
            kept.pop()
            number += 2
        else:
            kept.append(token)
            number += 1
    return kept


def _is_between(token: Token, lines: Sequence[str]) -> bool:
    first, end = token.map or (0, 0)
    return first > 0 and end < len(lines) and bool(lines[first - 1].strip()) and bool(lines[end].strip())


def _goes_on(closed: Token, opened: Token) -> bool:
    """Whether a list that has ended could go on with the one that begins."""
    is_list = closed.type in ("bullet_list_close", "ordered_list_close") and closed.level == opened.level
    return is_list and opened.type == closed.type.replace("close", "open") and opened.markup == closed.markup


def heading_id(name: str) -> str:
    """The words of a heading as an id: small letters without accents, with hyphens between them."""
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", ascii_only).strip().lower()).strip("-_") or "part"


def _unused(id_: str, taken: Collection[str], used: Collection[str], times: Counter[str]) -> str:
    """The id, with a number where the page or another heading has it already; ``times`` counts on for each name."""
    name = found = f"{id_}-2" if id_ in taken else id_
    while found in used:
        times[name] += 1
        found = f"{name}_{times[name]}"
    return found


def name_tables(tokens: Sequence[Token], headings: Sequence[Heading]) -> None:
    """Name each table after the heading above it; the second below one heading gets a number.

    How a column is set is said by a class, as a Content-Security-Policy allows no style attributes.
    """
    waiting, section, seen = iter(headings), "", Counter[str]()
    for token in tokens:
        if token.type == "heading_open":
            section = next(waiting).name
        elif token.type in ("th_open", "td_open") and (style := token.attrs.pop("style", None)):
            token.attrSet("class", str(style).replace("text-align:", "align-"))
        elif token.type == "table_open":
            seen[section] += 1
            name = gettext("Table: {heading}", heading=section) if section else gettext("Table")
            token.meta["name"] = f"{name} ({seen[section]})" if seen[section] > 1 else name


def align_numbers(tokens: Sequence[Token]) -> None:
    """Mark the cells of table columns that hold numbers alone, as ``£52.50``, ``3 km`` or ``10–15%``, to end in a line.

    A column that the owner aligned stays so, and the first, which names the rows.
    """
    columns: dict[int, list[tuple[Token, str]]] = {}
    column = 0
    for number, token in enumerate(tokens):
        if token.type == "table_open":
            columns = {}
        elif token.type == "tr_open":
            column = 0
        elif token.type in ("th_open", "td_open"):
            columns.setdefault(column, []).append((token, words_of(tokens[number + 1].children).strip()))
            column += 1
        elif token.type == "table_close":
            _align(cells for place, cells in columns.items() if place > 0)


def _align(columns: Iterable[Sequence[tuple[Token, str]]]) -> None:
    for cells in columns:
        said = [words for cell, words in cells if cell.type == "td_open" and words]
        if said and all(map(_NUMBER.fullmatch, said)) and not any(cell.attrs for cell, _ in cells):
            for cell, _ in cells:
                cell.attrSet("class", "table-scroll__number")
