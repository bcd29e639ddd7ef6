"""The articles that a comment may belong to, and which of them a message means."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from clinic.content.front_matter import read_markdown_file, slug_in_name
from clinic.models.types import is_slug

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True)
class Article:
    """An article that may be commented on."""

    slug: str
    title: str


def articles_in(content: Path) -> list[Article]:
    """The articles, the newest first, as far as their front matter can be read."""
    articles = []
    for path in sorted((content / "posts").rglob("*.md"), key=lambda path: path.name, reverse=True):
        front_matter = read_markdown_file(path, path.name).front_matter.value
        slug = str(front_matter.get("slug") or slug_in_name(path.stem))
        if is_slug(slug):
            articles.append(Article(slug, str(front_matter.get("title") or path.stem)))
    return articles


def find_article(named: str, articles: Sequence[Article]) -> Article | None:
    """The article that a slug, an address, a title or a subject line means."""
    wanted = " ".join(named.split())
    last_part = unquote(urlsplit(wanted).path).strip("/").rpartition("/")[2]
    by_slug = {article.slug: article for article in articles}
    by_title = {article.title.casefold(): article for article in articles}
    exact = by_slug.get(last_part) or by_slug.get(wanted) or by_title.get(wanted.casefold())
    if exact or not wanted:
        return exact
    near = get_close_matches(wanted.casefold(), by_title, n=2, cutoff=0.85)
    found = near or [title for title in by_title if title in wanted.casefold()]
    return by_title[found[0]] if len(found) == 1 else None
