"""SVG: a document that could run, load and tell more than it shows, made into a picture and nothing else.

The parsed tree is judged, so that encodings, entities and capitals hide nothing, and what is published is written
anew from it. It keeps what draws (SVG 2, and SMIL's animations of it); everything else goes: scripts, handlers, pages
within, whatever is loaded from elsewhere, links, comments, and what Inkscape, Illustrator, Sketch and Figma note for
themselves. Browsers run and load nothing of this in a picture, so it looks as before.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

from lxml import etree

from clinic.rendering.images.decode import ImageError

RECIPE = 1
"""Changes whenever the same SVG would be published differently."""
_SVG, _XLINK, _XML = (f"{{http://www.w3.org/{name}}}" for name in ("2000/svg", "1999/xlink", "XML/1998/namespace"))
_KEPT = frozenset(
    """svg g defs symbol use switch a title desc path rect circle ellipse line polyline polygon image text tspan
    textPath linearGradient radialGradient stop pattern clipPath mask marker filter style view animate animateMotion
    animateTransform mpath set""".split()
)
"""Elements that draw, beside those of filters, which begin with fe."""
_PICTURES = frozenset({"image", "feImage"})
_ANIMATIONS = frozenset({"animate", "animateTransform", "set"})
_NOT_ANIMATED = re.compile(r"(?:.*:)?(?:href|src|style|on.*)", re.IGNORECASE | re.DOTALL)
_NO_ATTRIBUTE = re.compile(r"on|data-|src|http|ping|download|target|type$|rel$", re.IGNORECASE)
"""How attributes begin that draw nothing; ``type`` is one of filters, gradients and animations, and kept there."""
_TYPED = re.compile("fe|animate|style")
_RUNS = re.compile(r"(?:javascript|vbscript):", re.IGNORECASE)
_BLANK = re.compile(r"[\x00-\x20]")
_CSS_COMMENT = re.compile(r"/\*[^*]*\*+(?:[^/*][^*]*\*+)*/|/\*[\s\S]*")
_CSS_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_CSS_LOADING = re.compile(
    r"""@(?:import|namespace|charset)\b(?:"[^"]*"|'[^']*'|[^;{}"'])*;?|(?:-\w+-)?\b(?:image-set|image|src|cross-fade)\([^()]*(?:\([^()]*\)[^()]*)*\)?""",
    re.IGNORECASE,
)
_CSS_URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^()"']*))\s*\)?""", re.IGNORECASE)
_INLINE = re.compile(
    r"#|data:(?:image/(?:png|jpe?g|gif|webp|avif)|(?:application|font)/(?:x-)?(?:font-)?(?:woff2?|ttf|otf|truetype|opentype|sfnt))[;,]",
    re.IGNORECASE,
)
"""What may be named in a style: a part of the drawing, or a picture or font that is in it."""
_DATA = re.compile(r"\s*data:image/([\w.+-]+)\s*((?:;[^;,]*)*),", re.IGNORECASE)
_MADE_BY = re.compile(r"\s*(?:created|generated|made|exported) (?:with|using|by|in|from)\b", re.IGNORECASE)
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")
_DEEPEST = 2
"""Drawings in drawings."""
_LONGEST_CHAIN = 50
"""Parts of a drawing that repeat a part that repeats a part."""
_MOST_DRAWN, _MOST_BYTES = 200_000, 20_000_000
"""Elements that are drawn with all their repetitions, and bytes of a file."""
_LARGEST_INLINE = 600
"""Characters: more would cost every page more than one request costs a visit."""


def data_url(svg: Path) -> str:
    """A small drawing as a ``data:`` URL (RFC 2397) for an attribute in double quotes; empty for a larger one."""
    text = svg.read_text("utf-8").strip()
    if len(text) > _LARGEST_INLINE:
        return ""
    return "data:image/svg+xml," + quote(text if "'" in text else text.replace('"', "'"), safe="=:/'();,")


def clean_svg(data: bytes, depth: int = 0) -> tuple[bytes, int | None, int | None]:
    """The drawing alone, in UTF-8, with its size in pixels, None where it does not say. Raises ImageError."""
    if len(data) > _MOST_BYTES:
        raise ImageError(f"has more than {_MOST_BYTES // 1_000_000} MB; save it again as PNG")
    root = _parsed(data)
    for element in [*root.iter()]:
        if element is not root and not _is_drawn(element):
            _remove(element)
        elif isinstance(element.tag, str):
            _clean_attributes(element, depth)
    for style in root.iter(f"{_SVG}style", "style"):
        style.text = _clean_css("".join(style.itertext()))
    if _drawn(root, {each.get("id", ""): each for each in root.iter()}, {}) > _MOST_DRAWN:
        raise ImageError("draws its parts too many times over; save it again as PNG")
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="utf-8"), *_size(root)


def _parsed(data: bytes) -> etree._Element:
    # Entities of the file itself alone, as Illustrator writes them; libxml2 stops those that grow without end.
    parser = etree.XMLParser(resolve_entities="internal", no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        root = None
    if root is None or _name(root) not in {f"{_SVG}svg", "svg"}:
        raise ImageError("is not an SVG that can be read; save it again, or as PNG")
    return root


def _name(element: etree._Element) -> str:
    return element.tag if isinstance(element.tag, str) else ""


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _is_drawn(element: etree._Element) -> bool:
    """Whether it is an element of a drawing; comments, processing instructions and entities are none."""
    name = _name(element)
    local = _local(name)
    if name not in {local, f"{_SVG}{local}"} or (local not in _KEPT and not local.startswith("fe")):
        return False
    if local in {"title", "desc"}:
        return not _MADE_BY.match("".join(element.itertext()))
    return local not in _ANIMATIONS or not _NOT_ANIMATED.fullmatch(element.get("attributeName", "").strip())


def _remove(element: etree._Element) -> None:
    """Take it out with all that is in it; what stands behind it stays."""
    parent = element.getparent()
    if parent is None:  # beside the root, which is written alone, or in what was taken out
        return
    if element.tail and (before := element.getprevious()) is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _clean_attributes(element: etree._Element, depth: int) -> None:
    kind = _local(_name(element))
    for name, value in element.attrib.items():
        kept: str | None = value
        if name in {"href", f"{_XLINK}href"}:
            kept = _clean_link(value, depth, is_picture=kind in _PICTURES)
        elif name.startswith("{"):
            kept = value if name in {f"{_XML}space", f"{_XML}lang"} else None
        elif _NO_ATTRIBUTE.match(name) and not (name == "type" and _TYPED.match(kind)):
            kept = None
        elif name == "style" or "(" in value or "\\" in value:
            kept = _clean_css(value)
        if kept is None or _RUNS.search(_BLANK.sub("", kept)):
            del element.attrib[name]
        elif kept != value:
            element.set(name, kept)


def _clean_link(value: str, depth: int, *, is_picture: bool) -> str | None:
    """A link to a part of the drawing, or a picture that is in it; None for any other."""
    if value.strip().startswith("#"):
        return value
    found = _DATA.match(value) if is_picture else None
    if found is None:
        return None
    if found[1].lower() != "svg+xml":
        return value if _INLINE.match(value.strip()) else None
    if depth >= _DEEPEST:
        return None
    try:
        inside = unquote_to_bytes(value[found.end() :])
        inner, *_ = clean_svg(b64decode(inside) if "base64" in found[2].lower() else inside, depth + 1)
    except (ImageError, Base64Error, ValueError):
        return None
    return f"data:image/svg+xml;base64,{b64encode(inner).decode()}"


def _clean_css(css: str) -> str:
    """A style that loads nothing; one that hides letters behind escapes (CSS Syntax 3, 4.3.7) is read without."""
    css = _CSS_COMMENT.sub(" ", css)
    plain = _CSS_ESCAPE.sub(_escaped, css)
    if plain != css and (_CSS_LOADING.search(plain) or any(map(_is_remote, _CSS_URL.finditer(plain)))):
        css = plain
    css = _CSS_LOADING.sub(lambda found: " " if found[0].startswith("@") else "none", css)
    return _CSS_URL.sub(lambda found: "none" if _is_remote(found) else found[0], css)


def _escaped(found: re.Match[str]) -> str:
    number = int(found[1], 16) if found[1] else 0
    return chr(number) if 0 < number < 0x110000 else found[2] or ""


def _is_remote(url: re.Match[str]) -> bool:
    return not _INLINE.match((url[1] or url[2] or url[3] or "").strip())


def _drawn(element: etree._Element, by_id: dict[str, etree._Element], known: dict[str, int], chain: int = 0) -> int:
    """How many elements are drawn, with those that ``use`` repeats; a drawing that repeats itself draws nothing."""
    number = 0 if chain <= _LONGEST_CHAIN else _MOST_DRAWN + 1
    for each in element.iter():
        number += 1
        target = (each.get("href") or each.get(f"{_XLINK}href") or "").strip().removeprefix("#")
        if _local(_name(each)) == "use" and target in by_id and number <= _MOST_DRAWN:
            if target not in known:
                known[target] = 0  # while it is counted, so that a circle ends
                known[target] = min(_drawn(by_id[target], by_id, known, chain + 1), _MOST_DRAWN + 1)
            number += known[target]
    return number


def _size(root: etree._Element) -> tuple[int | None, int | None]:
    """SVG 2, 7.2 and 8.2: ``width`` and ``height``, else the size of ``viewBox``; None where it does not say."""
    given = [_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
    numbers = [length[1] for length in given if length] or re.findall(r"-?\d+(?:\.\d+)?", root.get("viewBox", ""))[2:4]
    width, height = (round(float(number)) for number in numbers) if len(numbers) == 2 else (0, 0)
    return (width, height) if width and height else (None, None)
