"""The one module that touches what Pelican keeps private.

Every function here has a test in ``tests/plugin/test_adapter.py``, so that a new Pelican that differs is noticed.
"""

import re
from collections.abc import Mapping
from copy import copy
from datetime import date, datetime
from functools import partial
from io import StringIO
from types import SimpleNamespace
from typing import Any, cast

from pelican.contents import Article as PelicanArticle
from pelican.contents import Content as PelicanContent
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator, StaticGenerator
from pelican.urlwrappers import Author, Category, Tag
from pelican.writers import Writer

from clinic.models.articles import ArticleFrontMatter
from clinic.plugin.pelican_types import Article, Content, ListWrapper, Page, StaticFile

_LINKED = re.compile("static|attach")
_LISTS = {"category": Category, "tag": Tag, "author": Author}


def article_front_matter(article: Article) -> ArticleFrontMatter:
    """The front matter of an article."""
    return cast("ArticleFrontMatter", article.read.document.front_matter)


def category_of(article: Content) -> ListWrapper | None:
    """The category of an article; Pelican sets none on an article without."""
    return getattr(article, "category", None)


def tags_of(article: Content) -> tuple[ListWrapper, ...]:
    """The tags of an article."""
    return tuple(getattr(article, "tags", ()))


def authors_of(article: Content) -> tuple[ListWrapper, ...]:
    """The authors of an article, as lists of what each wrote."""
    return tuple(getattr(article, "authors", ()))


def set_authors(article: Article, authors: list[ListWrapper]) -> None:
    """Show these authors beside an article."""
    vars(article)["authors"] = authors


def modified_of(content: Content) -> datetime | None:
    """When it was changed, as its front matter says."""
    return getattr(content, "modified", None)


def list_url(kind: str, name: str, settings: Mapping[str, Any]) -> str:
    """The address that the list of a category, tag or author has; ``kind`` names which."""
    return str(_LISTS[kind](name, settings).url)


def body_of(content: Content) -> str:
    """The body in HTML before Pelican resolves its links."""
    return cast("str", vars(content)["_content"])


def set_body(content: Content, html: str) -> None:
    """Replace the body."""
    vars(content)["_content"] = html


def reread(content: Content, html: str, metadata: Mapping[str, Any]) -> None:
    """Give it another body and other metadata, and forget what was made of the former ones."""
    set_body(content, html)
    vars(content)["metadata"].update(metadata)
    for name, value in metadata.items():
        setattr(content, name, value)
    for remembered in (cast("Any", content).get_content.cache, cast("Any", content).get_summary.cache):
        for key in [key for key in remembered if key[0] is content]:
            del remembered[key]


def forget_body(content: Content) -> None:
    """Forget the body with its links resolved, which Pelican remembers of every article to the end."""
    cast("Any", content).get_content.cache.pop((content, cast("Any", content).get_siteurl()), None)


def is_content(kind: type) -> bool:
    """Whether it is the type of an article or a page."""
    return issubclass(kind, PelicanContent)


def readable_of(content: Content) -> tuple[object, ...]:
    """All that decides what a template can read of an article or a page beside the clinic's own facts.

    That is its text, its body with links and images, and what Pelican has made of its metadata.
    """
    metadata = vars(content)["metadata"]
    made = {name: value for name, value in metadata.items() if isinstance(value, str | int | date | None)}
    lists = [
        (str(found), found.url) for found in (*authors_of(content), category_of(content), *tags_of(content)) if found
    ]
    return content.read.document.file.text, content.content, content.url, content.save_as, made, lists


def ask_for_no_more_than_needed(generator: Generator) -> None:
    """Let a generator not look for links to copied files where a text names none, nor ask each file's time, four times.

    The time would be kept with what Pelican might keep (``CACHE_CONTENT``).
    """
    add = generator.add_static_links
    for asking in (generator, generator.readers):
        vars(asking)["_get_file_stamp"] = lambda _: None
    generator.add_static_links = lambda one: _LINKED.search(body_of(one)) and add(one)


def settle_address(content: Content) -> None:
    """Keep the address as it is now: Pelican would format it anew each time it is asked for."""
    vars(content).update(override_url=content.url, override_save_as=content.save_as)


def publish_at(file: StaticFile, path: str) -> None:
    """Let links to a copied file lead to ``path``; from pages below a folder, ``../`` before it leads out of that."""
    file.override_url = file.override_save_as = path


class RenderingWriter(Writer):  # type: ignore[misc]  # Pelican has no types
    """Pelican's writer for templates that write what they render: it opens no file by itself."""

    def _open_w(self, filename: str, encoding: str, override: bool = False) -> StringIO:
        """Where Pelican puts a page that has been written."""
        del filename, encoding, override
        return StringIO()


class Generators:
    """Pelican's generators of a run, by kind, with the types of what is in their lists."""

    def __init__(self, generators: list[Generator]) -> None:
        self._all = generators
        self.elsewhere: Mapping[str, str] = {}
        """The paths of pages in other languages from the root of the site, by the keys of their files."""
        by_kind = {type(generator): generator for generator in generators}
        self.articles = by_kind[ArticlesGenerator]
        self.pages = by_kind[PagesGenerator]
        self._static = by_kind[StaticGenerator]

    @property
    def settings(self) -> dict[str, Any]:
        """Pelican's settings."""
        return cast("dict[str, Any]", self.articles.settings)

    @property
    def listed_articles(self) -> list[Article]:
        """Published articles, newest first; removing one keeps it from being written."""
        return cast("list[Article]", self.articles.articles)

    @property
    def hidden_articles(self) -> list[Article]:
        """Articles at their own address only."""
        return cast("list[Article]", self.articles.hidden_articles)

    @property
    def all_articles(self) -> list[Article]:
        """Both."""
        return [*self.listed_articles, *self.hidden_articles]

    @property
    def listed_pages(self) -> list[Page]:
        """Pages that may stand in lists."""
        return cast("list[Page]", self.pages.pages)

    @property
    def all_pages(self) -> list[Page]:
        """These and the hidden ones."""
        return [*self.listed_pages, *cast("list[Page]", self.pages.hidden_pages)]

    @property
    def static_files(self) -> list[StaticFile]:
        """What Pelican copies; changing the list changes that."""
        return cast("list[StaticFile]", self._static.staticfiles)

    def lists(self, kind: str) -> list[tuple[ListWrapper, list[Article]]]:
        """The lists of articles of a kind: ``category``, ``tag`` or ``author``."""
        articles = self.articles
        found = {"category": articles.categories, "tag": list(articles.tags.items()), "author": articles.authors}[kind]
        return cast("list[tuple[ListWrapper, list[Article]]]", found)

    def read_again(self, settings: Mapping[str, Any]) -> "Generators":
        """Generators with other settings, which have read everything anew, as ``Pelican.run`` lets those of a run."""
        found: dict[str, Any] = {"generated_content": {}, "static_links": set(), "static_content": {}}
        context = {**settings, **found, "localsiteurl": settings["SITEURL"]}
        shared = {"context": context, "settings": settings}
        made = [type(one)(**shared, path=one.path, theme=one.theme, output_path=one.output_path) for one in self._all]
        for generator in made:
            if hasattr(generator, "generate_context"):
                generator.generate_context()
        return Generators(made)

    def write_all(self, writer: Writer) -> None:
        """Write everything, as ``Pelican.run`` does."""
        for generator in self._all:
            if hasattr(generator, "generate_output"):
                generator.generate_output(writer)

    def lead_to(self, pages: Mapping[str, str], elsewhere: Mapping[str, str]) -> None:
        """Let links to files lead to pages in other languages.

        ``pages`` are addresses as they are written behind the site's own, by key; ``elsewhere`` as the attribute.
        """
        self.elsewhere = elsewhere
        known = self.articles.context["generated_content"]
        known.update({key: SimpleNamespace(url=url) for key, url in pages.items()})

    def leave_out_dates(self) -> None:
        """Empty the list of articles by date, which no template of ours shows.

        For each list Pelican asks of every article in it whether it is in that list, too: time by the square of them.
        """
        self.articles.dates = []

    def remove(self, content: Content) -> None:
        """Keep an article or a page from being written."""
        articles, pages = self.articles, self.pages
        for kept in (articles.articles, articles.hidden_articles, pages.pages, pages.hidden_pages):
            if content in kept:
                kept.remove(content)

    def write(self, content: Content, writer: Writer) -> None:
        """Write one article or page as Pelican does when it writes them all."""
        if isinstance(content, PelicanArticle):
            articles = _with_lists(self.articles, articles=[content], translations=[], hidden_articles=[])
            articles.generate_articles(partial(writer.write_file, relative_urls=self.settings["RELATIVE_URLS"]))
        else:
            _with_lists(self.pages, pages=[content], translations=[], hidden_pages=[]).generate_output(writer)

    def add_page(self, key: str, page_class: type) -> Page:
        """Read a document that has no file as a page, as Pelican reads those that have one."""
        page = self.pages.readers.read_file(self.pages.path, key, page_class, context=self.pages.context)
        self.pages.pages.append(page)
        self.pages.add_source_path(page)
        return cast("Page", page)


def _with_lists(generator: Generator, **lists: list[Content]) -> Any:
    """A copy of a generator that has these lists in place of its own; drafts and translations there are none."""
    other = copy(generator)
    vars(other).update(lists)
    return other
