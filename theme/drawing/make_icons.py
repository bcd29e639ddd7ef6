"""Draw the icon set and the share card from the motif.

Writes ``theme/static/icons/``: ``favicon.svg``, ``favicon.ico`` (32 px), ``apple-touch-icon.png`` (180 px),
``icon-192.png``, ``icon-512.png`` and ``share.png`` (1200 by 630, no words). Needs Pillow and a Chromium::

    pip install pillow==13.0.0
    python theme/drawing/make_icons.py --browser /usr/bin/chromium

The colours are those of ``theme/static/css/tokens.css``; pass others to match another clinic's brand.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

HERE = Path(__file__).resolve().parent
ICONS = HERE.parent / "static" / "icons"


@dataclass(frozen=True)
class Palette:
    """The colours of the motif."""

    ink: str = "#0f3a36"
    paper: str = "#faf6ee"
    warm: str = "#eac27a"
    leaf: str = "#b9cfb4"
    sand: str = "#e2d2b4"


def mark(colours: Palette) -> str:
    """Return the mark, a joint in the bend of a line that rises, in a 32 unit square."""
    return (
        f'<circle cx="12" cy="17" r="6.5" fill="{colours.warm}"/>'
        f'<path d="M0 27.5H12A10.5 10.5 0 0 0 22.5 17V14.5A10.5 10.5 0 0 1 33 4" fill="none" '
        f'stroke="{colours.paper}" stroke-width="4.5"/>'
    )


def icon(colours: Palette, radius: float) -> str:
    """Return the mark on its ground. Systems that cut corners themselves get radius 0."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'<clipPath id="tile"><rect width="32" height="32" rx="{radius}"/></clipPath>'
        f'<g clip-path="url(#tile)"><rect width="32" height="32" fill="{colours.ink}"/>{mark(colours)}</g></svg>\n'
    )


def share(colours: Palette) -> str:
    """Return the share card: the hero's drawing on paper, at home in any crop."""
    style = (
        f".kinetic-line__stroke{{fill:none;stroke:{colours.ink};stroke-width:52}}"
        f".kinetic-line__pivots{{fill:none;stroke:{colours.ink};stroke-width:22;stroke-linecap:round}}"
        f".kinetic-line__ripples{{fill:none;stroke:{colours.ink};stroke-opacity:.18;stroke-width:3}}"
        f".kinetic-line__ankle{{fill:{colours.warm}}}.kinetic-line__hip{{fill:{colours.sand}}}"
        f".kinetic-line__knee,.kinetic-line__spine{{fill:{colours.leaf}}}"
    )
    line = (HERE / "kinetic-line.svg").read_text(encoding="utf-8")
    drawing = line[line.index(">") + 1 : line.rindex("</svg>")]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630" width="1200" height="630">'
        f'<style>{style}</style><rect width="1200" height="630" fill="{colours.paper}"/>'
        f'<rect y="594" width="1200" height="36" fill="{colours.ink}"/>'
        f'<g transform="translate(400 -10) scale(.755)">{drawing}</g></svg>\n'
    )


def render(browser: str, svg: str, width: int, height: int) -> Image.Image:
    """Let the browser paint an SVG and return the picture."""
    page = f"<style>*{{margin:0}}svg{{display:block;width:{width}px;height:{height}px}}</style>{svg}"
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "page.html"), Path(folder, "page.png")
        source.write_text(page, encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        options += [f"--window-size={max(width, 500)},{max(height, 500)}", f"--screenshot={target}"]
        subprocess.run([browser, *options, source.as_uri()], check=True, capture_output=True)  # noqa: S603 (our own drawing, by hand)
        with Image.open(target) as picture:
            return picture.convert("RGB").crop((0, 0, width, height))


def main(browser: str, colours: Palette) -> None:
    """Write every icon."""
    ICONS.mkdir(parents=True, exist_ok=True)
    (ICONS / "favicon.svg").write_text(icon(colours, radius=7), encoding="utf-8")
    for name, size in {"apple-touch-icon": 180, "icon-192": 192, "icon-512": 512}.items():
        render(browser, icon(colours, radius=0), size, size).quantize(64).save(ICONS / f"{name}.png", optimize=True)
    large = render(browser, icon(colours, radius=0), 512, 512)
    large.resize((32, 32), Image.Resampling.LANCZOS).save(ICONS / "favicon.ico", sizes=[(32, 32)])
    render(browser, share(colours), 1200, 630).quantize(64).save(ICONS / "share.png", optimize=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Draw the icon set.")
    parser.add_argument("--browser", default="/usr/bin/chromium")
    for field, default in vars(Palette()).items():
        parser.add_argument(f"--{field}", default=default)
    chosen = vars(parser.parse_args())
    main(chosen.pop("browser"), Palette(**chosen))
