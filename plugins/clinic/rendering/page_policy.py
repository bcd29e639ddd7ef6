"""What a page loads and runs: its Content-Security-Policy (CSP 3), made from what it really carries.

The policy stands in the page itself (HTML, 4.2.5.3): every page has its own ``<style>``, so the digests of all would be
too long for a header, and hosts without headers of ours have it, too. What can be said of all pages alike is also in
the header (``files/headers.py``).

The Nu checker warns of blocked things on pages that it reads as files: for it ``'self'`` is then nobody. Where a server
sends them, it asks structured data for a digest, which no browser does, since it does not run (HTML, 4.12.1), and takes
any image at a ``data:`` address for blocked, also where the policy says ``data:``. Browsers report nothing.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml import etree

SELF, NONE, WASM = "'self'", "'none'", "'wasm-unsafe-eval'"
FETCHED = (
    "script-src", "style-src", "img-src", "font-src", "connect-src", "media-src", "frame-src", "worker-src",
    "manifest-src", "object-src",
)  # fmt: skip
"""The directives that say from where things are loaded."""
Sources = Mapping[str, frozenset[str]]
"""By directive; without ``'none'``, which is what an empty set says."""
_ALWAYS = ("default-src", "object-src", "form-action", "base-uri")
"""What a policy says in any case: ``'none'``, if nothing else."""
_CHARSET = '<meta charset="utf-8">'
_CODE = re.compile(r"<(script|style)\b([^>]*)>", re.IGNORECASE)
_END_OF_CODE = {kind: re.compile(rf"</{kind}\s*>", re.IGNORECASE) for kind in ("script", "style")}
_SRC = re.compile(r"\ssrc\s*=", re.IGNORECASE)
_TYPE = re.compile(r"""\stype\s*=\s*["']?([^"'\s>]*)""", re.IGNORECASE)
_RUN = frozenset({"", "module", "importmap", "speculationrules", "text/javascript", "application/javascript"})
"""Types of scripts that a policy judges (HTML, 4.12.1); structured data is none."""
_CSS_URL = re.compile(  # begins with a set of letters, for which Python looks in a tenth of the time
    r"""([@uU])(?i:(?<=@)import\s+(?:url\(\s*["']?([^"')]*)|["']([^"']*))|(?<!@)rl\(\s*["']?([^"')]*))"""
)
_FONT = re.compile(r"\.(?:woff2?|ttf|otf)(?:[?#]|$)|^data:(?:font|application/(?:x-)?font)", re.IGNORECASE)
_CANDIDATE = re.compile(r"([^\s,]\S*[^\s,])(?:\s+[\d.]+[wx])?")
_REFRESH = re.compile(r"url\s*=\s*[\"']?([^\"']+)", re.IGNORECASE)
_CONTACT = "contact"
"""In place of a directive: the browser asks there although no policy has a word for it."""
_LOADED: Mapping[str, Mapping[str, str]] = {
    "script": {"src": "script-src", "href": "script-src", "xlink:href": "script-src"},
    "img": {"src": "img-src", "srcset": "img-src"},
    "input": {"src": "img-src", "formaction": "form-action"},
    "button": {"formaction": "form-action"},
    "image": {"href": "img-src", "xlink:href": "img-src"},
    "use": {"href": "img-src", "xlink:href": "img-src"},
    "feimage": {"href": "img-src", "xlink:href": "img-src"},
    "source": {"src": "media-src", "srcset": "img-src"},
    "video": {"src": "media-src", "poster": "img-src"},
    "audio": {"src": "media-src"},
    "track": {"src": "media-src"},
    "iframe": {"src": "frame-src"},
    "object": {"data": "object-src"},
    "embed": {"src": "object-src"},
    "form": {"action": "form-action"},
}
"""By element: its attributes that name what is loaded, or where a form is sent."""
_LINKS: Mapping[str, str] = {
    "stylesheet": "style-src", "icon": "img-src", "apple-touch-icon": "img-src", "mask-icon": "img-src",
    "manifest": "manifest-src", "preconnect": _CONTACT, "dns-prefetch": _CONTACT, "prefetch": _CONTACT,
    "prerender": _CONTACT, "modulepreload": "script-src",
}  # fmt: skip
_PRELOADS: Mapping[str, str] = {
    "font": "font-src", "image": "img-src", "script": "script-src", "style": "style-src", "fetch": "connect-src",
}  # fmt: skip
_OF_ANY_ELEMENT = frozenset({"style", "data-video", "ping", "background"})
"""Attributes that any element may have, beside those whose names begin with ``on``."""
_ANYWHERE = etree.XPath(
    "//@*[name()='style' or starts-with(name(), 'on') or name()='data-video' or name()='ping' or name()='background']"
)


class Load(NamedTuple):
    """What a page asks another site for: at which ``host``, by which ``url`` on which ``element``.

    ``asked``: only once the visitor presses something, as a form or a film does.
    """

    host: str
    url: str
    element: str
    asked: bool = False


class Carried(NamedTuple):
    """What a page carries: its policy, what it asks others for, and attributes that no policy allows."""

    policy: str
    loads: tuple[Load, ...]
    refused: tuple[str, ...]


def with_policy(page: str, policy: str) -> str:
    """The page with its policy, before anything that it judges."""
    meta = f'{_CHARSET}\n<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return page.replace(_CHARSET, meta, 1)


def carried(page: str, tree: etree._Element, own_host: str, more: Mapping[str, Iterable[str]]) -> Carried:
    """What a page carries; ``tree`` is the same page parsed (of its code only what has an address is read there).

    ``own_host`` is the public one; ``more`` are sources by directive for what its scripts load by themselves.
    """
    found = _Found(own_host)
    for kind, attributes, text in _code(page):
        if kind == "style":
            found.add("style-src", _digest(text))
            found.css(text)
        elif not _SRC.search(attributes) and _type_of(attributes) in _RUN:
            found.add("script-src", _digest(text))
    found.tree(tree)
    # few pages have one of these, and to look for them by XPath takes four times as long
    names = {name for element in tree.iter() for name in element.keys()}  # noqa: SIM118 (no mapping)
    if not names.isdisjoint(_OF_ANY_ELEMENT) or any(name.startswith("on") for name in names):
        found.attributes(tree)
    if "script-src" in found.sources:
        found.add("script-src", SELF)  # which the inline ones load further ones from
    for directive, sources in more.items():
        for source in sources:
            found.add(directive, source)
    return found.carried


def carried_by_css(text: str, own_host: str) -> tuple[Load, ...]:
    """What a stylesheet asks other sites for; or an SVG, whose addresses stand in it alike."""
    found = _Found(own_host)
    found.css(text)
    return found.carried.loads


def written(sources: Sources) -> str:
    """A policy as it is written, in an order that does not change."""
    order = ("default-src", *FETCHED, "form-action", "base-uri", "frame-ancestors")
    directives = [name for name in order if name in sources] + sorted(sources.keys() - {*order})
    return "; ".join(f"{name} {' '.join(_in_order(sources[name])) or NONE}" for name in directives)


def read(policy: str) -> dict[str, frozenset[str]]:
    """The sources that a policy of ours names, by directive."""
    words = [directive.split() for directive in policy.split(";") if directive.strip()]
    return {name: frozenset(sources) - {NONE} for name, *sources in words}


class _Found:
    """Gathers what a page carries."""

    def __init__(self, own_host: str) -> None:
        self._own = own_host
        self.sources: dict[str, set[str]] = {}
        self._loads: dict[Load, None] = {}
        self._refused: dict[str, None] = {}

    @property
    def carried(self) -> Carried:
        """What has been found; what the policy names nowhere is allowed nowhere."""
        found = {name: frozenset(sources) for name, sources in self.sources.items() if name != _CONTACT}
        return Carried(written({**dict.fromkeys(_ALWAYS, frozenset()), **found}), (*self._loads,), (*self._refused,))

    def add(self, directive: str, source: str) -> None:
        self.sources.setdefault(directive, set()).add(source)

    def address(self, directive: str, url: str, element: str, *, asked: bool = False) -> None:
        """Something is loaded from an address."""
        if (source := source_of(url, self._own)) is None:
            return
        self.add(directive, source)
        if directive == "form-action":
            self.add(directive, SELF)  # services lead back to the page that thanks
        if "://" in source:
            host = source.partition("://")[2]
            self._loads[Load(host, url, element, asked or directive == "form-action")] = None

    def css(self, text: str) -> None:
        """What a stylesheet loads."""
        for directive, url in _in_css(text):
            self.address(directive, url, "style")

    def tree(self, tree: etree._Element) -> None:
        """What the elements of a page load."""
        for element in tree.iter(*_LOADED):
            for name, directive in _LOADED[element.tag].items():
                if value := element.get(name):
                    urls = _CANDIDATE.findall(value) if name == "srcset" else [value]
                    for url in urls:
                        self.address(directive, url, element.tag, asked=_waits(element))
        for link in tree.iter("link"):
            self._link(link)
        for meta in tree.iter("meta"):
            self._meta(meta)

    def attributes(self, tree: etree._Element) -> None:
        """What attributes load that any element may have, and those that no policy allows."""
        for value in _ANYWHERE(tree):
            self._attribute(value.attrname, str(value), value.getparent().tag)

    def _meta(self, meta: etree._Element) -> None:
        refresh = _REFRESH.search(meta.get("content", ""))
        if refresh and meta.get("http-equiv", "").lower() == "refresh":
            self.address(_CONTACT, refresh[1], "meta")

    def _link(self, link: etree._Element) -> None:
        for rel in link.get("rel", "").lower().split():
            directive = _PRELOADS.get(link.get("as", ""), _CONTACT) if rel == "preload" else _LINKS.get(rel)
            if directive:
                self.address(directive, link.get("href", ""), "link")

    def _attribute(self, name: str, value: str, tag: str) -> None:
        if name == "data-video":
            self.address("frame-src", value, tag, asked=True)
        elif name in ("ping", "background"):
            self.address("connect-src" if name == "ping" else "img-src", value, tag)
        else:
            self._refused[f'{name}="{value}" on <{tag}>'] = None


def _code(page: str) -> Iterator[tuple[str, str, str]]:
    """Each script and each style: ``script`` or ``style``, its attributes as written, its text."""
    at = 0
    while begin := _CODE.search(page, at):
        kind = begin[1].lower()
        if not (end := _END_OF_CODE[kind].search(page, begin.end())):
            return
        yield kind, begin[2], page[begin.end() : end.start()]
        at = end.end()


def _waits(element: etree._Element) -> bool:
    """Whether a frame stands in a template, from which a script takes it once it is asked for."""
    return element.tag == "iframe" and any(above.tag == "template" for above in element.iterancestors())


def source_of(url: str, own_host: str = "") -> str | None:
    """The source of an address, as a policy names it; None for what is not loaded, such as ``tel:``."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme in ("data", "blob"):
        return f"{parts.scheme}:"
    if not url.strip() or url.strip().startswith("#") or parts.scheme not in ("", "http", "https"):
        return None
    if not host or host == own_host:
        return SELF
    ascii_host = host if host.isascii() else host.encode("idna").decode("ascii", "replace")
    return f"{parts.scheme or 'https'}://{ascii_host}{f':{port}' if port else ''}"


@lru_cache(maxsize=256)
def _digest(text: str) -> str:
    """A source that allows this inline code (CSP 3, 2.3.1); line ends as HTML has them (13.2.3.5)."""
    code = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"'sha256-{b64encode(sha256(code.encode()).digest()).decode()}'"


@lru_cache(maxsize=256)
def _in_css(text: str) -> tuple[tuple[str, str], ...]:
    """The directive and the address of each thing that a stylesheet loads."""
    found: dict[tuple[str, str], None] = {}
    for begins, imported, quoted, url in _CSS_URL.findall(text):
        address = (imported or quoted or url).strip()
        directive = "style-src" if begins == "@" else "font-src" if _FONT.search(address) else "img-src"
        found[directive, address] = None
    return tuple(found)


def _type_of(attributes: str) -> str:
    found = _TYPE.search(attributes)
    return found[1].lower() if found else ""


def _in_order(sources: Iterable[str]) -> Iterator[str]:
    """Keywords first, then schemes and hosts, then digests."""
    yield from sorted(sources, key=lambda source: (source.startswith("'sha"), not source.startswith("'"), source))
