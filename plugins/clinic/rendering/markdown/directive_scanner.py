"""Finds the directives of a Markdown text, with line numbers, and checks their names, options and nesting."""

import re
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from clinic.content.diagnostics import Diagnostic
from clinic.content.validation import validate_what_holds
from clinic.content.yaml_text import YamlError, YamlText, read_yaml
from clinic.models.suggestions import suggestion
from clinic.rendering.markdown.directives import KINDS, Directive, Kind

_OPEN = re.compile(r" {0,3}(/{3,}) *([\w-]+) *(?:\| *(.*?) *)?$")
_CLOSE = re.compile(r" {0,3}(/{3,}) *$")
_NAMED_CLOSE = re.compile(r" {0,3}/{3,} *(?:end|close)[\w-]* *$", re.IGNORECASE)
_NEARLY_OPEN = re.compile(r" {0,3}(/{3,}) *([\w-]*)[ :|]*(.*)")
_TOO_FEW = re.compile(rf" {{0,3}}(//?) *({'|'.join(KINDS)})\b *(?:\||$)")
_MISPLACED = re.compile(r"(?:\t| {4,}|>|[-*+] |\d+[.)] ).*?(?<!/)/{3,}+ *+([\w-]++) *+(?:\||$)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_OPTION = re.compile(r"(?: {4,}|\t)\S")
_ANY_HEADING = "heading"
"""In place of the heading of a directive that is reported already, so that a missing one is not reported too."""


@dataclass
class Scan:
    """The directives of a text by number, where each stands, and what is wrong with them.

    ``text`` has empty lines in place of options and of what is wrong. ``extents`` gives, by the line on which a
    directive opens, its number and the line on which it ends; ``syntax`` are the lines that hold no text. Lines count
    from 0.
    """

    text: str
    directives: list[Directive] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    extents: dict[int, tuple[int, int]] = field(default_factory=dict)
    syntax: set[int] = field(default_factory=set)


class _Opened(NamedTuple):
    line: int
    name: str
    slashes: int
    number: int | None
    """Of the directive; None where it has none, because its name is unknown."""


def scan(text: str, file: str, first_line: int = 1) -> Scan:
    """Find, check and number the directives of ``text``, whose first line is line ``first_line`` of ``file``."""
    return _Scanner(text, file, first_line).run() if "//" in text else Scan(text)


class _Scanner:
    def __init__(self, text: str, file: str, first_line: int) -> None:
        self.lines = text.split("\n")
        self.file = file
        self.first_line = first_line
        self.found = Scan(text)
        self.opened: list[_Opened] = []

    def run(self) -> Scan:
        fence = ""
        for number, line in enumerate(self.lines):
            if fence:
                fence = "" if line.strip().startswith(fence) and not line.strip().strip(fence[0]) else fence
            elif match := _FENCE.match(line):
                fence = match.group(1)
            elif "//" in line:
                self._line(number, line)
        for unclosed in self.opened:
            self._report_unclosed(unclosed)
            self._end(unclosed, len(self.lines))
        self.found.text = "\n".join(self.lines)
        return self.found

    def _line(self, number: int, line: str) -> None:
        if self.opened and _NAMED_CLOSE.match(line):
            self._report(number, 'the line that closes a directive has no name; write "///"')
            self._close(number, self.opened[-1].slashes)
        elif match := _OPEN.match(line):
            self._open(number, match.group(1), match.group(2), match.group(3) or None)
        elif match := _CLOSE.match(line):
            self._close(number, len(match.group(1)))
        elif match := _TOO_FEW.match(line):
            name = match.group(2)
            self._report(number, f'a directive begins with three slashes; write "/// {name}"')
            self._open(number, "///", name, _ANY_HEADING)
        elif self.opened and line.strip() == "//":
            self._report(number, 'a directive closes with three slashes; write "///"')
            self._close(number, self.opened[-1].slashes)
        elif match := _NEARLY_OPEN.match(line):
            self._open_misspelt(number, *match.groups())
        elif (match := _MISPLACED.match(line)) and match.group(1) in KINDS:
            name = match.group(1)
            self._report(
                number, f'the directive "{name}" is indented or inside a list; begin it at the start of a line'
            )

    def _report(self, number: int, message: str) -> None:
        self.found.diagnostics.append(Diagnostic(self.file, self.first_line + number, message))

    def _blank(self, *numbers: int) -> None:
        """Take lines out of the text that hold nothing for visitors, or that are told."""
        for number in numbers:
            self.lines[number] = ""
            self.found.syntax.add(number)

    def _end(self, opened: _Opened, number: int) -> None:
        if opened.number is not None:
            self.found.extents[opened.line] = (opened.number, number)
            text = tuple(self.lines[opened.line + 1 : number])
            self.found.directives[opened.number] = replace(self.found.directives[opened.number], text=text)

    def _report_unclosed(self, opened: _Opened) -> None:
        closing = "/" * opened.slashes
        message = f'the directive "{opened.name}" does not close; put a line "{closing}" after its last line'
        self._report(opened.line, message)

    def _open_misspelt(self, number: int, slashes: str, name: str, rest: str) -> None:
        if name not in KINDS:
            hint = suggestion(name, KINDS)
            self._report(number, f"this is no directive: a line of slashes goes on with its name{hint}")
            self._blank(number)
        elif rest.endswith("///"):
            self._report(number, f'the directive "{name}" opens and closes in one line; put "///" on a line of its own')
            self._blank(number)
            return
        else:
            self._report(number, f'a heading stands after a bar; write "{slashes} {name} | {rest}"')
        self._open(number, slashes, name, _ANY_HEADING)

    def _open(self, number: int, slashes: str, name: str, heading: str | None) -> None:
        kind = KINDS.get(name)
        self.opened.append(_Opened(number, name, len(slashes), len(self.found.directives) if kind else None))
        options = self._take_options(number + 1)
        self.found.syntax.add(number)
        if kind is None:
            if not any(known.line == self.first_line + number for known in self.found.diagnostics[-2:]):
                self._report(number, f'unknown directive "{name}"{suggestion(name, KINDS)}')
            self._blank(number)
            return
        if kind.needs_heading and not heading and kind.content_option not in options.value:
            self._report(number, f'the directive "{name}" needs a heading; write "/// {name} | {kind.example}"')
            heading = ""  # the component asks for one
        self._find_stray_option(number + 1, kind)
        checked, diagnostics, _ = validate_what_holds(kind.options, options, self.file, {}, {})
        self.found.diagnostics.extend(diagnostics)
        option_lines = {str(path[0]): line for path, line in options.lines.items() if path}
        self.found.directives.append(Directive(name, heading, checked, self.first_line + number, option_lines))

    def _take_options(self, start: int) -> YamlText:
        """The options: the indented lines right below the opening line, which are blanked in the text."""
        end = start
        while end < len(self.lines) and _OPTION.match(self.lines[end]):
            end += 1
        text = "\n".join(line.strip() for line in self.lines[start:end])
        self._blank(*range(start, end))
        try:
            return read_yaml(text, self.first_line + start)
        except YamlError as error:
            self.found.diagnostics.append(Diagnostic(self.file, error.line, error.message))
            return YamlText({}, {(): self.first_line + start})

    def _find_stray_option(self, start: int, kind: Kind) -> None:
        """Report an option that is not indented, or below an empty line: it would be shown as text."""
        number = next((at for at in range(start, len(self.lines)) if self.lines[at].strip()), start)
        key, colon, _ = self.lines[number].partition(":") if number < len(self.lines) else ("", "", "")
        if colon and (name := key.strip()) in kind.options.model_fields:
            self._report(number, f'the option "{name}" goes right below the opening line, indented by four spaces')
            self._blank(number)

    def _close(self, number: int, slashes: int) -> None:
        self._blank(number)
        if not self.opened:
            self._report(number, "this line closes a directive, but none is open; remove it")
            return
        if slashes != self.opened[-1].slashes and any(slashes == outer.slashes for outer in self.opened):
            while self.opened[-1].slashes != slashes:
                self._report_unclosed(self.opened[-1])
                self._end(self.opened.pop(), number)
        self._end(self.opened.pop(), number)
