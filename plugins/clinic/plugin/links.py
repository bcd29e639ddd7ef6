"""Whether everything that content refers to is there: pages, files, lists, headings.

Pelican warns of a broken link without naming the file, and goes on.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from clinic.content.diagnostics import Diagnostic, Severity
from clinic.domain.checks.file_names import never_published
from clinic.domain.pages.urls import BLOG
from clinic.models.language import to_the_owner
from clinic.models.suggestions import did_you_mean
from clinic.plugin.adapter import Generators, body_of, list_url
from clinic.plugin.context import Context
from clinic.plugin.documents import unpublished_reason
from clinic.plugin.lists import chosen_articles
from clinic.plugin.pelican_types import Article, Content

PUT_IT_THERE = "; put it there, or correct its name"
_MARKED = re.compile(r"\{(\w+)\}([^#?]*)")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SCHEMES = frozenset({"http", "https", "mailto", "tel", "sms", "geo", "whatsapp", "data"})
_DOMAIN = re.compile(
    r"www\.[\w.-]+|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|info|health|clinic|(?!md|js|py)[a-z]{2})(?=[/:?#]|$)"
)
"""An address without its scheme: of a country, or with one of the ends that most others have."""
_NO_SCHEME = re.compile(r"^h?t+ps?[:/]+", re.IGNORECASE)
"""The beginning of an address with a slip of the pen: ``https//``, ``htp://``."""
_SLASHES = re.compile(
    r"(?P<mail>mailto|tel|sms):/+(?P<to>.*)|(?P<web>https?):(?!//[^/\s])/*(?P<host>.*)", re.IGNORECASE
)
_PICTURE_OR_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|avif|heic|bmp|tiff?|pdf|docx?|xlsx?|pptx?|odt|mp[34]|m4a|zip)$", re.IGNORECASE
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"\+?\d[\d()-]{5,}")
_OURS = frozenset({"filename", "static", "attach"})
_LISTS = ("category", "tag", "author")
_TOP = frozenset({"", "top"})


@dataclass(frozen=True)
class BrokenLink:
    """A link of a page that leads nowhere; ``url`` is as it stands in the body."""

    content: Content
    url: str
    diagnostic: Diagnostic


@dataclass(frozen=True)
class Library:
    """What can be referred to: the ``files`` of the content folder, and the document of each page by its address.

    ``lists`` has the names of the lists of articles by their addresses, of each kind: category, tag, author;
    ``articles`` are those that stand in lists, newest first; ``elsewhere`` has the documents in other languages by
    their addresses from the root of the whole site.
    """

    files: frozenset[str]
    pages: Mapping[str, str]
    lists: Mapping[str, Mapping[str, str]]
    articles: tuple[Article, ...] = ()
    elsewhere: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, context: Context, generators: Generators, contents: Collection[Content]) -> "Library":
        """What is there in this build."""
        return cls(
            frozenset(context.content.files),
            {content.url.strip("/"): content.read.key for content in contents},
            {kind: {found.url: str(found) for found, _ in generators.lists(kind)} for kind in _LISTS},
            tuple(generators.listed_articles),
            {path.strip("/"): key for key, path in generators.elsewhere.items()},
        )

    @cached_property
    def documents(self) -> frozenset[str]:
        """The keys of the documents that have pages, in whatever language."""
        return frozenset((*self.pages.values(), *self.elsewhere.values()))

    @cached_property
    def by_end(self) -> Mapping[str, str]:
        """The key of a document by the last part of its address."""
        return {url.rpartition("/")[2]: key for url, key in self.pages.items()}


def file_meant(content: Content, url: str) -> str | None:
    """The file of the content folder that a link to an image or a download means."""
    match = _MARKED.match(url)
    return _path_of(content, unquote(match.group(2))) if match and match.group(1) in {"static", "attach"} else None


def _path_of(content: Content, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return content.get_relative_source_path(f"{content.relative_dir}/{target}")


def no_file(path: str, library: Library) -> str:
    """The message about a file that is named and not there."""
    media = (file for file in library.files if not file.endswith((".md", ".yaml")))
    return f'there is no file "{path}" in the content folder{did_you_mean(path, media) or PUT_IT_THERE}'


class LinkCheck:
    """Looks at the links of pages; changes nothing."""

    def __init__(self, context: Context, library: Library) -> None:
        self._context = context
        self._library = library

    def broken(self, content: Content) -> Iterator[BrokenLink]:
        """Every link of a page that leads nowhere."""
        file = content.read.document.file
        for reference in content.read.references:
            if message := self._message(content, reference.url):
                yield BrokenLink(content, reference.url, Diagnostic(file.name, reference.line, message))

    def images(self, content: Content, broken: Collection[str]) -> Iterator[Diagnostic]:
        """Images that are not there or say nothing; ``broken`` are addresses that have their diagnostics."""
        document = content.read.document
        # as written: without its words an image is not in the front matter that holds
        image = document.file.front_matter.value.get("image")
        if isinstance(image, str) and image not in self._library.files:
            yield document.error(("image",), no_file(image, self._library))
        for reference in content.read.references:
            if not reference.has_words and reference.url not in broken:
                how = f"say what it shows between the square brackets: ![…]({reference.url})"
                message = f"this picture has no words; {how}"
                yield Diagnostic(document.name, reference.line, message)

    def notices(self) -> Iterator[Diagnostic]:
        """Notices that link to a page of ours that is not there, at their line of ``clinic.yaml``."""
        content, pages = self._context.content, self._library.pages
        for notice in content.clinic.notices:  # the owner's own, also those of a later day
            path = (notice.path or "").partition("#")[0].strip("/")
            leads_somewhere = path in pages or path.startswith(BLOG)  # lists follow from the articles
            if notice.path is None or leads_somewhere or notice.until < self._context.now.date():
                continue
            message = f'this links to "{notice.link}", but there is no such page{did_you_mean(path, pages)}'
            yield Diagnostic(content.clinic_yaml.name, content.clinic_yaml.line_with(str(notice.link)), message)

    def _message(self, content: Content, url: str) -> str | None:
        if match := _MARKED.match(url):
            return self._marked(content, match.group(1), unquote(match.group(2)))
        if not url:
            return "this link has no address; write one between its round brackets"
        if url.startswith(("#", "//")):
            return self._on_page(content, unquote(url[1:])) if url[0] == "#" else None
        scheme = _SCHEME.match(url)
        if scheme and scheme.group(1).lower() in _SCHEMES:
            return _slashes(url) or self._old_address(url)
        what = "is not an address that others can open" if scheme else "leads nowhere from here"
        return f'"{url}" {what}; write {self._instead(content, url)}'

    def _old_address(self, url: str) -> str | None:
        """What is wrong with a whole address on this site: it may be one that a page had elsewhere, before it moved."""
        parts = urlsplit(url)
        path = f"{unquote(parts.path)}/".removeprefix(f"{self._context.address.folder}/").strip("/")
        ours = {self._context.address.host, urlsplit(self._context.clinic.url).hostname}
        known = (self._library.pages, self._library.elsewhere, self._former)
        if parts.hostname not in ours or not path or any(path in paths for paths in known):
            return None
        if (folder := self._context.address.part.folder) and path.removeprefix(folder) in self._library.pages:
            return None
        page = self._named_like(path.rpartition("/")[2])
        return f'"{url}" is not the address of a page now; write {{filename}}/{page}' if page else None

    @cached_property
    def _former(self) -> frozenset[str]:
        documents = self._context.content.documents.values()
        return frozenset(alias.strip("/") for found in documents for alias in found.front_matter.aliases)

    def _on_page(self, content: Content, id_: str) -> str | None:
        """What is wrong with a link to a heading or another element of its own page."""
        in_text = f'id="{id_}"' in body_of(content)
        if in_text or id_ in _TOP or id_.startswith("comment--") or id_ in self._context.components.ids:
            return None
        near = did_you_mean(id_, [heading.id for heading in content.read.headings])
        how = near or '; write the words of a heading in small letters, with hyphens between them: "#the-first-week"'
        return f'this links to "#{id_}", but no heading of this page is called that{how}'

    def article_lists(self, content: Content) -> Iterator[Diagnostic]:
        """Lists of articles in a text: what they are to be of is not there, or nothing would be shown."""
        for directive in content.read.article_lists:
            asked = [(kind, name) for kind in ("category", "tag") if (name := directive.option(kind))]
            wrong = [(kind, self._list(content, kind, name, is_shown=True)) for kind, name in asked]
            for kind, message in wrong:
                if message:
                    yield Diagnostic(content.read.name, directive.option_lines.get(kind, directive.line), message)
            is_known = not any(message for _, message in wrong)
            if is_known and not chosen_articles(directive, content, self._library.articles):
                message = "there is no article for this list yet; write one, or take this out"
                yield Diagnostic(content.read.name, directive.line, message, Severity.WARNING)

    def _list(self, content: Content, kind: str, name: str, *, is_shown: bool = False) -> str | None:
        """What is wrong with a link to the list of articles of a category, a tag or an author, or with showing it."""
        known = self._library.lists[kind]
        if list_url(kind, name, content.settings) in known:
            return None
        take_out = "take this out" if is_shown else "take the link out"
        how = did_you_mean(name, known.values()) or f"; {take_out}, or name one that an article has"
        what = "this is to show" if is_shown else "this links to"
        return f'{what} the {kind} "{name}", but no published article has it{how}'

    def _marked(self, content: Content, mark: str, target: str) -> str | None:
        if mark in _LISTS:
            return self._list(content, mark, target)
        if mark == "index":  # the home page
            return None
        if mark not in _OURS:
            return f'"{{{mark}}}" is not known; write {{filename}} for a page, {{static}} for a picture or a file'
        path = _path_of(content, target)
        if mark != "filename" and (why := never_published(path)):
            return f'"{path}" {why}'
        if mark != "filename":
            return None if path in self._library.files else no_file(path, self._library)
        return self._page(path)

    def _page(self, path: str) -> str | None:
        if path in self._library.documents:
            return None
        document = self._context.documents.get(path)
        if document and not document.state.is_public and (reason := to_the_owner(lambda: unpublished_reason(document))):
            reason = reason[0].lower() + reason[1:]
            return f'this links to "{path}", which is not published ({reason}); publish it, or take the link out'
        return f'this links to "{path}", but there is no such page{did_you_mean(path, self._library.pages.values())}'

    def _named_like(self, name: str) -> str | None:
        """The document whose address ends with a name: the address of another site generator, or an old one."""
        slug = re.sub(r"\.(?:md|html?|php)$", "", name.casefold())
        ends = self._library.by_end
        return ends.get(slug) or ends.get(re.sub(r"^\d{4}-\d\d-\d\d-", "", slug)) if slug else None

    def _instead(self, content: Content, url: str) -> str:
        """The address as it should be written, as well as can be guessed."""
        if _EMAIL.fullmatch(url):
            return f"mailto:{url}"
        if _PHONE.fullmatch(url):
            return f"tel:{url}"
        path, fragment = unquote(re.split(r"[?#]", url)[0]), url.partition("#")[2]
        name = PurePosixPath(path.replace("\\", "/")).name
        if found := self._in_folder(content, path.lstrip("/"), name):
            return found
        if _DOMAIN.match(host := _NO_SCHEME.sub("", url)):
            return f"https://{host}"
        if path and (page := self._library.pages.get(path.strip("/")) or self._named_like(name)):
            return f"{{filename}}/{page}" + (f"#{fragment}" if fragment else "")
        return "{filename}/pages/….md for a page, {static}/images/… for a picture, or a whole address with https://"

    def _in_folder(self, content: Content, path: str, name: str) -> str | None:
        """The file that is meant, if it is there or can only be a picture or a download."""
        for guess in (path, _path_of(content, path), f"posts/{name}", f"pages/{name}", f"images/{name}"):
            if guess in self._library.files:
                return f"{{{'filename' if guess.endswith('.md') else 'static'}}}/{guess}"
        return f"{{static}}/images/{name}, and put the file there" if _PICTURE_OR_FILE.search(name) else None


def _slashes(url: str) -> str | None:
    """What is wrong with the slashes of an address: two follow ``https:``, none follow ``mailto:``."""
    found = _SLASHES.fullmatch(url)
    if not found:
        return None
    instead = f"{found['mail']}:{found['to']}" if found["mail"] else f"https://{found['host']}"
    return f'"{url}" leads nowhere; write {instead}'
