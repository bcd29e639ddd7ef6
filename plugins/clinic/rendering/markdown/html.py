"""The owner's HTML inside Markdown: elements and attributes of a list pass, all else is told at its line.

What no browser knows as an element (``Dear <name>``) is shown as the words it is. What word processors wrap around
words is taken off. Comments are the owner's own and go nowhere.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

from markdown_it.token import Token
from markupsafe import escape

from clinic.domain.pages.media import player_of
from clinic.rendering.markdown.tokens import inline_tokens, line_of


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


def video_lines(url: str) -> str:
    """How to write a video, on one line."""
    return f'write "/// video | A heading", below it "    url: {url}", and "///"'


_EVERYWHERE = _names("id class title lang dir role aria-label aria-hidden aria-labelledby aria-describedby")
_ELEMENTS = {
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
    "td": _names("colspan rowspan headers"),
    "th": _names("colspan rowspan headers scope"),
    "time": _names("datetime"),
}
"""What may stand in a text, by the names of the WHATWG's HTML Standard, with the attributes of its own."""
_IGNORED = frozenset({"target", "markdown"})
"""Attributes that say how to open or read something, and are left out without a word."""
_WRAPPERS = _names("span font center big nobr tt strike acronym html body picture source")
"""Taken off, and their words kept: they say only how something looks. A ``span`` stays where it says a language."""
_NO_PLACE = _names("script style link meta base title head object embed applet param noscript template canvas svg math")
_NO_PLACE |= _names("map area slot progress meter frame frameset noframes marquee dialog xmp plaintext")
_FORMS = _names(
    "form input button select option optgroup textarea label fieldset legend datalist output progress meter"
)
_TOLD = {
    **dict.fromkeys(_NO_PLACE, "has no place in a text; take it out"),
    **dict.fromkeys(_FORMS, "would be a form that nothing answers; take it out, or link to a form"),
    **dict.fromkeys(
        _names("video track"), 'is a directive here: "/// video | A heading", below it "    url: …", and "///"'
    ),
    "h1": 'is the title of the page; begin the heading with "## "',
}
_VOID = _names("br hr img wbr col")
_CLOSES_ITSELF = _names("p li dt dd tr td th thead tbody tfoot colgroup rt rp")
"""Elements whose end tag HTML lets one leave out (HTML Standard, 13.1.2.4)."""
_VIDEO_HOST = re.compile(r"(?:^|\.)(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com)$")
_TRACKED = re.compile(r"https?://(?:www\.)?google\.[a-z.]+/url\?", re.IGNORECASE)
Address = tuple[int, str, dict[str, str]]
"""What refers to something: its line in the text, from 0, its element, and the element's attributes."""
_CURLY = ("“", "”", "„", "‘", "’")


def is_element(tag: str) -> bool:
    """Whether a tag as typed, ``<b>`` or ``</b>``, is one of HTML."""
    name = re.match(r"</?([a-z][a-z0-9]*)", tag, re.IGNORECASE)
    return name is not None and name[1].lower() in _ELEMENTS.keys() | _TOLD.keys() | _WRAPPERS


def without_tracking(url: str) -> str:
    """The page that an address of Google's redirector, as Google Docs writes it, leads to."""
    if not _TRACKED.match(url):
        return url
    query = parse_qs(urlsplit(url).query)
    return next((found[0] for key in ("q", "url") if (found := query.get(key))), url)


@dataclass
class _Opened:
    tag: str
    level: int
    line: int


@dataclass
class HtmlCheck:
    """Rewrites the HTML of a parsed text, token by token.

    ``problems`` are lines (from 0) with messages, ``formatting`` the lines where only looks were left out;
    ``addresses`` are what the elements refer to, ``consumed`` is HTML that no reader sees.
    """

    third_parties: Collection[str] = ()
    problems: list[tuple[int, str]] = field(default_factory=list)
    formatting: list[int] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    consumed: list[str] = field(default_factory=list)
    unclosed: set[str] = field(default_factory=set)

    def run(self, tokens: Sequence[Token]) -> None:
        """Look at every token, in order."""
        opened: list[_Opened] = []
        for token in tokens:
            if token.type == "html_block":
                self._fragment(token, token.map[0] if token.map else 0, opened)
            elif token.nesting < 0:
                self._close_all(opened, token.level)
        self._close_all(opened, -1)
        for inline, children in inline_tokens(tokens):
            parts: list[_Opened] = []
            for index, child in enumerate(children):
                if child.type == "html_inline":
                    self._fragment(child, line_of(inline, index), parts)
                elif child.nesting < 0:
                    self._close_all(parts, child.level)
            self._close_all(parts, -1)

    def _close_all(self, opened: list[_Opened], level: int) -> None:
        """What is open further in than ``level`` ends there, as the browser would not."""
        while opened and opened[-1].level > level:
            self.report_unclosed(opened.pop(), "where it ends")

    def report_unclosed(self, left: _Opened, where: str) -> None:
        """Tell of an element without its end; a later end tag of its name is no further problem."""
        if left.tag not in _CLOSES_ITSELF:
            self.unclosed.add(left.tag)
            self.problems.append((left.line, f"<{left.tag}> is not closed; write </{left.tag}> {where}"))

    def _fragment(self, token: Token, line: int, opened: list[_Opened]) -> None:
        text = token.content
        start = text.rfind("<!--")
        if start >= 0 and "-->" not in text[start:]:
            self.problems.append((line + text.count("\n", 0, start), 'this comment does not end; write "-->" after it'))
        parser = _Parser(self, line, token.level, opened)
        parser.feed(text)
        parser.close()
        if parser.in_code:  # its end is missing, so that the parser has kept the rest to itself
            self.consumed.append(text)
        token.content = "".join(parser.kept)


class _Parser(HTMLParser):
    """One piece of HTML: a block, or a tag inside a line."""

    def __init__(self, check: HtmlCheck, line: int, level: int, opened: list[_Opened]) -> None:
        super().__init__(convert_charrefs=False)
        self.check, self.line, self.level, self.opened = check, line, level, opened
        self.kept: list[str] = []
        self.in_code = False

    @property
    def at(self) -> int:
        """The line of the text, from 0."""
        return self.line + self.getpos()[0] - 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element passes, is taken off, told, or is no element."""
        raw, check = self.get_starttag_text() or "", self.check
        given = {key: value or "" for key, value in attrs}
        self.in_code = tag in ("script", "style")
        if tag in _TOLD:
            check.problems.append((self.at, f"<{tag}> {_TOLD[tag]}"))
        elif (tag in _WRAPPERS and not (tag == "span" and given.keys() & {"lang", "dir"})) or (
            ":" in tag and not re.match(r"https?:|www\.", raw[1:], re.IGNORECASE)
        ):
            check.formatting.append(self.at)
        elif tag not in _ELEMENTS:
            self.kept.append(str(escape(raw)))
            return
        elif tag == "iframe":
            self._frame(given)
        else:
            self._element(tag, given)
        check.consumed.append(raw)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """``<br/>``; on other elements than void ones HTML ignores the slash."""
        self.handle_starttag(tag, attrs)

    def _element(self, tag: str, given: dict[str, str]) -> None:
        check = self.check
        if curly := next((key for key, value in given.items() if value.startswith(_CURLY)), None):
            check.problems.append((self.at, f'<{tag}> has curly quotation marks; write {curly}="…" with straight ones'))
        allowed = _ELEMENTS[tag] | _EVERYWHERE
        if any(key not in allowed | _IGNORED and not key.startswith("data-") for key in given):
            check.formatting.append(self.at)
        kept = {key: without_tracking(value) for key, value in given.items() if key in allowed}
        check.addresses.append((self.at, tag, kept))
        attributes = "".join(f' {key}="{escape(value)}"' for key, value in kept.items())
        self.kept.append(f"<{tag}{attributes}>")
        if tag not in _VOID:
            self.opened.append(_Opened(tag, self.level, self.at))

    def _frame(self, given: dict[str, str]) -> None:
        """A frame of another site, which must be declared: it is loaded without the visitor's asking."""
        url = given.get("src", "")
        parts = urlsplit(f"https:{url}" if url.startswith("//") else url)
        if parts.scheme == "https" and parts.hostname in self.check.third_parties:
            self._element("iframe", {"loading": "lazy", **given})
            if not given.get("title", "").strip():
                self.check.problems.append((self.at, 'this frame has no name; write title="…" with what it shows'))
            return
        player = player_of(parts.geturl())
        if player or _VIDEO_HOST.search(parts.hostname or ""):
            how = video_lines(player.page if player else "the address of its page")
            self.check.problems.append((self.at, f"this loads a video before the visitor asks for it; {how}"))
            return
        host = parts.hostname or "another site"
        how = f'link to it: [words]({url or "address"}), or list {host} under "third_parties" in clinic.yaml'
        self.check.problems.append((self.at, f"this loads {host} before the visitor asks for it; {how}"))

    def handle_endtag(self, tag: str) -> None:
        """It must close what was opened last, but for what closes itself."""
        self.in_code = False
        if tag not in _ELEMENTS and tag not in _TOLD and tag not in _WRAPPERS and ":" not in tag:
            self.kept.append(str(escape(f"</{tag}>")))
            return
        self.check.consumed.append(tag)
        while self.opened and self.opened[-1].tag != tag and self.opened[-1].tag in _CLOSES_ITSELF:
            self.opened.pop()
        if any(found.tag == tag and found.level == self.level for found in self.opened):
            while (inner := self.opened.pop()).tag != tag:
                self.check.report_unclosed(inner, f"before </{tag}>")
            self.kept.append(f"</{tag}>")
        elif tag in _ELEMENTS and tag not in _VOID | _WRAPPERS | self.check.unclosed | {"iframe"}:
            how = f"take it out, or write <{tag}> before it"
            self.check.problems.append((self.at, f"</{tag}> closes nothing that is open here; {how}"))

    def handle_data(self, data: str) -> None:
        """Words; in a script they are none."""
        if self.in_code:
            self.check.consumed.append(data)
            return
        self.kept.append(str(escape(data)).replace("&#34;", '"').replace("&#39;", "'"))

    def handle_entityref(self, name: str) -> None:
        """``&nbsp;``."""
        self.kept.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """``&#160;``."""
        self.kept.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        """The owner's own."""
        self.check.consumed.append(data)

    def handle_decl(self, decl: str) -> None:
        """``<!DOCTYPE html>``."""
        self.check.consumed.append(decl)

    def handle_pi(self, data: str) -> None:
        """``<?xml …>``, as Word writes it."""
        self.check.consumed.append(data)

    def unknown_decl(self, data: str) -> None:
        """``<![if …]>``, as Word writes it."""
        self.check.consumed.append(data)


def remote_files(addresses: Iterable[Address], third_parties: Collection[str]) -> Iterator[tuple[int, str]]:
    """Pictures and sounds of other sites, by line: each would tell that site of every visitor."""
    for line, tag, attributes in addresses:
        url = attributes.get("src", "")
        parts = urlsplit(url)
        is_elsewhere = parts.scheme in ("http", "https") or url.startswith("//")
        if tag in ("img", "audio") and is_elsewhere and parts.hostname not in third_parties:
            how = "save it into images/ and write {static}/images/…"
            how += f', or list {parts.hostname} under "third_parties" in clinic.yaml'
            yield line, f"this loads {parts.hostname} for every visitor; {how}"
