"""Images in the HTML of a text: what Markdown makes of ``![words](address "caption")``, shown by the theme."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from clinic.domain.pages.media import Image
from clinic.rendering.markdown.directive_views import RenderComponent
from clinic.rendering.text import html_fragment

# The second part matches only what the first has begun: an image alone in its paragraph is taken with the paragraph.
_IMAGE = re.compile(r"""(?P<alone><p>\s*)?(?P<tag><img\b(?:"[^"]*"|'[^']*'|[^<>"'])*>)(?(alone)\s*</p>)""")
Find = Callable[[str], Image | None]
"""The published image that an address means, None for one that is not ours to publish."""


def render_images(markup: str, find: Find, render: RenderComponent) -> str:
    """Replace every image that is found by the theme's component, with its sizes.

    Alone in its paragraph it is a figure, and its title the caption.
    """
    return _IMAGE.sub(partial(_shown, find, render), markup) if "<img" in markup else markup


def _shown(find: Find, render: RenderComponent, match: re.Match[str]) -> str:
    found = html_fragment(match["tag"])[0].attrib
    image = find(found.get("src", ""))
    if image is None:
        return match.group()
    image = replace(image, alt=found.get("alt", ""))
    title, class_name = found.get("title"), found.get("class")
    if match["alone"]:
        return render("figure", image=image, caption=title, class_name=class_name).strip()
    return render("image", image=image, class_name=class_name, title=title).strip()
