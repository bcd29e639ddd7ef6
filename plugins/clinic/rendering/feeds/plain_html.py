"""The HTML of an article for a feed, which is read without our stylesheet and far from our site.

A feed reader drops classes and styles, draws an inline SVG in black at any size, and shows twenty articles on one page,
where an ``id`` would stand twenty times.
"""

import re
from dataclasses import dataclass
from urllib.parse import urljoin

import nh3
from lxml import etree, html

from clinic.rendering.text import html_fragment, inner_html

_TAGS = frozenset({
    "a", "abbr", "address", "aside", "audio", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup",
    "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h2", "h3", "h4", "h5", "h6",
    "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "picture", "pre", "q", "s", "samp", "section", "small",
    "source", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr",
    "track", "u", "ul", "var", "video", "wbr",
})  # fmt: skip
_GONE = frozenset({
    "button", "canvas", "embed", "form", "iframe", "input", "math", "noscript", "object", "script", "select",
    "style", "svg", "template",
})  # fmt: skip
"""Elements that are taken out with all that is in them."""
_IMAGE_ATTRIBUTES = frozenset(("src", "srcset", "sizes", "width", "height"))
_PLAYER_ATTRIBUTES = frozenset(("src", "poster", "controls", "width", "height"))
_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "audio": set(_PLAYER_ATTRIBUTES),
    "blockquote": {"cite"},
    "col": {"span"},
    "del": {"datetime"},
    "img": {*_IMAGE_ATTRIBUTES, "alt", "title"},
    "ins": {"datetime"},
    "ol": {"start", "reversed"},
    "q": {"cite"},
    "source": {*_IMAGE_ATTRIBUTES, "type", "media"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "track": {"src", "kind", "label", "srclang"},
    "video": set(_PLAYER_ATTRIBUTES),
}
_SCHEMES = {"http", "https", "mailto", "tel", "sms", "geo", "whatsapp"}
_ADDRESSES = frozenset(("href", "src", "poster", "cite"))
_CANDIDATE = re.compile(r"([^\s,]\S*[^\s,])(\s+[\d.]+[wx])?")
_SPACE_FIRST = re.compile(r"^(<a\b[^<>]*>)\s+")
_EMPTY = re.compile(r"<(p|div|li|caption)>\s*</\1>")
_BLANK_LINES = re.compile(r"(?<=>)\n\s*\n(?=\s*<)")


@dataclass(frozen=True)
class Base:
    """The whole addresses of the page (``page``) and of the site (``public``) that links are resolved against.

    ``folder`` is what links inside the site begin with: the folder of the public address, or nothing.
    """

    page: str
    public: str
    folder: str

    def absolute(self, address: str) -> str:
        """The whole address (Atom has ``xml:base`` for the others, which RSS has not, and few readers heed)."""
        if address.startswith(f"{self.folder}/") and not address.startswith("//"):
            return self.public + address.removeprefix(self.folder)
        return urljoin(self.page, address)

    def candidates(self, srcset: str) -> str:
        """HTML, "srcset attribute": addresses, each with the width or density it is meant for."""
        return _CANDIDATE.sub(lambda found: self.absolute(found[1]) + (found[2] or ""), srcset)


def plain_html(markup: str, base: Base) -> str:
    """The same text without class, script, form or icon, all addresses whole."""
    changes = {**dict.fromkeys(_ADDRESSES, base.absolute), "srcset": base.candidates}
    clean = nh3.clean(
        _with_lines_of_links(markup),
        tags=set(_TAGS),
        clean_content_tags=set(_GONE),
        attributes=_ATTRIBUTES,
        attribute_filter=lambda _tag, name, value: changes[name](value) if name in changes else value,
        url_schemes=_SCHEMES,
        link_rel=None,
    )
    return _BLANK_LINES.sub("\n", _EMPTY.sub("", clean)).strip()


def _with_lines_of_links(markup: str) -> str:
    """Links on a line for buttons (``data-feed="links"``), which would run into one another without their shape."""
    if "data-feed" not in markup:
        return markup
    tree = html_fragment(markup)
    for buttons in tree.findall(".//*[@data-feed='links']"):
        line = " · ".join(map(_link_without_icon, buttons.iter("a")))
        buttons.tag, buttons.text, buttons[:] = "p", None, list(html_fragment(line))
    return inner_html(tree)


def _link_without_icon(link: etree._Element) -> str:
    etree.strip_elements(link, "svg", with_tail=False)
    return _SPACE_FIRST.sub(r"\1", html.tostring(link, encoding="unicode", with_tail=False))
