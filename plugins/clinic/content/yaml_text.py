"""YAML read as text: every scalar is what the owner typed, and every value knows its line.

YAML 1.1 would make ``closes: 17:30`` 1050, ``title: yes`` True and ``phone: 01632960123`` an octal-looking number. So
nothing is resolved here; the models of ``clinic.facts`` give types, knowing what each key means.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

from clinic.content.yaml_errors import BEGINS_WITH_SIGN, YamlError, fault_of
from clinic.models.types import KeyPath

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree]"
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the C parser where PyYAML was built with it
_SWALLOWED = re.compile(r"\s*#\S")
"""What follows a value when YAML takes the rest for a comment, but the owner did not: ``Our #1 tip``, ``#12443f``."""


@dataclass(frozen=True)
class YamlText:
    """A YAML mapping as text; ``lines`` has the line of each place, such as ``("locations", "harbour", "phone")``."""

    value: dict[str, Tree]
    lines: Mapping[KeyPath, int]

    def line(self, place: KeyPath) -> int:
        """The line of ``place``, or of the nearest thing around it that is there."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_yaml(text: str, first_line: int = 1) -> YamlText:
    """Read a mapping; ``first_line`` is the line of the file that ``text`` begins at.

    A key without a value is left out, as if it were not there: editors write ``summary:`` for an empty field.
    Raises YamlError.
    """
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        raise fault_of(error, text, first_line) from None
    if node is None:
        return YamlText({}, {(): first_line})
    if not isinstance(node, yaml.MappingNode):
        raise YamlError(first_line, 'this needs lines of the form "key: value", with a space after the colon')
    return _Walk(text.split("\n"), first_line).run(node)


@dataclass
class _Walk:
    """From YAML's nodes to text, noting lines on the way."""

    source: list[str]
    first_line: int
    lines: dict[KeyPath, int] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)

    def run(self, node: yaml.MappingNode) -> YamlText:
        self.lines[()] = self.first_line
        return YamlText(self._mapping(node, ()), self.lines)

    def _line(self, node: yaml.Node) -> int:
        return int(node.start_mark.line) + self.first_line

    def _tree(self, node: yaml.Node, place: KeyPath) -> Tree:
        if id(node) in self.seen:  # the same node again: without this, one inside itself would never end
            raise YamlError(self._line(node), "a value cannot be repeated with & and *; write it out")
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self._item(item, (*place, number)) for number, item in enumerate(node.value)]
        self._refuse_swallowed(node)
        return str(node.value)

    def _item(self, node: yaml.Node, place: KeyPath) -> Tree:
        self.lines[place] = self._line(node)
        return self._tree(node, place)

    def _mapping(self, node: yaml.MappingNode, place: KeyPath) -> dict[str, Tree]:
        value: dict[str, Tree] = {}
        for key_node, value_node in node.value:
            line = self._line(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                raise YamlError(line, BEGINS_WITH_SIGN)
            key = str(key_node.value)
            if (*place, key) in self.lines:
                raise YamlError(line, f'"{key}" is given twice, first in line {self.lines[*place, key]}; keep one')
            self.lines[*place, key] = line
            tree = self._tree(value_node, (*place, key))
            if not isinstance(tree, str) or tree.strip():
                value[key] = tree
        return value

    def _refuse_swallowed(self, node: yaml.Node) -> None:
        """Signs that make YAML drop a part of what the owner typed."""
        end = node.end_mark
        rest = self.source[end.line][end.column :] if end.line < len(self.source) else ""
        if not getattr(node, "style", None) and _SWALLOWED.match(rest):
            message = 'what follows "#" in this line would be left out; put quotes around the whole value'
            raise YamlError(end.line + self.first_line, message)
        if node.tag.startswith("!"):
            raise YamlError(self._line(node), BEGINS_WITH_SIGN)
