"""What is wrong with a text that is not YAML, said to someone who has never heard of YAML."""

import re

import yaml
from yaml.reader import ReaderError

_KEY_ONLY = re.compile(r"\s*[\w-]+\s*$")
_QUOTED = re.compile(r"""(?:- +|[\w-]+: *)*["']""")
_SIGN_FIRST = re.compile(r"\s*(?:- +)?[\w-]+: +[-?|>](?: |$)")
_SIGN_WORDS = ("alias", "anchor", "directive", "tag", "cannot start any token")
BEGINS_WITH_SIGN = "a value that begins with a sign such as @ * & ! % ` - ? | { or [ needs quotes around it"
NO_COLON = 'this line has no colon with a space after it; write "key: value"'


class YamlFault(Exception):
    """The text is not YAML we can use; ``line`` counts from 1 in the file."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


def fault_of(error: yaml.YAMLError, text: str, first_line: int) -> YamlFault:
    """The fault behind ``error``, which PyYAML raised for ``text``; both of its parsers are understood."""
    if isinstance(error, ReaderError):
        line = text[: error.position].count("\n") if isinstance(error.position, int) else 0
        return YamlFault(
            first_line + line, "there is an invisible sign in this file that is no text; type the line anew"
        )
    if not isinstance(error, yaml.MarkedYAMLError):
        return YamlFault(first_line, "this cannot be read; check quotes, colons and indentation")
    mark = _mark(error)
    lines = text.split("\n")
    index, column = (mark.line, mark.column) if mark else (0, 0)
    line = lines[index] if index < len(lines) else ""
    if "mapping values" in str(error.problem) and index and re.fullmatch(r"[\w-]+ *", line[:column]):
        return YamlFault(first_line + index - 1, NO_COLON)  # the line above ran on into this one
    return YamlFault(first_line + index, _explain(error, line, column))


def _mark(error: yaml.MarkedYAMLError) -> yaml.Mark | None:
    """Where the fault begins: for what never closes that is its beginning, not the end of the file."""
    context = str(error.context)
    if error.context_mark and any(word in context for word in ("quoted scalar", "simple key", "flow")):
        return error.context_mark
    return error.problem_mark or error.context_mark


def _explain(error: yaml.MarkedYAMLError, line: str, column: int) -> str:
    problem, context = str(error.problem), str(error.context)
    if "\t" in line:
        return "there is a tab in this line; use spaces instead"
    if "quoted scalar" in context:
        return "the quote in this line does not close; put the same quote at the end of the value"
    if "flow" in context:
        return "the bracket in this line does not close, or a comma is missing; write a list like [back, ankle]"
    if "mapping values are not allowed" in problem:
        if _KEY_ONLY.match(line[:column]):
            return "this line is indented further than the line above; begin both at the same place"
        return 'a value with a colon in it needs quotes around it, for example title: "Ankles: the link"'
    if "simple key" in context:
        return NO_COLON
    if "document" in context or "document" in problem:
        return 'there is a second line "---" here; remove it'
    if _SIGN_FIRST.match(line) or any(word in problem or word in context for word in _SIGN_WORDS):
        return BEGINS_WITH_SIGN
    if _QUOTED.match(line.lstrip()):
        return "the quotes in this line end before the value does; put double quotes around the whole value"
    return 'this line does not fit the lines around it; check where it begins, and that it reads "key: value"'
