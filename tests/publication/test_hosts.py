"""A former address answers 301 on hosts with rules, and leads on by its page on hosts without.

Each host is imitated by its documented rules: Netlify (docs.netlify.com: "Redirects and rewrites", "Shadowing",
"Trailing slash"), Cloudflare Pages (its "Redirects" page, and ``parseRedirects.ts`` of its workers-sdk), GitHub Pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.site import BuildSite, Site

CLOUDFLARE_CODES = {"200", "301", "302", "303", "307", "308"}
FORMER = ("/old-post/", "/deep/in/there", "/über-uns/", "/caf%C3%A9/", "/old-page.html")
UNDER_A_FOLDER = {"CLINIC_PUBLIC": True, "CLINIC_ADDRESS": "https://trial.example.com/clinic"}
Answer = tuple[int, str]
"""The status, and where it leads or which file it serves."""


def file_at(site: Site, path: str, folder: str) -> str | None:
    """The file that a host serves for a path, with or without a slash at its end."""
    decoded = path.removeprefix(folder).strip("/")
    decoded = {quote(file): file for file in site.files}.get(decoded, decoded)
    for name in (decoded, f"{decoded}/index.html".lstrip("/"), f"{decoded}.html"):
        found = next((file for file in site.files if name in {file, quote(file)}), None)
        if found:
            return found
    return None


def netlify(site: Site, path: str, folder: str) -> Answer:
    """The first rule that fits, whatever its slash; without ``!`` only where there is no file."""
    for former, present, status in map(str.split, site.read("_redirects").splitlines()):
        if former.rstrip("/") == path.rstrip("/"):
            if status.endswith("!") or not file_at(site, path, folder):
                return int(status.removesuffix("!")), present
            break
    found = file_at(site, path, folder)
    return (200, found) if found else (404, "")


def cloudflare(site: Site, path: str, folder: str) -> Answer:
    """Rules before files, compared exactly; a line with a status that it does not know is left out."""
    rules: dict[str, Answer] = {}
    for former, present, status in map(str.split, site.read("_redirects").splitlines()):
        if status in CLOUDFLARE_CODES:
            rules.setdefault(former, (int(status), present))
    found = file_at(site, path, folder)
    return rules.get(path) or ((200, found) if found else (404, ""))


def github(site: Site, path: str, folder: str) -> Answer:
    """Files alone."""
    found = file_at(site, path, folder)
    return (200, found) if found else (404, "")


@pytest.fixture(params=["", "/clinic"])
def moved(request: pytest.FixtureRequest, build_site: BuildSite) -> tuple[Site, str]:
    """A site with former addresses, and the folder it is published in."""
    aliases = "".join(f"  - {alias}\n" for alias in FORMER)
    post = f"---\ntitle: A case\ndate: 2026-01-01\naliases:\n{aliases}---\n\nWords.\n"
    site = build_site("minimal", {"posts/case.md": post}, settings=UNDER_A_FOLDER if request.param else {})
    assert not site.problems
    return site, request.param


@pytest.mark.parametrize("host", [netlify, cloudflare])
@pytest.mark.parametrize("former", FORMER)
def test_a_host_with_rules_answers_301(
    moved: tuple[Site, str], host: Callable[[Site, str, str], Answer], former: str
) -> None:
    site, folder = moved
    asked = folder + (former if "%" in former else quote(former)).rstrip("/")
    for path in {asked} if former.endswith(".html") else {asked, f"{asked}/"}:
        assert host(site, path, folder) == (301, f"{folder}/post/case/"), path


@pytest.mark.parametrize("former", FORMER)
def test_a_host_without_rules_has_a_page_that_leads_on(moved: tuple[Site, str], former: str) -> None:
    site, folder = moved
    status, file = github(site, folder + (former if "%" in former else quote(former)), folder)
    assert status == 200
    assert f'content="0; url={folder}/post/case/"' in site.read(file)


def test_no_page_of_the_site_is_led_away_from(moved: tuple[Site, str]) -> None:
    site, folder = moved
    for address in site.pages:
        for host in (netlify, cloudflare):
            assert host(site, folder + address, folder)[0] == 200
