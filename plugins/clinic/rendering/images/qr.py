"""QR codes (ISO/IEC 18004), for paper as SVG."""

import re

import zxingcpp
from markupsafe import Markup
from PIL import Image

_BORDER = 4
"""ISO/IEC 18004, 9.1: four light modules around the code."""
_MASK = 2
"""To try all eight masks takes five times as long, and a reader undoes any of them."""


def _strokes(modules: int) -> str:
    """SVG path commands for eight modules: lines for the dark ones (1), moves over the light ones (0)."""
    runs = re.findall("0+|1+", f"{modules:08b}")
    return "".join(f"h{len(run)}" if run[0] == "1" else f"m{len(run)} 0" for run in runs)


_STROKES = [*map(_strokes, range(2**8))]


def modules_of(address: str) -> Image.Image:
    """The code for ``address``, black on white, a pixel for each module and nothing around it."""
    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, data_mask=_MASK)
    return Image.fromarray(code.to_image(scale=1, add_quiet_zones=False))


def qr_code(address: str, title: str) -> Markup:
    """Inline SVG of the code for ``address``; ``title`` says what it leads to.

    Error correction is the lowest level, raised as far as the size allows: enough for clean paper at arm's length.
    """
    modules = modules_of(address)
    # Row by row in strokes one module high (a third of the size of squares), drawn eight modules at a time.
    wide = -(-modules.width // 8)
    bits = modules.convert("1").tobytes("raw", "1;I")  # dark is 1; each row is filled up with light
    rows = (bits[start : start + wide] for start in range(0, len(bits), wide))
    lines = ["".join([_STROKES[eight] for eight in row]) for row in rows]
    return Markup(
        '<svg class="print-code__drawing" viewBox="0 0 {0} {0}" shape-rendering="crispEdges" role="img">'
        '<title>{1}</title><path stroke="#000" d="{2}"/></svg>'
    ).format(modules.width + 2 * _BORDER, title, f"M{_BORDER} {_BORDER}.5" + f"m-{wide * 8} 1".join(lines))
