"""The steps of the fact check: what the owner wrote is checked before anything is written, links of pages afterwards.

What depends on a record that is wrong is left for the next build: it has its own diagnostic.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any

from clinic.content.clinic import WHOLE_FILE
from clinic.content.diagnostics import Diagnostic, Severity
from clinic.content.documents import Document, State
from clinic.content.folder import COMMENTS_FOLDER
from clinic.content.prose import prose
from clinic.content.yaml_text import YamlText
from clinic.fact_check.extract import Address
from clinic.fact_check.known_facts import KnownFacts
from clinic.fact_check.statements.finder import StatementFinder
from clinic.fact_check.statements.statement import Kind
from clinic.fact_check.verify import Finding, OwnerText, Stated, check, check_addresses, stated_in
from clinic.models.base import may_state_fact
from clinic.plugin.context import Context
from clinic.plugin.index import Index
from clinic.plugin.pelican_types import Content
from clinic.plugin.second_process import work_ahead

_MARKUP = (".svg", ".html", ".htm")
_TEXTS = (*_MARKUP, ".vtt", ".txt", ".csv", ".json")
"""Files of the owner's that are copied and can be read."""
_STATED_BY: Mapping[str, frozenset[Kind]] = {
    WHOLE_FILE: frozenset(Kind),
    "phone": frozenset({Kind.PHONE}),
    "whatsapp": frozenset({Kind.PHONE}),
    "email": frozenset({Kind.EMAIL}),
    "country": frozenset({Kind.PHONE, Kind.POSTCODE, Kind.PRICE}),
    "currency": frozenset({Kind.PRICE}),
    "locations": frozenset({Kind.PHONE, Kind.EMAIL, Kind.POSTCODE, Kind.HOURS, Kind.REGISTRATION}),
    "legal": frozenset({Kind.POSTCODE, Kind.REGISTRATION}),
    "price_range": frozenset({Kind.PRICE}),
    "fees": frozenset({Kind.PRICE}),
    "first_visit": frozenset({Kind.PRICE}),
    "returning": frozenset({Kind.PRICE}),
    "insurers": frozenset({Kind.PHONE}),
    "bank_holidays": frozenset({Kind.HOURS}),
    "others": frozenset(Kind),
    "services": frozenset({Kind.PRICE}),
    "events": frozenset({Kind.PRICE, Kind.POSTCODE}),
    "team": frozenset({Kind.PHONE, Kind.EMAIL, Kind.REGISTRATION, Kind.HOURS}),
}
"""What the keys of ``clinic.yaml``, and the folders of services, team and events, state."""


class FactCheck:
    """The fact check of one build."""

    def __init__(self, context: Context, index: Index) -> None:
        self._context = context
        self._index = index
        self._known = KnownFacts.of(context.content.clinic)
        self._unknown = self._unknown_kinds()

    def owner_texts(self) -> Iterator[Diagnostic]:
        """Every false statement in clinic.yaml, the published documents, their comments and files that are copied."""
        store, finder = self._context.store, self._known.finder
        if store.is_empty:
            bodies = [text for text in self._owner_texts() if text.is_html]
            work_ahead(store, bodies, lambda text: self._stated_in(text, finder))
        return self._diagnostics(check(self._owner_texts(), self._known, self._stated_in))

    def page(self, page: Content) -> Iterator[Diagnostic]:
        """Every false statement in one document and its comments."""
        return self._diagnostics(check(self._texts_of(page), self._known))

    def links(self, pages: Mapping[str, Iterable[Address]], output: str) -> Iterator[Diagnostic]:
        """Links of finished pages that templates lead to someone else; ``output`` is how the owner knows the folder."""
        found = check_addresses(pages, self._known, self._owner_texts(), self._stated_in)
        return self._diagnostics(found, f"{output}/")

    def _stated_in(self, text: OwnerText, finder: StatementFinder) -> Stated:
        """What a text says, as far as an earlier build knows it; a value of YAML is read as quickly as looked up."""
        if not text.is_html:
            return stated_in(text, finder)
        inputs = (text.content, text.heading, finder.inputs)
        return self._context.store.kept("statements", inputs, lambda: stated_in(text, finder))

    def _diagnostics(self, findings: Iterable[Finding], folder: str = "") -> Iterator[Diagnostic]:
        for found in findings:
            if found.kind not in self._unknown:
                severity = Severity.WARNING if found.is_warning else Severity.ERROR
                yield Diagnostic(f"{folder}{found.file}", found.line, found.message, severity)

    def _unknown_kinds(self) -> frozenset[Kind]:
        """The kinds of which not all is known, since a record that states them is wrong."""
        content = self._context.content
        records: list[Document[Any]] = [*content.services.values(), *content.team.values(), *content.events.values()]
        wrong = {
            document.folder
            for document in records
            if document.diagnostics and (self._context.preview or document.state is not State.DRAFT)
        }
        return frozenset().union(*(_STATED_BY.get(key, frozenset()) for key in content.clinic_yaml.faulty | wrong))

    def _owner_texts(self) -> Iterator[OwnerText]:
        """All of them, made when they are asked for: kept, they would be each text a second time."""
        content = self._context.content
        yield from _Source(content.clinic_yaml.name, content.clinic_yaml.text).values(content.clinic_yaml.written)
        for page in self._index.contents:
            yield from self._texts_of(page)
        for key in self._index.copied:
            path = Path(content.folder / key)
            if path.suffix.lower() in _TEXTS and os.access(path, os.R_OK):
                text = path.read_text("utf-8-sig", "replace")
                yield OwnerText(content.name_of(key), text, text, is_html=path.suffix.lower() in _MARKUP)

    def _texts_of(self, page: Content) -> Iterator[OwnerText]:
        file = page.read.document.file
        source = _Source(file.name, file.text, tuple(_exempt(file.front_matter)))
        yield from source.values(file.front_matter, file.body_line)
        yield source.html(page.read.own_html, file.body_line, page.title)
        yield from self._comments(page, source.exempt)

    def _comments(self, page: Content, exempt: tuple[str, ...]) -> Iterator[OwnerText]:
        """The comments under an article, whose exemptions are theirs."""
        discussion = self._index.discussions.get(page.read.key)
        for comment in discussion.comments if discussion else ():
            key = f"{COMMENTS_FOLDER}/{page.slug}/{comment.key}.md"
            file = self._context.content.comments.files[key]
            source = _Source(file.name, file.text, exempt, '"others" of its article')
            yield source.html(f"<p>{escape(comment.name)}</p>{comment.html}")


@dataclass(frozen=True)
class _Source:
    """A file of the owner's: its name, its text; ``exempt`` and ``listed_in`` as in OwnerText."""

    name: str
    text: str
    exempt: tuple[str, ...] = ()
    listed_in: str = '"others"'

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")

    def html(self, body: str, first_line: int = 1, heading: str = "") -> OwnerText:
        """The body in HTML, made of the lines from ``first_line`` on."""
        return self._text(body, (first_line, None), is_html=True, heading=heading)

    def values(self, yaml: YamlText, end: int | None = None) -> Iterator[OwnerText]:
        """The texts of YAML that ends before line ``end``: each with the lines from its key to the next key."""
        starts = sorted({*yaml.lines.values()})
        ends = dict(pairwise([*starts, end]))
        for path, value, heading in prose(yaml.value):
            if may_state_fact(value):
                line = yaml.line(path)
                yield self._text(value, (line, ends[line]), is_html=False, heading=heading)

    def _text(self, content: str, lines: tuple[int, int | None], *, is_html: bool, heading: str) -> OwnerText:
        first, end = lines
        source = "\n".join(self._lines[first - 1 : end and end - 1])
        return OwnerText(self.name, content, source, first, is_html, heading, self.exempt, self.listed_in)


def _exempt(front_matter: YamlText) -> Iterator[str]:
    """The exempted texts of a file; an entry that is wrong has its diagnostic already."""
    listed = front_matter.value.get("others", ())
    return (str(other["text"]) for other in listed if isinstance(other, dict) and "text" in other)
