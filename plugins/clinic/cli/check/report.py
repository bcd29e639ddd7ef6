"""The report: its findings in groups, worst first, as text for people and as JSON for programs."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import cached_property
from importlib.resources import files
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from clinic.cli.check.agenda import KINDS, Changes, Entry
from clinic.cli.check.rules import BUILD, BUILD_NOTE, CLAIM, RULES, Rule
from clinic.content.diagnostics import Diagnostic, Severity
from clinic.models.suggestions import join_and
from clinic.rendering.dates import day, day_and_time

_MOST = 8
"""Findings of one kind that the text shows."""
_MOST_ENTRIES = 12
"""Lines of what is to come, and titles of pages, that the text shows."""
_KEYS = ("file", "line", "severity", "rule", "message", "source")
_ORDER = {rule: number for number, rule in enumerate(RULES)}
_SEVERITIES = [*Severity]
WORDS: Mapping[Severity, tuple[str, str, str]] = {
    Severity.ERROR: ("To mend", "problem", "problems"),
    Severity.WARNING: ("To look at", "note", "notes"),
    Severity.ADVICE: ("Advice", "piece of advice", "pieces of advice"),
}
"""What stands before a group, and one and several findings, in words."""
_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.ADVICE: "bold cyan"}


class Group(NamedTuple):
    """All findings of one rule and severity."""

    severity: Severity
    rule: Rule
    found: tuple[Diagnostic, ...]

    @property
    def label(self) -> str:
        """``To mend``, ``To look at`` or ``Advice``."""
        return WORDS[self.severity][0]

    @property
    def source(self) -> str:
        """Where it is laid down, if all findings share that."""
        sources = {found.source for found in self.found}
        return sources.pop() if len(sources) == 1 else ""


@dataclass(frozen=True)
class Report:
    """Everything that is known.

    ``pages`` is how many were looked at, 0 where none were built; ``remarks`` are sentences on what was not looked at;
    ``right_until`` is the sentence of ``agenda.right_until``.
    """

    clinic: str
    now: datetime
    pages: int
    diagnostics: tuple[Diagnostic, ...]
    remarks: tuple[str, ...] = ()
    agenda: tuple[Entry, ...] = ()
    changes: Changes | None = None
    right_until: str = ""

    @cached_property
    def sorted(self) -> tuple[Diagnostic, ...]:
        """The diagnostics, each once, the worst first, those of one rule together in the order in which they came."""
        named = (replace(each, rule=each.rule or (BUILD if each.is_error else BUILD_NOTE)) for each in self.diagnostics)
        return tuple(sorted(dict.fromkeys(named), key=_rank))

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The same in groups."""
        grouped = groupby(self.sorted, attrgetter("severity", "rule"))
        return tuple(
            Group(severity, RULES.get(rule) or _claim(rule), tuple(found)) for (severity, rule), found in grouped
        )

    @property
    def has_errors(self) -> bool:
        """Whether something stops a publish."""
        return any(each.is_error for each in self.diagnostics)

    @property
    def counts(self) -> str:
        """``2 problems, 1 note and 3 pieces of advice``."""
        counted = [(sum(each.severity is severity for each in self.sorted), WORDS[severity]) for severity in Severity]
        parts = [f"{count} {one if count == 1 else several}" for count, (_, one, several) in counted if count]
        return join_and(parts) if parts else "Nothing to mend"

    @property
    def summary(self) -> str:
        """What was looked at, and what came of it, in one sentence."""
        if not self.pages:
            return f"{self.counts}. There is no site to look at until the problems are mended."
        return f"{self.counts} on {self.pages} page{'' if self.pages == 1 else 's'}."

    def coming(self) -> Iterator[tuple[str, tuple[Entry, ...]]]:
        """What is to come, under its headings."""
        for kind, heading in KINDS.items():
            if entries := tuple(entry for entry in self.agenda if entry.kind == kind):
                yield heading, entries

    def is_past(self, entry: Entry) -> bool:
        """Whether its day is over."""
        return entry.day < self.now.date()


def _claim(rule: str) -> Rule:
    return CLAIM if rule == "claims" else replace(CLAIM, heading=f"{CLAIM.heading}: {rule}")


def _rank(found: Diagnostic) -> tuple[int, int, str]:
    return _SEVERITIES.index(found.severity), _ORDER.get(found.rule, len(_ORDER)), found.rule


def as_json(found: Iterable[Diagnostic]) -> str:
    """A list of objects with file, line, severity, rule, message and source; in ASCII, which every pipe takes."""
    records = (asdict(each) for each in found)
    return json.dumps([{key: record[key] for key in _KEYS} for record in records], indent=1) + "\n"


def print_report(report: Report, console: Console) -> None:
    """The report as text; lines are broken only for a terminal, so that other programs find one finding on one line."""

    def say(text: str, style: str = "", indent: int = 0) -> None:
        if console.is_terminal:
            console.print(Padding(Text(text, style), (0, 0, 0, indent), expand=False))
        else:
            console.print(" " * indent + text, markup=False, highlight=False, soft_wrap=True)

    say(f"{report.clinic}, checked on {day_and_time(report.now)}", "bold")
    say(report.summary)
    for group in report.groups:
        say("")
        say(f"{group.label}: {group.rule.heading} ({len(group.found)})", _COLOURS[group.severity])
        say(group.rule.why, "italic", 2) if group.rule.why else None
        for each in group.found[:_MOST]:
            say(f"{each.position}: {each.message}", indent=2)
        if (more := len(group.found) - _MOST) > 0:
            say(f"… and {more} more like {'these' if more > 1 else 'this'}; FORMAT=page shows all.", indent=2)
        say(f"See {group.source}", "dim", 2) if group.source else None
    for heading, lines in _further(report):
        say("")
        say(heading, "bold")
        for line in _cut(lines):
            say(line, indent=2)


def _further(report: Report) -> Iterator[tuple[str, Sequence[str]]]:
    """What is no finding: a heading, and its lines."""
    if report.changes:
        found = report.changes
        told = [(f"new: {name}") for name in found.new] + [f"changed: {name}" for name in found.changed]
        yield f"{changes_in_words(found)}", [*told, *(f"gone: {name}" for name in found.gone)]
    if report.agenda:
        yield "What comes next", [f"{day(each.day):<18} {KINDS[each.kind]}: {each.what}" for each in report.agenda]
    if report.right_until:
        yield report.right_until, ()
    if report.remarks:
        yield "Not looked at", report.remarks


def changes_in_words(found: Changes) -> str:
    """``Since the last publish on 3 March 2026: 3 pages changed, 1 new, 0 gone``."""
    count = len(found.changed)
    when = f" on {day(found.since)}" if found.since else ""
    changed = f"{count} page{'' if count == 1 else 's'} changed"
    return f"Since the last publish{when}: {changed}, {len(found.new)} new, {len(found.gone)} gone"


def _cut(lines: Sequence[str]) -> Sequence[str]:
    more = len(lines) - _MOST_ENTRIES
    return [*lines[:_MOST_ENTRIES], f"… and {more} more; FORMAT=page shows all."] if more > 0 else lines


REPORT = "check/report.html"
"""Where it is written, from the project's folder: beside the site, never in it."""


def report_page(report: Report) -> str:
    """The page, whole in itself: no script, and nothing that is loaded from anywhere."""
    environment = Environment(
        loader=PackageLoader("clinic.cli.check", "assets"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    counts = [(severity, sum(each.severity is severity for each in report.sorted)) for severity in Severity]
    return environment.get_template("report.html").render(
        report=report,
        counts=[(severity.value, count, WORDS[severity][1 if count == 1 else 2]) for severity, count in counts],
        changes=report.changes and changes_in_words(report.changes),
        kinds=KINDS,
        day=day,
        checked=day_and_time(report.now),
        style=files("clinic.cli.check").joinpath("assets/report.css").read_text("utf-8"),
    )
