"""The front matter of an imported file: its keys as this site knows them, with the people of its team."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from clinic.cli.dates import Day
from clinic.cli.importing.found import Found, one_line
from clinic.cli.start.starting_texts import in_yaml
from clinic.content.clock import utc_now
from clinic.models.clinic import Clinic


@dataclass(frozen=True)
class FrontMatterWriter:
    """Writes front matter for the posts and pages of a clinic."""

    clinic: Clinic

    def lines(self, found: Found, aliases: Iterable[str]) -> Iterator[str]:
        """The lines between the two rules, in the order in which the manual has the keys."""
        values = {"title": in_yaml(found.title), **self._dates(found)}
        if not found.is_page:
            values |= self._of_post(found)
        values |= {"summary": in_yaml(summary) if (summary := self._summary(found)) else ""}
        values |= {"status": found.status if found.status != "published" else ""}
        values |= {"aliases": _in_list(aliases)}
        yield from (f"{key}: {value}" for key, value in values.items() if value not in {"", "[]"})

    def _dates(self, found: Found) -> dict[str, str]:
        """Its days; a change on the day of the post itself is none, and one that is to come cannot be."""
        begins = self.moment(found.day) if found.day else None
        changed = self.moment(found.modified) if found.modified else None
        is_change = changed and changed <= utc_now() and (not begins or changed.date() > begins.date())
        is_end = found.expires and begins and self.moment(found.expires) > begins
        return {
            "date": self.shown(found.day) if found.day and not found.is_page else "",
            "modified": self.shown(found.modified) if found.modified and is_change else "",
            "expires": self.shown(found.expires) if found.expires and is_end and not found.is_page else "",
        }

    def _of_post(self, found: Found) -> dict[str, str]:
        authors = self._authors(found)
        tags = [tag for tag in dict.fromkeys(found.tags) if tag.casefold() != found.category.casefold()]
        lists = {"category": in_yaml(found.category) if found.category else "", "tags": _in_list(tags)}
        written = {"author": in_yaml(authors[0])} if len(authors) == 1 else {"authors": _in_list(authors)}
        skipped = {"pinned", "featured"} if found.status == "hidden" else set()
        more = {key: value if value in {"yes", "no"} else in_yaml(value) for key, value in found.more.items()}
        return {**written, **lists, **{key: value for key, value in more.items() if key not in skipped}}

    def _authors(self, found: Found) -> list[str]:
        """Those of the team; others are told and left out."""
        known = [self._member(name) for name in found.authors]
        others = [name for name, member in zip(found.authors, known, strict=True) if not member and name]
        if others:
            names = ", ".join(dict.fromkeys(others))
            found.to_do(f"“{names}”, who wrote it, has no file in team/; add author: with who it is", "title:")
        return [*dict.fromkeys(filter(None, known))]

    def _member(self, name: str) -> str:
        """The member of the team whom a name means: by its letters, as in log-ins, or by a first name of one alone."""
        letters, team = letters_of(name), self.clinic.team
        for slug, person in team.items():
            if letters and letters in {
                letters_of(slug),
                letters_of(person.title),
                letters_of(person.plain_name),
                letters_of(person.name),
            }:
                return person.title
        first = [person.title for person in team.values() if letters_of(person.plain_name.split(" ")[0]) == letters]
        return first[0] if len(first) == 1 else ""

    def _summary(self, found: Found) -> str:
        """What it says of itself in short, where that is not only how its text begins."""
        summary = one_line(re.sub(r"<[^<>]+>|[*`]", "", found.summary))
        begins = letters_of(re.sub(r"\]\([^)]*\)|^#.*$", "", found.body.markdown, flags=re.MULTILINE))[:2000]
        is_cut = bool(re.search(r"(?:…|\.\.\.|\[…\])\s*$", summary))
        says_nothing = begins.startswith(letters_of(summary)) or letters_of(summary) == letters_of(found.title)
        return "" if is_cut or says_nothing else summary

    def local(self, day: Day) -> Day:
        """A moment in the clinic's own time."""
        return day.astimezone(self.clinic.zone) if isinstance(day, datetime) and day.tzinfo else day

    def moment(self, day: Day) -> datetime:
        """A day as the moment at which it begins for the clinic."""
        whole = day if isinstance(day, datetime) else datetime.combine(day, datetime.min.time())
        return whole if whole.tzinfo else whole.replace(tzinfo=self.clinic.zone)

    def shown(self, day: Day) -> str:
        """A day, with its time where it has one; the clinic's own time."""
        local = self.local(day)
        has_time = isinstance(local, datetime) and (local.hour or local.minute)
        return f"{local:%Y-%m-%d %H:%M}" if has_time else f"{local:%Y-%m-%d}"


def letters_of(text: str) -> str:
    """Its letters and digits alone, in small letters."""
    return re.sub(r"[\W_]+", "", text).casefold()


def _in_list(words: Iterable[str]) -> str:
    quoted = (
        f'"{word}"' if re.search(r"[,\[\]{}:#&*!|>'%@`]", word) and '"' not in word else in_yaml(word) for word in words
    )
    return f"[{', '.join(quoted)}]"
