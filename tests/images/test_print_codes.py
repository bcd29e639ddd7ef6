"""On paper a code leads to the page; on a screen it is not there, and it costs next to nothing."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import pytest
import zxingcpp
from PIL import Image

from clinic.rendering.images.qr import qr_code
from tests.browser import DESKTOP

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.site import Site


HOME = "https://larkmouth.example.com"
LEADS = {
    "/post/ankles-on-the-coast-path/": f"{HOME}/post/ankles-on-the-coast-path/",
    "/services/pilates/": f"{HOME}/services/pilates/",
    "/locations/larkmouth/": f"{HOME}/locations/larkmouth/",
    "/contact/": f"{HOME}/contact.vcf",
}
STROKE = re.compile(r"([Mmh])(-?\d+)(?: ([\d.]+))?")
MOST_BYTES = 1500


def dark_modules(path: str) -> set[tuple[int, int]]:
    """The squares that an SVG path of strokes, each one unit high, makes dark."""
    dark: set[tuple[int, int]] = set()
    x = y = 0
    for command, first, second in STROKE.findall(path):
        if command == "h":
            dark |= {(x + step, y) for step in range(int(first))}
            x += int(first)
        else:
            x, y = x + int(first), y + int(float(second))
    return dark


def read(path: str, side: int) -> str:
    """What a reader of codes reads in the drawing, on white paper."""
    paper = Image.new("L", (side, side), "white")
    for position in dark_modules(path):
        paper.putpixel(position, 0)
    [code] = zxingcpp.read_barcodes(paper.resize((side * 4, side * 4), Image.Resampling.NEAREST))
    assert code.format == zxingcpp.BarcodeFormat.QRCode
    return str(code.text)


@pytest.mark.parametrize("address", LEADS)
def test_the_code_on_paper_leads_to_the_page(full: Site, address: str) -> None:
    [drawing] = full.page(address).select("main .print-code svg")
    path, title = drawing.path, drawing.title
    assert path
    assert title
    assert read(str(path["d"]), int(str(drawing["viewBox"]).split()[-1])) == LEADS[address]
    assert title.get_text()


def test_it_is_seen_on_paper_and_never_on_a_screen(
    full: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page(serve(full.output) + "/contact/", DESKTOP)
    assert not page.locator(".print-code").is_visible()
    page.emulate_media(media="print")
    box = page.locator(".print-code svg").bounding_box()
    assert box
    assert box["width"] == pytest.approx(98, abs=1)  # 26 mm: 0.7 mm a module, which a phone reads at arm's length
    assert page.locator(".print-code").inner_text().endswith(f"{HOME}/contact.vcf")


def test_it_is_lighter_than_an_image() -> None:
    long = f"{HOME}/post/the-hidden-link-between-ankle-stability-and-lower-back-pain/"
    assert len(gzip.compress(qr_code(long, "This article on your phone").encode())) <= MOST_BYTES


def test_light_is_around_it_as_the_standard_asks() -> None:
    drawing = qr_code(HOME, "A")
    [side] = map(int, re.findall(r'viewBox="0 0 (\d+) \1"', drawing))
    [path] = re.findall(r' d="([^"]*)"', drawing)
    across, down = zip(*dark_modules(path), strict=True)
    assert (min(across), min(down), side - max(across), side - max(down)) == (4, 4, 5, 5)


def test_words_in_its_title_stay_words() -> None:
    assert "<title>Tarn &amp; &lt;b&gt;</title>" in qr_code(HOME, "Tarn & <b>")
