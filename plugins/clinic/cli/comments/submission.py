"""A comment as it was submitted, what is still to be asked about it, the article that it belongs to, and its file."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from clinic.cli.dates import parse_date
from clinic.cli.disk import write_whole
from clinic.content.clock import utc_now
from clinic.content.front_matter import page_key, read_markdown_file, slug_of
from clinic.content.publication import slug_in
from clinic.domain.comments.mail_form import asks_for_first_name, parse_consent
from clinic.domain.comments.personal_data import concerns, emails_in, first_name, phones_in
from clinic.domain.comments.quoted_mail import ends_with_signature
from clinic.models.comments import LONGEST_COMMENT, LONGEST_NAME, has_letters, sanitize, sanitize_line
from clinic.models.types import is_slug

FIELD_NAMES: Mapping[str, tuple[str, ...]] = {
    "words": ("comment", "your_comment", "message", "words", "text", "comments"),
    "name": ("name", "your_name", "full_name", "name_to_show", "first_name"),
    "article": ("article", "page", "subject"),
    "in_reply_to": ("in_reply_to", "inreplyto"),
    "date": (
        "date", "created_at", "submitted_at", "timestamp", "submission_date", "date_submitted", "submitted",
        "received_at",
    ),
    "consent": ("consent", "agree", "agreed"),
}  # fmt: skip
"""What the fields of forms are called, in small letters with ``_`` between words; ours have the first of each row."""
_NO_NAME = re.compile(r"[()<>\[\]{}:;/\\]|(?<!\S)(?:\S+\s+){5}")
"""More than a name: "Anna (please no last name)"."""
_LONGEST_TITLE = 500
"""Characters that are read: what is longer names no article."""
LONGEST_NAME_IN_FILE = 40


class Unreadable(Exception):
    """A message that holds no comment; its text is the error message."""


class NoComment(Unreadable):
    """A message of another kind, which may stand beside comments in what a form service gives out."""


class AlreadyThere(Unreadable):
    """A comment that has been taken in before."""


@dataclass(frozen=True)
class Submission:
    """What is known. ``article`` is a slug, an address or a title; ``consent`` is None where it is not known.

    ``answer`` is what was written for the consent; ``sender`` the whole name of who sent the e-mail, as far as headers
    tell it; ``is_sender_name`` says that ``name`` was taken from it. ``doubts`` are reasons why the owner must look
    before it is published, each with what to do; ``notes`` tell what was done with it.
    """

    words: str
    name: str = ""
    article: str = ""
    in_reply_to: str = ""
    date: datetime | None = None
    consent: bool | None = None
    answer: str = ""
    sender: str = ""
    is_sender_name: bool = False
    doubts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def public_name(self) -> str:
        """The name for the file, and so for the address of the comment: none that nobody should see."""
        return "" if emails_in(self.name) or phones_in(self.name) or not has_letters(self.name) else self.name

    def missing(self) -> Iterator[str]:
        """What keeps it from being published, and what to do about it."""
        if not self.name:
            yield "there is no name; add a line name: … as the person wants to be named"
        elif not has_letters(self.name):
            yield "the name has no letters; write another one, as the person wants to be named"
        elif _NO_NAME.search(self.name):
            yield f"the name is “{shortened(self.name)}”; leave only the name in it"
        if len(self.name) > LONGEST_NAME:
            yield f"the name is longer than {LONGEST_NAME} letters; shorten it"
        if len(self.words) > LONGEST_COMMENT:
            yield f"it is longer than {LONGEST_COMMENT:,} characters; shorten it"
        yield from self._missing_consent()
        yield from concerns(self.words, self.name, self.sender)
        if ends_with_signature(self.words, (self.name, self.sender, first_name(self.sender))):
            yield "its words seem to end with a signature; take it out, unless everybody may see it"
        yield from self.doubts

    def _missing_consent(self) -> Iterator[str]:
        add = "then add a line consent: and the day on which they said yes"
        asked = f"“{self.name}” is from the e-mail's sender; ask how the person wants to be named"
        if self.consent is False:
            yield "the person does not agree to it being published; remove the file, or ask again"
        elif self.consent is None and self.answer:
            yield f"the answer about consent is “{shortened(self.answer)}”; do as it says, or ask, {add}"
        elif self.consent is None:
            yield f"there is no consent; ask the person, {add}" + (f"; {asked}" if self.is_sender_name else "")
        elif self.is_sender_name:
            yield f"no name to show was given, and {asked}"


@dataclass(frozen=True)
class Received:
    """One message of a file, or why there is none. ``where`` is its line or number in a file with several, or empty."""

    where: str
    found: Submission | Unreadable


def from_fields(fields: Mapping[str, str], **more: tuple[str, ...]) -> Submission:
    """The comment that a form's fields hold, by names in ``FIELD_NAMES``. Raises NoComment where there is none."""
    found = {key: next((fields[name] for name in names if fields.get(name)), "") for key, names in FIELD_NAMES.items()}
    words = sanitize(found["words"])
    if not words:
        raise NoComment('there is no comment in this message; it needs a field "comment" with the words')
    name, article, reply = (sanitize_line(found[key]) for key in ("name", "article", "in_reply_to"))
    shown, notes = agreed_name(name, found["consent"])
    date = parse_date(found["date"])
    if found["date"] and not date:
        notes += (f"Its date “{shortened(found['date'])}” could not be read: see that the date in the file is right.",)
    answer = sanitize_line(found["consent"])
    consent = True if asks_for_first_name(answer) else parse_consent(answer)
    return Submission(
        words,
        shown,
        article,
        reply,
        date,
        consent,
        answer,
        doubts=more.get("doubts", ()),
        notes=more.get("notes", ()) + notes,
    )


def agreed_name(name: str, answer: str) -> tuple[str, tuple[str, ...]]:
    """The name as far as the answer about consent goes, with a note where that is not all of it."""
    first = name.split()[:1]
    if asks_for_first_name(answer) and first != [name]:
        return "".join(first), ("Only the first name is shown, as the answer about consent says.",)
    return name, ()


def field_name(label: str) -> str:
    """A label or key as FIELD_NAMES has it: ``In reply to`` and ``_In-Reply-To`` are ``in_reply_to``."""
    return re.sub(r"\W+", "_", label.strip().lower()).strip("_")


def shortened(text: str, length: int = 60) -> str:
    """The beginning of a text on one line, for a message."""
    line = sanitize_line(text)
    return line if len(line) <= length else f"{line[:length].rstrip()} …"


@dataclass(frozen=True)
class Article:
    """An article that may be commented on."""

    slug: str
    title: str


def articles_in(content: Path) -> list[Article]:
    """The articles, the newest first, as far as their front matter can be read."""
    paths = {path.relative_to(content).as_posix(): path for path in (content / "posts").rglob("*.md")}
    files = {key: read_markdown_file(path, path.name) for key, path in paths.items()}
    stems = {key: PurePosixPath(page_key(key)).stem for key in files}
    articles = []
    for key, stem in sorted(stems.items(), key=lambda item: item[1], reverse=True):
        slug = slug_in(key, files)
        if is_slug(slug):
            articles.append(Article(slug, str(files[key].front_matter.value.get("title") or stem)))
    return articles


def find_article(named: str, articles: Sequence[Article]) -> Article | None:
    """The article that a slug, an address, a title or a subject line means."""
    wanted = " ".join(named[:_LONGEST_TITLE].split())
    last_part = unquote(_path_of(wanted)).strip("/").rpartition("/")[2]
    by_slug = {article.slug: article for article in articles}
    by_title = {article.title.casefold(): article for article in articles}
    exact = by_slug.get(last_part) or by_slug.get(wanted) or by_title.get(wanted.casefold())
    if exact or not wanted:
        return exact
    near = get_close_matches(wanted.casefold(), by_title, n=2, cutoff=0.85)
    found = near or [title for title in by_title if title in wanted.casefold()]
    return by_title[found[0]] if len(found) == 1 else None


def _path_of(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:  # "http://[": an address in brackets that does not end
        return address


def dated(submission: Submission, zone: ZoneInfo) -> Submission:
    """The comment with a date in the clinic's zone; one that is to come (a clock that is wrong) is now."""
    now, given = utc_now().astimezone(zone), submission.date
    if given is None:
        return replace(submission, date=now, notes=(*submission.notes, "It says no day, so today's was written."))
    date = given.astimezone(zone) if given.tzinfo else given.replace(tzinfo=zone)
    if date <= now:
        return replace(submission, date=date)
    note = f"Its date ({date:%Y-%m-%d %H:%M}) is yet to come, so today's was written."
    return replace(submission, date=now, notes=(*submission.notes, note))


def write_comment(folder: Path, submission: Submission, zone: ZoneInfo) -> tuple[Path, Submission]:
    """Write a comment's file under a name that is free in the folder of its article.

    Gives its path, and the comment with its date and with what was found meanwhile. An existing file is never
    overwritten. Raises AlreadyThere where the same words are there already, and OSError.
    """
    submission = dated(submission, zone)
    date = submission.date or utc_now()
    stem = f"{date:%Y-%m-%d}-{slug_of(submission.public_name)[:LONGEST_NAME_IN_FILE].strip('-') or 'visitor'}"
    for path in sorted(folder.glob(f"{date:%Y-%m-%d}*.md")):
        there = read_markdown_file(path, path.name)
        if str(there.front_matter.value.get("date", "")) != f"{date:%Y-%m-%d %H:%M}":
            continue
        if sanitize(there.body) == submission.words:
            raise AlreadyThere(f"this comment is there already: {path.name} in comments/{folder.name}/")
        if not path.stem.startswith(stem):
            continue
        doubt = f"{path.name} is by the same person at the same time; if it is this comment, remove this file"
        submission = replace(submission, doubts=(*submission.doubts, doubt))
    path = _free(folder, stem)
    write_whole(path, file_text(submission, date, _known_reply(folder, submission.in_reply_to)))
    return path, submission


def _free(folder: Path, stem: str) -> Path:
    names = (f"{stem}{f'-{number}' if number > 1 else ''}.md" for number in range(1, 100_000))
    return next(folder / name for name in names if not (folder / name).exists())


def _known_reply(folder: Path, named: str) -> str:
    """The comment that this one answers, if it is there."""
    stem = named.strip().removesuffix(".md").removeprefix("comment--")
    return stem if stem in {path.stem for path in folder.glob("*.md")} else ""


def file_text(submission: Submission, date: datetime, in_reply_to: str) -> str:
    """The file's text: published if nothing is missing or doubtful, otherwise a draft."""
    named = submission.name and has_letters(submission.name)
    lines = {
        # not as a note of the owner's, which would be left out (clinic.content.yaml_text)
        "name": json.dumps(submission.name, ensure_ascii=False).replace("<!--", r"<\u0021--") if named else "",
        "date": f"{date:%Y-%m-%d %H:%M}",
        "in_reply_to": in_reply_to,
        "consent": f"{date:%Y-%m-%d}" if submission.consent else "",
        "status": "draft" if any(submission.missing()) else "published",
    }
    front_matter = "".join(f"{key}: {value}\n" for key, value in lines.items() if value)
    return f"---\n{front_matter}---\n\n{submission.words}\n"
