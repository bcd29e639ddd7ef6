"""Cleaned HTML as the Markdown of this site, by the library markdownify."""

import re
from typing import Any

from markdownify import ATX, BACKSLASH, MarkdownConverter

from clinic.cli.importing.found import INVISIBLE

_SIGNS = re.compile(r"([\\`*\[])|(?<!\w)_|_(?!\w)|~(?=~)|<(?=[A-Za-z/!])|&(?=#?\w+;)")
_LINE_START = re.compile(
    r"(\s*)(?:(?P<number>\d{1,9})(?=[.)](?:\s|$))|(?=#{1,6}(?:\s|$)|[>+-](?:\s|$)|//|={2,}|-{2,}|:{3}))"
)
_DASH = re.compile(r"(?<=[^\W\d_]) - (?=[^\W\d_“‘(])|(?<=[,;.!?’”\")]) - (?=[^\W\d_“‘(])")
_MANY = re.compile(r"\n{3,}")
_GAP = re.compile(r"[ \t]{100,}+")
"""More spaces than anything is set in by; the library's time for them grows with their square."""
_NO_LISTS = ["pre", "code", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th"]
_BLOCKS = frozenset("p li div td th dd dt blockquote section article body figcaption details summary".split())
_IN_CELLS = ("td", "th", "p", "span", "a", "div", "li", "strong", "em", "b", "i", "h2", "h3", "h4", "h5", "h6")


def as_markdown(markup: str) -> str:
    """The Markdown of a fragment; ``clinic-…`` elements become directives and remarks."""
    made = _Converter(
        heading_style=ATX, bullets="-", newline_style=BACKSLASH, sub_symbol="<sub>", sup_symbol="<sup>",
        table_infer_header=True, keep_inline_images_in=[*_IN_CELLS], autolinks=False,
    ).convert(_GAP.sub(" " * 100, markup))  # fmt: skip
    lines = [line.rstrip(" \t") for line in made.split("\n")]
    text = re.sub(r"\\\n(?=\n|$)", "\n", "\n".join(lines))
    return _MANY.sub("\n\n", re.sub(r"^(?:\\\n)+", "", text)).strip()


def escaped(text: str) -> str:
    """Words that show as they are in Markdown, wherever in a line they stand."""
    return _SIGNS.sub(lambda found: f"\\{found[0]}", text)


class _Converter(MarkdownConverter):
    """markdownify, with the signs that this site's Markdown knows."""

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Words behind backslashes where they would be marks; a hyphen between spaces is a dash."""
        words = escaped(_DASH.sub(" – ", text.translate(INVISIBLE).replace("\n", " ")))
        return words.replace("|", r"\|") if parent_tags & {"td", "th"} else words

    def process_text(self, el: Any, parent_tags: Any = None) -> str:
        """The words of a text; at the beginning of a line none of them is a mark."""
        text: str = super().process_text(el, parent_tags=parent_tags)  # type: ignore[misc]  # its stubs lack it
        if el.find_parent(_NO_LISTS) or not text.strip() or not _begins_line(el):
            return text
        return (
            _LINE_START.sub(lambda found: f"{found[1]}{found['number'] or ''}\\", text, count=1)
            if _LINE_START.match(text)
            else text
        )

    def convert_clinic_remark(self, el: Any, text: str, parent_tags: Any) -> str:  # noqa: ARG002 -- the library's signature
        """A remark for the owner."""
        words = el.get_text().replace("--", "- -")
        return f"\n\n<!-- {words} -->\n\n"

    def convert_clinic_video(self, el: Any, text: str, parent_tags: Any) -> str:  # noqa: ARG002 -- as above
        """A video."""
        return f"\n\n/// video | {el.get_text()}\n    url: {el['data-url']}\n///\n\n"

    def convert_clinic_directive(self, el: Any, text: str, parent_tags: Any) -> str:  # noqa: ARG002 -- as above
        """What follows from the facts."""
        return f"\n\n/// {el['data-name']}\n///\n\n"

    def convert_img(self, el: Any, text: str, parent_tags: Any) -> str:  # noqa: ARG002 -- as above
        """An image by its number."""
        return f"![]({el.get('src')})" if el.get("src", "").startswith("asset:") else ""

    def convert_a(self, el: Any, text: str, parent_tags: Any) -> str:
        """A link; one without words goes."""
        return super().convert_a(el, text, parent_tags) if text.strip() else text  # type: ignore[misc]  # as above

    def convert_dt(self, el: Any, text: str, parent_tags: Any) -> str:  # noqa: ARG002 -- as above
        """A term as a bold line."""
        return f"\n\n**{text.strip()}**\n\n" if text.strip() else ""

    def convert_dd(self, el: Any, text: str, parent_tags: Any) -> str:  # noqa: ARG002 -- as above
        """What a term means."""
        return f"\n\n{text.strip()}\n\n"

    def convert_details(self, el: Any, text: str, parent_tags: Any) -> str:  # noqa: ARG002 -- as above
        """Words that open; their first line is there always."""
        return f"\n\n<details>\n\n{text.strip()}\n\n</details>\n\n"

    def convert_summary(self, el: Any, text: str, parent_tags: Any) -> str:  # noqa: ARG002 -- as above
        """The line that opens them."""
        return f"\n\n<summary>{' '.join(text.split())}</summary>\n\n"


def _begins_line(node: Any) -> bool:
    """Whether a text is the first of its block, or stands behind a line break."""
    while True:
        before = node.previous_sibling
        while before is not None and not before.name and not before.strip():
            before = before.previous_sibling
        if before is not None:
            return before.name == "br" or before.name in _BLOCKS
        node = node.parent
        if node is None or node.name in _BLOCKS or node.name == "[document]":
            return True
        if node.name in {"strong", "em", "b", "i", "code", "a"}:
            return False
