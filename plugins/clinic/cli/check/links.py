"""Links: those that lead nowhere, to no part of a page, whose words say nothing; pages that no link leads to."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from clinic.cli.check.examined import Examined, Where, plain
from clinic.cli.check.pages import Page
from clinic.cli.check.rules import DEAD_ANCHOR, DEAD_LINK, LINK_WORDS, ORPHAN, advice, warning
from clinic.content.diagnostics import Diagnostic
from clinic.content.folder import EVENTS, EXERCISES
from clinic.domain.pages.urls import SEARCH
from clinic.models.suggestions import did_you_mean

_TOP = frozenset({"", "top"})
_EMPTY_WORDS = frozenset(
    words
    for line in """
    click here|click|here|see here|go here|read more|more|learn more|find out more|more info|more information|this
    this link|this page|this article|this website|link|the link|website|continue|continue reading|details|go
    hier|hier klicken|klicken sie hier|klick hier|mehr|mehr lesen|weiterlesen|mehr erfahren|mehr infos|dieser link
    diese seite|weiter|yma|cliciwch yma|darllen mwy|mwy|rhagor|dysgu mwy|y ddolen hon|dolen|y dudalen hon
    """.splitlines()
    for words in line.strip().split("|")
    if words
)
"""What says nothing by itself (WCAG 2.4.4, 2.4.9), in the languages that sites are in."""
_AROUND = " .,:;!?()[]\"'>»«→›*_"


class _Dead(NamedTuple):
    """A link that leads nowhere: on which page, as it stands there, and its diagnostic but for its place."""

    page: Page
    url: str
    rule: str
    message: str


def dead_links(site: Examined) -> Iterator[Diagnostic]:
    """Links inside the site that lead to no page, no file or no part of a page; once for each of the owner's lines.

    What she wrote with ``{filename}`` the build has told already.
    """
    found: defaultdict[tuple[Where | None, str, str], list[Page]] = defaultdict(list)
    for dead in _dead(site):
        _, _, fragment = dead.url.partition("#")
        words = (dead.url, f"#{fragment}" if fragment else "", f"/{dead.url.rstrip('/').rpartition('/')[2]}")
        found[site.where(dead.page, *words), dead.rule, dead.message].append(dead.page)
    for (where, rule, message), pages in found.items():
        how = f" (it is on {len(pages)} pages)" if len(pages) > 1 else ""
        yield warning(rule, where or _of_page(site, pages[0]), f"{message}{how}")


def _of_page(site: Examined, page: Page) -> Where:
    """Where to begin to look: the file of a page; of one that follows from the facts, these."""
    file = site.file_at.get(page.address)
    return (file.source.name, 0) if file else (site.facts.name, 0)


def _dead(site: Examined) -> Iterator[_Dead]:
    near = cache(lambda address: did_you_mean(address, site.by_address))  # a link of the theme is on every page
    for page in site.pages.values():
        for url in page.links if not page.is_redirect else ():
            target = site.target(page, url)
            if target is None:
                continue
            address, fragment = target
            there = site.page_at(address)
            if there is None and address not in site.sizes:
                how = near(address) or "; correct the address, or take the link out"
                yield _Dead(page, url, DEAD_LINK, f'this links to "/{address}", and nothing is there{how}')
            elif there and not there.is_redirect and fragment not in _TOP and fragment not in there.ids:
                if ":~:" in fragment:  # a part of the text itself (URL Fragment Text Directives)
                    continue
                named = f"/{address}" if there is not page else "this page"
                how = did_you_mean(fragment, there.ids) or "; write the id of one of its headings, or leave the # out"
                yield _Dead(page, url, DEAD_ANCHOR, f'this links to "#{fragment}", but {named} has no such part{how}')


def link_words(site: Examined) -> Iterator[Diagnostic]:
    """Links in the owner's texts whose words are the same for any address."""
    for file in site.files:
        told: set[str] = set()
        for link in file.page.main_links if file.page else ():
            words = plain(link.words).strip(_AROUND)
            if words not in _EMPTY_WORDS or words in told:
                continue
            told.add(words)
            lines = [number for number, line in enumerate(file.source.lines, 1) if _linked(words).search(line)]
            for line in lines:
                message = f'the words of this link are "{link.words}"; say what is there, such as [our prices](…)'
                yield advice(LINK_WORDS, (file.source.name, line), message)


def _linked(words: str) -> re.Pattern[str]:
    """Finds these words as those of a link, in a line of Markdown or HTML."""
    inside = rf"[\s.,:;!?*_>»→›]*{re.escape(words)}[\s.,:;!?*_>»→›]*"
    return re.compile(rf"\[{inside}\][(\[]|<a\b[^>]*>{inside}</a")


def orphans(site: Examined) -> Iterator[Diagnostic]:
    """Published pages that no links lead to from a home page; of those that hang together, the first alone."""
    folders = [content.language_folder for content in (site.content, *site.content.translations)]
    reached = _reached(site, [page for folder in folders if (page := site.by_address.get(folder))])
    to_come = {event.slug for event in site.clinic.upcoming_events}
    lost = {
        file.page.path: (file, _reached(site, [file.page]) - reached)
        for file in site.files
        if file.page and file.is_listed and file.page.path not in reached
        if file.document.folder != EXERCISES  # which sheets show whole
        if file.document.folder != EVENTS or file.document.slug in to_come  # one that is over is in no list
    }
    told: set[str] = set()
    for path, (file, with_it) in sorted(lost.items(), key=lambda found: -len(found[1][1])):
        if path not in told:
            told |= with_it
            more = len(with_it & lost.keys()) - 1
            what = f"no page leads to /{file.address}{f' and {more} more behind it' if more else ''}"
            how = "link to it from another page or from the menu, or write status: hidden if that is meant"
            yield warning(ORPHAN, (file.source.name, 0), f"{what}; {how}")


def _reached(site: Examined, ahead: list[Page]) -> set[str]:
    """The paths of these pages and of all that they link to; a search, which lists everything, counts as no way."""
    reached = {page.path for page in ahead}
    while ahead:
        page = ahead.pop()
        for url in page.links:
            target = site.target(page, url)
            there = site.page_at(target[0]) if target else None
            if there and there.path not in reached:
                reached.add(there.path)
                if not f"/{there.address}".endswith(f"/{SEARCH}"):
                    ahead.append(there)
    return reached
