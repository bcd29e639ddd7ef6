"""A page as the search index reads it: the words that are its own, and what a result says beside those it found.

Templates mark what is whose: ``data-search="text"`` the words of a page that has more in its main part than those (an
article), ``data-search="no"`` what no visitor looks for, or what every page says. Pagefind itself leaves out ``nav``,
``footer`` and ``form``.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree, html
from markupsafe import escape

from clinic.domain.pages.page import PageFacts, PageKind
from clinic.models.words import N_, gettext
from clinic.rendering.dates import day
from clinic.rendering.files.search_words import words_of
from clinic.rendering.text import one_line, remove_elements
from clinic.rendering.typography import typographic

_KINDS: Mapping[PageKind, str] = {
    PageKind.ARTICLE: N_("Article"),
    PageKind.SERVICE: N_("Service"),
    PageKind.PRACTITIONER: N_("Person"),
    PageKind.LOCATION: N_("Location"),
    PageKind.EVENT: N_("Event"),
    PageKind.EXERCISE: N_("Exercise"),
}
_TEXT = etree.XPath("//*[@data-search='text']")
_MAIN = etree.XPath("//main")
_LEFT_OUT = etree.XPath(".//*[@data-search='no' or self::h1 or self::img or self::svg]")
"""The title is sought as such, so that it does not begin every excerpt. Pagefind would make the first image a fact of
the page, and find the page by the words in the name of its file. Drawings are half of what it would have to read."""


class SearchEntry(NamedTuple):
    """What the search index knows of a page: the HTML document in UTF-8, and the words in it (``words_of``)."""

    document: bytes
    words: str

    @classmethod
    def of(cls, document: str) -> "SearchEntry":
        """That of a document."""
        return cls(document.encode(), words_of(document))


def search_head(page: PageFacts) -> str:
    """The head of its document: what a result says of the page beside the words that were found."""
    facts = (f'<meta data-pagefind-meta="{key}[content]" content="{escape(fact)}">' for key, fact in _facts(page))
    return f"<head>{''.join(facts)}</head>"


def search_entry(tree: etree._Element, head: str, language: str) -> str:
    """The HTML document that Pagefind reads in place of a finished page; ``tree`` is that page, and is taken apart."""
    words = "".join(map(_words, _TEXT(tree) or _MAIN(tree)))
    return f'<!doctype html><html lang="{language}">{head}<body>{words}</body></html>'


def _words(region: etree._Element) -> str:
    remove_elements(region, _LEFT_OUT(region))
    for term in region.iter("dt"):
        etree.SubElement(term, "span").text = " "  # or the term and what it means would be one word
    region.attrib.clear()
    return str(html.tostring(region, encoding="unicode", with_tail=False))


def _facts(page: PageFacts) -> Iterator[tuple[str, str]]:
    """Pagefind metadata: what ``search.js`` shows with a result."""
    yield "title", one_line(typographic(page.title).striptags())
    yield "kind", gettext(_KINDS.get(page.kind, N_("Page")))
    if page.authors:
        yield "author", ", ".join(author.name for author in page.authors)
    if page.published:
        yield "date", page.published.date().isoformat()
        yield "day", day(page.published)
