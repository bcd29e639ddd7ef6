"""The articles that a comment may belong to."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from clinic.content.front_matter import read_markdown_file, slug_in_name
from clinic.models.types import is_slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


@dataclass(frozen=True)
class Post:
    """An article that may be commented on."""

    slug: str
    title: str


def posts_in(content: Path) -> list[Post]:
    """List the articles, the newest first, as far as their headers can be read."""
    return list(_posts(sorted((content / "posts").rglob("*.md"), key=lambda path: path.name, reverse=True)))


def _posts(paths: Sequence[Path]) -> Iterator[Post]:
    for path in paths:
        front_matter = read_markdown_file(path, path.name).front_matter.value
        slug = str(front_matter.get("slug") or slug_in_name(path.stem))
        if is_slug(slug):
            yield Post(slug, str(front_matter.get("title") or path.stem))


def find_post(named: str, posts: Sequence[Post]) -> Post | None:
    """Find the article that a slug, an address, a title or a subject line means."""
    wanted = " ".join(named.split())
    last_part = unquote(urlsplit(wanted).path).strip("/").rpartition("/")[2]
    by_slug = {post.slug: post for post in posts}
    by_title = {post.title.casefold(): post for post in posts}
    exact = by_slug.get(last_part) or by_slug.get(wanted) or by_title.get(wanted.casefold())
    if exact or not wanted:
        return exact
    near = get_close_matches(wanted.casefold(), by_title, n=2, cutoff=0.85)
    inside = [title for title in by_title if title in wanted.casefold()]
    found = near or inside
    return by_title[found[0]] if len(found) == 1 else None
