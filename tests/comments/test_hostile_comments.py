"""A page full of hostile comments, in a real browser: nothing runs, nothing leaves, nothing around them moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import feedparser
import pytest
from bs4 import BeautifulSoup

from clinic.rendering.markdown.comment import ELEMENTS
from tests.browser import DESKTOP, PHONE
from tests.comments.conftest import comment
from tests.comments.hostile import HOSTILE, NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.site import BuildSite, Site

OUTSIDE = """() => [...document.querySelectorAll("body *")]
  .filter((element) => !element.closest(".comment__words, .comment__head, .comment__act, .comment__face"))
  .map((element) => {
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    const looks = ["color", "backgroundColor", "display", "visibility", "position", "fontSize", "fontFamily",
                   "direction", "zIndex", "opacity", "transform", "textDecorationLine"].map((key) => style[key]);
    return [element.tagName, element.className.baseVal ?? element.className, Math.round(box.x),
            Math.round(box.width), ...looks].join(" ");
  })"""
ESCAPED = """() => [...document.querySelectorAll(".comment")].filter((comment) => {
    const outer = comment.getBoundingClientRect(), limit = document.documentElement.clientWidth;
    return [...comment.querySelectorAll(".comment__entry :not(.visually-hidden, .visually-hidden *)")].some((one) => {
      const box = one.getBoundingClientRect();
      return box.left < outer.left - 1 || box.right > limit + 1 || box.bottom > outer.bottom + 1;
    });
  }).map((comment) => comment.id)"""


def comments(words: tuple[str, ...], names: tuple[str, ...]) -> dict[str, str]:
    overlay = {}
    for number, text in enumerate(words):
        name = names[number % len(names)]
        overlay[f"comments/shoes/n-{number}.md"] = comment(text, name, f"2026-01-{1 + number % 28:02}")
    return overlay


@pytest.fixture(scope="module")
def hostile(build_site: BuildSite) -> Site:
    """The clinic with every hostile text under one article."""
    return build_site("full", comments(HOSTILE, NAMES))


@pytest.fixture(scope="module")
def sanitize(build_site: BuildSite) -> Site:
    """The same number of comments that say thank you."""
    return build_site("full", comments(("Thank you.",) * len(HOSTILE), ("Kit",)))


ADDRESSES = ("/post/shoes/", "/post/shoes/comments/2/")
"""Where they are: more than a hundred comments have a second page."""


@pytest.fixture
def watched(browser: Browser) -> Iterator[Callable[[str, dict[str, int]], tuple[Page, list[str]]]]:
    """Opens a page, with a list that fills with every alarm: dialogs, requests that leave, errors, other pages."""
    contexts = []

    def start(address: str, size: dict[str, int]) -> tuple[Page, list[str]]:
        alarms: list[str] = []
        # Without the page's policy, which would stop what comes through.
        context = browser.new_context(viewport=size, reduced_motion="reduce", bypass_csp=True)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        home = "/".join(address.split("/")[:3]) + "/"

        def dialog(shown: Any) -> None:
            alarms.append(f"dialog: {shown.message}")
            shown.dismiss()

        def request(sent: Any) -> None:
            if not sent.url.startswith((home, "data:image/svg+xml,")):
                alarms.append(f"request: {sent.url}")

        page.on("dialog", dialog)
        page.on("request", request)
        page.on("pageerror", lambda error: alarms.append(f"error: {error}"))
        page.on("popup", lambda opened: alarms.append(f"popup: {opened.url}"))
        page.on("framenavigated", lambda frame: alarms.append(f"went to {frame.url}") if frame.url != address else None)
        page.goto(address)
        return page, alarms

    yield start
    for context in contexts:
        context.close()


def test_every_hostile_comment_is_published_and_the_build_has_no_problem(hostile: Site) -> None:
    assert hostile.problems == []
    assert sum(len(hostile.page(address).select("li.comment")) for address in ADDRESSES) == len(HOSTILE) + 1


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_nothing_runs_nothing_leaves_and_nothing_around_them_changes(
    hostile: Site,
    sanitize: Site,
    serve: Callable[[Path], str],
    watched: Callable[..., tuple[Page, list[str]]],
    size: dict[str, int],
) -> None:
    calm, _ = watched(serve(sanitize.output) + ADDRESSES[0], size)
    for address in ADDRESSES:
        page, alarms = watched(serve(hostile.output) + address, size)
        page.mouse.move(100, 300)
        for _ in range(3):
            page.keyboard.press("Tab")
        page.wait_for_timeout(300)
        assert alarms == []
        if address == ADDRESSES[0]:
            assert page.evaluate(OUTSIDE) == calm.evaluate(OUTSIDE)
            assert page.title() == calm.title()
        assert page.evaluate(ESCAPED) == []
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_what_stands_there_is_what_they_typed(hostile: Site) -> None:
    shown = [hostile.page(address).select_one("#comments") for address in ADDRESSES]
    words = " ".join(" ".join(found.get_text(" ") for found in shown if found).split())
    for typed in (
        "<script>alert('pwned')</script>",
        "{{ clinic.email }}{{ 7*7 }}",
        "{filename}/pages/book.md",
        "&lt;script&gt;",
    ):
        assert typed in words


def test_the_feeds_of_a_hostile_page_are_well_formed_and_as_harmless(hostile: Site) -> None:
    for file in ("blog/comments.atom.xml", "post/shoes/comments.atom.xml"):
        feed = feedparser.parse(hostile.read(file).encode(), sanitize_html=False)
        assert feed.bozo == 0
        assert feed.entries
        for entry in feed.entries:
            elements = BeautifulSoup(entry.content[0].value, "html5lib").body.find_all(True)  # type: ignore[union-attr]
            assert {element.name for element in elements} <= ELEMENTS
    assert len(feed.entries) == len(HOSTILE) + 1


def test_a_conversation_of_every_depth_fits_the_narrowest_phone(
    choices: Site, serve: Callable[[Path], str], open_page: Callable[..., Page]
) -> None:
    page = open_page(serve(choices.output) + "/post/open/", {"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert page.evaluate(ESCAPED) == []
    narrowest = "Math.min(...[...document.querySelectorAll('.comment__words')].map((words) => words.clientWidth))"
    assert page.evaluate(narrowest) > 120
