"""The project's own content, which its owner edits: asked only for what must hold whatever she writes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.site import ROOT

if TYPE_CHECKING:
    from tests.site import Site

READING = re.compile(r'\bown: Site|ROOT / "content"(?! / "README.md")|\(OWN\b')


def test_it_builds_without_a_problem(own: Site) -> None:
    assert own.problems == []
    assert own.exit_code == 0, own.stderr
    assert {"/", "/blog/", "/book/", "/contact/", "/privacy/"} <= set(own.pages)


def test_every_page_has_one_title_of_its_own(own: Site) -> None:
    for address in own.pages:
        page = own.page(address)
        assert page.title, address
        assert len(page.find_all("h1")) == 1, address


def test_no_test_elsewhere_reads_it() -> None:
    """Whatever another test asked of it, the owner's next edit might make untrue."""
    files = [path for path in (ROOT / "tests").rglob("*.py") if READING.search(path.read_text("utf-8"))]
    assert {path.parent.name for path in files} == {"tests", "own_content"}  # the helpers, and this folder
