"""A page as the search index reads it: its main part alone, and what a result says beside the words it found."""

import re
from collections.abc import Iterator, Mapping

from markupsafe import Markup

from clinic.facts.pages import PageFacts, PageKind
from clinic.rendering.dates import day
from clinic.rendering.structured_data.nodes import one_line
from clinic.rendering.text import typographic

NOT_SOUGHT = (
    "h1, .button, .call-to-action, .article-header__facts, .related, .article-card, .service-list, .comment-list, "
    ".heading-link__link, .print-code, .footnote-ref, .footnote-backref, .draft-marker"
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
_PICTURE = re.compile(r"<img\b[^>]*>")
"""Pagefind would make the first one a fact of the page, and find the page by the words in the picture's file name."""
_DOCUMENT = Markup('<!doctype html><html lang="{language}"><head>{facts}</head><body>{main}</body></html>')
_FACT = Markup('<meta data-pagefind-meta="{name}[content]" content="{value}">')


def search_document(html: str, page: PageFacts, language: str) -> str:
    """``html`` is the page as it is published; in ours there is one ``main``."""
    main = html.partition("<main")[2].partition(">")[2].rpartition("</main>")[0]
    facts = Markup("").join(_FACT.format(name=name, value=value) for name, value in _facts(page))
    main = _PICTURE.sub("", main).replace("</dt>", "</dt> ")  # or the term and what it means would be one word
    return _DOCUMENT.format(language=language, facts=facts, main=Markup(main))  # noqa: S704 (our own page)


def _facts(page: PageFacts) -> Iterator[tuple[str, str]]:
    """Pagefind metadata: what ``search.js`` shows with a result."""
    yield "title", one_line(typographic(page.title).striptags())
    yield "kind", _KINDS.get(page.kind, "Page")
    if page.authors:
        yield "author", ", ".join(person.name for person in page.authors)
    if page.published:
        yield "date", page.published.date().isoformat()
        yield "day", day(page.published)
