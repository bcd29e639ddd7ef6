"""A browser whose clock and time zone can be set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser import PHONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens an address at a moment, on a machine in some time zone."""
    contexts: list[BrowserContext] = []

    def start(address: str, moment: str, zone: str = "Europe/London", *, script: bool = True) -> Page:
        context = browser.new_context(
            viewport=PHONE,
            timezone_id=zone,
            java_script_enabled=script,
        )
        contexts.append(context)
        page = context.new_page()
        page.clock.install(time=moment)
        page.goto(address)
        return page

    yield start
    for context in contexts:
        context.close()
