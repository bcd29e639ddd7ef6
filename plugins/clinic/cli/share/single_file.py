"""A page of a built site as one HTML file: with all that it shows, and nothing else of the site."""

import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, normpath
from urllib.parse import unquote, urlsplit

from lxml import html
from lxml.html import HtmlElement

from clinic.rendering.files.hosting import media_type

_KEPT_IN_HEAD = "self::title or self::style or self::meta[@charset or @name='viewport']"
_NOT_OF_THE_TEXT = (
    "script",
    "link",
    "template",
    "form",
    "iframe",
    "track",
    "nav[not(contains(concat(' ', @class, ' '), ' contents-list '))]",
    "*[contains(concat(' ', @class, ' '), ' handout ')]",
    "*[contains(concat(' ', @class, ' '), ' share-links ')]",
    "*[contains(concat(' ', @class), ' print-links')]",
    "*[contains(concat(' ', @class, ' '), ' comment-list ')]",
    "*[contains(concat(' ', @class, ' '), ' tag-list ')]",
    "*[contains(concat(' ', @class, ' '), ' draft-marker ')]",
    "a[@href='#comments']",
)
"""What leads to other pages, is for visitors alone, or does nothing without the site."""
_NOTICE = "padding:1rem 1.5rem;background:#1d1d1b;color:#fff;font-weight:600"
_LOADS = ("src", "poster", "srcset", "sizes", "loading", "fetchpriority", "popovertarget")
_URL = re.compile(r"url\(\s*(['\"]?)([^'\")]+)\1\s*\)")


class SingleFile:
    """The file for the page at ``path`` (``post/knees/``) of the site in ``folder``."""

    def __init__(self, folder: Path, path: str) -> None:
        self._folder = folder
        self._path = path
        self.left_out_films = 0
        """How many films and sounds ``html`` has left out."""
        self._page = html.document_fromstring((folder / path / "index.html").read_text("utf-8"))

    def html(self, notice: str) -> str:
        """The page with its text alone, below a ``notice`` on what it is. ValueError where the page has no article."""
        article = self._page.find(".//article")
        if article is None:
            raise ValueError(f"/{self._path} has no article")
        linked = [*self._linked_styles()]
        self._take_out(article)
        for element in article.iter(html.etree.Element):
            self._close(element)
        head, body = html.Element("head"), html.Element("body")
        head.extend(self._page.xpath(f"head/*[{_KEPT_IN_HEAD}]"))
        head.append(html.Element("meta", {"name": "robots", "content": "noindex"}))
        for style in head.iter("style"):
            style.text = self._with_files(style.text or "", self._path)
        head.extend(linked)
        marker = html.Element("aside", {"style": _NOTICE})
        marker.text = notice
        main = html.Element("main")
        main.append(article)
        body.extend((marker, main))
        whole = html.Element("html", dict(self._page.attrib))
        whole.extend((head, body))
        return f"<!doctype html>\n{html.tostring(whole, encoding='unicode')}\n"

    def _take_out(self, article: HtmlElement) -> None:
        for what in _NOT_OF_THE_TEXT:
            for element in article.xpath(f".//{what}"):
                if element.getparent() is not None:
                    element.drop_tree()
        for choice in article.xpath(".//source"):
            choice.drop_tag()  # the parser takes the picture that follows for a part of it
        for player in article.xpath(".//video | .//audio | .//object | .//embed"):
            words = html.Element("p")
            words.text = "[A film stands here, which this file does not have.]"
            player.addprevious(words)
            self.left_out_films += 1
            player.drop_tree()

    def _close(self, element: HtmlElement) -> None:
        """Let an element load nothing and lead nowhere on this site; a picture becomes a part of the file."""
        source = element.get("src", "")
        for name in _LOADS:
            element.attrib.pop(name, None)
        if element.tag == "img" and (data := self._data(source, self._path)):
            element.set("src", data)
        if element.get("href") and not _leads_elsewhere(element.get("href")):
            del element.attrib["href"]

    def _linked_styles(self) -> Iterator[HtmlElement]:
        """The stylesheets that the page links to; fonts in them are found from where they are."""
        for link in self._page.xpath("//link[@rel='stylesheet']"):
            if (file := self._file(link.get("href", ""), self._path)) is not None:
                style = html.Element("style")
                at = file.relative_to(self._folder).as_posix()
                style.text = self._with_files(file.read_text("utf-8"), at)
                yield style

    def _with_files(self, css: str, at: str) -> str:
        """CSS with the files that it loads in it; what is not there is left out."""
        return _URL.sub(lambda found: f"url({self._data(found[2], at) or 'data:,'})", css)

    def _data(self, address: str, at: str) -> str | None:
        """A file of the site as a ``data:`` URL (RFC 2397); as it is, if it is one."""
        if address.startswith("data:"):
            return address
        file = self._file(address, at)
        if file is None:
            return None
        return f"data:{media_type(file.name)};base64,{b64encode(file.read_bytes()).decode()}"

    def _file(self, address: str, at: str) -> Path | None:
        """The file of an address that stands in the file ``at``; None where it is not of this site."""
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not parts.path:
            return None
        path = unquote(parts.path)
        inside = normpath(path.lstrip("/") if path.startswith("/") else f"{dirname(at)}/{path}").lstrip("/")
        file = (self._folder / inside).resolve()
        return file if file.is_relative_to(self._folder.resolve()) and file.is_file() else None


def _leads_elsewhere(address: str) -> bool:
    """Whether a link works without the site: another site, a call, a message, or a place on the page itself."""
    return bool(urlsplit(address).scheme) or address.startswith(("#", "//"))
