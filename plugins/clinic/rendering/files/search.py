"""What the search index has: of each page its own words and what a result says beside those found, and all words.

Templates mark what is whose: ``data-search="text"`` the words of a page that has more in its main part than those (an
article), ``data-search="no"`` what no visitor looks for, or what every page says. Pagefind itself leaves out ``nav``,
``footer`` and ``form``. The words of the whole site, with the owner's synonyms, are for whoever typed one that stands
nowhere.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from typing import NamedTuple

from lxml import etree, html
from markupsafe import escape

from clinic.domain.pages.page import PageFacts, PageKind
from clinic.models.words import N_, gettext
from clinic.rendering.dates import day
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
SEARCH_WORDS = "words.json"
"""Beside the index; ``search.js`` loads it only where nothing was found."""
_MOST = 8_000
"""Words: gzipped less than 40 KB. Of more, the ones that fewest pages have are left out."""
_HEAD_FACTS = re.compile(r'<meta data-pagefind-meta="(?:title|author)\[content\]" content="([^"]*)"')
_TAG = re.compile("<[^>]*>")
_WORD = re.compile(r"[^\W\d_]{3,}")


def words_of(document: str) -> str:
    """The words of an HTML document of the index, each once, in small letters, with spaces between."""
    text = unescape(_TAG.sub(" ", " ".join((*_HEAD_FACTS.findall(document), document))))
    return " ".join(sorted({*_WORD.findall(text.lower())}))


def search_words(pages: Iterable[str], synonyms: Mapping[str, Sequence[str]]) -> bytes:
    """JSON: ``words``, each once, those of most pages first, with spaces between; ``synonyms``, lists by phrase.

    ``pages`` are the words of each page. All is in small letters, to be compared.
    """
    count = Counter[str]()
    for words in pages:
        count.update(words.split(" "))
    del count[""]
    most = sorted(count, key=lambda word: (-count[word], word))[:_MOST]
    phrases = {_plain(phrase): [_plain(other) for other in others] for phrase, others in synonyms.items()}
    return json.dumps({"words": " ".join(most), "synonyms": phrases}, ensure_ascii=False).encode()


def _plain(phrase: str) -> str:
    return " ".join(phrase.lower().split())


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
