"""The steps of the fact check: what the owner wrote is checked before anything is written, links of pages afterwards.

Of each published document it needs: file name, source text, front matter with lines, body in HTML, exemptions.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from pelican import Pelican

from clinic.content.clinic import CLINIC_FILE
from clinic.content.comments import COMMENTS_FOLDER
from clinic.content.yaml_text import KeyPath, Tree, YamlText
from clinic.domain.comments.threads import walk
from clinic.fact_check.known_facts import KnownFacts, is_number_key
from clinic.fact_check.verify import OwnerText, check, check_addresses
from clinic.models.exemptions import may_state_fact
from clinic.plugin.context import Run, run_of
from clinic.plugin.gate import report

_NO_PROSE = frozenset({"others", "slug", "aliases", "image"})
"""Keys of exemptions and of addresses on the site."""
_MARKUP = (".svg", ".html", ".htm")
_TEXTS = (*_MARKUP, ".vtt", ".txt", ".csv", ".json")
"""Files of the owner's that are copied and can be read."""


def check_owner_texts(run: Run, contents: Iterable[Any], copied: Iterable[str]) -> None:
    """Report every false statement in clinic.yaml, the documents, their comments and ``copied`` files.

    Does nothing where clinic.yaml is too broken to know what is true.
    """
    if run.folder.holds:
        run.known = KnownFacts.of(run.folder.clinic)
        run.owner_texts = tuple(_owner_texts(run, contents, copied))
        for found in check(run.owner_texts, run.known):
            (run.notes if found.is_warning else run.problems).add(found.file, found.line, found.message)


def check_links_of_pages(pelican: Pelican) -> None:
    """Report links that templates lead to someone else. Raises SystemExit(1) in a strict run."""
    run = run_of(pelican.settings)
    told = {*run.problems, *run.notes}
    before = len(run.problems)
    if run.known:
        for found in check_addresses(run.addresses, run.known, run.owner_texts):
            run.problems.add(run.name_of(Path(pelican.output_path, found.file)), found.line, found.message)
    if len(run.problems) > before:
        end = "The pages are written, but are not fit to be seen."
        report(run, pelican.settings, go_on=run.preview, told=told, end=end)


def _owner_texts(run: Run, contents: Iterable[Any], copied: Iterable[str]) -> Iterator[OwnerText]:
    facts = run.content / CLINIC_FILE
    yield from _File(run.name_of(facts), facts.read_text("utf-8-sig")).values(run.folder.lines)
    for content in contents:
        source = content.source
        is_written = source.path.is_file()  # a page may follow from the facts
        text = source.path.read_text("utf-8-sig", "replace") if is_written else ""
        file = _File(source.file.name, text, exempt=tuple(_others(source.file.front_matter)))
        yield from file.values(source.file.front_matter, source.file.body_line)
        yield file.html(content._content, source.file.body_line, content.title)  # noqa: SLF001 (what Pelican writes)
        yield from _comments(run, content, file.exempt)
    for name in copied:
        path = run.content / name
        if path.suffix.lower() in _TEXTS:
            text = path.read_text("utf-8-sig", "replace")
            yield OwnerText(run.name_of(path), text, text, is_html=path.suffix.lower() in _MARKUP)


def _comments(run: Run, content: Any, exempt: tuple[str, ...]) -> Iterator[OwnerText]:
    """The comments under an article, whose exemptions are theirs."""
    discussion = getattr(content, "discussion", None)
    for comment in (found.comment for found in walk(discussion.threads if discussion else ())):
        path = run.content / COMMENTS_FOLDER / content.slug / f"{comment.key}.md"
        file = _File(run.name_of(path), path.read_text("utf-8-sig"), exempt, '"others" of its article')
        yield file.html(f"<p>{escape(comment.name)}</p>{comment.html}")


@dataclass(frozen=True)
class _File:
    """A file of the owner's as she knows it; ``exempt`` and ``listed_in`` as in OwnerText."""

    name: str
    text: str
    exempt: tuple[str, ...] = ()
    listed_in: str = '"others"'

    def html(self, body: str, first_line: int = 1, heading: str = "") -> OwnerText:
        """The body in HTML, made of the lines from ``first_line`` on."""
        return self._text(body, (first_line, None), is_html=True, heading=heading)

    def values(self, yaml: YamlText, end: int | None = None) -> Iterator[OwnerText]:
        """The texts of YAML that ends before line ``end``: each with the lines from its key to the next key."""
        starts = sorted({*yaml.lines.values()})
        ends = dict(zip(starts, [*starts[1:], end], strict=True))
        for path, value, heading in _texts(yaml.value):
            if may_state_fact(value):
                line = yaml.line(path)
                yield self._text(value, (line, ends[line]), is_html=False, heading=heading)

    def _text(self, content: str, lines: tuple[int, int | None], *, is_html: bool, heading: str) -> OwnerText:
        first, end = lines
        source = "\n".join(self.text.split("\n")[first - 1 : end and end - 1])
        return OwnerText(self.name, content, source, first, is_html, heading, self.exempt, self.listed_in)


def _texts(tree: Tree, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str, str]]:
    """Every text in YAML that may be prose, with its key path and what it stands under: the first text beside it."""
    entries: list[tuple[str | int, Tree]] = [*tree.items()] if isinstance(tree, dict) else [*enumerate(tree)]
    first = next((value for _, value in entries if isinstance(value, str)), "")
    for key, value in entries:
        if isinstance(value, str) and not is_number_key(str(key)) and key not in _NO_PROSE:
            yield (*path, key), value, first if isinstance(tree, dict) else ""
        elif not isinstance(value, str) and key not in _NO_PROSE:
            yield from _texts(value, (*path, key))


def _others(front_matter: YamlText) -> Iterator[str]:
    """The exempted texts of a file; an entry that is wrong has its diagnostic already."""
    listed = front_matter.value.get("others", ())
    return (str(other["text"]) for other in listed if isinstance(other, dict) and "text" in other)
