"""Markdown texts rendered in this process, each directive as its heading and its body."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import html5lib

from clinic.rendering.markdown.renderer import MarkdownRenderer

if TYPE_CHECKING:
    from clinic.rendering.markdown.directives import Directive
    from clinic.rendering.markdown.renderer import Rendered

RENDERER = MarkdownRenderer(third_parties=["maps.example.com"])


def rendered(text: str) -> Rendered:
    """The text as line 1 and those below of ``x.md``."""
    return RENDERER.render(text, "x.md", 1, _shown)


def html(text: str) -> str:
    """Its HTML, without line ends between the elements; nothing may be wrong with it."""
    found = rendered(text)
    assert [str(diagnostic) for diagnostic in found.diagnostics] == []
    return re.sub(r"\s*\n\s*(?=<)|(?<=>)\s*\n\s*", "", found.html).replace("&nbsp;", " ").replace("\xa0", " ").strip()


def told(text: str) -> list[str]:
    """What is wrong with it, or worth a note: ``line: message``."""
    return [f"{diagnostic.line}: {diagnostic.message}" for diagnostic in rendered(text).diagnostics]


def seen(markup: str) -> str:
    """The words that a browser shows, of a page on which ``markup`` stands above a footer; the words of images too.

    Without the footer's words at their place the page is broken: then the words are none.
    """
    page = f"<!doctype html><body><main>{markup}</main><footer>the end</footer>"
    body = html5lib.parse(page, treebuilder="lxml", namespaceHTMLElements=False).getroot().find("body")
    main, footer = body.find("main"), body.find("footer")
    if main is None or footer is None or footer.text != "the end" or len(body) != 2:
        return ""
    for element in body.iter("script", "style", "textarea", "title"):
        element.clear()
    images = (image.get(key, "") for image in body.iter("img") for key in ("alt", "title"))
    return " ".join([*body.itertext(), *images])


def _shown(directive: Directive, body: str) -> str:
    return f"<section>{directive.heading or ''} {body}</section>"
