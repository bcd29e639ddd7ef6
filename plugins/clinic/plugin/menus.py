"""The menu and the list of pages in the footer: as clinic.yaml has them, or the pages with a word for the menu."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from clinic.content.diagnostics import Diagnostic, Severity
from clinic.content.documents import AnyFrontMatter, Document, State
from clinic.domain.pages.urls import BLOG, CONTACT, EVENTS, HOME, LOCATIONS, SERVICES, TEAM
from clinic.models.articles import PageFrontMatter
from clinic.models.frame import Menu, MenuItem
from clinic.models.suggestions import did_you_mean
from clinic.plugin.adapter import body_of
from clinic.plugin.context import Context
from clinic.plugin.documents import unpublished_reason
from clinic.plugin.lists import MenuLink, PageIndex
from clinic.plugin.pelican_types import Content

_ORDER = (SERVICES, TEAM, "about/", BLOG, EVENTS, LOCATIONS, CONTACT)
_HOME_NAMES = frozenset({"", "home", "index"})


@dataclass(frozen=True)
class Menus:
    """The entries of both, and what is wrong with those of clinic.yaml; an entry that leads nowhere is left out.

    ``named`` are the keys of the documents whose pages stand in clinic.yaml's lists.
    """

    menu: tuple[MenuLink, ...]
    footer: tuple[MenuLink, ...]
    named: frozenset[str]
    diagnostics: tuple[Diagnostic, ...]


def menus_of(
    context: Context, contents: Iterable[Content], pages: PageIndex, lists: Mapping[str, Mapping[str, str]]
) -> Menus:
    """The menus of a site: ``contents`` are all pages and articles, ``lists`` those of articles as in ``Library``."""
    clinic, finder = context.clinic, _PageFinder(context, contents, lists)
    by_front_matter = tuple(_by_front_matter(pages))
    menu = tuple(finder.links("menu", clinic.menu)) if clinic.menu is not None else by_front_matter
    footer = tuple(finder.links("footer", clinic.footer)) if clinic.footer is not None else menu
    listed = {link.path for link in menu}
    told = (*finder.diagnostics, *(_left_out(pages, listed) if clinic.menu is not None else ()))
    return Menus(menu, footer, frozenset(finder.named), told)


def _by_front_matter(pages: PageIndex) -> Iterator[MenuLink]:
    """The pages with a word for the menu, in the order a visitor asks: what, who, about, read, reach."""
    for path in sorted(pages.paths, key=lambda path: (_ORDER.index(path if path in _ORDER else BLOG), path)):
        if word := getattr(pages.at(path), "menu", None):
            yield MenuLink(word, path)


def _left_out(pages: PageIndex, listed: set[str]) -> Iterator[Diagnostic]:
    """Pages that ask for a place in the menu by themselves, though clinic.yaml lists it without them."""
    for path in pages.paths:
        page = pages.at(path)
        if page and getattr(page, "menu", None) and path not in listed:
            how = 'add it there, or take "menu" out here'
            message = f'"menu" in clinic.yaml lists the whole menu, and this page is not in it; {how}'
            yield page.read.document.warning(("menu",), message)


class _PageFinder:
    """Finds the pages that the owner names, and collects what is wrong with the names."""

    def __init__(self, context: Context, contents: Iterable[Content], lists: Mapping[str, Mapping[str, str]]) -> None:
        self._context = context
        self._contents = tuple(contents)
        self._names = self._names_in_other_languages()
        self._lists = {url.strip("/"): name for found in lists.values() for url, name in found.items()}
        self.named: list[str] = []
        self.diagnostics: list[Diagnostic] = []

    def _names_in_other_languages(self) -> Mapping[str, set[str]]:
        """What pages are called in other languages, by ``page_key``: clinic.yaml names them in the clinic's own."""
        names: dict[str, set[str]] = {}
        if self._context.content.language_folder:
            for document in self._context.documents.values():
                names.setdefault(document.page_key, set()).update(_names_of(document, document.path))
        return names

    def links(self, key: str, items: Menu) -> Iterator[MenuLink]:
        """The entries of one list of clinic.yaml; ``key`` is the list's."""
        paths: set[str] = set()
        for number, item in enumerate(items):
            link = self._link((key, number), item)
            if link and not link.is_elsewhere and link.path in paths:
                self._report((key, number), f'"{item.page}" is a page that stands in this menu already; take one out')
            elif link:
                paths |= set() if link.is_elsewhere else {link.path}
                yield link

    def _link(self, key_path: tuple[str, int], item: MenuItem) -> MenuLink | None:
        if item.page is None:
            return self._elsewhere(key_path, item)
        name, mark, part = item.page.removeprefix("{filename}").partition("#")
        path = name.strip().strip("/").casefold()
        found = [content for content in self._contents if path in self._names_of(content)]
        exact = [content for content in found if content.url.strip("/") == path] or found
        several = [*dict.fromkeys(content.url for content in exact)]
        if len(several) > 1:
            paths = " or ".join(f"/{url}" for url in several[:2])
            self._report(key_path, f'several pages are called "{name}"; write the path of one, such as {paths}')
        if exact:
            link = self._to_page(key_path, item, exact[0])
            return replace(link, path=link.path + mark + self._part(key_path, exact[0], part)) if link else None
        if path in self._lists:
            return MenuLink(item.words or self._lists[path], f"{path}/")
        if elsewhere := self._elsewhere_in_own(item, path):
            return elsewhere
        self._report(key_path, self._not_there(name, path))
        return None

    def _names_of(self, content: Content) -> set[str]:
        document = content.read.document
        return _names_of(document, content.url) | self._names.get(document.page_key, set())

    def _elsewhere_in_own(self, item: MenuItem, path: str) -> MenuLink | None:
        """The entry of a page that the clinic's own language alone has."""
        for document in self._context.documents.values():
            is_elsewhere = document.path in self._context.address.part.elsewhere
            is_shown = document.state is State.PUBLISHED or self._context.preview
            if is_elsewhere and is_shown and path in _names_of(document, document.path):
                front_matter = document.front_matter
                word = front_matter.menu if isinstance(front_matter, PageFrontMatter) else None
                return MenuLink(item.words or word or front_matter.title, document.path)
        return None

    def _part(self, key_path: tuple[str, int], content: Content, part: str) -> str:
        """The part of a page that a line leads to, behind its ``#``: an id of its text or of the theme."""
        ids = [heading.id for heading in content.read.headings]
        if part and part not in self._context.components.ids and f'id="{part}"' not in body_of(content):
            near = did_you_mean(part, ids) or "; write the words of one in small letters, with hyphens between them"
            self._report(key_path, f'no heading of "{content.title}" is called "#{part}"{near}')
        return part

    def _elsewhere(self, key_path: tuple[str, int], item: MenuItem) -> MenuLink | None:
        """An address elsewhere; one on the clinic's own site is a page, which a preview shows too."""
        url, own = item.url or "", f"{self._context.clinic.url}/"
        if f"{url.rstrip('/')}/".startswith(own):
            return self._link(key_path, item._replace(page=url.removeprefix(own.rstrip("/")) or "/", url=None))
        return MenuLink(item.words or "", url=url)

    def _to_page(self, key_path: tuple[str, int], item: MenuItem, content: Content) -> MenuLink | None:
        if content.status == "hidden":
            message = f'"{item.page}" is hidden, so it stands in no menu; take it out, or "status: hidden" of its file'
            self._report(key_path, message)
            return None
        self.named.append(content.read.key)
        word = item.words or getattr(content, "menu", None) or content.title
        return MenuLink(word, "" if content.url == "./" else content.url)

    def _not_there(self, name: str, path: str) -> str:
        for document in self._context.content.documents.values():
            reason = unpublished_reason(document)
            if reason and path in _names_of(document, document.path):
                why = reason[0].lower() + reason[1:]
                return f'"{name}" is not published ({why}), so it cannot be in a menu; publish it, or take it out'
        titles = [content.title for content in self._contents]
        known = [*titles, *(content.url.strip("/") for content in self._contents)]
        near = (
            did_you_mean(name.strip("/"), known) or "; write the title or the path of a page, or words: and https://…"
        )
        return f'there is no page "{name}" for a menu{near}'

    def _report(self, key_path: tuple[str, int], message: str) -> None:
        facts = self._context.content.clinic_yaml
        self.diagnostics.append(Diagnostic(facts.name, facts.line(key_path), message, Severity.ERROR))


def _names_of(document: Document[AnyFrontMatter], url: str) -> set[str]:
    """What an owner may call a page, in small letters: its path, its file, its title, its word for the menu."""
    front_matter = document.front_matter
    word = front_matter.menu if isinstance(front_matter, PageFrontMatter) else None
    names = {url.strip("/"), document.key, document.page_key.removesuffix(".md"), front_matter.title, word or ""}
    names |= {document.stem, f"{document.stem}.md"} if document.folder == "pages" else set()
    names = {name.casefold() for name in names if name}
    return names | _HOME_NAMES if url in {HOME, "./"} or document.page_key == "pages/home.md" else names
