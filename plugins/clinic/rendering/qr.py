"""QR codes, drawn to stand on paper."""

import re

import zxingcpp
from markupsafe import Markup
from PIL import Image

_BORDER = 4
"""ISO/IEC 18004, 9.1: four modules of light around the code."""
_MASK = 2
"""To try all eight masks and choose takes five times as long; a reader undoes any of them."""
_LARGEST = 177
"""Modules along a side."""
_RUN = re.compile(rb"\x00+|\xff+")
_STROKES = {
    colour * length: stroke.format(length)
    for length in range(1, _LARGEST + 1)
    for colour, stroke in ((b"\x00", "h{}"), (b"\xff", "m{} 0"))
}
"""How the pen goes along a run of modules: it draws the dark ones and passes over the light ones."""


def qr_code(address: str, title: str) -> Markup:
    """An SVG of the code for ``address``, to stand inline; ``title`` says what it leads to.

    Of the least level of correction, raised as far as the size allows: paper at arm's length is not a factory floor.
    """
    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, data_mask=_MASK)
    modules = Image.fromarray(code.to_image(scale=1, add_quiet_zones=False))  # black on white, a byte for each
    return Markup(
        '<svg class="print-code__drawing" viewBox="0 0 {0} {0}" shape-rendering="crispEdges" role="img">'
        '<title>{1}</title><path stroke="#000" d="{2}"/></svg>'
    ).format(modules.width + 2 * _BORDER, title, _path(modules.tobytes(), modules.width))


def _path(modules: bytes, side: int) -> str:
    """Row by row in strokes one module high: a third of what squares would take."""
    rows = (_RUN.findall(modules, start, start + side) for start in range(0, len(modules), side))
    lines = ("".join(map(_STROKES.__getitem__, row)) for row in rows)
    return f"M{_BORDER} {_BORDER}.5" + f"m-{side} 1".join(lines)
