"""The words of the site and the owner's synonyms, for whoever typed a word that stands nowhere."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import unescape

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
