"""The HTML of a text, cleaned: boilerplate out, headings closed, players and pictures by what they show."""

import re
from collections.abc import Collection
from urllib.parse import parse_qs, urldefrag, urlsplit

from lxml import etree

from clinic.cli.importing.assets import best_source, is_counter, is_file, original
from clinic.cli.importing.boilerplate import ELEMENT, END, FEED_TRAIL, TAGS, is_button
from clinic.cli.importing.found import Asset, Body, counted, host_of, is_address, one_line, resolved, shown
from clinic.cli.importing.html_to_markdown import as_markdown
from clinic.cli.importing.outline import HEADINGS, rebuild
from clinic.cli.importing.tree import Element, become, is_leaf, remove, text_of
from clinic.models.videos import player_of

_META = re.compile(
    r"(?:[^.!?\d]{0,12}\d[^!?]{1,20}\d{4} *[·•|,–—-] *)?"
    r"(?:(?:written |posted )?by|posted on|published on|author|von|veröffentlicht am)\b.{1,60}",
    re.IGNORECASE,
)
"""A line before a text that says who wrote it, or when; a day may come first."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MARKS = re.compile(
    r"\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?=[\s)])|<!--(?:(?!<!--)[\s\S])*?-->|^/// \w+$|^    url: .*$", re.MULTILINE
)
_ESCAPED = re.compile(r"\\[^\w\s]")
_INLINE = re.compile(r"\\|\*+|~~|`|</?\w+>|(?<!\w)_|_(?!\w)|[\[\]]")
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|mc_[ce]id|_hs\w+|ref_src)")
_LARGEST_PART = 0.5
"""Of a text: an element that holds more is none of its boilerplate, whatever it is called."""


def read_body(root: Element, title: str, base: str, own_hosts: Collection[str] = ()) -> Body:
    """The text in an element as Markdown; the element is changed.

    ``base`` is the address that it was at, ``own_hosts`` the names of the former site's hosts beside that of ``base``.
    """
    return _Reader(root, title, base, own_hosts).read()


class _Reader:
    """One text. ``dropped`` has the words of all that was taken out, so that none goes unnoticed."""

    def __init__(self, root: Element, title: str, base: str, own_hosts: Collection[str]) -> None:
        self._root, self._title, self._base = root, one_line(title), base if is_address(base) else ""
        self._own = {*own_hosts, host_of(base)} - {""}
        self._body = Body()
        self._dropped: list[str] = []
        self._addresses: list[str] = []

    def read(self) -> Body:
        """The body, with everything that is to be told of it."""
        for element in list(self._root.iter("script", "style", "template")):
            remove(element)
        before = counted(text_of(self._root))
        self._media()
        self._drop_boilerplate()
        rebuild(self._root, self._title, self._body.guess)
        self._links()
        self._body.markdown = as_markdown(etree.tostring(self._root, encoding="unicode", method="html"))
        for words in filter(re.compile(r"\w").search, self._dropped):
            self._body.left_out(f"“{shown(words)}”, which stands around the text")
        self._body.tell_lost(before, _plain(self._body.markdown), (*self._dropped, *self._addresses, self._title))
        return self._body

    def _drop(self, element: Element) -> None:
        self._dropped.append(text_of(element))
        remove(element)

    def _drop_boilerplate(self) -> None:
        whole = max(len(text_of(self._root)), 1)
        gone: set[Element] = set()
        for element in list(self._root.iter("*")):
            if element in gone or element is self._root or element.getparent() is None:
                continue
            names = " ".join(element.get(name) or "" for name in ("class", "id", "data-hook", "data-testid"))
            size = len(text_of(element))
            is_hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "")
            is_boilerplate = element.tag in TAGS or ELEMENT.search(names) or element.get("role") == "navigation"
            is_boilerplate = is_boilerplate or (element.tag in {"p", "div"} and _is_lone_button(element))
            if is_hidden or (is_boilerplate and (size <= whole * _LARGEST_PART or element.tag in {"script", "style"})):
                gone.update(element.iter())
                self._drop(element)
        self._edges()

    def _edges(self) -> None:
        """Drop lines of boilerplate before and after the text, which have no name to be known by."""
        blocks = [
            each
            for each in self._root.iter("p", "div", "span", *HEADINGS, "li", "small", "em", "time")
            if is_leaf(each)
        ]
        filled = [each for each in blocks if text_of(each)]
        for block in filled:
            words = text_of(block)
            is_meta = block.tag == "time" or _META.fullmatch(words)
            if not (is_button(words) or is_meta or words == self._title):
                break
            if block.getparent() is not None and words != self._title:
                self._drop(block)
        ends = (at for at in range(len(filled) * 2 // 3, len(filled)) if END.fullmatch(text_of(filled[at])))
        end = next((at for at in ends if filled[at].tag in {"p", "div", *HEADINGS}), len(filled))
        for late in (each for each in filled[end:] if each.getparent() is not None):
            self._drop(late)
        for block in reversed(filled):
            if block.getparent() is None:
                continue
            if not (is_button(text_of(block)) or FEED_TRAIL.fullmatch(text_of(block))):
                break
            self._drop(block)

    def _media(self) -> None:
        for element in list(
            self._root.iter("figure", "picture", "img", "wow-image", "iframe", "video", "audio", "embed", "object")
        ):
            if element.getparent() is None or element is self._root:
                continue
            match element.tag:
                case "figure":
                    self._figure(element)
                case "img":
                    self._image(element)
                case "iframe" | "embed" | "object" | "video" | "audio":
                    self._player(element)
        for element in list(self._root.iter("p", "div", "figure")):
            words = text_of(element)
            if re.fullmatch(r"https?://\S+", words) and is_address(words) and player_of(words) and is_leaf(element):
                self._video(element, words, "")

    def _figure(self, figure: Element) -> None:
        """Give the caption of a figure to its only image."""
        captions, images = list(figure.iter("figcaption")), list(figure.iter("img"))
        if len(images) == 1 and len(captions) == 1:
            images[0].set("data-caption", text_of(captions[0]))
            remove(captions[0])

    def _image(self, image: Element) -> None:
        """An image by its original; a pixel that counts readers goes."""
        source = best_source(image)
        if not is_address(source) or is_counter(image, source):
            remove(image)
            return
        asset = Asset(original(source if source.startswith("data:") else resolved(self._base, source)))
        asset.alt, asset.caption = one_line(image.get("alt")), one_line(image.get("data-caption"))
        said = (asset.url, asset.alt, asset.caption)
        same = next((at for at, one in enumerate(self._body.assets) if (one.url, one.alt, one.caption) == said), None)
        if same is None:
            self._body.assets.append(asset)
        number = len(self._body.assets) - 1 if same is None else same
        self._unlink(image, asset)
        for name in list(image.attrib):
            del image.attrib[name]
        image.set("src", f"asset:{number}")

    def _unlink(self, image: Element, asset: Asset) -> None:
        """Take the link around a picture away: mostly it shows the same larger; others are told."""
        link = next((each for each in image.iterancestors("a") if not text_of(each)), None)
        if link is None:
            return
        address = resolved(self._base, link.get("href") or "")
        if is_file(address, images=True) and asset in self._body.assets:
            asset.url = original(address)
        is_same = (
            is_file(address, images=True)
            or original(address) == original(best_source(image) or "")
            or "/image/" in address
        )
        if not is_same and urlsplit(address).scheme in {"http", "https"} and host_of(address) not in self._own:
            self._body.to_do(f"a picture led to {address}; link it in words, if it is to")
        link.tag = "span"

    def _player(self, element: Element) -> None:
        source = next(
            (element.get(name) for name in ("src", "data-src", "data", "data-lazy-src") if element.get(name)), ""
        )
        source = source or next((each.get("src") or "" for each in element.iter("source")), "")
        address = resolved(self._base, source)
        if not address:
            self._drop(element)
        elif player_of(address):
            self._video(element, address, one_line(element.get("title")))
        else:
            site = host_of(address) or "another site"
            self._body.to_do(f"what was shown here from {site} is a remark in the text, with its address", address)
            become(element, "clinic-remark", f"from {site}: {address}")

    def _video(self, element: Element, address: str, title: str) -> None:
        player = player_of(address)
        if player is None:
            return
        self._addresses.append(text_of(element))
        heading = (
            title if title and not re.search(r"youtube|vimeo|video player|external", title, re.IGNORECASE) else "Video"
        )
        self._body.to_do("a video needs a heading that says what it shows; write it behind the |", player.page)
        become(element, "clinic-video", heading)
        element.set("data-url", player.page)

    def _links(self) -> None:
        anchors = {name for each in self._root.iter("*") if (name := each.get("id") or each.get("name"))}
        for link in list(self._root.iter("a")):
            given = (link.get("href") or "").strip()
            address = _direct(given) if is_address(given) else ""
            whole = resolved(self._base, address)
            page, anchor = urldefrag(whole)
            for name in list(link.attrib):
                del link.attrib[name]
            if not address or address.lower().startswith(("javascript:", "data:", "about:", "blob:", "file:")):
                link.tag = "span"
            elif address.startswith("#") or (anchor and page == urldefrag(self._base)[0]):
                link.tag = "span"
                if anchor in anchors and text_of(link):
                    self._body.to_do(f"“{shown(text_of(link))}” led to a part of this page", text_of(link))
            elif is_file(whole) and (
                host_of(whole) in self._own or not host_of(whole) or is_file(whole, kept_by_host=True)
            ):
                self._body.assets.append(Asset(whole, is_image=False))
                link.set("href", f"asset:{len(self._body.assets) - 1}")
            elif host_of(whole) in self._own or not urlsplit(whole).scheme:
                self._body.links.append(whole)
                link.set("href", f"link:{len(self._body.links) - 1}")
            else:
                link.set("href", whole.replace(" ", "%20").replace("(", "%28").replace(")", "%29"))


def _direct(address: str) -> str:
    """An address without what counts clicks: redirections of Google and Facebook, marks of campaigns."""
    parts = urlsplit(address) if "//" in address and "[" not in address else None
    if parts is None:
        return address
    query = parse_qs(parts.query)
    if (parts.hostname or "").startswith(("www.google.", "l.facebook.", "lm.facebook.")) and parts.path in {
        "/url",
        "/l.php",
    }:
        return next((query[key][0] for key in ("q", "url", "u") if key in query), address)
    kept = [each for each in parts.query.split("&") if each and not _TRACKING.fullmatch(each.partition("=")[0])]
    return parts._replace(query="&".join(kept)).geturl()


def _plain(markdown: str) -> str:
    return _INLINE.sub("", _MARKS.sub("] ", _ESCAPED.sub(" ", markdown)).replace("\\\n", "\n"))


def _is_lone_button(element: Element) -> bool:
    """Whether a block is nothing but a link to subscribe, share or comment."""
    links = list(element.iter("a"))
    return len(links) == 1 and bool(is_button(text_of(element))) and is_leaf(element) and bool(text_of(element))
