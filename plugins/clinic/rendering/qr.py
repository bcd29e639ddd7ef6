"""QR codes, drawn to stand on paper."""

import re

import segno
from markupsafe import Markup

_BORDER = 4
"""ISO/IEC 18004, 9.1: four modules of light around the code."""
_MASK = 2
"""To try all eight masks and choose takes six times as long; a reader undoes any of them."""
_RUN = re.compile(rb"\x01+")


def qr_code(address: str, title: str) -> Markup:
    """An SVG of the code for ``address``, to stand inline; ``title`` says what it leads to.

    Of the least level of correction, raised as far as the size allows: paper at arm's length is not a factory floor.
    """
    code = segno.make_qr(address, mask=_MASK)
    side, _ = code.symbol_size(border=_BORDER)
    return Markup(
        '<svg class="print-code__drawing" viewBox="0 0 {0} {0}" shape-rendering="crispEdges" role="img">'
        '<title>{1}</title><path stroke="#000" d="{2}"/></svg>'
    ).format(side, title, _path(code.matrix))


def _path(rows: tuple[bytearray, ...]) -> str:
    """Each run of dark modules as a stroke from where the last one ended: a third of segno's own time, and shorter."""
    drawn, x, y = ["M0 .5"], 0, 0
    for row, modules in enumerate(rows, start=_BORDER):
        for run in _RUN.finditer(bytes(modules)):
            start, end = run.start() + _BORDER, run.end() + _BORDER
            drawn.append(f"m{start - x} {row - y}h{end - start}")
            x, y = end, row
    return "".join(drawn)
