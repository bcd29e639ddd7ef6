"""Which files an import makes of what was found: names, addresses, front matter; nothing is written here."""

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import TypeAlias

from clinic.cli.importing.found import Found, Harvest, Planned, Remark, Reply, Sort, path_of, shown
from clinic.cli.importing.front_matter import FrontMatterWriter, letters_of
from clinic.cli.importing.pictures import Pictures
from clinic.cli.importing.references import Destinations, with_links
from clinic.cli.start.starting_texts import in_yaml
from clinic.content.addresses import ALIAS, LONGEST_ALIAS
from clinic.content.clock import utc_now
from clinic.content.content import Content
from clinic.content.front_matter import slug_in_name, split_markdown
from clinic.domain.pages.urls import path_in_folder
from clinic.models.comments import LONGEST_COMMENT, has_letters, sanitize, sanitize_line
from clinic.models.types import LONGEST_SLUG, is_slug, slug_like

_ENDING = re.compile(r"\.(?:html?|php|aspx?|mdx?|markdown)$", re.IGNORECASE)
_HOURS = "/// hours\n///"
_HOMES = frozenset({"", "index", "home"})
Told: TypeAlias = tuple[str, int, Remark]
"""A file as it is shown, a line of it (0 for none), and what is to be told."""


class Plan:
    """The files of one import into ``content``, as it is. ``pictures`` takes what texts show."""

    def __init__(self, harvest: Harvest, content: Content, pictures: Pictures) -> None:
        self.harvest, self._content, self.pictures = harvest, content, pictures
        self._writer = FrontMatterWriter(content.clinic)
        self.today = utc_now().astimezone(content.clinic.zone).date()
        self.files: list[Planned] = []
        self.destinations = Destinations()
        self.comments: dict[str, str] = {}
        self.told: list[Told] = [(name, remark.line, remark) for name, remark in harvest.remarks]
        self._by_slug = self._existing()
        self._used: dict[tuple[bool, str], Found] = {}
        self._aliases: dict[str, str] = {}

    def make(self) -> "Plan":
        """Plan every file."""
        for found in self._once(self.harvest.found):
            self.files.append(self._placed(found))
        taken = {document.path.strip("/").casefold() for document in self._content.all_documents.values()}
        taken |= {one.path.strip("/").casefold() for one in self.files}
        for one in self.files:
            self._redirect(one, taken)
        destinations = self.destinations = Destinations.of(self.files, self._content, self.harvest)
        for one in (each for each in self.files if each.is_new):
            self._write(one, destinations)
            self._replies(one)
        return self

    def addresses(self) -> list[str]:
        """Every address that the former site had, as ``addresses.txt`` has them; not those of posts still to come."""
        had = [*self.harvest.addresses]
        now = utc_now()
        for one in self.files:
            is_to_come = one.found.day is not None and self._writer.moment(one.found.day) > now
            if one.found.status != "draft" and one.found.address and not is_to_come:
                had += [one.found.address, *one.found.aliases]
        paths = (path_of(each) for each in had if not re.search(r"\?.", each))
        whole = (path if re.search(r"\.\w{2,5}$", path) or path.endswith("/") else f"{path}/" for path in paths if path)
        return [*dict.fromkeys(path for path in whole if "\n" not in path and " #" not in path)]

    def _existing(self) -> dict[tuple[bool, str], tuple[str, str]]:
        """Key and title of what is there, by kind (whether it is a page) and slug."""
        there: dict[tuple[bool, str], tuple[str, str]] = {}
        for key in self._content.files:
            folder, _, rest = key.partition("/")
            if folder not in {"posts", "pages"} or not key.endswith(".md"):
                continue
            document = self._content.all_documents.get(key)
            stem = PurePosixPath(rest.removesuffix("/index.md")).name.removesuffix(".md")
            slug = document.slug if document else slug_in_name(stem)
            there[(folder == "pages", slug)] = (key, document.front_matter.title if document else "")
        return there

    def _once(self, all_found: Iterable[Found]) -> Iterator[Found]:
        """Each post once, where a page and a feed both have it: that with the longer text."""
        by_name: dict[tuple[str, str], Found] = {}
        for found in all_found:
            name = (letters_of(found.title), path_of(found.address).strip("/").casefold() or letters_of(found.title))
            former = by_name.get(name)
            if former is None:
                by_name[name] = found
                continue
            better, other = sorted((former, found), key=lambda one: (one.status == "draft", -len(one.body.markdown)))
            by_name[name] = better
            other_text = (
                ""
                if letters_of(other.body.markdown) == letters_of(better.body.markdown)
                else ", whose text differs: compare them"
            )
            self.told.append(
                (
                    other.source,
                    other.line,
                    Remark(Sort.LEFT_OUT, f"“{shown(other.title)}” is in {better.source} too{other_text}"),
                )
            )
        yield from by_name.values()

    def _placed(self, found: Found) -> Planned:
        """The file for a post: named after its day and the last part of its address."""
        if not found.title:
            found.title = (
                shown(re.sub(r"[#*_>\[\]!()]|\n.*", "", found.body.markdown.lstrip()), 60).rstrip("…") or "Untitled"
            )
            found.guess("it has no title, so its first words became one", "title:")
        if not found.is_page and found.day is None:
            found.day = self.today
            found.guess("it names no day, so today was written; write the day on which it was published", "date:")
        slug = self._slug(found)
        day = f"{self._writer.local(found.day):%Y-%m-%d}-" if found.day and not found.is_page else ""
        folder = "pages" if found.is_page else "posts"
        one = Planned(
            found,
            f"{folder}/{day}{slug}.md",
            slug,
            "" if (folder, slug) == ("pages", "home") else path_in_folder(folder, slug),
        )
        key, title = self._by_slug.get((found.is_page, slug), ("", ""))
        if key and (found.is_page or not title or letters_of(title) == letters_of(found.title)):
            one.there = key
        elif key:
            one.taken_by = key
        return one

    def _slug(self, found: Found) -> str:
        """Its own slug, else the last part of its address, else its title; a second of the same gets a number."""
        path = path_of(found.address).strip("/")
        last = _ENDING.sub("", path.rpartition("/")[2])
        if found.is_page and found.address and last.casefold() in _HOMES and "/" not in path:
            last = "home"
        tries = (last, found.slug.strip("/").rpartition("/")[2], found.title, f"post-{found.title.encode().hex()[:12]}")
        language = self._content.clinic.language
        slug = next(
            slug for each in tries if each and is_slug(slug := slug_like(each, language)[:LONGEST_SLUG].strip("-"))
        )
        number, wanted = 1, slug
        while self._used.setdefault((found.is_page, slug), found) is not found:
            number += 1
            slug = f"{wanted[: LONGEST_SLUG - 4]}-{number}"
        if slug != wanted:
            found.guess(f"another post has the address “{wanted}” too, so this one is at “{slug}”", "title:")
        return slug

    def _redirect(self, one: Planned, taken: set[str]) -> None:
        """Former addresses that lead here, but for those that cannot."""
        for former in (one.found.address, *one.found.aliases):
            path = path_of(former)
            bare = re.sub(r"(?:^|/)index\.html$", "", path.strip("/")).strip("/")
            same = one.path.strip("/").casefold() == bare.casefold()
            if not bare or same or bare.casefold() in {each.strip("/").casefold() for each in one.aliases}:
                continue
            if (
                re.search(r"[?#*]", former.partition("://")[2] or former)
                or not ALIAS.fullmatch(bare)
                or len(bare) > LONGEST_ALIAS
            ):
                one.found.to_do(f"its former address {former} cannot lead here")
            elif bare.casefold() in taken or self._aliases.get(bare.casefold(), one.key) != one.key:
                one.found.to_do(f"its former address {path} is that of another page now, so it does not lead here")
            else:
                self._aliases[bare.casefold()] = one.key
                one.aliases.append(path if re.search(r"\.\w{2,5}$", path) else f"/{bare}/")

    def _write(self, one: Planned, destinations: Destinations) -> None:
        """Its text: front matter, and the body with its links and pictures."""
        found = one.found
        body = self._with_directives(found, with_links(found, one, destinations))
        body, image = self.pictures.place(found, body)
        lines = [*self._writer.lines(found, one.aliases), *image]
        one.text = "---\n" + "\n".join(lines) + f"\n---\n\n{body}\n"
        parsed = split_markdown(one.text, one.key)
        for wrong in parsed.diagnostics:
            found.to_do(wrong.message)
        self.told += [(one.key, _line_of(remark, one.text), remark) for remark in (*found.remarks, *found.body.remarks)]

    def _with_directives(self, found: Found, body: str) -> str:
        """The body without a directive that the clinic's facts have nothing for yet."""
        has_hours = any(location.opening_hours for location in self._content.clinic.locations.values())
        if _HOURS in body and not has_hours:
            found.to_do(
                "it said your hours, which clinic.yaml does not; add opening_hours: there, and the directive hours here"
            )
            return body.replace(_HOURS, "")
        return body

    def _replies(self, one: Planned) -> None:
        """Comments as drafts, since nobody has said yet that they may be shown."""
        names: dict[str, str] = {}
        for reply in one.found.replies:
            words = sanitize(reply.words)[:LONGEST_COMMENT]
            who = slug_like(reply.name)[:40].strip("-") if has_letters(reply.name) else "visitor"
            base = f"{self._writer.local(reply.day):%Y-%m-%d}-{who if is_slug(who) else 'visitor'}"
            stem = base
            while f"comments/{one.slug}/{stem}.md" in self.comments:
                stem = f"{base}-{len(self.comments) + 1}"
            names[reply.key] = stem
            self.comments[f"comments/{one.slug}/{stem}.md"] = self._comment(reply, words, names.get(reply.answers, ""))
        if one.found.replies:
            remark = Remark(
                Sort.TO_DO,
                f"its comments ({len(one.found.replies)}) are drafts in comments/{one.slug}/: ask who wrote each, "
                "then write consent: and the day, and take “status: draft” out",
            )
            self.told.append((one.key, 0, remark))

    def _comment(self, reply: Reply, words: str, answers: str) -> str:
        lines = {
            "name": in_yaml(sanitize_line(reply.name)[:80]) if re.search(r"\w", reply.name) else "",
            "date": self._writer.shown(reply.day),
            "in_reply_to": answers,
            "status": "draft",
        }
        return "---\n" + "".join(f"{key}: {value}\n" for key, value in lines.items() if value) + f"---\n\n{words}\n"


def _line_of(remark: Remark, text: str) -> int:
    """The line of a written file that a remark is about."""
    if not remark.words:
        return 0
    wanted = letters_of(remark.words)[:60]
    lines = text.split("\n")
    return next(
        (
            number
            for number, line in enumerate(lines, 1)
            if remark.words in line or (wanted and wanted in letters_of(line))
        ),
        0,
    )
