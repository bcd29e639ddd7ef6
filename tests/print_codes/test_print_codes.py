"""On paper a code leads to the page; on a screen it is not there, and it costs next to nothing."""

from __future__ import annotations

import gzip
import re
import time
from typing import TYPE_CHECKING

import pytest
import segno

from clinic.rendering.qr import qr_code
from tests.pages.conftest import DESK, open_page, serve

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.site import Site

__all__ = ["open_page", "serve"]

HOME = "https://larkmouth.example.com"
LEADS = {
    "/post/ankles-on-the-coast-path/": f"{HOME}/post/ankles-on-the-coast-path/",
    "/services/pilates/": f"{HOME}/services/pilates/",
    "/locations/larkmouth/": f"{HOME}/locations/larkmouth/",
    "/contact/": f"{HOME}/contact.vcf",
}
STROKE = re.compile(r"m(-?\d+) (-?\d+)h(\d+)")
MOST_BYTES = 1500


def dark_modules(path: str) -> set[tuple[int, int]]:
    """The squares that an SVG path of strokes, each one unit high, makes dark."""
    dark: set[tuple[int, int]] = set()
    x = y = 0
    for right, down, length in STROKE.findall(path):
        x, y = x + int(right), y + int(down)
        dark |= {(x + step, y) for step in range(int(length))}
        x += int(length)
    return dark


def least_time(make: Callable[[int], object]) -> float:
    """The least of several runs: what else the machine does is not the code's."""
    taken = []
    for number in range(20):
        began = time.process_time()
        make(number)
        taken.append(time.process_time() - began)
    return min(taken)


@pytest.mark.parametrize("address", LEADS)
def test_the_code_on_paper_leads_to_the_page(full: Site, address: str) -> None:
    [drawing] = full.page(address).select("main .print-code svg")
    path, title = drawing.path, drawing.title
    assert path
    assert title
    code = segno.make_qr(LEADS[address], mask=2)
    rows = enumerate(code.matrix_iter(border=4))
    assert dark_modules(str(path["d"])) == {(x, y) for y, row in rows for x, dark in enumerate(row) if dark}
    assert drawing["viewBox"] == "0 0 {} {}".format(*code.symbol_size(border=4))
    assert title.get_text()


def test_it_is_seen_on_paper_and_never_on_a_screen(
    full: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page(serve(full.output) + "/contact/", DESK)
    assert not page.locator(".print-code").is_visible()
    page.emulate_media(media="print")
    box = page.locator(".print-code svg").bounding_box()
    assert box
    assert box["width"] == pytest.approx(98, abs=1)  # 26 mm: 0.7 mm a module, which a phone reads at arm's length
    assert page.locator(".print-code").inner_text().endswith(f"{HOME}/contact.vcf")


def test_it_is_lighter_than_a_picture_and_costs_half_of_what_it_would_with_the_mask_chosen() -> None:
    long = f"{HOME}/post/the-hidden-link-between-ankle-stability-and-lower-back-pain-number-{{}}/"
    assert len(gzip.compress(qr_code(long, "This article on your phone").encode())) <= MOST_BYTES
    assert 2 * least_time(lambda n: qr_code(long.format(n), "A")) < least_time(lambda n: segno.make_qr(long.format(n)))


def test_words_in_its_title_stay_words() -> None:
    assert "<title>Tarn &amp; &lt;b&gt;</title>" in qr_code(HOME, "Tarn & <b>")
