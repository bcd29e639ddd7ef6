"""Pictures in a body: what Markdown makes of ``![words](address "caption")``, made into the theme's own component."""

import html
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from clinic.domain.pages.media import Image
from clinic.rendering.markdown.directive_views import RenderComponent

# The second part matches only what the first has begun: a picture alone in its paragraph is taken with the paragraph.
_PICTURE = re.compile(r"(?P<alone><p>\s*)?<img\b(?P<attributes>[^<>]*)>(?(alone)\s*</p>)")
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
Find = Callable[[str], Image | None]
"""The published picture that an address means, None for one that is not ours to publish."""


def render_images(markup: str, find: Find, render: RenderComponent) -> str:
    """Show every picture that is found with its sizes; alone in its paragraph it is a figure, its title the caption."""
    return _PICTURE.sub(partial(_shown, find, render), markup) if "<img" in markup else markup


def _shown(find: Find, render: RenderComponent, match: re.Match[str]) -> str:
    found = {name: html.unescape(double or single) for name, double, single in _ATTRIBUTE.findall(match["attributes"])}
    image = find(found.get("src", ""))
    if image is None:
        return match.group()
    image = replace(image, alt=found.get("alt", ""))
    title, class_name = found.get("title"), found.get("class")
    if match["alone"]:
        return render("figure", image=image, caption=title, class_name=class_name).strip()
    return render("image", image=image, class_name=class_name, title=title).strip()
