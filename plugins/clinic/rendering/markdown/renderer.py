"""Markdown to HTML, and what a text refers to; directives are numbered marker elements until they are rendered."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any

from markdown_it.common.normalize_url import normalizeLinkText
from markdown_it.token import Token

from clinic.content.diagnostics import Diagnostic, Severity
from clinic.models.words import gettext
from clinic.rendering.markdown.directive_scanner import scan
from clinic.rendering.markdown.directives import CalloutOptions, Directive, VideoOptions
from clinic.rendering.markdown.html import HtmlCheck, remote_files
from clinic.rendering.markdown.html_parser import JOIN, Address
from clinic.rendering.markdown.html_rules import without_tracking
from clinic.rendering.markdown.lint import is_comment
from clinic.rendering.markdown.lost_words import lost_lines
from clinic.rendering.markdown.parser import MARKER, UsedReferences, page_markdown
from clinic.rendering.markdown.source import as_meant
from clinic.rendering.markdown.tokens import (
    CALLOUT_HEADINGS,
    CALLOUT_KINDS,
    Heading,
    align_numbers,
    inline_tokens,
    join_lists,
    name_tables,
    placed,
    same_ids,
    set_headings,
    words_of,
)
from clinic.rendering.text import html_fragment, separate_words
from clinic.rendering.typography import typogrified

_INNERMOST = re.compile(rf'<{MARKER} n="(\d+)">((?:(?!<{MARKER} ).)*?)</{MARKER}>', re.DOTALL)
_MOST_LINES = 6
"""Lines that one note names."""
_REFERRING = ("href", "src", "poster")
Show = Callable[[Directive, str], str]
"""Renders one directive around the HTML of its body."""


@dataclass(frozen=True)
class Reference:
    """``url`` as the owner typed it, on ``line`` of the file.

    ``has_words``: whether an image has ``alt``, or is marked as decoration.
    """

    url: str
    line: int
    is_image: bool = False
    has_words: bool = True


@dataclass(frozen=True)
class Rendered:
    """A text in HTML, its headings, what it refers to, its directives, and what is wrong with it."""

    html: str
    words: str
    """The HTML of the text between the directives, without them."""
    own_html: str
    """The HTML of what the owner wrote: of directives the heading and the text inside, without what they add to it."""
    headings: tuple[Heading, ...]
    references: tuple[Reference, ...]
    directives: tuple[Directive, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Typeset:
    """A text in HTML with a numbered marker in place of each directive: nothing of it depends on the facts."""

    markup: str
    headings: tuple[Heading, ...]
    references: tuple[Reference, ...]
    directives: tuple[Directive, ...]
    diagnostics: tuple[Diagnostic, ...]

    def with_directives(self, show: Show) -> Rendered:
        """The text with what ``show`` renders for each directive."""
        return Rendered(
            html=insert_directives(self.markup, self.directives, show),
            words=insert_directives(self.markup, self.directives, lambda *_: ""),
            own_html=insert_directives(self.markup, self.directives, _as_written),
            headings=self.headings,
            references=self.references,
            directives=self.directives,
            diagnostics=self.diagnostics,
        )


class MarkdownRenderer:
    """One parser for a whole build."""

    def __init__(self, taken: Collection[str] = (), third_parties: Collection[str] = ()) -> None:
        """``taken`` are the ids of the theme's pages, which no heading gets; ``third_parties`` hosts one may load."""
        self._markdown = page_markdown()
        self._taken = frozenset(taken)
        self._third_parties = frozenset(third_parties)

    @cached_property
    def inputs(self) -> str:
        """All that ``typeset`` depends on beside its arguments; equal for renderers that give the same."""
        return repr((sorted(self._taken), sorted(self._third_parties)))

    def render(self, text: str, file: str, first_line: int, show: Show) -> Rendered:
        """As ``typeset``; ``show`` renders each directive."""
        return self.typeset(text, file, first_line).with_directives(show)

    def typeset(self, text: str, file: str, first_line: int) -> Typeset:
        """Make HTML of ``text``, whose first line is line ``first_line`` of ``file``."""
        found = scan(as_meant(text), file, first_line)
        env: dict[str, Any] = {"directives": found.extents, "references": UsedReferences(), "broken_tags": set()}
        tokens = _callouts(self._markdown.parse(found.text, env), found.directives, first_line)
        headings = set_headings(tokens, self._taken)
        name_tables(tokens, headings)
        align_numbers(tokens)
        typed = list(_settle_links(tokens))
        check = HtmlCheck(self._third_parties, env["broken_tags"])
        check.run(tokens)
        addresses = sorted((*check.addresses, *_addresses(tokens)), key=lambda found: found[0])
        markup = self._markdown.renderer.render(join_lists(tokens, found.text.split("\n")), self._markdown.options, env)
        typeset = typogrified(markup.replace(JOIN, ""))
        told = [
            *env["lint"],
            *check.problems,
            *same_ids(headings),
            *remote_files(addresses, self._third_parties),
        ]
        consumed = (*check.consumed, *env["attribute_lists"], *typed, *_unseen(tokens, env))
        source = ["" if number in found.syntax else line for number, line in enumerate(found.text.split("\n"))]
        told += lost_lines(source, separate_words(html_fragment(markup)), consumed, {line for line, _ in told})
        return Typeset(
            markup=typeset,
            headings=tuple(headings),
            references=(*_references(addresses, first_line), *video_files(found.directives)),
            directives=tuple(found.directives),
            diagnostics=(
                *found.diagnostics,
                *(Diagnostic(file, first_line + line, message) for line, message in sorted(told) if message),
                *_formatting_note(file, [first_line + line for line in check.formatting]),
            ),
        )


def _callouts(tokens: Sequence[Token], directives: list[Directive], first_line: int) -> list[Token]:
    """GitHub's alerts (``> [!NOTE]``) become directives, so that the theme shows them as it shows its callouts."""
    kept: list[Token] = []
    in_title = False
    for token in tokens:
        if token.type == "alert_open":
            options = CalloutOptions(kind=CALLOUT_KINDS[token.info])
            line = first_line + (token.map[0] if token.map else 0)
            token.tag, token.attrs = MARKER, {"n": str(len(directives))}
            directives.append(Directive("callout", gettext(CALLOUT_HEADINGS[token.info]), options, line))
        elif token.type == "alert_close":
            token.tag = MARKER
        in_title = token.type == "alert_title_open" or (in_title and token.type != "alert_title_close")
        if not in_title and token.type != "alert_title_close":
            kept.append(token)
    return kept


def _settle_links(tokens: Sequence[Token]) -> Iterator[str]:
    """Links lead where people mean them to: past Google's redirector, and to https where only ``www.`` was typed.

    Yields their addresses as typed.
    """
    for _, children in inline_tokens(tokens):
        for index, child in enumerate(children):
            if child.type == "link_open":
                yield f"{(typed := str(child.attrGet('href')))} {normalizeLinkText(typed)}"
                url = without_tracking(typed)
                if child.markup == "autolink":
                    words = children[index + 1]
                    words.content = re.sub(r"^(?:tel|mailto):", "", words.content)
                    url = re.sub(r"^http:", "https:", url) if words.content.startswith("www.") else url
                child.attrSet("href", url)


def _addresses(tokens: Sequence[Token]) -> Iterator[Address]:
    """The links and images of Markdown, as ``HtmlCheck`` has those of HTML."""
    for inline, _ in inline_tokens(tokens):
        for line, child in placed(inline):
            attributes = {key: str(value) for key, value in child.attrs.items()}
            if child.type == "link_open":
                yield line, "a", attributes
            elif child.type == "image":
                yield line, "img", {**attributes, "alt": words_of(child.children)}


def _references(addresses: Iterable[Address], first_line: int) -> Iterator[Reference]:
    for line, tag, attributes in addresses:
        url = next((attributes[key] for key in _REFERRING if key in attributes), None)
        if url is not None:
            has_words = tag != "img" or bool(attributes.get("alt", "").strip())
            is_decoration = attributes.get("role") == "presentation"
            yield Reference(url, first_line + line, tag == "img", has_words or is_decoration)


def _unseen(tokens: Sequence[Token], env: Mapping[str, Any]) -> Iterator[str]:
    """What a text says to the site and not to its readers, but for the addresses of links.

    Titles, images and their words, names of notes and languages.
    """
    for _, children in inline_tokens(tokens):
        for child in children:
            if child.type == "image":
                source = str(child.attrGet("src"))
                yield f"{source} {normalizeLinkText(source)} {child.attrGet('title') or ''} {words_of(child.children)}"
            elif child.type == "link_open":
                yield str(child.attrGet("title") or "")
        yield from (child.meta["label"] for child in children if child.type == "footnote_ref")
    yield from (token.info.split()[0] for token in tokens if token.info.strip())
    yield from (note["label"] for note in env.get("footnotes", {}).get("list", {}).values() if "label" in note)
    yield from ("x" for token in tokens if token.type == "list_item_open" and token.meta.get("checked"))
    references = env["references"]
    yield from references.used
    for name, found in references.items():
        if is_comment(found):
            yield f"{name} {found['title']}"
        elif name in references.used:
            yield name


def _formatting_note(file: str, lines: Sequence[int]) -> Iterator[Diagnostic]:
    """One for all: the looks that a word processor or another site wrote into a text."""
    if lines:
        first, *others = sorted({*lines})
        which = ", ".join(map(str, others)) if len(others) <= _MOST_LINES else f"{others[0]} to {others[-1]}"
        more = f" (and on {'lines' if len(others) > 1 else 'line'} {which})" if others else ""
        message = f"looks written into the HTML here are left out{more}: colours, sizes and fonts are the site's own"
        yield Diagnostic(file, first, message, Severity.WARNING)


def insert_directives(markup: str, directives: Sequence[Directive], show: Show) -> str:
    """Replace every marker element by the HTML that ``show`` gives for its directive, innermost first."""
    found = len(directives)
    while found:
        markup, found = _INNERMOST.subn(lambda match: show(directives[int(match[1])], match[2].strip()), markup)
    return markup


def _as_written(directive: Directive, body: str) -> str:
    return f"<h2>{escape(directive.heading)}</h2>{body}" if directive.heading else body


def video_files(directives: Iterable[Directive]) -> Iterator[Reference]:
    """A video file of the owner's own, its captions, and its poster."""
    for directive in directives:
        if isinstance(video := directive.options, VideoOptions):
            for key, path in (("url", video.file), ("captions", video.captions), ("poster", video.poster)):
                if path:
                    line = directive.option_lines.get(key, directive.line)
                    yield Reference(f"{{static}}/{path}", line, key == "poster")
