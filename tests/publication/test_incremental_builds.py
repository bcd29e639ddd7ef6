"""A build over an earlier one leaves what a build from nothing leaves, byte for byte, whatever has changed."""

from __future__ import annotations

import os
import random
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.images.photos import photo
from tests.incremental import Step, Twins, times, tree
from tests.site import Build, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.site


def document(title: str, words: str, *keys: str) -> str:
    """A Markdown file with these lines of front matter."""
    return "\n".join(["---", f"title: {title}", *keys, "---", "", words, ""])


def comment(name: str, day: str) -> str:
    return f"---\nname: {name}\ndate: {day}\nconsent: {day}\n---\n\nIt helped.\n"


CLINIC = """\
name: Dunmore Movement
url: https://dunmore.example.com
email: hello@dunmore.example.com
phone: +353 1 555 0123
country: IE
comments: {by: email}
locations:
  quay:
    address: {street: 2 Fish Quay, locality: Dunmore, country: IE}
    opening_hours: {monday: "09:00-17:00", tuesday: "09:00-12:00"}
notices:
  - {text: The lift is out of order., from: 2026-03-01, until: 2026-03-04}
care_cards:
  ankle:
    {title: Call 112 if, text: Now., signs: [It is crooked], approved: 2026-01-09, approved_by: aoife-byrne}
"""
TEXTS: dict[str, str | bytes | None] = {
    "clinic.yaml": CLINIC,
    "services/massage.md": "---\ntitle: Massage\nprices: [{minutes: 45, amount: 60}]\n---\n\nFor tired legs.\n",
    "services/taping.md": "---\ntitle: Taping\nprices: [{minutes: 15, amount: 20}]\n---\n\nFor ankles.\n",
    "team/aoife-byrne.md": document("Aoife Byrne", "Aoife runs.", "role: Therapist", "services: [massage, taping]"),
    "team/sean-moran.md": document("Sean Moran", "Sean rows.", "role: Therapist", "services: [taping]"),
    "pages/team.md": "---\ntitle: Team\n---\n",
    "pages/services.md": "---\ntitle: Services\n---\n",
    "posts/2026-01-10-ankles.md": """\
---
title: Ankles and "stairs"
author: Aoife Byrne
category: Ankles
tags: [Stairs, Walking]
conditions: [Ankle sprain]
image: images/stairs.jpg
image_alt: Stairs
---

First things first -- walk. See [knees]({filename}/posts/2026-01-20-knees.md), or ring +353 1 555 0123.

![A step]({static}/images/step.png)

/// booking | Come and see us
Massage is €60.
///

/// care
    card: ankle
///

/// hours
///
""",
    "posts/2026-01-20-knees.md": document(
        "Knees", "Knees bend.\n\n## How far\n\nFar.", "author: Sean Moran", "tags: [Walking]"
    ),
    "posts/2026-02-10-backs.md": document(
        "Backs",
        "Backs bend, too.\n\n/// articles\n    tag: Walking\n    number: 1\n///",
        "tags: [Lifting]",
        "series: Lifting",
        "part: 1",
    ),
    "pages/reading.md": document(
        "Reading",
        "/// articles | Read on\n    number: 2\n///\n\n/// articles\n    tag: Walking\n///\n\n/// team\n///\n\n"
        "/// prices\n///\n\n/// download\n[Form]({static}/files/form.txt)\n///",
    ),
    "files/form.txt": "Name:\n" * 200,
    "posts/2026-03-05-hips.md": document("Hips", "Hips turn.", "date: 2026-03-05"),
    "posts/2026-02-20-draft.md": document("Not yet", "A draft.", "status: draft"),
    "comments/ankles/2026-01-12-jo.md": comment("Jo", "2026-01-12"),
    "static/humans.txt": "Made by hand.\n",
    "images/stairs.jpg": photo(320, 240),
    "images/step.png": photo(64, 48),
}
FEET = document("Feet", "![A foot]({static}/images/foot.jpg)", "tags: [Walking]")
CLINIC_YAML, ANKLES, KNEES, BACKS = (
    f"content/{key}"
    for key in ("clinic.yaml", "posts/2026-01-10-ankles.md", "posts/2026-01-20-knees.md", "posts/2026-02-10-backs.md")
)


def replacing(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text, old
        return text.replace(old, new)

    return change


def added(text: str) -> Callable[[str], str]:
    return lambda before: before + text


def header(line: str) -> Callable[[str], str]:
    """One more line of front matter."""
    return lambda text: text.replace("---\n", f"---\n{line}\n", 1)


def day(number: int, hour: int = 12) -> datetime:
    return datetime(2026, 3, number, hour, tzinfo=UTC)


TEXT_STEPS = (
    Step("first"),
    Step("nothing"),
    Step("body", {KNEES: added("\nAnd bend again.\n")}),
    Step("body with a price", {KNEES: added("\nMassage is €60 here.\n")}),
    Step(
        "title and summary",
        {KNEES: lambda text: header("summary: All of the knee.")(text).replace("Knees", "The knee")},
    ),
    Step("title in the preview", {KNEES: replacing("The knee", "Our knees")}, preview=True),
    Step("tags, new and emptied", {BACKS: replacing("[Lifting]", "[Carrying]")}),
    Step("category", {BACKS: header("category: Backs")}),
    Step("date", {BACKS: header("date: 2026-01-15")}),
    Step("slug", {BACKS: header("slug: strong-backs")}),
    Step("former address", {BACKS: header("aliases: [/post/backs/]")}),
    Step("hidden", {KNEES: header("status: hidden")}),
    Step("published again", {KNEES: replacing("status: hidden\n", "")}),
    Step("author", {BACKS: header("author: Aoife Byrne")}),
    Step("service of an article", {BACKS: header("services: [massage]")}),
    Step("second part of a series", {KNEES: header("series: Lifting\npart: 2")}),
    Step(
        "comment",
        {"content/comments/ankles/2026-01-13-al.md": comment("Al", "2026-01-13")},
    ),
    Step("comment away", {"content/comments/ankles/2026-01-12-jo.md": None}),
    Step(
        "new article and its picture",
        {
            "content/posts/2026-02-25-feet.md": FEET,
            "content/images/foot.jpg": photo(80, 60),
        },
    ),
    Step(
        "renamed",
        {
            "content/posts/2026-02-25-feet.md": None,
            "content/posts/2026-02-25-soles.md": FEET,
        },
    ),
    Step("deleted", {"content/posts/2026-02-25-soles.md": None, "content/images/foot.jpg": None}),
    Step("picture under its name", {"content/images/stairs.jpg": photo(300, 240)}),
    Step("photograph", {"content/images/stairs.jpg": photo(640, 480)}),
    Step("the part of it that matters", {ANKLES: header("image_focus: top")}),
    Step("title beside a photograph", {ANKLES: replacing("title: Ankles", "title: Our ankles")}),
    Step("what a picture is called by", {ANKLES: replacing("![A step]", "![The first tread]")}),
    Step("file to download under its name", {"content/files/form.txt": "Name:\n" * 2000}),
    Step(
        "newest article that lists show",
        {"content/posts/2026-03-01-arms.md": document("Arms", "Arms.", "tags: [Walking]")},
    ),
    Step("and it is hidden", {"content/posts/2026-03-01-arms.md": header("status: hidden")}),
    Step("own file", {"content/static/own.txt": "x"}),
    Step("folder in its place", {"content/static/own.txt": None, "content/static/own.txt/x.txt": "x"}),
)


LISTS = ("blog", "category", "tag", "author", "period_archives")
FACT_STEPS = (
    Step("first"),
    Step("telephone", {CLINIC_YAML: replacing("555 0123", "555 0124"), ANKLES: replacing("555 0123", "555 0124")}),
    Step("hours", {CLINIC_YAML: replacing("09:00-17:00", "10:00-17:00")}),
    Step("own words", {CLINIC_YAML: added('words: {Book: Reserve, "Part {number}": "No. {number}", Send: Post}\n')}),
    Step("other words", {CLINIC_YAML: replacing(", Send: Post", "")}),
    Step("language", {CLINIC_YAML: added("language: de\n")}),
    Step("language back", {CLINIC_YAML: replacing("language: de\n", "")}),
    Step("menu", {CLINIC_YAML: added("menu: [Reading, team, Login: 'https://login.example.com']\n")}),
    Step("title of a page in the menu", {"content/pages/reading.md": replacing("title: Reading", "title: We read")}),
    Step("named again", {CLINIC_YAML: replacing("[Reading,", "[We read,")}),
    Step("footer", {CLINIC_YAML: added("footer: [contact]\n")}),
    Step("bands of the home page", {CLINIC_YAML: added("home: {sections: [promise, team, prices, closing, text]}\n")}),
    Step("brand", {CLINIC_YAML: added("brand: {accent: '#0b5d1e'}\n")}),
    Step("drawing", {CLINIC_YAML: replacing("brand: {", "brand: {drawing: line, ")}),
    Step(
        "a mark of their own",
        {CLINIC_YAML: replacing("drawing: line", "mark: images/mark.png"), "content/images/mark.png": photo(90, 90)},
    ),
    Step("another mark under its name", {"content/images/mark.png": photo(80, 80)}),
    Step("page made from the facts", {"content/pages/services.md": None, "content/pages/privacy.md": None}),
    Step("page written again", {"content/pages/services.md": "---\ntitle: What we do\n---\n"}),
    Step(
        "price", {"content/services/massage.md": replacing("amount: 60", "amount: 65"), ANKLES: replacing("€60", "€65")}
    ),
    Step(
        "a price that a text has wrong",
        {"content/services/massage.md": replacing("amount: 65", "amount: 70")},
        stops=True,
    ),
    Step("the same in the preview", preview=True),
    Step("allowed", {ANKLES: header('others:\n  - {text: "€65", why: the old price}')}),
    Step("care card", {CLINIC_YAML: replacing("It is crooked", "It is not straight")}),
    Step("person left", {"content/team/sean-moran.md": header("left: 2026-03-01")}),
    Step(
        "person renamed",
        {
            "content/team/aoife-byrne.md": replacing("Aoife Byrne", "Aoife Daly"),
            ANKLES: replacing("Aoife Byrne", "Aoife Daly"),
        },
    ),
    Step(
        "service away",
        {
            "content/services/taping.md": None,
            "content/team/aoife-byrne.md": replacing("massage, taping", "massage"),
            "content/team/sean-moran.md": None,
            KNEES: replacing("author: Sean Moran\n", ""),
        },
    ),
    Step("language of the site's name", {CLINIC_YAML: replacing("Dunmore Movement", "Dunmore Mobility")}),
    Step("day passes midnight", now=day(5, 0)),
    Step("post has become due", now=day(5, 13)),
    Step("article has expired", {BACKS: header("expires: 2026-03-06")}, now=day(7)),
    Step("clock back", now=day(2)),
    Step("another address", settings={"CLINIC_PUBLIC": True, "CLINIC_ADDRESS": "https://trial.example.com/clinic"}),
    Step("preview", preview=True, settings={"CLINIC_SERVED_AT": "http://localhost:8000"}),
    Step("public again", settings={"CLINIC_PUBLIC": True}),
    Step("settings", settings={"PAGINATED_TEMPLATES": dict.fromkeys(LISTS, 2)}),
    Step("a mistake stops it", {KNEES: header("tags: [Double]")}, stops=True),
    Step("and is mended", {KNEES: replacing("tags: [Double]\n", "")}),
)


EVENT = document("A talk", "Come.", "when: 2026-03-07 18:30-20:00", "price: 5", "where: quay")
RISE = document("Rise", "Rise onto your toes.", "sets: 3", "video: https://youtu.be/aBcDeFgHiJk")
SHEET = document("A sheet", "/// exercises\n///\n\n/// fees\n///")
TALK_FILE, RISE_FILE, SHEET_FILE = "content/events/talk.md", "content/exercises/rise.md", "content/pages/sheet.md"
FEES = "fees: [{kind: deposit, amount: 20}]\npayment: cash, card\ninsurers: [Invented Health]\n"

RECORD_STEPS = (
    Step("first"),
    Step("event", {TALK_FILE: EVENT}),
    Step("exercise and fees on a sheet", {RISE_FILE: RISE, SHEET_FILE: SHEET, CLINIC_YAML: added(FEES)}),
    Step("text of an exercise, which a sheet shows", {RISE_FILE: replacing("your toes", "both toes")}),
    Step("fee", {CLINIC_YAML: replacing("amount: 20", "amount: 25")}),
    Step("event on another day", {TALK_FILE: replacing("2026-03-07", "2026-03-06")}),
    Step("event that repeats", {TALK_FILE: header("repeats: weekly\nuntil: 2026-03-20")}),
    Step("one time of it is over", now=day(10)),
    Step("event is over", now=day(28)),
    Step("two ways to book", {CLINIC_YAML: added("first_visit: {amount: 70, booking_url: https://b.example.com/1}\n")}),
    Step("areas and reviews", {CLINIC_YAML: added("areas: [Dunmore]\nreviews_elsewhere: ['https://r.example.com']\n")}),
    Step(
        "exercise that a sheet does not have",
        {SHEET_FILE: replacing("/// exercises\n", "/// exercises\n    exercises: rice\n")},
        stops=True,
    ),
    Step("event and sheet away", {TALK_FILE: None, RISE_FILE: None, SHEET_FILE: None}),
)

ANKLES_DE, MASSAGE_DE = "content/posts/2026-01-10-ankles.de.md", "content/services/massage.de.md"
TALK_DE, RISE_DE, SHEET_DE = (file.replace(".md", ".de.md") for file in (TALK_FILE, RISE_FILE, SHEET_FILE))
EXERCISES = document("A sheet", "/// exercises\n///")
NO_MENU = {CLINIC_YAML: replacing("menu: [A sheet, {en: {Talk: A talk}, de: {Abend: A talk}}]\n", "")}
LANGUAGE_STEPS = (
    Step("first"),
    Step("a page in a second language", {"content/pages/home.de.md": document("Willkommen", "Guten Tag.")}),
    Step("an article translated", {ANKLES_DE: document("Knöchel", "Erst einmal gehen.", "tags: [Treppen]")}),
    Step("the text of a translation", {ANKLES_DE: added("\nDann laufen.\n")}),
    Step("the text of what it translates", {ANKLES: added("\nThen run.\n")}),
    Step(
        "an article in the second language alone",
        {"content/posts/2026-02-01-fuss.md": document("Fuß", "Er trägt.", "language: de")},
    ),
    Step("a service translated", {MASSAGE_DE: document("Massage der Beine", "Für müde Beine.")}),
    Step(
        "a price of it",
        {"content/services/massage.md": replacing("amount: 60", "amount: 62"), ANKLES: replacing("€60", "€62")},
    ),
    Step(
        "a text of the facts in both",
        {
            CLINIC_YAML: replacing(
                "text: The lift is out of order.", "text: {en: The lift is out of order., de: Der Aufzug steht.}"
            )
        },
    ),
    Step("an own word in the second", {CLINIC_YAML: added("words: {Articles: {de: Beiträge}}\n")}),
    Step("a translation in the preview", {ANKLES_DE: header("status: draft")}, preview=True),
    Step("a translation that is a draft"),
    Step("a fact in a translation", {MASSAGE_DE: header("prices: [5]")}, stops=True),
    Step("and out again", {MASSAGE_DE: replacing("prices: [5]\n", "")}),
    Step("another address", settings={"CLINIC_PUBLIC": True, "CLINIC_ADDRESS": "https://trial.example.com/clinic"}),
    Step("a translation away", {MASSAGE_DE: None}),
    Step("an event in both", {TALK_FILE: EVENT, TALK_DE: document("Ein Abend", "Kommt.")}),
    Step("its price", {TALK_FILE: replacing("price: 5", "price: 6")}),
    Step("a sheet in both", {RISE_FILE: RISE, SHEET_FILE: EXERCISES, SHEET_DE: EXERCISES}),
    Step("the exercise on it translated", {RISE_DE: document("Fersen heben", "Auf die Zehen.")}),
    Step("a menu of the facts", {CLINIC_YAML: added("menu: [A sheet, {en: {Talk: A talk}, de: {Abend: A talk}}]\n")}),
    Step("these away", {**dict.fromkeys((TALK_FILE, TALK_DE, RISE_FILE, RISE_DE, SHEET_FILE, SHEET_DE)), **NO_MENU}),
    Step("a third language", {"content/pages/home.cy.md": document("Croeso", "Bore da.")}),
    Step(
        "second language away",
        {
            "content/pages/home.de.md": None,
            ANKLES_DE: None,
            "content/posts/2026-02-01-fuss.md": None,
            CLINIC_YAML: lambda text: text.replace(
                "{en: The lift is out of order., de: Der Aufzug steht.}", "The lift."
            ).replace("words: {Articles: {de: Beiträge}}\n", ""),
        },
    ),
)


def _damage(folder: str, data: bytes) -> Callable[[Path], None]:
    """Put these bytes into every file below a folder of the project."""

    def damage(project: Path) -> None:
        for path in (project / folder).rglob("*"):
            if path.is_file() and not {"templates", "pictures"} & set(path.parts):
                path.write_bytes(data)

    return damage


def _cut(project: Path) -> None:
    """An interrupted build: half a page, one that is missing, and what is left of writing another."""
    page = project / "output/post/knees/index.html"
    page.write_bytes(page.read_bytes()[:1000])
    (project / "output/index.html").unlink()
    (project / "output/index.html.new").write_text("<!doc", "utf-8")


def _obstruct(project: Path) -> None:
    """Files where folders belong, and the other way round."""
    shutil.rmtree(project / "output/post")
    (project / "output/post").write_text("x", "utf-8")
    (project / "output/sitemap.xml").unlink()
    (project / "output/sitemap.xml/deep").mkdir(parents=True)
    (project / "output/mine.txt").write_text("mine", "utf-8")


def _edit_beside(project: Path) -> None:
    """A file of the same length and time, with other words."""
    page = project / "output/post/knees/index.html"
    before = page.stat()
    page.write_bytes(page.read_bytes().replace(b"Knees", b"Sneek"))
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))


SURROUNDING_STEPS = (
    Step("first"),
    Step("output tampered with", before=_edit_beside),
    Step("output damaged", before=_damage("output", b"x")),
    Step("output gone", before=lambda project: shutil.rmtree(project / "output")),
    Step("build cut off", before=_cut),
    Step("output full of other things", before=_obstruct),
    Step("store empty", before=_damage(".cache", b"")),
    Step("store foreign", before=_damage(".cache", b"SQLite format 3\0 of someone else")),
    Step("store gone", before=lambda project: shutil.rmtree(project / ".cache")),
    Step(
        "component of a directive", {"theme/templates/components/call-to-action.html": replacing("<div", "<div data-x")}
    ),
    Step("page template", {"theme/templates/article.html": added("<!-- new -->")}),
    Step("stylesheet", {"theme/static/css/tokens.css": added("\n:root { --new: 1 }\n")}),
    Step("font away", {"theme/static/fonts/display-OFL.txt": None}),
)


@pytest.fixture
def twins(tmp_path: Path) -> Twins:
    return Twins(tmp_path, Build("minimal", TEXTS))


@pytest.mark.parametrize(
    "steps",
    [TEXT_STEPS, FACT_STEPS, RECORD_STEPS, LANGUAGE_STEPS],
    ids=["texts", "facts", "records", "languages"],
)
def test_after_every_change_the_site_is_that_of_a_fresh_build(twins: Twins, steps: tuple[Step, ...]) -> None:
    assert twins.take_all(steps) >= len(steps) // 8 > 0


def test_whatever_happens_to_output_store_or_theme_the_site_is_that_of_a_fresh_build(twins: Twins) -> None:
    twins.copy_theme()
    assert twins.take_all(SURROUNDING_STEPS) >= len(SURROUNDING_STEPS) // 8 > 0


def test_random_changes_in_a_row_leave_the_site_of_a_fresh_build(twins: Twins) -> None:
    """Longer rows: ``python -m tests.bench.sequences``."""
    assert twins.take_all(random_steps(seed=20, count=6), every=3) >= 2


def random_steps(seed: int, count: int) -> list[Step]:
    """A row of steps, three changes at random in each; the same seed always gives the same row."""
    chance = random.Random(seed)  # noqa: S311 (chance is wanted that repeats itself)
    around = [step for step in FACT_STEPS if not step.changes]
    made = [dict(chance.choice(CHANGES)(chance) for _ in range(3)) for _ in range(count)]
    return [replace(chance.choice(around), what=f"seed {seed}, {changes}", changes=changes) for changes in made]


def _post(chance: random.Random) -> tuple[str, str]:
    number = chance.randrange(4)
    tags = ", ".join(chance.sample(["Walking", "Lifting", "Stairs"], chance.randrange(3)))
    words = " ".join(chance.choices(["knee", "-- step", '"lift"', "walk", "€60"], k=12))
    return (
        f"content/posts/2026-01-0{number + 1}-random.md",
        f"---\ntitle: Random {number}\nslug: random-{number}\ntags: [{tags}]\n---\n\n{words}\n",
    )


def _hours(chance: random.Random) -> tuple[str, str]:
    return CLINIC_YAML, CLINIC.replace("09:00-17:00", f"{chance.randrange(6, 9):02}:00-17:00")


def _comment(chance: random.Random) -> tuple[str, str]:
    return f"content/comments/ankles/kim-{chance.randrange(3)}.md", comment("Kim", f"2026-01-1{chance.randrange(9)}")


def _image(chance: random.Random) -> tuple[str, bytes]:
    return "content/images/step.png", photo(chance.choice([64, 70]), 48)


CHANGES: tuple[Callable[[random.Random], tuple[str, str | bytes]], ...] = (_post, _hours, _comment, _image)


def test_what_stays_the_same_is_not_written_again(twins: Twins) -> None:
    twins.take(Step("first"))
    before, written = tree(twins.kept / "output"), times(twins.kept / "output")
    twins.take(Step("body", {KNEES: added("\nMore.\n")}))
    after, again = tree(twins.kept / "output"), times(twins.kept / "output")
    changed = {name for name in after if after[name] != before.get(name)}
    assert "post/knees/index.html" in changed
    assert {name for name in again if again[name] != written.get(name)} == changed


def test_a_folder_under_version_control_stays_so_and_all_else_goes(twins: Twins) -> None:
    twins.take(Step("first"))
    output = twins.kept / "output"
    for name in (".git/config", "CNAME", ".git2/x", "deep/.git/config"):
        write(output / name, "x")
    twins.build(twins.kept, Step("again"))
    assert (output / ".git/config").exists()
    assert not [name for name in ("CNAME", ".git2", "deep") if (output / name).exists()]


@pytest.mark.parametrize("output", ["../elsewhere", "."], ids=["outside of the project", "the project itself"])
def test_a_folder_that_is_not_for_the_site_alone_loses_nothing(tmp_path: Path, output: str) -> None:
    project = tmp_path / "project"
    Build("minimal").lay_out(project)
    write(project / output / "mine.txt", "mine")
    site = Build("minimal", settings={"OUTPUT_PATH": str((project / output).resolve())}).run_forked(project)
    assert (project / output / "index.html").exists(), site.stderr
    assert (project / output / "mine.txt").read_text("utf-8") == "mine"
    assert (project / "content/clinic.yaml").exists()
