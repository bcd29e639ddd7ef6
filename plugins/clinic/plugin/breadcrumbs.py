"""What the facts of pages of every kind share: the trail that leads to them, and the feeds their heads point to."""

from clinic.domain.pages.page import Crumb, Feed, PageKind
from clinic.domain.pages.urls import ATOM_FEED, RSS_FEED, list_feed_path
from clinic.plugin.context import Run
from clinic.rendering.feeds.feed import ATOM, RSS


def breadcrumbs(run: Run, *crumbs: Crumb) -> tuple[Crumb, ...]:
    """The whole trail: home, and then these."""
    return (crumb_of(run, ""), *crumbs)


def crumb_of(run: Run, path: str) -> Crumb:
    """The crumb of a page in ``pages/``, named as the menu names it."""
    page = run.page_index.at(path)
    return Crumb((page.menu or page.title) if page and path else "Home", path)


def feeds(run: Run) -> tuple[Feed, ...]:
    """Those of all articles, in both formats."""
    return (
        Feed(ATOM_FEED, f"{run.clinic.name}: articles (Atom)", ATOM),
        Feed(RSS_FEED, f"{run.clinic.name}: articles (RSS)", RSS),
    )


def feed_of_list(run: Run, kind: PageKind, path: str, title: str) -> tuple[Feed, ...]:
    """That of a list of articles, where the owner asks for such."""
    if kind.value not in {asked.value for asked in run.clinic.feeds}:
        return ()
    return (Feed(list_feed_path(path), f"{run.clinic.name}: {title}", ATOM),)
