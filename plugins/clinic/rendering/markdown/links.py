"""The files that video directives name, as references to be checked and published like those in a text."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clinic.content.front_matter import MarkdownFile
from clinic.rendering.markdown.directives import Directive, VideoOptions

_TAG = re.compile(r"<(a|img|source|video|audio|iframe)\b[^<>]*>")
_ADDRESS = re.compile(r"""\b(?:href|src|poster)=(?:"([^"]*)"|'([^']*)')""")
_WORDS = re.compile(r"""\balt=["']\s*[^"'\s]|\brole=["']presentation["']""")


@dataclass(frozen=True)
class Reference:
    """``url`` as the owner typed it; ``has_words``: whether a picture says what it shows, or that it shows nothing.

    ``line`` of the file if that is known; else it is the first that holds the address.
    """

    url: str
    is_image: bool = False
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
            is_image = tag.group(1) == "img"
            yield Reference(url, is_image, not is_image or bool(_WORDS.search(tag.group())))


def video_files(directives: Iterable[Directive]) -> Iterator[Reference]:
    """A film of the owner's own, its captions, the picture before it plays."""
    for directive in directives:
        if isinstance(video_source := directive.options, VideoOptions):
            named = {"url": video_source.file, "captions": video_source.captions, "poster": video_source.poster}
            for key, path in named.items():
                if path:
                    line = directive.option_lines.get(key)
                    yield Reference(f"{{static}}/{path}", is_image=key == "poster", line=line)
