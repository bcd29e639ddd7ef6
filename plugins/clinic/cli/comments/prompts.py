"""Take a comment in by asking for it: for one that came by word of mouth, on paper or on a telephone."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from clinic.cli.comments.posts import find_post
from clinic.cli.comments.submission import Received, Unreadable
from clinic.content.clock import utc_now
from clinic.content.comments import COMMENTS_FOLDER
from clinic.models.untrusted_text import sanitize, sanitize_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from clinic.cli.comments.posts import Post
FEW = 9


def ask(posts: Sequence[Post], content: Path, article: str) -> tuple[Post, Received]:
    """Ask for everything, in the order in which people think of it."""
    post = _which_post(posts, article)
    name = sanitize_line(click.prompt("Who wrote it, as they want to be named"))
    day = datetime.combine(_which_day(), datetime.min.time()).astimezone()
    reply = _answers_what(content / COMMENTS_FOLDER / post.slug)
    words = _words()
    agreed = click.confirm(f"Has {name} agreed that this is published with that name", default=False)
    return post, Received(words, name, post.slug, reply, day, True if agreed else None)


def _which_post(posts: Sequence[Post], article: str) -> Post:
    if article:
        if post := find_post(article, posts):
            return post
        raise Unreadable(f'there is no article "{article}"')
    for number, post in enumerate(posts[:FEW], 1):
        click.echo(f"  {number}  {post.title}")
    while True:
        said = click.prompt("Which article (its number, title or address)")
        found = posts[int(said) - 1] if said.isdigit() and 0 < int(said) <= len(posts[:FEW]) else find_post(said, posts)
        if found:
            return found
        click.echo(f"There is no article “{said}”.")


def _which_day() -> date:
    while True:
        said = click.prompt("On which day", default=f"{utc_now().astimezone():%Y-%m-%d}")
        try:
            return date.fromisoformat(said)
        except ValueError:
            click.echo("Please write year-month-day, for example 2026-01-16.")


def _answers_what(folder: Path) -> str:
    known = sorted(path.stem for path in folder.glob("*.md"))
    if not known:
        return ""
    click.echo("Comments already there: " + ", ".join(known))
    while True:
        said = str(click.prompt("Which of them does it answer (Enter for none)", default="", show_default=False))
        if said in {"", *known}:
            return said
        click.echo("Please copy one of these names.")


def _words() -> str:
    click.echo("Their words; end with a line that holds only a full stop:")
    lines: list[str] = []
    while (line := str(click.prompt("", default="", show_default=False, prompt_suffix=""))) != ".":
        lines.append(line)
    words = sanitize("\n".join(lines))
    if not words:
        raise Unreadable("there are no words in this comment")
    return words
