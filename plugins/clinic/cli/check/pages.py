"""The finished pages, each parsed once: what the checks need of one, without its tree."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

_BLOCKS = frozenset("p li h1 h2 h3 h4 h5 h6 td th dd dt blockquote figcaption caption summary div section".split())
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_UNREAD = frozenset({"script", "style", "svg", "template"})
_INDEX = "index.html"
_PARSER = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
_BREAK = "\x0b"
_IDS = etree.XPath("//@id | //a/@name")


class Link(NamedTuple):
    """Where an ``a`` leads, as it stands there, and its words."""

    url: str
    words: str


class Picture(NamedTuple):
    """An ``img``: its file, its ``alt`` (None where there is none), and the files that a browser may choose from."""

    src: str
    alt: str | None
    candidates: tuple[tuple[str, int], ...]


class Heading(NamedTuple):
    """A heading: its level, 1 to 6, and its words."""

    level: int
    words: str


@dataclass(frozen=True)
class Page:
    """A page; ``path`` is its file from the root of the site. ``text`` has a line for each block of its prose.

    ``links`` are those of the whole page, ``main_links`` those of its main part, as are ``pictures`` and ``headings``.
    ``size`` is in bytes; ``is_redirect``: it only leads on.
    """

    path: str
    title: str
    description: str
    is_redirect: bool
    ids: frozenset[str]
    links: tuple[str, ...]
    main_links: tuple[Link, ...]
    pictures: tuple[Picture, ...]
    headings: tuple[Heading, ...]
    text: str
    words: str
    size: int

    @cached_property
    def address(self) -> str:
        """Its address from the root of the site, ``post/knees/``; empty for the home page."""
        return self.path.removesuffix(_INDEX) if f"/{self.path}".endswith(f"/{_INDEX}") else self.path


def read_site(folder: Path) -> tuple[dict[str, Page], dict[str, int]]:
    """The pages by path, and the sizes of all files in bytes by theirs. Raises OSError."""
    sizes = dict(_sizes(str(folder), ""))
    pages = (read_page(path, (folder / path).read_bytes()) for path in sorted(sizes) if path.endswith(".html"))
    return {page.path: page for page in pages}, sizes


def _sizes(folder: str, prefix: str) -> Iterator[tuple[str, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _sizes(entry.path, f"{prefix}{entry.name}/")
            else:
                yield prefix + entry.name, entry.stat().st_size


def read_page(path: str, data: bytes) -> Page:
    """One page, as far as a browser makes sense of it."""
    root = etree.fromstring(data, _PARSER) if data.strip() else None
    root = etree.Element("html") if root is None else root
    metas = {name: each.get("content", "") for each in root.iter("meta") if (name := each.get("name"))}
    main = next(root.iter("main"), root)
    prose = [each for each in main.iter("div") if "prose" in (each.get("class") or "").split()]
    links = tuple(dict.fromkeys(url for each in root.iter("a", "area") if (url := each.get("href")) is not None))
    return Page(
        path=path,
        title=_words(next(root.iter("title"), None)),
        description=metas.get("description", ""),
        is_redirect=any((each.get("http-equiv") or "").lower() == "refresh" for each in root.iter("meta")),
        ids=frozenset(map(str, _IDS(root))),
        links=links,
        main_links=tuple(Link(each.get("href"), _words(each)) for each in main.iter("a") if each.get("href")),
        pictures=tuple(map(_picture, main.iter("img"))),
        headings=tuple(Heading(int(each.tag[1]), _words(each)) for each in main.iter(*_HEADINGS)),
        text="\n".join(line for each in prose for line in _lines(each)),
        words=" ".join(_lines(main)),
        size=len(data),
    )


def _picture(element: etree._Element) -> Picture:
    above = element.getparent()
    sources = above.iter("source") if above is not None and above.tag == "picture" else ()
    srcset = next((each.get("srcset") for each in sources), element.get("srcset")) or ""
    chosen = (part.split() for part in srcset.split(","))
    widths = tuple((part[0], int(part[1][:-1])) for part in chosen if len(part) == 2 and part[1][:-1].isdecimal())
    return Picture(element.get("src") or "", element.get("alt"), widths)


def _words(element: etree._Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _lines(element: etree._Element) -> list[str]:
    """The text of an element, a line for each block; what nobody reads is left out."""
    parts: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, each in walk:
        is_end = event == "end"
        if each.tag in _UNREAD and not is_end:
            walk.skip_subtree()
            continue
        if each.tag in _BLOCKS or (each.tag == "br" and not is_end):
            parts.append(_BREAK)
        parts.append((each.tail if is_end else each.text) or "")
    return [line for part in "".join(parts).split(_BREAK) if (line := " ".join(part.split()))]


@lru_cache(maxsize=50_000)
def resolved(public: str, page: str, url: str) -> tuple[str, str] | None:
    """Where a link of ``page`` (an address from the root) leads: an address on this site, and a part of that page.

    None for what is elsewhere. ``public`` is the address of the site, without a slash at its end.
    """
    parts = urlsplit(urljoin(f"{public}/{page}", url))
    own = urlsplit(public)
    if parts.scheme not in {"http", "https"} or _host(parts.netloc) != _host(own.netloc):
        return None
    path = unquote(parts.path)
    if own.path and not f"{path}/".startswith(f"{own.path}/"):
        return None  # the same host, beside the site
    return path.removeprefix(own.path).lstrip("/"), unquote(parts.fragment)


def _host(netloc: str) -> str:
    return netloc.lower().removeprefix("www.")
