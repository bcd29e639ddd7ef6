"""YAML read as text: every scalar is what was typed, and every value knows its line; or what is wrong with it.

YAML 1.1 would make ``closes: 17:30`` 1050, ``title: yes`` True and ``phone: 01632960123`` an octal-looking number. So
nothing is resolved here; the models give types, knowing what each key means. Error messages are for readers who have
never heard of YAML.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml
from yaml.reader import ReaderError

from clinic.models.types import KeyPath

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree]"
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the C parser where PyYAML was built with it
_DEEPEST = 30
"""Levels of maps and lists; clinic.yaml needs nine."""
_OPENERS = "[{-:?"
_OPENING = (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken)
_CLOSING = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028\u2029\u202d\u202e\ufeff\ufffe\uffff]")
"""Also spaces of no width, which hide words from the search, and signs that turn the direction of letters."""
_QUOTES = "“”„‟«»‘’‚"
_KEY = r"[ ]*(?:-[ ]+)*(?:\w[\w &/'-]*:[ ]+)?"
_QUOTED_VALUE = r"""(?:(?P<opens>["“”„‟«])(?P<words>[^"“”„‟«»]+)(?P<closes>["“”»])|[‘‚](?P<single>[^‘‚"]+)[’‘])"""
_IN_LINE = re.compile(rf"^(?P<before>{_KEY}){_QUOTED_VALUE}(?=[ ]*+(?:,[ ]*+)?(?:(?<=[ ])#.*)?$)")
_IN_BRACKETS = re.compile(rf"(?P<before>[\[{{,]{_KEY}){_QUOTED_VALUE}(?=[ ]*[,\]}}])")
_BRACKET = re.compile(rf"{_KEY}[\[{{]")
_COMMENT = re.compile(r" ?<!--(?:(?!<!--).)*?-->", re.DOTALL)
_OPEN_COMMENT = "<!--"
_HARD_SPACES = re.compile(r"^[ \u00a0]*(?:-[ \u00a0]+)?(?:[\w-]+:)?[\u00a0]+|^\u00a0+", re.MULTILINE)
_SWALLOWED = re.compile(r"\s*#\S")
"""What follows a value where YAML takes the rest for a comment that was meant as text: ``Our #1 tip``, ``#12443f``."""


@dataclass(frozen=True)
class YamlText:
    """A YAML mapping as text; ``lines`` has the line of every key path, ``("locations", "harbour", "phone")``."""

    value: dict[str, Tree]
    lines: Mapping[KeyPath, int]

    def line(self, key_path: KeyPath) -> int:
        """The line of a key or list item, or of the nearest one around it that is there."""
        while key_path and key_path not in self.lines:
            key_path = key_path[:-1]
        return self.lines.get(key_path, 1)


def read_yaml(text: str, first_line: int = 1) -> YamlText:
    """Read a mapping; ``first_line`` is the line of the file that ``text`` begins at.

    A key without a value is left out, as if it were not there: editors write ``summary:`` for an empty field.
    Curly quotes around a whole value are quotes, and the hard spaces of word processors spaces. ``<!-- -->`` is a note
    of the owner's, as in Markdown. Raises YamlError.
    """
    text = _without_notes(text, first_line)
    text = "\n".join(map(_straight_quotes, text.split("\n")))
    if (line := _too_deep(text)) is not None:
        message = "this is a value in a value many times over; write each key and its value on a line of its own"
        raise YamlError(first_line + line, message)
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        raise _yaml_error(error, text, first_line) from None
    if node is None:
        return YamlText({}, {(): first_line})
    if not isinstance(node, yaml.MappingNode):
        raise YamlError(first_line, 'this needs lines of the form "key: value", with a space after the colon')
    return _TreeBuilder(text.split("\n"), first_line).run(node)


def without_control_characters(text: str) -> str:
    """The text without characters that nobody sees and XML forbids (XML 1.0, 2.2); line ends and tabs stay.

    Line breaks inside a paragraph (U+000B of Word, U+2028 of Google Docs) become spaces; U+0080 to U+009F are the
    quotes and dashes of Windows-1252, as browsers read them (WHATWG HTML, numeric character references).
    """
    return _CONTROL.sub(_as_meant, text) if _CONTROL.search(text) else text


def _as_meant(match: re.Match[str]) -> str:
    character = match.group()
    if "\x80" <= character <= "\x9f":
        return bytes([ord(character)]).decode("cp1252", "ignore")
    return " " if character in "\x0b\x0c\u2028\u2029" else ""


def _without_notes(text: str, first_line: int) -> str:
    """The text without comments of HTML, on as many lines, and without hard spaces that would belong to a key."""
    if _OPEN_COMMENT in text:
        text = _COMMENT.sub(_line_ends, text)
    if (at := text.find(_OPEN_COMMENT)) >= 0:
        message = 'the note that begins here with "<!--" does not end; write "-->" behind it'
        raise YamlError(first_line + text.count("\n", 0, at), message)
    return _HARD_SPACES.sub(lambda found: found.group().replace("\u00a0", " "), text) if "\u00a0" in text else text


def _line_ends(note: re.Match[str]) -> str:
    """The line ends of a note, and the indentation of its last line."""
    *others, last = note.group().split("\n")
    return "\n" * len(others) + (last[: len(last) - len(last.lstrip())] if others else "")


def _straight_quotes(line: str) -> str:
    """The line with straight quotes around a value that has curly ones, or one of each."""
    if not any(quote in line for quote in _QUOTES):
        return line

    def straight(match: re.Match[str]) -> str:
        if match["opens"] == match["closes"] == '"':
            return match.group()
        words = (match["words"] or match["single"]).replace("\\", "\\\\")
        return f'{match["before"]}"{words}"'

    return (_IN_BRACKETS if _BRACKET.match(line) else _IN_LINE).sub(straight, line)


def _too_deep(text: str) -> int | None:
    """The line, from 0, at which maps and lists are too deep inside each other; PyYAML would end in recursion."""
    if sum(map(text.count, _OPENERS)) <= _DEEPEST:
        return None
    depth = 0
    with suppress(yaml.YAMLError):
        for event in yaml.parse(text, Loader=_LOADER):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                return event.start_mark.line if event.start_mark else 0
    return None


@dataclass
class _TreeBuilder:
    """From YAML's nodes to text, with the line of each."""

    source: list[str]
    first_line: int
    lines: dict[KeyPath, int] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)

    def run(self, node: yaml.MappingNode) -> YamlText:
        self.lines[()] = self.first_line
        return YamlText(self._mapping(node, ()), self.lines)

    def _line(self, node: yaml.Node) -> int:
        return int(node.start_mark.line) + self.first_line

    def _tree(self, node: yaml.Node, key_path: KeyPath) -> Tree:
        if id(node) in self.seen:  # the same node again: without this, one inside itself would never end
            raise YamlError(self._line(node), "a value cannot be repeated with & and *; write it out")
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, key_path)
        if isinstance(node, yaml.SequenceNode):
            self.lines |= {(*key_path, number): self._line(item) for number, item in enumerate(node.value)}
            return [self._tree(item, (*key_path, number)) for number, item in enumerate(node.value)]
        self._refuse_swallowed(node)
        return without_control_characters(str(node.value))

    def _mapping(self, node: yaml.MappingNode, key_path: KeyPath) -> dict[str, Tree]:
        value: dict[str, Tree] = {}
        for key_node, value_node in node.value:
            line = self._line(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                raise YamlError(line, _BEGINS_WITH_SIGN)
            key = str(key_node.value)
            if (*key_path, key) in self.lines:
                raise YamlError(line, f'"{key}" is given twice, first in line {self.lines[*key_path, key]}; keep one')
            self._refuse_cut(key_node, value_node, in_braces=bool(node.flow_style))
            self.lines[*key_path, key] = line
            tree = self._tree(value_node, (*key_path, key))
            if not isinstance(tree, str) or tree.strip():
                value[key] = tree
        return value

    def _refuse_cut(self, key: yaml.ScalarNode, value: yaml.Node, *, in_braces: bool) -> None:
        """Refuse what a comma cut off a value in braces: in ``{amount: 65,50}``, YAML takes 50 for a key."""
        end = key.end_mark
        rest = self.source[end.line][end.column :] if end.line < len(self.source) else ""
        if in_braces and not value.value and not rest.lstrip().startswith(":"):
            message = f'the comma before "{key.value}" ends a value in {{ }}; put quotes around the whole value'
            raise YamlError(self._line(key), message)

    def _refuse_swallowed(self, node: yaml.Node) -> None:
        """Refuse signs that make YAML drop a part of what was typed: a comment, an anchor (``&``), a tag (``!``)."""
        begin, end = node.start_mark, node.end_mark
        rest = self.source[end.line][end.column :] if end.line < len(self.source) else ""
        if not getattr(node, "style", None) and _SWALLOWED.match(rest):
            message = 'what follows "#" in this line would be left out; put quotes around the whole value'
            raise YamlError(end.line + self.first_line, message)
        first = self.source[begin.line][begin.column :][:1] if begin.line < len(self.source) else ""
        if first and first in "&!":
            raise YamlError(self._line(node), _BEGINS_WITH_SIGN)


_KEY_ONLY = re.compile(r"\s*[\w-]+\s*$")
_QUOTED = re.compile(r"""(?:- +|[\w-]+: *)*["']""")
_SIGN_FIRST = re.compile(r"\s*(?:- +)?[\w-]+: +[-?|>](?: |$)")
_BEGINS_WITH_SIGN = "a value that begins with a sign such as @ * & ! % ` - ? | { or [ needs quotes around it"
_NO_COLON = 'this line has no colon with a space after it; write "key: value"'
_MEANINGS = {
    "quoted scalar": "the quote in this line does not close; put the same quote at the end of the value",
    "flow": "the bracket in this line does not close, or a comma is missing; write a list like [back, ankle]",
    "mapping values": 'a value with a colon in it needs quotes around it, for example title: "Ankles: the link"',
    "simple key": _NO_COLON,
    "document": 'there is a second line "---" here; remove it',
    "alias": _BEGINS_WITH_SIGN,
    "anchor": _BEGINS_WITH_SIGN,
    "directive": _BEGINS_WITH_SIGN,
    "tag": _BEGINS_WITH_SIGN,
    "cannot start any token": _BEGINS_WITH_SIGN,
}
"""What PyYAML says in its own words, and what it means; the first that fits is taken."""


class YamlError(Exception):
    """The text is not YAML we can use; ``line`` counts from 1 in the file."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


def _yaml_error(error: yaml.YAMLError, text: str, first_line: int) -> YamlError:
    """What ``error`` means, which PyYAML raised for ``text``; both of its parsers are understood."""
    if isinstance(error, ReaderError):
        before = text[: int(error.position)] if str(error.position).isdigit() else ""
        message = "there is an invisible sign in this line that is no text; type the line anew"
        return YamlError(first_line + before.count("\n"), message)
    mark = _mark(error) if isinstance(error, yaml.MarkedYAMLError) else None
    if not isinstance(error, yaml.MarkedYAMLError) or mark is None:
        return YamlError(first_line, "this cannot be read; check quotes, colons and indentation")
    lines = [*text.split("\n"), ""]
    if (opened := _opened_above(text, mark.line)) is not None:
        return YamlError(first_line + opened, _MEANINGS["quoted scalar"])
    line = lines[min(mark.line, len(lines) - 1)]
    if "mapping values" in str(error.problem) and mark.line and _ran_on(lines[mark.line - 1], line[: mark.column]):
        return YamlError(first_line + mark.line - 1, _NO_COLON)  # the line above ran on into this one
    return YamlError(first_line + mark.line, _explain(error, line, mark.column))


def _opened_above(text: str, line: int) -> int | None:
    """The line with a quote that never closed, if it was taken to close at the next quote, in ``line``."""
    with suppress(yaml.YAMLError):
        open_brackets = 0
        for token in yaml.scan(text, Loader=yaml.BaseLoader):
            open_brackets += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
            if open_brackets > _DEEPEST:  # for each of them it looks at every token again
                return None
            quoted = isinstance(token, yaml.ScalarToken) and token.style in {"'", '"'}
            if quoted and token.start_mark.line < line == token.end_mark.line:
                return int(token.start_mark.line)
    return None


def _ran_on(above: str, key: str) -> bool:
    """Whether the line above has no colon, so that this line's key was taken for more of its words."""
    return bool(_KEY_ONLY.match(key)) and (":" not in above or not key[0].isspace())


def _mark(error: yaml.MarkedYAMLError) -> yaml.Mark | None:
    """Where the error begins: for what never closes that is its beginning, not the end of the file."""
    context = str(error.context)
    if error.context_mark and any(word in context for word in ("quoted scalar", "simple key", "flow")):
        return error.context_mark
    return error.problem_mark or error.context_mark


def _explain(error: yaml.MarkedYAMLError, line: str, column: int) -> str:
    if "\t" in line:
        return "there is a tab in this line; use spaces instead"
    if "mapping values" in str(error.problem) and _KEY_ONLY.match(line[:column]):
        return "this line is indented further than the line above; begin both at the same place"
    pyyaml_words = f"{error.context} {error.problem}"
    if meaning := next((meaning for words, meaning in _MEANINGS.items() if words in pyyaml_words), None):
        return meaning
    if _SIGN_FIRST.match(line):
        return _BEGINS_WITH_SIGN
    if _QUOTED.match(line.lstrip()):
        return "the quotes in this line end before the value does; put double quotes around the whole value"
    return 'this line does not fit the lines around it; check where it begins, and that it reads "key: value"'
