"""What is wrong with a text that is not YAML, said to someone who has never heard of YAML."""

import re
from contextlib import suppress

import yaml
from yaml.reader import ReaderError

_KEY_ONLY = re.compile(r"\s*[\w-]+\s*$")
_QUOTED = re.compile(r"""(?:- +|[\w-]+: *)*["']""")
_SIGN_FIRST = re.compile(r"\s*(?:- +)?[\w-]+: +[-?|>](?: |$)")
BEGINS_WITH_SIGN = "a value that begins with a sign such as @ * & ! % ` - ? | { or [ needs quotes around it"
_NO_COLON = 'this line has no colon with a space after it; write "key: value"'
_SENTENCES = {
    "quoted scalar": "the quote in this line does not close; put the same quote at the end of the value",
    "flow": "the bracket in this line does not close, or a comma is missing; write a list like [back, ankle]",
    "mapping values": 'a value with a colon in it needs quotes around it, for example title: "Ankles: the link"',
    "simple key": _NO_COLON,
    "document": 'there is a second line "---" here; remove it',
    "alias": BEGINS_WITH_SIGN,
    "anchor": BEGINS_WITH_SIGN,
    "directive": BEGINS_WITH_SIGN,
    "tag": BEGINS_WITH_SIGN,
    "cannot start any token": BEGINS_WITH_SIGN,
}
"""What PyYAML says in its own words, and what it means; the first that fits is taken."""


class YamlError(Exception):
    """The text is not YAML we can use; ``line`` counts from 1 in the file."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


def fault_of(error: yaml.YAMLError, text: str, first_line: int) -> YamlError:
    """The fault behind ``error``, which PyYAML raised for ``text``; both of its parsers are understood."""
    if isinstance(error, ReaderError):
        before = text[: int(error.position)] if str(error.position).isdigit() else ""
        message = "there is an invisible sign in this line that is no text; type the line anew"
        return YamlError(first_line + before.count("\n"), message)
    mark = _mark(error) if isinstance(error, yaml.MarkedYAMLError) else None
    if not isinstance(error, yaml.MarkedYAMLError) or mark is None:
        return YamlError(first_line, "this cannot be read; check quotes, colons and indentation")
    lines = [*text.split("\n"), ""]
    if (opened := _opened_above(text, mark.line)) is not None:
        return YamlError(first_line + opened, _SENTENCES["quoted scalar"])
    line = lines[min(mark.line, len(lines) - 1)]
    if "mapping values" in str(error.problem) and mark.line and _ran_on(lines[mark.line - 1], line[: mark.column]):
        return YamlError(first_line + mark.line - 1, _NO_COLON)  # the line above ran on into this one
    return YamlError(first_line + mark.line, _explain(error, line, mark.column))


def _opened_above(text: str, line: int) -> int | None:
    """The line with a quote that never closed, if it was taken to close at the next quote, in ``line``."""
    with suppress(yaml.YAMLError):
        for token in yaml.scan(text, Loader=yaml.BaseLoader):
            quoted = isinstance(token, yaml.ScalarToken) and token.style in {"'", '"'}
            if quoted and token.start_mark.line < line == token.end_mark.line:
                return int(token.start_mark.line)
    return None


def _ran_on(above: str, key: str) -> bool:
    """Whether the line above has no colon, so that this line's key was taken for more of its words."""
    return bool(_KEY_ONLY.match(key)) and (":" not in above or not key[0].isspace())


def _mark(error: yaml.MarkedYAMLError) -> yaml.Mark | None:
    """Where the fault begins: for what never closes that is its beginning, not the end of the file."""
    context = str(error.context)
    if error.context_mark and any(word in context for word in ("quoted scalar", "simple key", "flow")):
        return error.context_mark
    return error.problem_mark or error.context_mark


def _explain(error: yaml.MarkedYAMLError, line: str, column: int) -> str:
    if "\t" in line:
        return "there is a tab in this line; use spaces instead"
    if "mapping values" in str(error.problem) and _KEY_ONLY.match(line[:column]):
        return "this line is indented further than the line above; begin both at the same place"
    said = f"{error.context} {error.problem}"
    if sentence := next((sentence for words, sentence in _SENTENCES.items() if words in said), None):
        return sentence
    if _SIGN_FIRST.match(line):
        return BEGINS_WITH_SIGN
    if _QUOTED.match(line.lstrip()):
        return "the quotes in this line end before the value does; put double quotes around the whole value"
    return 'this line does not fit the lines around it; check where it begins, and that it reads "key: value"'
