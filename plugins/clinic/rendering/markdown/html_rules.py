"""What HTML a text may have: its elements and attributes, and what is said of the others.

The names are those of the WHATWG's HTML Standard.
"""

import re
from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


EVERYWHERE = _names("id class title lang dir role aria-label aria-hidden aria-labelledby aria-describedby")
ELEMENTS = {
    **dict.fromkeys(_names("abbr address article aside b bdi bdo blockquote br caption cite code dd del"), _names("")),
    **dict.fromkeys(_names("dfn div dl dt em figcaption figure footer h2 h3 h4 h5 h6 header hr i ins kbd"), _names("")),
    **dict.fromkeys(
        _names("main mark nav p pre q rp rt ruby s samp section small span strong sub summary"), _names("")
    ),
    **dict.fromkeys(_names("sup table tbody tfoot thead tr u ul var wbr"), _names("")),
    "a": _names("href rel name download hreflang"),
    "audio": _names("src controls preload"),
    "col": _names("span"),
    "colgroup": _names("span"),
    "details": _names("open"),
    "iframe": _names("src width height loading allow allowfullscreen"),
    "img": _names("src alt width height"),
    "li": _names("value"),
    "ol": _names("start type reversed"),
    "source": _names("src type"),
    "td": _names("colspan rowspan headers"),
    "th": _names("colspan rowspan headers scope"),
    "time": _names("datetime"),
}
"""What may stand in a text, with the attributes of its own."""
IGNORED = _names("target markdown")
"""Attributes that say how to open or read something, and are left out without a word."""
BARE = _names(
    "hidden loop muted autoplay async defer required disabled checked selected novalidate nowrap itemscope clear"
)
"""Attributes that other elements have without a value, so that they do not make a tag into words."""
WRAPPERS = _names("span font center big nobr tt strike acronym html body picture source")
"""Taken off, and their words kept: they say only how something looks. A ``span`` stays where it says a language."""
SILENT = _names("picture source")
"""Wrappers that say only where else a file is."""
_NO_PLACE = _names("script style link meta base title head object embed applet param noscript template canvas svg math")
_NO_PLACE |= _names("map area slot progress meter frame frameset noframes marquee dialog xmp plaintext")
_FORMS = _names(
    "form input button select option optgroup textarea label fieldset legend datalist output progress meter"
)
TOLD = {
    **dict.fromkeys(_NO_PLACE, "has no place in a text; take it out"),
    **dict.fromkeys(_FORMS, "would be a form that nothing answers; take it out, or link to a form"),
    **dict.fromkeys(
        _names("video track"), 'is a directive here: "/// video | A heading", below it "    url: …", and "///"'
    ),
    "h1": 'is the title of the page; begin the heading with "## "',
}
VOID = _names("br hr img wbr col source link meta base embed param area input track frame")
CODE = _names("script style")
DRAWINGS = _names("svg math")
"""What stands in them is no HTML."""
HEADINGS = _names("h1 h2 h3 h4 h5 h6")
CLOSES_ITSELF = _names("p li dt dd tr td th thead tbody tfoot colgroup rt rp")
"""Elements whose end tag HTML lets one leave out (HTML Standard, 13.1.2.4)."""
OF_ANOTHER_PROGRAM = "this is shown as words, not as what another program makes of it; take it out, or write it anew"
CURLY = ("“", "”", "„", "‘", "’")
"""Quotation marks of text programs, in place of those of HTML."""
_TRACKED = re.compile(r"https?://(?:www\.)?google\.[a-z.]+/url\?", re.IGNORECASE)


def is_element(tag: str) -> bool:
    """Whether a tag as typed, ``<b>`` or ``</b>``, is one of HTML."""
    name = re.match(r"</?([a-z][a-z0-9]*)", tag, re.IGNORECASE)
    return name is not None and name[1].lower() in ELEMENTS.keys() | TOLD.keys() | WRAPPERS


def is_words(tag: str, attrs: Sequence[tuple[str, str | None]]) -> bool:
    """Whether a tag is one by chance (``a<b and c>d``): no attribute of it has a value, or is known without one."""
    known = ELEMENTS[tag] | EVERYWHERE | IGNORED | BARE
    return bool(attrs) and all(
        value is None and key not in known and not key.startswith(("data-", *CURLY)) for key, value in attrs
    )


def video_lines(url: str) -> str:
    """How to write a video, on one line."""
    return f'write "/// video | A heading", below it "    url: {url}", and "///"'


def without_tracking(url: str) -> str:
    """The page that an address of Google's redirector, as Google Docs writes it, leads to."""
    if not _TRACKED.match(url):
        return url
    query = parse_qs(urlsplit(url).query)
    return next((found[0] for key in ("q", "url") if (found := query.get(key))), url)
