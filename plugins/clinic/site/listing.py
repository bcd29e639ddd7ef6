"""Which pages and articles stand in menus and lists, and in which order; decided once, when all have been read."""

from collections.abc import Iterable, Iterator
from typing import Any

from clinic.facts.addresses import BLOG, CONTACT, LOCATIONS, SERVICES, TEAM
from clinic.facts.pages import Crumb

_MENU_ORDER = (SERVICES, TEAM, "about/", BLOG, LOCATIONS, CONTACT)


class PageIndex:
    """The published pages by their path from the root, and the menu that follows from them."""

    def __init__(self, pages: Iterable[Any] = ()) -> None:
        self._pages: dict[str, Any] = {}
        for page in pages:
            self._pages.setdefault(page.url, page)
        self.menu = tuple(_menu(self._pages))

    def at(self, path: str) -> Any:
        """The page at this path, None where there is none."""
        return self._pages.get(path)


def newest_first(article: Any) -> tuple[float, str]:
    """The key that articles are sorted by: those of one day by slug, so that two builds never differ."""
    return -article.date.timestamp(), article.slug


def _menu(pages: dict[str, Any]) -> Iterator[Crumb]:
    """The pages whose header has a word for the menu, in the order a visitor asks: what, who, about, read, reach."""
    for path in sorted(pages, key=_menu_rank):
        if word := getattr(pages[path], "menu", None):
            yield Crumb(word, path)


def _menu_rank(path: str) -> tuple[int, str]:
    rank = _MENU_ORDER.index(path) if path in _MENU_ORDER else _MENU_ORDER.index(BLOG)
    return rank, path
