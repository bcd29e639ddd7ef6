"""The browser of the page tests."""

from tests.pages.conftest import open_page, serve

__all__ = ["open_page", "serve"]
