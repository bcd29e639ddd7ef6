"""The file of a comment: its text, its name, and whether it is there already."""

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from clinic.cli.comments.submission import AlreadyThere, Submission
from clinic.cli.disk import write_whole
from clinic.content.clock import utc_now
from clinic.content.front_matter import read_markdown_file, slug_of
from clinic.models.comments import has_letters, sanitize

LONGEST_NAME_IN_FILE = 40


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
