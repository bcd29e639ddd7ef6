"""`comment` takes comments in: finds their articles, writes their files, says what is still to be checked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from clinic.cli.comments.email import NO_MAIL, read_emails
from clinic.cli.comments.form_data import decoded, is_json, is_table, read_json, read_table
from clinic.cli.comments.prompts import ask_article, ask_submission
from clinic.cli.comments.submission import (
    AlreadyThere,
    Article,
    NoComment,
    Received,
    Submission,
    Unreadable,
    articles_in,
    find_article,
    shortened,
    write_comment,
)
from clinic.cli.options import ends_in_a_sentence
from clinic.content.clinic import read_clinic_yaml
from clinic.content.folder import COMMENTS_FOLDER
from clinic.models.suggestions import some_of

LARGEST_FILE = 25_000_000  # bytes: what e-mail services let through
_MOST_PLACES = 8
_OTHER_FILES = {
    b"\xd0\xcf\x11\xe0": "Outlook's own kind of file (.msg)",
    b"PK\x03\x04": "an archive, or a document of Word or Excel",
    b"%PDF": "a PDF",
    b"{\\rtf": "a document in RTF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1f\x8b": "an archive",
}
"""How files begin that people take for messages."""


@dataclass
class Intake:
    """One run of ``make comment``. ``source`` is the file to read, None to ask; ``named`` the article of ARTICLE=.

    ``taken`` are the comments written so far, so that whoever ends it can say what has happened.
    """

    project: Path
    content: Path
    source: Path | None = None
    named: str = ""
    taken: list[Path] = field(default_factory=list)

    def run(self) -> int:
        """Take in all comments there are; give the exit code. Raises Unreadable where the only one cannot be."""
        read_clinic_yaml(self.content)  # from here on, e-mails are read in the language of the site
        articles = articles_in(self.content)
        if not articles:
            raise Unreadable("there is no article to comment on yet")
        if self.source is None:
            article = _article_named(self.named, articles) if self.named else ask_article(articles)
            self._take(ask_submission(self.content / COMMENTS_FOLDER / article.slug), article)
            return 0
        received = _read(self.source)
        if len(received) == 1:
            self._take_received(received[0], articles)
            return 0
        return self._take_all(received, articles)

    def outcome(self, otherwise: str) -> str:
        """What has happened when it ends early: ``otherwise`` where nothing was written."""
        return f"Stopped; {len(self.taken)} taken in, as it says above" if self.taken else otherwise

    def _take_all(self, received: Sequence[Received], articles: Sequence[Article]) -> int:
        """Take in each of several; one that is wrong keeps none of the others out."""
        faults: list[tuple[str, Unreadable]] = []
        for one in received:
            try:
                self._take_received(one, articles)
            except Unreadable as fault:
                faults.append((one.where, fault))
        others = [where for where, fault in faults if isinstance(fault, NoComment)]
        there = [where for where, fault in faults if isinstance(fault, AlreadyThere)]
        wrong = [(where, fault) for where, fault in faults if not isinstance(fault, NoComment | AlreadyThere)]
        click.echo(f"{len(self.taken)} of {len(received)} messages in {self.source} were taken in as comments.")
        for what, places in (("Without a comment", others), ("There already", there)):
            if places:
                click.echo(f"  {what}: {some_of(places, _MOST_PLACES)}.")
        for where, why in wrong:
            click.secho(f"  Not taken in: {self._place(where)}: {why}", fg="red", err=True)
        return 1 if wrong or not (self.taken or there) else 0

    def _place(self, where: str) -> str:
        """A message of the file, with its line as in all our messages: ``export.csv:3``."""
        return (
            f"{self.source}:{where.removeprefix('line ')}" if where.startswith("line ") else f"{self.source}, {where}"
        )

    def _take_received(self, received: Received, articles: Sequence[Article]) -> None:
        if isinstance(received.found, Unreadable):
            raise received.found
        submission = received.found
        own = find_article(submission.article, articles) if received.where else None
        self._take(submission, own or _article_named(self.named or submission.article, articles))

    def _take(self, submission: Submission, article: Article) -> None:
        folder = self.content / COMMENTS_FOLDER / article.slug
        zone = read_clinic_yaml(self.content).facts.zone
        path, submission = write_comment(folder, submission, zone)
        self.taken.append(path)
        _report(path.relative_to(self.project) if path.is_relative_to(self.project) else path, article, submission)


def _read(path: Path) -> list[Received]:
    """Every message in a file. Raises Unreadable where there is none."""
    try:
        if path.is_dir():
            raise Unreadable("this is a folder; name the file of one message in it")
        if path.stat().st_size > LARGEST_FILE:
            raise Unreadable("this file is too large for a comment")
        data = path.read_bytes()
    except FileNotFoundError:
        raise Unreadable("there is no such file") from None
    except (OSError, ValueError) as error:
        raise Unreadable(f"this cannot be read ({getattr(error, 'strerror', None) or error})") from None
    try:
        return read_messages(data)
    except RecursionError:
        raise Unreadable("this is nested too deeply for a message") from None


def read_messages(data: bytes) -> list[Received]:
    """Every message in what a file holds, whatever kind of file it is. Raises Unreadable where there is none."""
    if not data.strip(b"\xef\xbb\xbf \t\r\n\0"):
        raise Unreadable(f"the file is empty, so {NO_MAIL}")
    if kind := next((kind for begin, kind in _OTHER_FILES.items() if data.startswith(begin)), None):
        raise Unreadable(f"this is {kind}, which is not read here; {NO_MAIL.partition('; ')[2]}, or copy its words")
    text = decoded(data)
    if is_json(text):
        return read_json(text)
    if is_table(text):
        return read_table(text)
    return read_emails(text.encode("utf-8") if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else data)


def _article_named(wanted: str, articles: Sequence[Article]) -> Article:
    if article := find_article(wanted, articles):
        return article
    known = ", ".join(article.slug for article in articles[:5])
    what = f'there is no article "{shortened(wanted)}"' if wanted else "this does not say to which article it belongs"
    raise Unreadable(f"{what}; run it again with ARTICLE= and the last part of the article's address, such as {known}")


def _report(path: Path, article: Article, submission: Submission) -> None:
    click.secho(f"Written: {path.as_posix()}", fg="green")
    click.echo(f"  a comment by {shortened(submission.name) or 'nobody named'} on “{article.title}”")
    missing = list(submission.missing())
    for message in missing:
        click.secho(f"  A draft for now: {message}.", fg="yellow")
    if missing:
        click.echo('  Then take out the line "status: draft".')
    for note in submission.notes:
        click.echo(f"  {note}")
    if len(submission.name.split()) > 1 and not submission.is_sender_name:
        click.echo(f"  It shows the whole name “{shortened(submission.name)}”, as it was given for that.")
    if submission.in_reply_to:
        click.echo(f'  It answers "{shortened(submission.in_reply_to)}": see that in_reply_to names the right file.')
    click.echo("  Read it before you publish: does it tell of someone's health, or name anyone else? Then ask first.")


@click.command("comment")
@click.option(
    "--from", "source", type=click.Path(path_type=Path, readable=False), help="An e-mail, or a form's message or table."
)
@click.option("--article", default="", help="The last part of the article's address, if the message does not say.")
@click.pass_context
def comment_command(context: click.Context, source: Path | None, article: str) -> None:
    """Take in what someone sent; without a file, ask for it."""
    intake = Intake(context.obj.root, context.obj.root / context.obj.content, source, article)
    with ends_in_a_sentence(
        context, "The comment could not be written", "Stopped; nothing was written", intake.outcome
    ):
        try:
            code = intake.run()
        except Unreadable as error:
            raise click.ClickException(f"{source}: {error}" if source else f"{error}") from None
    context.exit(code)
