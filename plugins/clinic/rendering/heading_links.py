"""A link beside each heading of a body, to copy the address of its chapter.

It stands after the heading, not in it, so that a list of headings (as screen readers give it) holds the headings' own
words. Only pages have it: a feed shows the same body, where such links would be stray signs.
"""

import re

from markupsafe import Markup, escape

from clinic.rendering.text import plain_text

_HEADING = re.compile(r'<(h[23]) id="([^"]+)">(.*?)</\1>', re.DOTALL)


def with_heading_links(body: str) -> Markup:
    """The body with its links."""
    return Markup(_HEADING.sub(_linked, body))  # noqa: S704 (the owner's Markdown, as it is shown)


def _linked(found: re.Match[str]) -> str:
    label = escape(f"Link to this part: {plain_text(found[3])}")
    link = f'<a class="heading-link__link" href="#{found[2]}" aria-label="{label}">#</a>'
    return f'<div class="heading-link">{found[0]}{link}</div>'
