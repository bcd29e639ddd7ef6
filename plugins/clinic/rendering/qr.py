"""QR codes, drawn to stand on paper."""

import re

import zxingcpp
from markupsafe import Markup
from PIL import Image

_RUN = re.compile(rb"\x00+")
"""Dark modules: the picture of a code is black on white, a byte for each module."""


def qr_code(address: str, title: str) -> Markup:
    """An SVG of the code for ``address``, to stand inline; ``title`` says what it leads to.

    Of the least level of correction, raised as far as the size allows: paper at arm's length is not a factory floor.
    Four modules of light are around it (ISO/IEC 18004, 9.1).
    """
    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode)
    modules = Image.fromarray(code.to_image(scale=1, add_quiet_zones=True))
    return Markup(
        '<svg class="print-code__drawing" viewBox="0 0 {0} {0}" shape-rendering="crispEdges" role="img">'
        '<title>{1}</title><path stroke="#000" d="{2}"/></svg>'
    ).format(modules.width, title, _path(modules.tobytes(), modules.width))


def _path(modules: bytes, side: int) -> str:
    """Each run of dark modules as a stroke from where the last one ended: a third of what squares would take."""
    drawn, x, y = ["M0 .5"], 0, 0
    for run in _RUN.finditer(modules):  # no run goes from one row into the next: there is light at both ends
        start, end = run.span()
        row, column = divmod(start, side)
        drawn.append(f"m{column - x} {row - y}h{end - start}")
        x, y = column + end - start, row
    return "".join(drawn)
