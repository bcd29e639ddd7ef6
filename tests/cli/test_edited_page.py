"""The page of a file that has just been saved is there first, and it is the page that a fresh build writes."""

from __future__ import annotations

import os
import re
import shutil
from queue import SimpleQueue
from typing import TYPE_CHECKING, NamedTuple

import pytest

from clinic.cli.build import BuildOptions, Project
from clinic.cli.preview.builds import FORKS, BuildServer, Ended
from clinic.content.diagnostics import Diagnostic, read_report
from tests.site import CLINICS, NOW, ROOT, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from clinic.cli.preview.builds import Build, PageAnswer

pytestmark = pytest.mark.site

KNEES, BACKS, OLD = "posts/2025-12-01-knees.md", "posts/2025-12-02-backs.md", "posts/2025-12-03-running.md"
PAGE = "post/knees/index.html"
GERMAN = "posts/2025-12-01-knees.de.md"
SOLO = (CLINICS / "solo" / "clinic.yaml").read_text("utf-8")
OVERLAY: dict[str, str | bytes] = {
    # of another country than most
    "clinic.yaml": SOLO.replace("phone: 07700900321", "phone: +353 1 555 0123\ncountry: IE")
    + "comments: {closed_after_days: 900}\nfooter: [about, contact]\n"
    + "home: {sections: [promise, text: Welcome, services, text, articles, closing]}\n",
    "pages/home.md": "---\ntitle: Move well\n---\nCome in.\n\n## Welcome\n\nTo all.\n",
    KNEES: "---\ntitle: Knees\ntags: [Knees, Running]\ncategory: Joints\n---\nA knee bends.\n\nIt aches on stairs.\n",
    BACKS: "---\ntitle: Backs\ntags: [Backs]\ncategory: Joints\nseries: Joints\npart: 1\n---\nA back carries stairs.\n",
    OLD: "---\ntitle: Running\ntags: [Running]\nseries: Joints\npart: 2\nstatus: draft\n---\nRunners bend a knee.\n",
    "posts/2025-12-04-sheet.md": "---\ntitle: Sheet\nstatus: hidden\n---\nFor the knee at home, on the stairs.\n",
    "images/stairs.png": (CLINICS / "full" / "images" / "steps.png").read_bytes(),
    "images/unused.png": (CLINICS / "full" / "images" / "harbour.png").read_bytes(),
    "events/talk.md": "---\ntitle: A talk\nwhen: 2026-03-20 18:30-20:00\n---\nCome.\n",
    "exercises/rise.md": "---\ntitle: Rise\nvideo: https://youtu.be/aBcDeFgHiJk\n---\nRise.\n",
    "pages/sheet.md": "---\ntitle: A sheet\n---\nAt home.\n\n/// exercises\n///\n",
    "pages/home.de.md": "---\ntitle: Gut bewegt\n---\nGuten Tag.\n",
    GERMAN: "---\ntitle: Knie\ntags: [Knie]\n---\nEin Knie beugt sich.\n",
    "services/chiropractic.de.md": "---\ntitle: Chiropraktik\n---\nMit den Händen.\n",
    "pages/stairs.md": "---\ntitle: Stairs\nimage: images/stairs.png\nimage_alt: Stairs\n---\nUp and down.\n",
}


class Changed(NamedTuple):
    """What came of an edit: the answer, and of the pages that it changed before and after the whole build."""

    answer: PageAnswer
    at_once: dict[str, bytes]
    in_the_end: dict[str, bytes]
    reported: set[Diagnostic]


class Desk:
    """A clinic at which somebody writes, and the build that made its site."""

    def __init__(self, folder: Path, *, forks: bool = FORKS) -> None:
        self.content, self._folder, self._count = folder / "content", folder, 0
        shutil.copytree(CLINICS / "solo", self.content)
        self.save(OVERLAY)
        self._ended: SimpleQueue[object] = SimpleQueue()
        self._server = BuildServer(Project(ROOT, self.content), folder, forks=forks)
        self._server.start()
        self.build = self._whole()

    def save(self, files: dict[str, str | bytes]) -> None:
        for key, text in files.items():
            write(self.content / key, text)

    def first(self, key: str) -> str:
        """A file as it was at first."""
        text = OVERLAY.get(key) or (CLINICS / "solo" / key).read_text("utf-8")
        assert isinstance(text, str)
        return text

    def write_page(self, key: str, text: str) -> PageAnswer:
        """Save a file, and have its page written alone."""
        self.save({key: text})
        return self.build.write_page([key])

    def edit(self, *edits: tuple[str, str]) -> Changed:
        """Save files one after the other, each followed by its page alone; then build the whole site."""
        for key, text in edits:
            before = self.pages()
            answer = self.write_page(key, text)
            at_once = {name: page for name, page in self.pages().items() if page != before.get(name)}
        self.build.drop()
        self.build = self._whole()
        after = self.pages()
        reported = {self._anywhere(found) for found in read_report(self.build.options.report_file)}
        return Changed(answer, at_once, {name: after[name] for name in at_once}, reported)

    def known(self, answer: PageAnswer) -> set[Diagnostic]:
        return set(map(self._anywhere, answer.diagnostics or ()))

    def leave(self) -> None:
        self.build.drop()
        self._server.close()

    def _anywhere(self, found: Diagnostic) -> Diagnostic:
        """The two folders of the output have different names."""
        return Diagnostic(re.sub(r"site-\d", "site", found.file), found.line, found.message, found.severity)

    def _whole(self) -> Build:
        self._count += 1
        name = f"site-{self._count % 2}"
        overrides: dict[str, object] = {"CLINIC_PREVIEW": True, "CLINIC_SEARCH_INDEX": False}
        output = self._folder / name
        options = BuildOptions(ROOT / "pelicanconf.py", output, output.with_suffix(".json"), overrides)
        build = self._server.build(options, output.with_suffix(".log"), self._ended.put)
        while True:
            ended = self._ended.get(timeout=60)
            if isinstance(ended, Ended) and ended.build is build:
                assert ended.code == 0, output.with_suffix(".log").read_text("utf-8")
                return build

    def pages(self) -> dict[str, bytes]:
        output = self.build.options.output
        return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*.html")}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
        desk = Desk(tmp_path_factory.mktemp("desk"))
        yield desk
        desk.leave()


def body(text: str) -> Callable[[str], str]:
    return lambda old: f"{old}\n{text}\n"


def key(line: str) -> Callable[[str], str]:
    return lambda old: old.replace("\n---\n", f"\n{line}\n---\n", 1)


ALONE = [
    ("a sentence more", KNEES, body("It likes to be warm.")),
    ("a paragraph less", KNEES, lambda old: old.replace("\n\nIt aches on stairs.", "")),
    (
        "a text that is another one",
        KNEES,
        lambda old: old.partition("bends")[0] + "lifts.\n\n## A back\n\nOn.\n",
    ),
    ("a heading and a link to it", KNEES, body("## Going down\n\n[See](#going-down)")),
    ("a link to another page", KNEES, body("[Stairs]({filename}/pages/stairs.md)")),
    ("a link to a tag", KNEES, body("[Runners]({tag}Running)")),
    ("an image that is there already", KNEES, body("![Stairs of a house]({static}/images/stairs.png)")),
    ("a component", KNEES, body("/// booking | Come\nSoon.\n///")),
    ("a title", KNEES, lambda old: old.replace("title: Knees", "title: Knees & backs")),
    ("a summary", KNEES, key("summary: What a knee does")),
    ("a work that it cites", KNEES, key("references: [A book on knees]")),
    ("a broken link", KNEES, body("[Nowhere]({filename}/pages/nowhere.md) and [there](#nothing)")),
    ("a false telephone number", KNEES, body("Call 01632 960999.")),
    ("a link that calls somebody else", KNEES, body("[Call](tel:+441632960999)")),
    ("a directive that is none", KNEES, body("Once more.\n\n/// bookng\n///")),
    ("Markdown of another program", KNEES, body("{{< figure src=x >}}")),
    ("nothing but a heading", KNEES, lambda old: old.partition("A knee")[0] + "## Later\n"),
    ("the text of a draft", OLD, body("They do.")),
    ("the text of a part of a series", BACKS, body("All day.")),
    ("the text of a hidden article", "posts/2025-12-04-sheet.md", body("Slowly.")),
    ("the text of a page", "pages/stairs.md", body("A knee bends.")),
    ("the title of a page", "pages/stairs.md", lambda old: old.replace("title: Stairs", "title: Steps")),
    ("the text of the home page", "pages/home.md", body("Welcome again.")),
    ("the heading of a band of the home page", "pages/home.md", lambda old: old.replace("Welcome", "Hello")),
    ("a list of articles", KNEES, body("/// articles | Read on\n    category: Joints\n///")),
    ("a list of articles on a page", "pages/stairs.md", body("/// articles\n    number: 2\n///")),
    ("a list of articles of nothing", "pages/stairs.md", body("/// articles\n    tag: Nothing\n///")),
    ("prices, people and services", "pages/stairs.md", body("/// prices\n///\n\n/// team\n///\n\n/// services\n///")),
    ("the text of a service", "services/chiropractic.md", body("With care.")),
    ("the text of a translation", GERMAN, body("Auch auf der Treppe. Rufen Sie an: 01632 960999.")),
    ("the title of a translation", GERMAN, lambda old: old.replace("title: Knie", "title: Das Knie")),
    ("a link to another language", GERMAN, body("[Treppe]({filename}/pages/stairs.md)")),
    ("the home page in another language", "pages/home.de.md", body("Und willkommen.")),
    ("the text of a translated service", "services/chiropractic.de.md", body("Mit Sorgfalt.")),
    ("the text of a practitioner", "team/wren-maria-alder.md", body("She runs.")),
    ("the text of an event", "events/talk.md", body("Bring a friend.")),
    ("the text around a sheet of exercises", "pages/sheet.md", body("Slowly.")),
]
"""What is edited, where, and how."""


@pytest.mark.parametrize(("file", "change"), [case[1:] for case in ALONE], ids=[case[0] for case in ALONE])
def test_an_edited_page_is_written_as_a_fresh_build_writes_it(
    desk: Desk, file: str, change: Callable[[str], str]
) -> None:
    """The build that knows the page has known others before; that only adds to what can go wrong."""
    edited = desk.edit((file, change(desk.first(file))))
    assert edited.answer.written
    assert len(edited.at_once) == 1
    assert edited.at_once == edited.in_the_end
    assert desk.known(edited.answer) == edited.reported


def test_edits_of_several_texts_each_show_what_the_others_did(desk: Desk) -> None:
    first = desk.first(KNEES) + "\nRunners carry a back.\n"
    second = desk.first(BACKS).replace("title: Backs", "title: The spine") + "\nRunners know.\n"
    edited = desk.edit((KNEES, first), (BACKS, second), (KNEES, first + "\nOr the spine.\n"))
    assert edited.answer.written
    assert list(edited.at_once) == [PAGE]
    assert edited.at_once == edited.in_the_end


WHOLE = [
    ("a tag", KNEES, lambda old: old.replace("tags: [Knees", "tags: [Hips"), None),
    ("a tag of a translation", GERMAN, lambda old: old.replace("tags: [Knie]", "tags: [Hüfte]"), None),
    ("the language of a translation", GERMAN, key("language: de"), None),
    ("a date", KNEES, key("date: 2025-10-01"), None),
    ("an image that is not published yet", KNEES, body("![A harbour]({static}/images/unused.png)"), None),
    (
        "a summary of a service",
        "services/chiropractic.md",
        lambda old: old.replace("summary: We", "summary: I"),
        None,
    ),
    (
        "the title of a page in the footer",
        "pages/about.md",
        lambda old: old.replace("title: ", "title: More "),
        None,
    ),
    ("the text of an exercise, which sheets show", "exercises/rise.md", body("Slowly."), None),
    ("the day of an event", "events/talk.md", lambda old: old.replace("2026-03-20", "2026-03-21"), None),
    ("the words above the list of articles", "pages/blog.md", body("Read on."), None),
    ("the facts", "clinic.yaml", lambda old: old.replace("555 0123", "555 0124"), None),
    ("front matter that does not close", KNEES, lambda old: old.replace("\n---\n", "\n", 1), "does not close"),
    ("a key that is none", KNEES, key("titel: Knees"), 'unknown key "titel"'),
    ("YAML that is none", KNEES, key("summary: a: b"), ""),
]
"""… and what of its error is told at once, if it has one."""


@pytest.mark.parametrize(("file", "change", "told"), [case[1:] for case in WHOLE], ids=[case[0] for case in WHOLE])
def test_what_concerns_more_than_its_page_waits_for_the_whole_site_but_its_errors_do_not(
    desk: Desk, file: str, change: Callable[[str], str], told: str | None
) -> None:
    first = desk.first(file)
    desk.write_page(file, first)
    changed, pages = change(first), desk.pages()
    assert changed != first
    answer = desk.write_page(file, changed)
    desk.save({file: first})
    assert (answer.written, answer.damaged) == (False, False)
    assert desk.pages() == pages
    assert (answer.diagnostics is None) == (told is None)
    assert told is None or any(told in found.message for found in answer.diagnostics or ())
    assert desk.build.write_page([file]).written == (file not in {"clinic.yaml", "pages/blog.md", "exercises/rise.md"})


def test_files_that_an_editor_makes_and_removes_again_are_no_edit(desk: Desk) -> None:
    text = desk.first("pages/home.md")
    desk.save({"pages/home.md": text + "\nOnce more.\n"})
    assert desk.build.write_page(["pages/4913", "pages/home.md~", "pages/home.md", "pages/.DS_Store"]).written
    assert not desk.build.write_page(["pages/home.md", KNEES]).written
    (desk.content / KNEES).unlink()
    assert not desk.build.write_page([KNEES]).written
    desk.save({KNEES: desk.first(KNEES), "pages/home.md": text})


@pytest.mark.skipif(not hasattr(os, "fork"), reason="here it is what all other tests use")
def test_a_process_that_was_started_for_one_build_does_what_a_copy_does(tmp_path: Path) -> None:
    """As on Windows and macOS."""
    desk = Desk(tmp_path, forks=False)
    edited = desk.edit((KNEES, desk.first(KNEES) + "\nIt likes to be warm.\n"))
    desk.leave()
    assert edited.answer.written
    assert edited.at_once == edited.in_the_end
