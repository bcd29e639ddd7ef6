"""A page as the search index reads it: its main part alone, and what a result says beside the words it found."""

import re
from collections.abc import Iterator, Mapping

from markupsafe import escape

from clinic.domain.pages.page import PageFacts, PageKind
from clinic.rendering.dates import day
from clinic.rendering.text import one_line, typographic

NOT_SEARCHED = (
    "h1, .button, .call-to-action, .article-card, .service-list, .heading-link__link, .print-code, .footnote-ref, "
    ".footnote-backref, .draft-marker"
)
"""CSS selectors of what no visitor looks for, or what every page says. The title is sought as such, so that it does not
begin every excerpt. Pagefind leaves out ``nav``, ``footer``, ``form`` and ``script`` of itself, and whatever has
``data-pagefind-ignore``."""
_KINDS: Mapping[PageKind, str] = {
    PageKind.ARTICLE: "Article",
    PageKind.SERVICE: "Service",
    PageKind.PRACTITIONER: "Person",
    PageKind.LOCATION: "Location",
}
_PICTURE = re.compile(r"<img\b[^>]*>|<svg\b.*?</svg>", re.DOTALL)
"""Pagefind would make the first image a fact of the page, and find the page by the words in the name of its file.
Drawings are half of what it would have to read."""


def search_entry(html: str, page: PageFacts, language: str) -> str:
    """``html`` is the page as it is published; in ours there is one ``main``."""
    words = _article(html) if page.kind is PageKind.ARTICLE else _between(html, "<main", "</main>").partition(">")[2]
    words = _PICTURE.sub("", words).replace("</dt>", "</dt> ")  # or the term and what it means would be one word
    facts = "".join(
        f'<meta data-pagefind-meta="{key}[content]" content="{escape(fact)}">' for key, fact in _facts(page)
    )
    return f'<!doctype html><html lang="{language}"><head>{facts}</head><body>{words}</body></html>'


def _article(html: str) -> str:
    """Of an article its lead and its text: the rest of its main part is twice as much, and for other pages to say."""
    lead = _between(html, '<p class="article-header__lead">', "</p>")
    text = _between(html, '<div class="prose">', '<footer class="article-end">')
    return f"<p>{lead}</p><div>{text}"


def _between(html: str, start: str, end: str) -> str:
    return html.partition(start)[2].partition(end)[0]


def _facts(page: PageFacts) -> Iterator[tuple[str, str]]:
    """Pagefind metadata: what ``search.js`` shows with a result."""
    yield "title", one_line(typographic(page.title).striptags())
    yield "kind", _KINDS.get(page.kind, "Page")
    if page.authors:
        yield "author", ", ".join(person.name for person in page.authors)
    if page.published:
        yield "date", page.published.date().isoformat()
        yield "day", day(page.published)
