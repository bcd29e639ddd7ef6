"""Cut the display face down to what headings need.

Source: npm package ``@fontsource-variable/bricolage-grotesque`` 5.3.0 (Bricolage Grotesque, SIL OFL 1.1).
How the committed file was made, from an empty folder::

    npm install --ignore-scripts @fontsource-variable/bricolage-grotesque@5.3.0
    pip install fonttools==4.68.0 brotli==1.2.1
    python theme/drawing/subset_font.py node_modules/@fontsource-variable/bricolage-grotesque

It pins optical size, width and weight (headings use one weight; a range of weights would add 12 KB), keeps Latin-1
and typographic punctuation, and writes ``theme/static/fonts/display.woff2`` with its licence beside it.

It prints the metrics that the fallback faces in ``tokens.css`` copy. ``size-adjust`` there is the width of thirteen of
our titles in this face over their width in Arial Bold (0.874, taken as 0.88: from 360 to 1440 px our titles then break
at the same words) and Roboto Bold (0.928), measured in Chromium, so with kerning; ``ascent-override`` and
``descent-override`` are the ascent and descent printed here over ``size-adjust``.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FONTS = Path(__file__).resolve().parents[1] / "static" / "fonts"
SOURCE = "files/bricolage-grotesque-latin-standard-normal.woff2"
AXES: dict[str, float] = {"opsz": 40, "wdth": 90, "wght": 620}
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x100), 0x152, 0x153, 0x178]
PUNCTUATION = [0x2010, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E]
SYMBOLS = [0x2009, 0x202F, 0x2022, 0x2026, 0x2032, 0x2033, 0x20AC, 0x2122, 0x2190, 0x2192, 0x2212]
FEATURES = ["kern", "liga", "locl", "ccmp", "mark", "mkmk", "tnum", "lnum", "case"]
SAMPLE = "The hidden link between ankle stability and lower back pain: we look at why it is happening."


def subset(font: TTFont) -> TTFont:
    """Return the font with fewer axes and only the characters a heading can need."""
    small = instantiateVariableFont(font, AXES)
    options = Options()
    options.layout_features = FEATURES
    options.flavor = "woff2"
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=LATIN + PUNCTUATION + SYMBOLS)
    subsetter.subset(small)
    small.flavor = "woff2"
    return small


def average_advance(font: TTFont, text: str) -> float:
    """Return the mean advance of the characters of a text, in em."""
    names, widths = font.getBestCmap(), font["hmtx"]
    total = sum(widths[names[ord(letter)]][0] for letter in text)
    return float(total) / len(text) / float(font["head"].unitsPerEm)


def report(font: TTFont) -> str:
    """Return the metrics that the matched fallback face copies."""
    em, line = font["head"].unitsPerEm, font["hhea"]
    return (
        f"ascent {line.ascent / em:.4f} descent {-line.descent / em:.4f} gap {line.lineGap / em:.4f} "
        f"mean advance {average_advance(font, SAMPLE):.4f} em"
    )


def main(package: Path) -> None:
    """Read the package, write the subset and its licence, print size and metrics."""
    font = subset(TTFont(package / SOURCE))
    target = FONTS / "display.woff2"
    font.save(target)
    shutil.copy(package / "LICENSE", FONTS / "display-OFL.txt")
    print(f"{target.name}: {target.stat().st_size} bytes; {report(font)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
