"""Prompts for a comment that came by word of mouth, on paper or on a telephone."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import click

from clinic.cli.comments.submission import Article, Submission, Unreadable, find_article
from clinic.content.clock import utc_now
from clinic.models.comments import sanitize, sanitize_line
from clinic.models.types import is_countable

LISTED_ARTICLES = 9


def ask_article(articles: Sequence[Article]) -> Article:
    """Ask to which article the comment belongs."""
    listed = articles[:LISTED_ARTICLES]
    for number, article in enumerate(listed, 1):
        click.echo(f"  {number}  {article.title}")
    while True:
        answer = click.prompt("Which article (its number, title or address)")
        by_number = answer.isdigit() and 0 < int(answer) <= len(listed)
        if found := listed[int(answer) - 1] if by_number else find_article(answer, articles):
            return found
        click.echo(f"There is no article “{answer}”.")


def ask_submission(folder: Path) -> Submission:
    """Ask for a comment to be kept in this folder of an article. Raises Unreadable where there are no words."""
    name = sanitize_line(click.prompt("Who wrote it, as they want to be named"))
    day = datetime.combine(_ask_day(), datetime.min.time()).astimezone()
    reply = _ask_answered(folder)
    words = _ask_words()
    agreed = click.confirm(f"Has {name} agreed that this is published with that name", default=False)
    return Submission(words, name, folder.name, reply, day, True if agreed else None)


def _ask_day() -> date:
    while True:
        answer = click.prompt("On which day", default=f"{utc_now().astimezone():%Y-%m-%d}")
        with suppress(ValueError):
            day = date.fromisoformat(answer)
            if is_countable(day.year):
                return day
        click.echo("Please write year-month-day, for example 2026-01-16.")


def _ask_answered(folder: Path) -> str:
    known = sorted(path.stem for path in folder.glob("*.md"))
    if not known:
        return ""
    click.echo("Comments already there: " + ", ".join(known))
    while True:
        answer = str(click.prompt("Which of them does it answer (Enter for none)", default="", show_default=False))
        if answer in {"", *known}:
            return answer
        click.echo("Please copy one of these names.")


def _ask_words() -> str:
    click.echo("Their words; end with a line that holds only a full stop:")
    lines: list[str] = []
    while (line := str(click.prompt("", default="", show_default=False, prompt_suffix=""))) != ".":
        lines.append(line)
    words = sanitize("\n".join(lines))
    if not words:
        raise Unreadable("there are no words in this comment")
    return words
