"""What a site has besides its pages follows from the facts, not from what a template calls."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.search.conftest import index_of
from tests.site import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site import BuildSite

ARTICLE = "/post/bare/"


def test_a_page_whose_template_calls_nothing_is_in_the_sitemap_and_the_search(
    build_site: BuildSite, tmp_path: Path
) -> None:
    theme = shutil.copytree(ROOT / "theme", tmp_path / "theme")
    bare = "<!doctype html><title>Bare</title><main><h1>Bare</h1>{{ article.content }}</main>"
    (theme / "templates" / "article.html").write_text(bare, "utf-8")
    post = "---\ntitle: Bare\nsummary: Nothing is called.\ndate: 2026-01-01\n---\n\nQuokkas stretch at dawn.\n"
    site = build_site(
        "minimal", {"posts/2026-01-01-bare.md": post}, settings={"CLINIC_PUBLIC": True, "THEME": str(theme)}
    )
    assert not site.problems
    assert site.html(ARTICLE).startswith("<!doctype html><title>Bare</title>")
    assert f"https://least.example.com{ARTICLE}" in site.read("sitemap.xml")
    assert "Quokkas" in index_of(site)[ARTICLE]["content"]
