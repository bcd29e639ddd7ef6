"""`make start`: a whole content folder for a new clinic, which can be published as it is."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from itertools import chain, count
from pathlib import Path
from urllib.parse import urlsplit

import click

from clinic.cli.build import Project
from clinic.cli.disk import write_whole
from clinic.cli.start.answers import Answers, english_of, other_zones
from clinic.cli.start.starting_texts import country_name, file_name, price, profession_names, starting_text
from clinic.content.clinic import CLINIC_FILE
from clinic.content.clock import utc_now
from clinic.content.publication import MANUAL
from clinic.domain.pages.urls import is_left_by_a_system
from clinic.models.legal import imprint_law
from clinic.models.money import currency_of
from clinic.models.registers import registers_for

_QUESTIONS = (
    ("name", "The clinic's name, as visitors know it"),
    ("profession", "The profession (a number or a word)"),
    ("place", "The town or village where people come to you"),
    ("phone", "The telephone number (Enter if there is none)"),
    ("email", "The e-mail address (Enter if there is none)"),
    ("url", "The address of the site (Enter if there is none yet, for a stand-in)"),
)
_MOST_ZONES = 6
_STAND_IN = ".example"


class NotStarted(click.ClickException):
    """Nothing was written; the message says why."""


@dataclass(frozen=True)
class Start:
    """One run of ``make start``. ``moves``: whether what is there may go."""

    project: Project
    answers: Answers
    moves: bool = False

    def run(self) -> None:
        """Ask for what is not given, write the folder, and say what comes next. Raises NotStarted and OSError."""
        asks = not self.answers.are_given
        if not asks:
            answers = self.answers.with_defaults()
            if faults := dict(answers.faults()):
                raise NotStarted(_told(faults))
        self._may_be_written(asks=asks)
        if asks:
            answers = ask_country_first()
        files = dict(starting_files(answers))
        aside = self._put(files)
        for line in self._said(answers, files, aside):
            click.echo(line)

    def _may_be_written(self, *, asks: bool) -> None:
        if not self._holds or self.moves:
            return
        shown = self.project.shown(self._folder)
        question = (
            f"There is a site in {shown} already. Move it aside, to {self.project.shown(self._aside())}, and begin anew"
        )
        if asks and click.confirm(question, default=False):
            return
        raise NotStarted(
            f"There is a site in {shown} already, and it was left as it is. Write MOVE=yes to have it moved aside, or "
            "CONTENT=folder for another folder."
        )

    @property
    def _folder(self) -> Path:
        """Where the content will be."""
        return self.project.content_folder

    @property
    def _holds(self) -> bool:
        """Whether there is anything of an owner's in the folder; the manual is ours."""
        found = self._folder.iterdir() if self._folder.is_dir() else iter(())
        return any(path.name != MANUAL and not is_left_by_a_system(path.name) for path in found)

    def _aside(self) -> Path:
        """Where a site that is there goes: beside it, under the day of today."""
        day = utc_now().astimezone().date()
        names = (
            self._folder.with_name(f"{self._folder.name}-until-{day}{more}")
            for more in chain([""], map("-{}".format, count(2)))
        )
        return next(path for path in names if not path.exists())

    def _put(self, files: dict[str, str]) -> Path | None:
        """Write the files, whole or not at all; give where a site that was there is now."""
        self._folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{self._folder.name}-", dir=self._folder.parent))
        try:
            for name, text in files.items():
                write_whole(beside / name, text)
            manual = next((path for path in self._manuals() if path.is_file()), None)
            if manual:
                shutil.copyfile(manual, beside / MANUAL)
            beside.chmod(0o755)
            aside = self._aside() if self._holds else None
            if aside:
                self._folder.rename(aside)
            elif self._folder.is_dir():
                shutil.rmtree(self._folder)  # nothing was in it but the manual
            beside.rename(self._folder)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
        return aside

    def _manuals(self) -> tuple[Path, ...]:
        return self._folder / MANUAL, self.project.root / "content" / MANUAL

    def _said(self, answers: Answers, files: dict[str, str], aside: Path | None) -> Iterator[str]:
        folder = self.project.shown(self._folder)
        elsewhere = "" if folder == "content" else f" CONTENT={folder}"
        if aside:
            yield f"The site that was in {folder} is in {self.project.shown(aside)} now."
        yield f"{answers.name} is in {folder}: {len(files)} files, which can be published as they are."
        yield ""
        yield f"  make preview{elsewhere}    shows the site, and follows every edit"
        yield f"  {folder}/{CLINIC_FILE}    has your facts, with examples of what comes next"
        yield f"  make person{elsewhere} NAME=…    makes a file for somebody who works with you"
        yield f"  make service, make page, make post{elsewhere} TITLE=…    do the same for these"
        if urlsplit(answers.url).netloc.endswith(_STAND_IN):
            yield f"There is no address yet: before you publish the site, write its own as url in {CLINIC_FILE}."
        if other_zones(answers.country, answers.timezone, utc_now().year):
            yield f"The time zone is taken to be {answers.timezone}; if it is another, change it in {CLINIC_FILE}."
        if language := answers.sentence_about_language():
            yield language
        if law := imprint_law(answers.country):
            yield f"The page “Imprint” that {law} asks for is made from your facts; a note says what it still lacks."


def ask_country_first() -> Answers:
    """Ask for everything; what is wrong is told at once and asked again."""
    answers = Answers()
    answers = _ask(answers, "country", "The country's code, such as GB, IE, US or DE", default="GB")
    for key, question in _QUESTIONS:
        if key == "profession":
            for number, name in enumerate(profession_names().values(), 1):
                click.echo(f"  {number}  {name}")
        optional = key == "email" and answers.phone
        # RFC 6761: nobody can have an address that ends with .example
        stand_in = f"https://{file_name(answers.name, 'clinic')}{_STAND_IN}" if key == "url" else None
        answers = _ask(answers, key, question, default="" if key == "phone" or optional else stand_in)
    return answers.with_defaults()


def _ask(answers: Answers, key: str, question: str, default: str | None) -> Answers:
    while True:
        answer = str(click.prompt(question, default=default, show_default=bool(default))).strip()
        told = replace(answers, **{key: answer})
        asked = told.with_defaults()
        fault = dict(asked.faults()).get(key.upper()) if answer or default is None else None
        if fault is None:
            return told
        click.echo(f"  {fault}.")


def _told(faults: dict[str, str]) -> str:
    """All that is wrong, a line each."""
    things = "1 thing" if len(faults) == 1 else f"{len(faults)} things"
    named = {key: f"{key} {fault}" if fault.startswith("is ") else f"{key}: {fault}" for key, fault in faults.items()}
    lines = "".join(f"\n  {fault}" for fault in named.values())
    return f"Nothing was written: {things} to mend.{lines}"


def starting_files(answers: Answers) -> Iterator[tuple[str, str]]:
    """The path below the content folder and the text of every file of a new clinic."""
    language, country, work = answers.language, answers.country, answers.work
    currency = currency_of(country)
    known = {field.name: getattr(answers, field.name) for field in fields(answers)}
    sums = {"currency": currency, "price": price(language, country, currency)}
    today = utc_now().astimezone().date()
    facts = {
        **known,
        **sums,
        "host": (urlsplit(answers.url).hostname or "").removeprefix("www."),
        "slug": answers.location_slug,
        "place": answers.town[0],
        "region": answers.town[1],
        "default_language": english_of(country),
        "other_zones": other_zones(country, answers.timezone, today.year)[:_MOST_ZONES],
        "country_name": country_name(country, language),
        "imprint_law": imprint_law(country),
        "registers": [register.full_name for register in registers_for(country, work.key)],
        "today": today,
        "year": today.year + 1,
    }
    yield CLINIC_FILE, starting_text("clinic.yaml", language, facts)
    yield "pages/home.md", starting_text("home.md", language, facts)
    yield "pages/about.md", starting_text("about.md", language, facts)
    for order, title in enumerate((*work.offers, *work.perhaps), 1):
        draft = title not in work.offers
        text = starting_text("service.md", language, {"title": title, "order": order, "draft": draft, **sums})
        yield f"services/{file_name(title, f'service-{order}', language)}.md", text
