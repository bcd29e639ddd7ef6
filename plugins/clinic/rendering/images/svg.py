"""SVG files: they are documents, which could run scripts in the browser of whoever opens them."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

_ACTIVE = frozenset({"script", "handler", "listener", "foreignObject", "iframe", "object", "embed"})
_HTML = "{http://www.w3.org/1999/xhtml}"
_SCHEME = re.compile(r"(?:javascript|vbscript):|data:(?:text/(?:html|xml|javascript)|application/)", re.IGNORECASE)
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")


def read_svg(data: bytes) -> tuple[int | None, int | None]:
    """Width and height in pixels, None where the SVG does not say. Raises ValueError if it cannot be published."""
    try:
        # expat, since 2.4.1 of 2021, stops at entities that grow without end; nothing is fetched from elsewhere.
        root = ET.fromstring(data)  # noqa: S314 (the owner's own file)
    except (ET.ParseError, ValueError, LookupError):
        raise ValueError("is not an SVG that can be read; save it again, or as PNG") from None
    if root.tag.rpartition("}")[2] != "svg":
        raise ValueError("is not an SVG that can be read; save it again, or as PNG")
    if b"<?xml-stylesheet" in data or any(map(_is_active, root.iter())):
        raise ValueError("holds a script, which could run in a visitor's browser; take it out, or save it as PNG")
    return _size(root)


def _is_active(element: ET.Element) -> bool:
    """Whether the element is, or has, something that a browser may execute."""
    return (
        element.tag.rpartition("}")[2] in _ACTIVE
        or element.tag.startswith(_HTML)
        or any(name.rpartition("}")[2].lower().startswith("on") for name in element.attrib)
        or any(_SCHEME.search(re.sub(r"[\x00-\x20]", "", value)) for value in element.attrib.values())
    )


def _size(root: ET.Element) -> tuple[int | None, int | None]:
    """SVG 2, 7.2 and 8.2: ``width`` and ``height``, else the size of ``viewBox``."""
    given = [_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
    lengths = [float(length.group(1)) for length in given if length] or list(_view_box(root))
    width, height = (round(length) for length in lengths) if len(lengths) == 2 else (0, 0)
    return (width, height) if width and height else (None, None)


def _view_box(root: ET.Element) -> Iterator[float]:
    numbers = re.findall(r"-?\d+(?:\.\d+)?", root.get("viewBox", ""))
    yield from (float(number) for number in numbers[2:4])
