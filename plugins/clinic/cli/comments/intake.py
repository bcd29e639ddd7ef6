"""Take a comment in: find its article, write its file, say what is still to be checked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from clinic.cli.comments.email import read_letter
from clinic.cli.comments.form_submission import read_form_message
from clinic.cli.comments.posts import find_post, posts_in
from clinic.cli.comments.prompts import ask
from clinic.cli.comments.submission import Received, Unreadable
from clinic.content.clock import utc_now
from clinic.content.comments import COMMENTS_FOLDER
from clinic.content.front_matter import slug_of
from clinic.content.load import load
from clinic.models.comments import LONGEST_COMMENT, LONGEST_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from clinic.cli.comments.posts import Post
LARGEST_FILE = 25_000_000  # what e-mail services let through


def read_received(path: Path) -> Received:
    """Read what arrived, whatever its form. Raises Unreadable with a sentence."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Unreadable("this file is too large for a comment")
        data = path.read_bytes()
    except FileNotFoundError:
        raise Unreadable("there is no such file") from None
    except OSError as error:
        raise Unreadable(f"this cannot be read ({error.strerror})") from None
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}:
        return read_form_message(data)
    return read_letter(data)


def write_comment(content: Path, post: Post, received: Received) -> Path:
    """Write the file under a name that is free, and give its path. An existing file is never written over."""
    zone = load(content).clinic.zone
    date = (received.date or utc_now()).astimezone(zone)
    folder = content / COMMENTS_FOLDER / post.slug
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"{date:%Y-%m-%d}-{slug_of(received.name)[:40].strip('-') or 'visitor'}"
    text = file_text(received, date, known_reply(folder, received.in_reply_to))
    number = 1
    while True:
        path = folder / (f"{stem}.md" if number == 1 else f"{stem}-{number}.md")
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError:
            if path.read_text("utf-8", "replace") == text:
                raise Unreadable(f"this comment is there already: {path.name} in comments/{post.slug}/") from None
            number += 1
        else:
            return path


def known_reply(folder: Path, named: str) -> str:
    """Give the comment that this one answers, if it is there."""
    stem = named.strip().removesuffix(".md").removeprefix("comment--")
    known = {path.stem for path in folder.glob("*.md")}
    return stem if stem in known else ""


def file_text(received: Received, date: datetime, in_reply_to: str) -> str:
    """Give the file's text: published if the person agreed, otherwise a draft."""
    lines = {
        "name": json.dumps(received.name, ensure_ascii=False) if received.name else "",
        "date": f"{date:%Y-%m-%d %H:%M}",
        "in_reply_to": in_reply_to,
        "consent": f"{date:%Y-%m-%d}" if received.consent else "",
        "status": "published" if is_complete(received) else "draft",
    }
    front_matter = "".join(f"{key}: {value}\n" for key, value in lines.items() if value)
    return f"---\n{front_matter}---\n\n{received.words}\n"


def is_complete(received: Received) -> bool:
    """Whether nothing is missing that the site needs."""
    return not any(missing(received))


def missing(received: Received) -> Iterator[str]:
    """Say what keeps a comment from being published."""
    if not received.name:
        yield "there is no name; add a line name: … as the person wants to be named"
    if len(received.name) > LONGEST_NAME:
        yield f"the name is longer than {LONGEST_NAME} letters; shorten it"
    if len(received.words) > LONGEST_COMMENT:
        yield f"it is longer than {LONGEST_COMMENT:,} characters; shorten it"
    if received.consent is False:
        yield "the person does not agree to it being published; remove the file, or ask again"
    elif received.consent is None:
        yield "there is no consent; ask the person, then add a line consent: and the day on which they said yes"


def take_in(project: Path, content: Path, source: Path | None, article: str) -> None:
    """The whole command. Raises Unreadable with one sentence."""
    posts = posts_in(content)
    if not posts:
        raise Unreadable("there is no article to comment on yet")
    received = read_received(source) if source else None
    if received is None:
        post, received = ask(posts, content, article)
    else:
        post = _post_of(received, posts, article)
    path = write_comment(content, post, received)
    report(path.relative_to(project) if path.is_relative_to(project) else path, post, received)


def _post_of(received: Received, posts: Sequence[Post], article: str) -> Post:
    named = article or received.article
    if post := find_post(named, posts):
        return post
    known = ", ".join(post.slug for post in posts[:5])
    what = f'there is no article "{named}"' if named else "this does not say to which article it belongs"
    raise Unreadable(f"{what}; run it again with ARTICLE= and the last part of the article's address, such as {known}")


def report(path: Path, post: Post, received: Received) -> None:
    """Say what was written, and what only a person can check."""
    click.secho(f"Written: {path.as_posix()}", fg="green")
    click.echo(f"  a comment by {received.name or 'nobody named'} on “{post.title}”")
    for lack in missing(received):
        click.secho(f"  A draft for now: {lack}.", fg="yellow")
    if not is_complete(received):
        click.echo('  Then take out the line "status: draft".')
    if received.in_reply_to:
        click.echo(f'  It answers "{received.in_reply_to}": see that in_reply_to names the right file.')
    click.echo("  Read it before you publish: does it tell of someone's health, or name anyone else? Then ask first.")
