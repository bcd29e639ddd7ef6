"""What a text refers to: links, images, and the files that video directives name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clinic.content.front_matter import MarkdownFile
from clinic.rendering.markdown.directives import Directive, VideoOptions
from clinic.rendering.text import html_fragment

_ADDRESSES = frozenset(("href", "src", "poster"))


@dataclass(frozen=True)
class Reference:
    """``url`` as the owner typed it. ``has_words``: whether an image has ``alt``, or is marked as decoration.

    ``line`` of the file if it is known; else the first line that has the address.
    """

    url: str
    is_image: bool = False
    has_words: bool = True
    line: int | None = None

    def line_in(self, file: MarkdownFile) -> int:
        """The line of ``file`` on which the owner wrote it."""
        return self.line or file.line_with(self.url or "]()")


def references(markup: str) -> Iterator[Reference]:
    """Every link and image of an HTML text, in order."""
    for element in html_fragment(markup).iter("a", "img", "source", "video", "audio", "iframe"):
        url = next((value for key, value in element.items() if key in _ADDRESSES), None)
        if url is not None:
            is_image = element.tag == "img"
            has_words = bool(element.get("alt", "").strip()) or element.get("role") == "presentation"
            yield Reference(url, is_image, not is_image or has_words)


def video_files(directives: Iterable[Directive]) -> Iterator[Reference]:
    """A video file of the owner's own, its captions, and its poster."""
    for directive in directives:
        if isinstance(video_source := directive.options, VideoOptions):
            named = {"url": video_source.file, "captions": video_source.captions, "poster": video_source.poster}
            for key, path in named.items():
                if path:
                    line = directive.option_lines.get(key)
                    yield Reference(f"{{static}}/{path}", is_image=key == "poster", line=line)
