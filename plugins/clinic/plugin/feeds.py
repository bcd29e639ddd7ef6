"""The feeds of articles, made of Pelican's lists."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from clinic.domain.booking.provider_links import with_feed_campaign
from clinic.domain.pages.page import PageKind
from clinic.domain.pages.urls import BLOG, FEED_STYLESHEET, list_feed_path, practitioner_path
from clinic.models.articles import ListFeed
from clinic.models.clinic import Clinic
from clinic.models.words import gettext
from clinic.plugin import adapter
from clinic.plugin.brand import share_image
from clinic.plugin.context import Context
from clinic.plugin.index import Index
from clinic.plugin.lists import list_title
from clinic.plugin.pelican_types import Article, ListWrapper
from clinic.rendering.feeds.feed import Author, Entry, FeedDocument
from clinic.rendering.feeds.plain_html import Base, plain_html
from clinic.rendering.text import one_line

ICON = "theme/apple-touch-icon.png"
_SETTINGS = {
    ListFeed.CATEGORY: ("CATEGORY_FEED_ATOM", "CATEGORY_URL"),
    ListFeed.AUTHOR: ("AUTHOR_FEED_ATOM", "AUTHOR_URL"),
    ListFeed.TAG: ("TAG_FEED_ATOM", "TAG_URL"),
}
_LIST_FOLDERS = {"categories": PageKind.CATEGORY, "tags": PageKind.TAG, "authors": PageKind.AUTHOR}


def feed_settings(clinic: Clinic, settings: Mapping[str, Any]) -> dict[str, str | None]:
    """Pelican's settings for the feeds that the owner asks for, each beside its list; None for the others."""
    return {
        feed: list_feed_path(settings[address]) if kind in clinic.feeds else None
        for kind, (feed, address) in _SETTINGS.items()
    }


class FeedMaker:
    """Makes the feeds of a build. An article stands in several, and is put into plain HTML once."""

    def __init__(self, context: Context, index: Index) -> None:
        self._context = context
        self._clinic = context.clinic
        self._absolute = context.address.absolute
        self._images = index.images
        self._entries: dict[str, Entry] = {}

    def feed(self, path: str, articles: Iterable[Article], name: str | None) -> FeedDocument:
        """The feed at ``path``; ``name`` is that of the category, author or tag which it is of, if it is of one."""
        list_path, title = _list_of(path, name)
        publisher = self._clinic.name
        return FeedDocument(
            url=self._absolute(path),
            page=self._absolute(list_path),
            title=f"{publisher}: {title}" if title else publisher,
            subtitle=one_line(self._clinic.strapline or self._clinic.description or _of_clinic(publisher)),
            language=self._clinic.language,
            publisher=Author(publisher, self._absolute("")),
            icon=self._absolute(ICON),
            logo=self._absolute(share_image(self._clinic).path),
            stylesheet=f"{self._context.link_base}/{FEED_STYLESHEET}",
            entries=tuple(map(self._entry, articles)),
        )

    def _entry(self, article: Article) -> Entry:
        if article.url not in self._entries:
            self._entries[article.url] = self._new_entry(article)
        return self._entries[article.url]

    def _new_entry(self, article: Article) -> Entry:
        address = self._context.address
        url = address.absolute(article.url)
        base = Base(url, address.public, self._context.link_base)
        image = self._images.image_of(adapter.article_front_matter(article))
        # the image at the head of the page is not among its words
        figure = str(self._context.components.render("figure", image=image)) if image else ""
        words = plain_html(f"{figure}{article.get_content(address.of_language)}", base)
        return Entry(
            url=url,
            title=one_line(article.title),
            summary=one_line(article.read.description),
            html=with_feed_campaign(words, self._clinic.url),
            published=article.date,
            modified=adapter.modified_of(article),
            authors=tuple(map(self._author, adapter.authors_of(article))),
            subjects=tuple(
                str(subject) for subject in (adapter.category_of(article), *adapter.tags_of(article)) if subject
            ),
            image=replace(image, path=address.absolute(image.path), alt=one_line(image.alt)) if image else None,
        )

    def _author(self, author: ListWrapper) -> Author:
        """With the page about the practitioner, or else the list of what they wrote."""
        practitioner = self._clinic.practitioner(str(author))
        return Author(str(author), self._absolute(practitioner_path(practitioner.slug) if practitioner else author.url))


def _of_clinic(clinic: str) -> str:
    return gettext("Articles from {clinic}.", clinic=clinic)


def _list_of(path: str, name: str | None) -> tuple[str, str]:
    """The path of the list that a feed is of, and its title; the blog has none of its own here."""
    if name is None:
        return BLOG, ""
    folder = path.rpartition("/")[0] + "/"
    kind = next(kind for word, kind in _LIST_FOLDERS.items() if folder.startswith(f"{BLOG}{word}/"))
    return folder, list_title(kind, name)
