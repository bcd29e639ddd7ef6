"""What the owner refers to in a text: links and pictures, as they stand in its HTML."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from clinic.files.markdown_file import MarkdownFile

_TAG = re.compile(r"<(a|img|source|video|audio|iframe)\b[^<>]*>")
_ADDRESS = re.compile(r"""\b(?:href|src|poster)=(?:"([^"]*)"|'([^']*)')""")
_WORDS = re.compile(r"""\balt=["']\s*[^"'\s]|\brole=["']presentation["']""")


@dataclass(frozen=True)
class Reference:
    """``url`` as the owner typed it; ``has_words``: whether a picture says what it shows, or that it shows nothing.

    ``line`` of the file if that is known; else it is the first that holds the address.
    """

    url: str
    is_picture: bool = False
    has_words: bool = True
    line: int | None = None

    def line_in(self, file: MarkdownFile) -> int:
        """Where the owner wrote it."""
        return self.line or file.line_with(self.url or "]()")


def references(markup: str) -> Iterator[Reference]:
    """Every link and picture, in order."""
    for tag in _TAG.finditer(markup):
        if address := _ADDRESS.search(tag.group()):
            url = html.unescape(address.group(1) or address.group(2) or "")
            is_picture = tag.group(1) == "img"
            yield Reference(url, is_picture, not is_picture or bool(_WORDS.search(tag.group())))
