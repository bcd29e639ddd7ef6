"""Aliases: former addresses that a header names, each of which becomes a redirect."""

from collections.abc import Collection, Iterable
from typing import Any
from urllib.parse import urlsplit

from clinic.domain.pages.urls import ATOM_FEED, COMMENTS_FEED, FEED_STYLESHEET, RSS_FEED
from clinic.plugin.context import Run

_FILES = (ATOM_FEED, RSS_FEED, COMMENTS_FEED, FEED_STYLESHEET, "sitemap.xml", "robots.txt")


def collect_aliases(run: Run, contents: Collection[Any], lists: Iterable[str]) -> None:
    """Fill ``run.moved`` (former path to present path) and report aliases that are taken or not addresses.

    ``lists`` are the addresses of lists of articles.
    """
    taken = dict.fromkeys((*lists, *_FILES), "a page of this site")
    taken |= {content.url.strip("/"): content.source.file.name for content in contents}
    for content in sorted(contents, key=lambda content: content.source.key):
        for number, alias in enumerate(content.front_matter.aliases):
            former = urlsplit(alias).path.strip("/")
            if not former or ".." in former or any(sign in alias for sign in "{}<> ?#\\"):
                fault = "is not a former address; write one like /post/old-name/"
            elif former in taken:
                fault = f"is the address of {taken[former]} already; remove it"
            else:
                taken[former] = content.source.file.name
                run.moved[former] = content.url
                continue
            content.source.problem(run, ("aliases", number), f'alias "{alias}" {fault}')
