"""Takes a comment in: finds its article, writes its file, says what is still to be checked."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from clinic.cli.comments.email import read_email
from clinic.cli.comments.prompts import ask_article, ask_submission
from clinic.cli.comments.submission import Article, Submission, Unreadable, articles_in, find_article, read_form_message
from clinic.content.clinic import read_clinic_yaml
from clinic.content.clock import utc_now
from clinic.content.comments import COMMENTS_FOLDER
from clinic.content.front_matter import slug_of
from clinic.models.comments import LONGEST_COMMENT, LONGEST_NAME

LARGEST_FILE = 25_000_000  # bytes: what e-mail services let through
LONGEST_NAME_IN_FILE = 40


def take_in(project: Path, content: Path, source: Path | None, named: str) -> None:
    """Take in a comment from this file, or ask for it. Raises Unreadable."""
    articles = articles_in(content)
    if not articles:
        raise Unreadable("there is no article to comment on yet")
    received = _read(source) if source else None
    wanted = named or (received.article if received else "")
    article = _article_named(wanted, articles) if received or named else ask_article(articles)
    folder = content / COMMENTS_FOLDER / article.slug
    submission = received or ask_submission(folder)
    path = _write(folder, submission, read_clinic_yaml(content).facts.zone)
    _report(path.relative_to(project) if path.is_relative_to(project) else path, article, submission)


def _read(path: Path) -> Submission:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Unreadable("this file is too large for a comment")
        data = path.read_bytes()
    except FileNotFoundError:
        raise Unreadable("there is no such file") from None
    except OSError as error:
        raise Unreadable(f"this cannot be read ({error.strerror})") from None
    is_json = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}
    return read_form_message(data) if is_json else read_email(data)


def _article_named(wanted: str, articles: Sequence[Article]) -> Article:
    if article := find_article(wanted, articles):
        return article
    known = ", ".join(article.slug for article in articles[:5])
    what = f'there is no article "{wanted}"' if wanted else "this does not say to which article it belongs"
    raise Unreadable(f"{what}; run it again with ARTICLE= and the last part of the article's address, such as {known}")


def _write(folder: Path, submission: Submission, zone: ZoneInfo) -> Path:
    """Write the file under a name that is free, and give its path. An existing file is never overwritten."""
    date = (submission.date or utc_now()).astimezone(zone)
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"{date:%Y-%m-%d}-{slug_of(submission.name)[:LONGEST_NAME_IN_FILE].strip('-') or 'visitor'}"
    text = _file_text(submission, date, _known_reply(folder, submission.in_reply_to))
    number = 1
    while True:
        path = folder / (f"{stem}.md" if number == 1 else f"{stem}-{number}.md")
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError:
            if path.read_text("utf-8", "replace") == text:
                raise Unreadable(f"this comment is there already: {path.name} in comments/{folder.name}/") from None
            number += 1
        else:
            return path


def _known_reply(folder: Path, named: str) -> str:
    """The comment that this one answers, if it is there."""
    stem = named.strip().removesuffix(".md").removeprefix("comment--")
    return stem if stem in {path.stem for path in folder.glob("*.md")} else ""


def _file_text(submission: Submission, date: datetime, in_reply_to: str) -> str:
    """The file's text: published if nothing is missing, otherwise a draft."""
    lines = {
        "name": json.dumps(submission.name, ensure_ascii=False) if submission.name else "",
        "date": f"{date:%Y-%m-%d %H:%M}",
        "in_reply_to": in_reply_to,
        "consent": f"{date:%Y-%m-%d}" if submission.consent else "",
        "status": "draft" if any(_missing(submission)) else "published",
    }
    front_matter = "".join(f"{key}: {value}\n" for key, value in lines.items() if value)
    return f"---\n{front_matter}---\n\n{submission.words}\n"


def _missing(submission: Submission) -> Iterator[str]:
    """What keeps a comment from being published, and what to do about it."""
    if not submission.name:
        yield "there is no name; add a line name: … as the person wants to be named"
    if len(submission.name) > LONGEST_NAME:
        yield f"the name is longer than {LONGEST_NAME} letters; shorten it"
    if len(submission.words) > LONGEST_COMMENT:
        yield f"it is longer than {LONGEST_COMMENT:,} characters; shorten it"
    if submission.consent is False:
        yield "the person does not agree to it being published; remove the file, or ask again"
    elif submission.consent is None:
        yield "there is no consent; ask the person, then add a line consent: and the day on which they said yes"


def _report(path: Path, article: Article, submission: Submission) -> None:
    click.secho(f"Written: {path.as_posix()}", fg="green")
    click.echo(f"  a comment by {submission.name or 'nobody named'} on “{article.title}”")
    missing = list(_missing(submission))
    for message in missing:
        click.secho(f"  A draft for now: {message}.", fg="yellow")
    if missing:
        click.echo('  Then take out the line "status: draft".')
    if submission.in_reply_to:
        click.echo(f'  It answers "{submission.in_reply_to}": see that in_reply_to names the right file.')
    click.echo("  Read it before you publish: does it tell of someone's health, or name anyone else? Then ask first.")
