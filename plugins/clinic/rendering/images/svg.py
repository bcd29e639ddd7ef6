"""SVG: the size of one, and whether it is only a picture."""

import re
import xml.etree.ElementTree as ET

from clinic.rendering.images.decode import ImageError

_ACTIVE = frozenset({"script", "handler", "listener", "foreignObject", "iframe", "object", "embed"})
_HTML = "{http://www.w3.org/1999/xhtml}"
_SCHEME = re.compile(r"(?:javascript|vbscript):|data:(?:text/(?:html|xml|javascript)|application/)", re.IGNORECASE)
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")


def checked_svg(data: bytes) -> tuple[int | None, int | None]:
    """The size of an SVG in pixels, None where it does not say.

    SVG files are documents, which could run scripts in the browser of whoever opens them: then it raises ImageError.
    """
    try:
        # expat, since 2.4.1 of 2021, stops at entities that grow without end; nothing is fetched from elsewhere.
        root = ET.fromstring(data)  # noqa: S314 (the owner's own file)
    except (ET.ParseError, ValueError, LookupError):
        root = ET.Element("")
    if root.tag.rpartition("}")[2] != "svg":
        raise ImageError("is not an SVG that can be read; save it again, or as PNG")
    if b"<?xml-stylesheet" in data or any(map(_is_active, root.iter())):
        raise ImageError("holds a script, which could run in a visitor's browser; take it out, or save it as PNG")
    return _svg_size(root)


def _is_active(element: ET.Element) -> bool:
    """Whether the element is, or has, something that a browser may execute."""
    return (
        element.tag.rpartition("}")[2] in _ACTIVE
        or element.tag.startswith(_HTML)
        or any(name.rpartition("}")[2].lower().startswith("on") for name in element.attrib)
        or any(_SCHEME.search(re.sub(r"[\x00-\x20]", "", value)) for value in element.attrib.values())
    )


def _svg_size(root: ET.Element) -> tuple[int | None, int | None]:
    """SVG 2, 7.2 and 8.2: ``width`` and ``height``, else the size of ``viewBox``; None where it does not say."""
    given = [_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
    numbers = [length[1] for length in given if length] or re.findall(r"-?\d+(?:\.\d+)?", root.get("viewBox", ""))[2:4]
    width, height = (round(float(number)) for number in numbers) if len(numbers) == 2 else (0, 0)
    return (width, height) if width and height else (None, None)
