"""Twenty ways in which a Pelican site has been seen to go wrong, and where each is held off.

 1 a draft and its images in the output     test_drafts_and_dates
 2 a future article in the output           test_drafts_and_dates
 3 bad YAML drops an article, exit 0        tests/content (posts/title-with-colon, …): exit 1
 4 ``status: publish`` drops an article     tests/content (posts/status-publish)
 5 11/12/2024 read month first              tests/content (posts/british-date), tests/content
 6 17:30 is 1050, yes is True               tests/content, tests/content
 7 a literal {filename} in the HTML         test_addresses; tests/content (posts/broken-link, …)
 8 two articles with one slug               tests/content (folders/duplicate-slug): both files are named
 9 a template that does not exist           here: no front matter can ask for one
10 an installed plugin that breaks builds   here: none is installed
11 a plugin that cannot be loaded, exit 0   here
12 a cached article that is not due yet     test_drafts_and_dates (also where it was left out before)
13 files of an older build in the output    tests/cli/test_publish: publish builds aside and swaps
14 a sitemap with false dates               tests/files
15 hreflang links that are none             cannot arise: one language, so there are no hreflang links
16 redirects under a folder                 test_addresses
17 images turned, and positions in them     tests/images
18 SVG through the image step               tests/images
19 typogrify's spans in titles              tests/content; tests/head for the head
20 an import that loses body and address    cannot arise: nothing is imported yet (tests/articles holds every word)
"""

from __future__ import annotations

import pkgutil
from typing import TYPE_CHECKING

import pelican.plugins
import pytest

from tests.site import ROOT

if TYPE_CHECKING:
    from tests.site import BuildSite, Site


def test_front_matter_cannot_ask_for_a_template(build_site: BuildSite) -> None:
    """Nor for any other setting of Pelican's that front matter can override."""
    asked = ("template: special", "save_as: ../x.html", "url: x", "lang: de")
    lines = "\n".join(asked)
    site = build_site("minimal", {"posts/x.md": f"---\ntitle: X\ndate: 2026-01-01\n{lines}\n---\n\nWords.\n"})
    assert len(site.problems) == len(asked)
    for line, (key, problem) in enumerate(zip(asked, site.problems, strict=True), start=4):
        assert f"posts/x.md:{line}: " in problem
        assert f'"{key.partition(":")[0]}"' in problem
    assert site.exit_code == 1


def test_no_pelican_plugin_is_installed_that_this_site_does_not_name() -> None:
    """Pelican imports every one it finds, whatever PLUGINS says; a broken one stops every build."""
    assert not [module.name for module in pkgutil.iter_modules(pelican.plugins.__path__) if module.ispkg]
    assert "\npelican-" not in (ROOT / "requirements.txt").read_text("utf-8")


@pytest.mark.parametrize("plugins", [[], ["clinic.sit"], ["no_such_plugin"]])
def test_a_build_without_its_plugin_fails(build_site: BuildSite, plugins: list[str]) -> None:
    """Pelican logs it and goes on; the templates do not."""
    site = build_site("full", settings={"PLUGINS": plugins})
    assert site.exit_code != 0
    assert not [page for page in site.pages if "Shoes" in site.words(page)]


def test_pelican_itself_builds_the_site(full: Site) -> None:
    """``pelican content -s pelicanconf.py``, with nothing set beside."""
    assert full.exit_code == 0
    assert "/" in full.pages
