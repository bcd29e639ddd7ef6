"""What stands in a feed of articles: Pelican's lists, made facts of a feed."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from clinic.domain.booking.campaign import with_feed_campaign
from clinic.domain.pages.media import Image
from clinic.domain.pages.page import PageKind
from clinic.domain.pages.urls import BLOG, FEED_STYLESHEET, SiteAddress, list_feed_path, practitioner_path
from clinic.models.articles import ListFeed
from clinic.models.clinic import Clinic
from clinic.plugin.context import SHARE_IMAGE, Run
from clinic.plugin.index import LIST_TITLES
from clinic.rendering.feeds.atom import ArticleFeed, Author, Entry
from clinic.rendering.feeds.plain_html import Base, plain_html
from clinic.rendering.head.structured_data.nodes import one_line

ICON = "theme/apple-touch-icon.png"
_SETTINGS = {
    ListFeed.CATEGORY: ("CATEGORY_FEED_ATOM", "CATEGORY_URL"),
    ListFeed.AUTHOR: ("AUTHOR_FEED_ATOM", "AUTHOR_URL"),
    ListFeed.TAG: ("TAG_FEED_ATOM", "TAG_URL"),
}


def feed_settings(clinic: Clinic, settings: Mapping[str, Any]) -> dict[str, str | None]:
    """Pelican's settings for the feeds that the owner asks for, each beside its list; None for the others."""
    return {
        feed: list_feed_path(settings[address]) if kind in clinic.feeds else None
        for kind, (feed, address) in _SETTINGS.items()
    }


class FeedMaker:
    """Makes the feeds of a run. An article stands in several, and is put into plain HTML once."""

    def __init__(self, run: Run, link_base: str) -> None:
        self._run = run
        self._link_base = link_base
        self._entries: dict[str, Entry] = {}

    def feed(self, path: str, articles: Iterable[Any], name: str | None) -> ArticleFeed:
        """The feed at ``path``; ``name`` is that of the category, author or tag which it is of, if it is of one."""
        run, address = self._run, self._run.address
        list_path, title = _list_of(path, name)
        publisher = run.clinic.name
        return ArticleFeed(
            url=address.absolute(path),
            page=address.absolute(list_path),
            title=f"{publisher}: {title}" if title else publisher,
            subtitle=one_line(_subtitle(run) or f"Articles from {publisher}."),
            language=run.clinic.language,
            publisher=Author(publisher, address.absolute("")),
            icon=address.absolute(ICON),
            logo=address.absolute(SHARE_IMAGE.path),
            stylesheet=f"{self._link_base}/{FEED_STYLESHEET}",
            entries=tuple(map(self._entry, articles)),
        )

    def _entry(self, article: Any) -> Entry:
        if article.url not in self._entries:
            self._entries[article.url] = _entry(self._run, article, self._link_base)
        return self._entries[article.url]


def _list_of(path: str, name: str | None) -> tuple[str, str]:
    """The path of the list that a feed is of, and its title; the blog has none of its own here."""
    if name is None:
        return BLOG, ""
    folder = path.rpartition("/")[0] + "/"
    kind = next(kind for word, kind in _LIST_FOLDERS.items() if folder.startswith(f"{BLOG}{word}/"))
    return folder, LIST_TITLES[kind].format(name=name)


_LIST_FOLDERS = {"categories": PageKind.CATEGORY, "tags": PageKind.TAG, "authors": PageKind.AUTHOR}


def _subtitle(run: Run) -> str | None:
    return run.clinic.strapline or run.clinic.description


def _entry(run: Run, article: Any, link_base: str) -> Entry:
    address = run.address
    url = address.absolute(article.url)
    image = _picture(run, article)
    base = Base(url, address.public, link_base)
    words = plain_html(f"{_figure(run, article)}{article.get_content(address.public)}", base)
    category = getattr(article, "category", None)
    return Entry(
        url=url,
        title=one_line(article.title),
        summary=one_line(article.description),
        html=with_feed_campaign(words, run.clinic.url),
        published=article.date,
        modified=getattr(article, "modified", None),
        authors=tuple(_author(run.clinic, address, author) for author in getattr(article, "authors", ())),
        subjects=tuple(str(subject) for subject in (category, *getattr(article, "tags", ())) if subject),
        image=image,
    )


def _author(clinic: Clinic, address: SiteAddress, author: Any) -> Author:
    """With the page about the person, or else the list of what they wrote."""
    person = clinic.practitioner(str(author))
    return Author(str(author), address.absolute(practitioner_path(person.slug) if person else author.url))


def _picture(run: Run, article: Any) -> Image | None:
    image = run.images.image_of(article.front_matter)
    return replace(image, path=run.address.absolute(image.path), alt=one_line(image.alt)) if image else None


def _figure(run: Run, article: Any) -> str:
    """The picture at the head of the page, which is not among its words."""
    image = run.images.image_of(article.front_matter)
    return str(run.components.render("figure", image=image)) if image else ""
