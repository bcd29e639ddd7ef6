"""What other programs put into Markdown beside Markdown: shortcodes, tags of templates, components, players."""

import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from clinic.cli.importing.assets import original
from clinic.cli.importing.found import Asset, Body, is_address, one_line, shown
from clinic.cli.importing.static_sites import Lookup
from clinic.models.videos import player_of

HELD = re.compile("\x02(\\d+)\x03")
_MORE = re.compile(
    r"<!--\s*(?:more|excerpt|truncate|end excerpt|read more)\s*-->|\[\[?TOC\]?\]|^\{:toc\}.*$|^\* TOC\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_HUGO = re.compile(
    r"\{\{[<%]\s*+(?P<end>/)?\s*+(?P<name>[\w/.-]+)(?P<options>(?:\s+(?>(?:[\w-]+\s*=\s*)?(?:\"(?:[^\"\\]|\\.)*\"|`[^`]*`|[^\s\"`<>%]+)))*)\s*+/?\s*+[>%]\}\}",
    re.DOTALL,
)
_LIQUID = re.compile(r"\{%-?\s*(?P<name>\w++)(?P<options>(?:(?!\{%).)*?)-?%\}", re.DOTALL)
_OUTPUT = re.compile(r"\{\{-?(?P<words>[^{}]*)\}\}")
_ATTRIBUTES = re.compile(r"(?<![ \t])[ \t]*\{:[^{}\n]*\}|(?<=\))\{[.#][^{}\n]*\}")
_MODULE = re.compile(r"^(?:import|export)\s[^\n]*(?:from\s+['\"][^'\"]+['\"];?|;|=.*)[ \t]*$", re.MULTILINE)
_COMPONENT = re.compile(r"</?[A-Z][\w.]*(?:\s(?>\{[^{}]*\}|[^<>])*)?>", re.DOTALL)
OF_PELICAN = re.compile(r"^(?:\{(?:filename|static|attach)\}|\|(?:filename|static)\|)/?")
_HTML_IMAGE = re.compile(r"<img\b(?P<options>[^<>]*?)/?>", re.IGNORECASE)
_FRAME = re.compile(
    r"<(iframe|video|audio|embed|object)\b(?P<options>[^<>]*)>(?:(?:(?!<\1\b).)*?</\1>)?", re.IGNORECASE | re.DOTALL
)
_SCRIPT = re.compile(r"<(script|style|form)\b(?:(?!<\1\b).)*?</\1>", re.IGNORECASE | re.DOTALL)
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
RAW = re.compile(r"\{%-?\s*raw\s*-?%\}((?:(?!\{%-?\s*raw\b).)*?)\{%-?\s*endraw\s*-?%\}", re.DOTALL)
"""What Liquid and Nunjucks are to leave as it is."""
_IMAGES = frozenset({"figure", "img", "image", "picture"})
_YOUTUBE = "https://www.youtube.com/watch?v={}"
_VIDEOS = {"youtube": _YOUTUBE, "youtubelite": _YOUTUBE, "vimeo": "https://vimeo.com/{}"}


class Shortcodes:
    """One text, in which what only another program knows is being replaced; ``held`` is code, which stays as it is."""

    def __init__(self, text: str, title: str, path: PurePosixPath, lookup: Lookup, first_line: int) -> None:
        self._text, self._title, self._path, self._lookup, self._first = text, title, path, lookup, first_line
        self._body = Body()
        self._held: list[str] = []
        self._dropped: list[str] = []

    def replace_shortcodes(self) -> None:
        """Change each kind of thing in turn."""
        if self._path.suffix == ".mdx":
            self._text = _MODULE.sub(self._drop, self._text)
        self._text = _MORE.sub("", self._text)
        self._text = _HUGO.sub(self._hugo, self._text)
        self._text = _LIQUID.sub(self._liquid, self._text)
        self._text = _OUTPUT.sub(self._output, self._text)
        self._text = _ATTRIBUTES.sub("", self._text)
        self._text = _SCRIPT.sub(self._drop, self._text)
        self._text = _FRAME.sub(self._frame, self._text)
        self._text = _HTML_IMAGE.sub(self._html_image, self._text)
        self._text = _COMPONENT.sub(self._component, self._text)

    def _hold(self, words: str) -> str:
        """A mark that stands for words until all else has been replaced."""
        self._held.append(words)
        return f"\x02{len(self._held) - 1}\x03"

    def _drop(self, found: re.Match[str], what: str = "“{}”, which only the former program knows") -> str:
        """Leave it out; ``what`` is said of it, if anything."""
        self._dropped.append(found[0])
        if what:
            line = self._first + self._text.count("\n", 0, found.start())
            self._body.left_out(what.format(shown(found[0])), line)
        return ""

    def _hugo(self, found: re.Match[str]) -> str:
        """A shortcode of Hugo: figures, videos and references are known; of others the words inside stay."""
        name, options = found["name"].rpartition("/")[2].lower().replace("-", ""), found["options"]
        named = {key.lower(): value for key, value in _pairs(options)}
        first = next(iter(re.findall(r"(?:^|\s)[\"`]?([^\s\"`=]+)[\"`]?(?=\s|$)", options)), "")
        source = named.get("src") or named.get("link") or (first if "=" not in options else "")
        if name in _IMAGES and source:
            caption = named.get("caption") or named.get("title") or ""
            return f"\n\n{self._image(source, named.get('alt', ''), caption)}\n\n"
        if name in _VIDEOS:
            return self._video(_VIDEOS[name].format(named.get("id") or first), named.get("title", ""))
        if name in {"ref", "relref"}:
            return first or next(iter(named.values()), "")
        return self._drop(found, "the shortcode {}; the words inside it are here")

    def _liquid(self, found: re.Match[str]) -> str:
        """A tag of Liquid or Nunjucks."""
        name, options = found["name"], found["options"].strip()
        named = dict(_pairs(options))
        first = next(iter(options.split()), "").strip("\"'")
        video = name if name in _VIDEOS else next((each for each in ("youtube", "vimeo") if each in first.lower()), "")
        if video and (name in _VIDEOS or (name == "include" and named)):
            return self._video(_VIDEOS[video].format(named.get("id") or next(iter(named.values()), first)), "")
        source = named.get("src") or named.get("url") or named.get("image_path")
        alt = named.get("alt", "")
        if not named and name in _IMAGES:  # Eleventy's own: {% image "sea.jpg", "The sea" %}
            source, alt = [one or other for one, other in _QUOTED.findall(f"{options} '' ''")][:2]
        if name in {"include", *_IMAGES} and source:
            return f"\n\n{self._image(source, alt, named.get('caption', ''))}\n\n"
        known = {"post_url": first, "link": first, "highlight": f"```{first}", "endhighlight": "```"}
        if name in known:
            return known[name]
        return self._drop(found, "the tag {}, which only the former program knows")

    def _output(self, found: re.Match[str]) -> str:
        """A variable of a template: addresses of the site go before paths; others are told."""
        words = found["words"].strip().removesuffix("-").rstrip()
        if quoted := re.match(r"[\"']([^\"']*)[\"']", words):
            return quoted[1]
        is_of_address = re.match(r"(?:site|page)\.(?:base)?url\b", words)
        return self._drop(found, "" if is_of_address else "{}, which the former program filled in")

    def _component(self, found: re.Match[str]) -> str:
        """A component of MDX: an image or a player by its source; of others the words inside stay."""
        if HELD.search(found[0]):
            return found[0]
        named = dict(_pairs(found[0]))
        name = re.sub(r"\W", "", found[0].split()[0]).lower()
        video = named.get("videoId") or named.get("id")
        if ("youtube" in name or "vimeo" in name) and video:
            address = video if "//" in video else _VIDEOS["youtube" if "youtube" in name else "vimeo"].format(video)
            return self._video(address, named.get("title", ""))
        if named.get("src") and re.search(r"image|img|figure|picture", name):
            return self._image(named["src"], named.get("alt", ""), named.get("caption", ""))
        return self._drop(found, "the component {}; the words inside it are here")

    def _frame(self, found: re.Match[str]) -> str:
        named = dict(_pairs(found["options"]))
        address = named.get("src") or named.get("data") or next(iter(re.findall(r"src=[\"']([^\"']+)", found[0])), "")
        address = f"https:{address}" if address.startswith("//") else address
        if player_of(address):
            return self._video(address, named.get("title", ""))
        self._dropped.append(found[0])
        self._body.to_do("what was shown here from another site is a remark in the text, with its address", address)
        return f"<!-- from another site: {address} -->"

    def _video(self, address: str, title: str) -> str:
        player = player_of(address)
        if player is None:
            self._body.to_do(f"the video {address} is at no address of YouTube or Vimeo; see where it is", address)
            return f"<!-- video: {address} -->"
        heading = title if title and "player" not in title.lower() else "Video"
        self._body.to_do("a video needs a heading that says what it shows; write it behind the |", player.page)
        return f"\n\n/// video | {heading}\n    url: {player.page}\n///\n\n"

    def _html_image(self, found: re.Match[str]) -> str:
        named = {key.lower(): value for key, value in _pairs(found["options"])}
        return self._image(named["src"], named.get("alt", "")) if named.get("src") else ""

    def _image(self, source: str, alt: str, caption: str = "") -> str:
        if not is_address(source):
            self._body.left_out(f"a picture at {shown(source)}, which is no address")
            return ""
        if source.startswith("asset:"):
            return f"![]({source})"
        self._body.assets.append(self._asset(source, one_line(alt), one_line(caption), is_image=True))
        return f"![](asset:{len(self._body.assets) - 1})"

    def _asset(self, source: str, alt: str, caption: str, *, is_image: bool) -> Asset:
        source = OF_PELICAN.sub("", source)
        address = original(source) if "//" in source else unquote(source)
        data = None if "//" in source else self._lookup(address.partition("?")[0])
        return Asset(address, alt, caption, data, is_image)


def _pairs(options: str) -> list[tuple[str, str]]:
    """The options of a tag or a shortcode, in whatever quotes."""
    found = re.findall(
        r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|\{[\"'`]?([^{}\"'`]*)[\"'`]?\}|`([^`]*)`|([^\s\"'>]+))", options
    )
    return [(name, next(filter(None, values), "")) for name, *values in found]
