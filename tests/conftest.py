"""Real small sites, built once for all tests that look at them, and a real browser to look at them with."""

from __future__ import annotations

import subprocess
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import sync_playwright

from clinic.models.language import DEFAULT_LANGUAGE, write_in
from tests.browser import AT_THAT_MOMENT, PHONE, serving
from tests.install_browser import ARGUMENTS, system_browser
from tests.site import OWN, Build

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.site import BuildSite, Site

MARKS = {"site": "store", "browser": "browser"}
"""Each mark, and the fixture that all tests with this mark use, most of them through others."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that use a built site or a browser, so that ``-m "not site and not browser"`` leaves them out."""
    for item in items:
        for mark, fixture in MARKS.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(mark)


@pytest.fixture(autouse=True)
def _no_command_without_a_mark(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that starts one of our commands by itself is marked ``site`` by hand; one that is not marked, fails."""
    if any(map(request.node.get_closest_marker, MARKS)):
        return
    start = subprocess.Popen.__init__

    def refuse(process: subprocess.Popen[Any], arguments: Any, *more: Any, **options: Any) -> None:
        assert arguments[0] != sys.executable, "this test starts a command: give it @pytest.mark.site"
        start(process, arguments, *more, **options)

    monkeypatch.setattr(subprocess.Popen, "__init__", refuse)


@pytest.fixture(autouse=True)
def _british_english() -> None:
    """Whatever a test before has written in: reading the facts of a clinic sets its language and country."""
    write_in(DEFAULT_LANGUAGE)


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where builds are kept; with several test processes the folder above theirs is common to all."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if base.name.startswith("popen-") else base) / "sites"


@pytest.fixture(scope="session")
def build_site(store: Path) -> BuildSite:
    """Builds a clinic of ``tests/clinics/`` with the real Pelican."""
    return lambda case, overlay=(), **more: Build(case, dict(overlay), **more).run_once(store)


@pytest.fixture(scope="session")
def full(build_site: BuildSite) -> Site:
    """The site of the clinic that uses every key there is."""
    return build_site("full")


@pytest.fixture(scope="session")
def minimal(build_site: BuildSite) -> Site:
    """The site of the clinic that says the least that is allowed."""
    return build_site("minimal")


@pytest.fixture(scope="session")
def solo(build_site: BuildSite) -> Site:
    """The site of a clinic such as many begin: one practitioner, three services, one article."""
    return build_site("solo")


@pytest.fixture(scope="session")
def own(build_site: BuildSite) -> Site:
    """The site of the project's own content, as of now; ask of it only what holds whatever its owner writes."""
    return build_site(OWN, now=datetime.now(UTC).replace(second=0, microsecond=0))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser, one for each test process."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system_browser(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serves a folder until the tests end; gives its address."""
    addresses: dict[Path, str] = {}
    with ExitStack() as running:

        def start(folder: Path) -> str:
            if folder not in addresses:
                addresses[folder] = running.enter_context(serving(folder))
            return addresses[folder]

        yield start


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens an address in a window of its own."""
    contexts = []

    def start(address: str, viewport: dict[str, int] | None = None, **options: Any) -> Page:
        context = browser.new_context(viewport=viewport or PHONE, reduced_motion="reduce", **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        # That of the builds: what is over by now would be taken down, and nobody would look at it.
        page.add_init_script(AT_THAT_MOMENT)
        page.goto(address)
        return page

    yield start
    for context in contexts:
        for page in context.pages:
            page.goto("about:blank")
        context.close()
