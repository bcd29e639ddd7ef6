"""Whether everything the owner's files refer to is there: pages, pictures, addresses elsewhere.

Pelican warns of a broken link without naming the file, and goes on.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from pelican.urlwrappers import Author, Category, Tag

from clinic.content.clinic import CLINIC_FILE
from clinic.domain.pages.urls import BLOG
from clinic.models.suggestions import did_you_mean
from clinic.plugin.context import Run
from clinic.rendering.markdown.links import Reference

_MARKED = re.compile(r"\{(\w+)\}([^#?]*)")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SCHEMES = frozenset({"http", "https", "mailto", "tel", "sms", "geo", "whatsapp", "data"})
_DOMAIN = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:uk|com|org|net|info|eu|co)\b")
PUT_IT_THERE = "; put it there, or correct its name"
_OURS = frozenset({"filename", "static", "attach"})
_LISTS = {"category": Category, "tag": Tag, "author": Author}
_HOME = "index"
_TOP = frozenset({"", "top"})


@dataclass(frozen=True)
class Library:
    """What can be referred to: the ``files`` of the content folder, and the source of each page by its address.

    ``lists`` has the names of the lists of articles by their addresses, of each kind that Pelican knows.
    """

    files: frozenset[str]
    pages: Mapping[str, str]
    lists: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, run: Run, contents: Collection[Any]) -> "Library":
        """What is there in this run."""
        articles = [content for content in contents if content.source.key.startswith("posts/")]
        lists = {
            "category": [article.category for article in articles if hasattr(article, "category")],
            "tag": [tag for article in articles for tag in getattr(article, "tags", ())],
            "author": [author for article in articles for author in getattr(article, "authors", ())],
        }
        files = (path for path in run.content.rglob("*") if path.is_file())
        return cls(
            frozenset(path.relative_to(run.content).as_posix() for path in files),
            {content.url.strip("/"): content.source.key for content in contents},
            {kind: {found.url: str(found) for found in wrappers} for kind, wrappers in lists.items()},
        )

    @property
    def images(self) -> list[str]:
        """Files that are not words."""
        return [file for file in self.files if not file.endswith((".md", ".yaml"))]


def check_references(run: Run, library: Library, content: Any) -> None:
    """Report what leads nowhere; in the preview it then leads to the top of the page."""
    source = content.source
    image = source.file.front_matter.value.get(
        "image"
    )  # as written: without its words it is not in the header that holds
    if isinstance(image, str) and image not in library.files:
        source.problem(run, ("image",), _no_file(image, library))
    for reference in content.references:
        line = reference.line_in(source.file)
        if fault := _fault(run, library, content, reference.url):
            run.problems.add(source.file.name, line, fault)
            _lead_nowhere(content, reference.url)
        elif not reference.has_words:
            run.problems.add(source.file.name, line, _no_words(reference))


def check_notices(run: Run, library: Library) -> None:
    """Report a notice that links to a page of ours that is not there, at its line of clinic.yaml."""
    for notice in run.folder.clinic.notices:  # the owner's own, also those of a later day
        path = (notice.path or "").partition("#")[0].strip("/")
        leads_somewhere = path in library.pages or path.startswith(BLOG)  # lists follow from the articles
        if notice.path is None or leads_somewhere or notice.until < run.now.date():
            continue
        lines = (run.content / CLINIC_FILE).read_text("utf-8-sig").splitlines()
        line = next((number for number, text in enumerate(lines, 1) if str(notice.link) in text), 1)
        message = f'this links to "{notice.link}", but there is no such page{did_you_mean(path, library.pages)}'
        run.problems.add(run.name_of(run.content / CLINIC_FILE), line, message)


def file_meant(content: Any, url: str) -> str | None:
    """The file of the content folder that a link to a picture or a download means."""
    match = _MARKED.match(url)
    return _path_of(content, unquote(match.group(2))) if match and match.group(1) in {"static", "attach"} else None


def _path_of(content: Any, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else _beside(content, target)


def _lead_nowhere(content: Any, url: str) -> None:
    content._content = content._content.replace(f'"{url}"', '"#"')  # noqa: SLF001 (what Pelican reads)


def _fault(run: Run, library: Library, content: Any, url: str) -> str | None:
    if match := _MARKED.match(url):
        return _marked_fault(run, library, content, match.group(1), unquote(match.group(2)))
    if not url:
        return "this link has no address; write one between its round brackets"
    if url.startswith(("#", "//")):
        return _place_fault(run, content, unquote(url[1:])) if url[0] == "#" else None
    scheme = _SCHEME.match(url)
    if scheme and scheme.group(1).lower() in _SCHEMES:
        return None
    what = "is not an address that others can open" if scheme else "leads nowhere from here"
    return f'"{url}" {what}; write {_instead(library, content, url)}'


def _place_fault(run: Run, content: Any, place: str) -> str | None:
    """What is wrong with a link to a place on its own page."""
    in_text = f'id="{place}"' in content._content  # noqa: SLF001 (as above)
    if in_text or place in _TOP or place.startswith("comment--") or place in run.components.ids:
        return None
    near = did_you_mean(place, [heading.id for heading in content.headings])
    how = near or '; write the words of a heading in small letters, with hyphens between them: "#the-first-week"'
    return f'this links to "#{place}", but no heading of this page is called that{how}'


def _list_fault(library: Library, content: Any, kind: str, name: str) -> str | None:
    """What is wrong with a link to the list of articles of a category, a tag or an author."""
    known = library.lists[kind]
    if _LISTS[kind](name, content.settings).url in known:
        return None
    how = did_you_mean(name, known.values()) or "; take the link out, or name one that an article has"
    return f'this links to the {kind} "{name}", but no published article has it{how}'


def _marked_fault(run: Run, library: Library, content: Any, mark: str, target: str) -> str | None:
    if mark in {*_LISTS, _HOME}:
        return _list_fault(library, content, mark, target) if mark in _LISTS else None
    if mark not in _OURS:
        return f'"{{{mark}}}" is not known; write {{filename}} for a page, {{static}} for a picture or a file'
    path = _path_of(content, target)
    if path in (library.pages.values() if mark == "filename" else library.files):
        return None
    if mark != "filename":
        return _no_file(path, library)
    if unpublished := run.unpublished.get(path):
        reason = unpublished.reason[0].lower() + unpublished.reason[1:]
        return f'this links to "{path}", which is not published ({reason}); publish it, or take the link out'
    return f'this links to "{path}", but there is no such page{did_you_mean(path, library.pages.values())}'


def _no_file(path: str, library: Library) -> str:
    return f'there is no file "{path}" in the content folder{did_you_mean(path, library.images) or PUT_IT_THERE}'


def _no_words(reference: Reference) -> str:
    return f"this picture has no words; say what it shows between the square brackets: ![…]({reference.url})"


def _beside(content: Any, target: str) -> str:
    return str(content.get_relative_source_path(f"{content.relative_dir}/{target}"))


def _instead(library: Library, content: Any, url: str) -> str:
    """The address as it should be written, as well as can be guessed."""
    path = unquote(re.split(r"[?#]", url)[0])
    name = PurePosixPath(path.replace("\\", "/")).name
    for guess in (path.lstrip("/"), _beside(content, path), f"posts/{name}", f"pages/{name}", f"images/{name}"):
        if guess in library.files:
            return f"{{{'filename' if guess.endswith('.md') else 'static'}}}/{guess}"
    if page := library.pages.get(path.strip("/")):
        return f"{{filename}}/{page}"
    if _DOMAIN.match(url):
        return f"https://{url}"
    return "{filename}/pages/….md for a page, {static}/images/… for a picture, or a whole address with https://"
