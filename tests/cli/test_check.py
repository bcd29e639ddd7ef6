"""What `make check` promises: everything that is wrong in one report, at the owner's own lines, and no false alarm."""

from __future__ import annotations

import io
import json
import shutil
from dataclasses import replace
from datetime import date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from rich.console import Console

from clinic.cli.build import Project
from clinic.cli.check.agenda import Entry, agenda, changes
from clinic.cli.check.command import CHECKS, check_command
from clinic.cli.check.examined import Examined, Source
from clinic.cli.check.external_links import Answer, answer_of, check_external_links
from clinic.cli.check.links import dead_links
from clinic.cli.check.names import Names, misspelt, words_of
from clinic.cli.check.pages import Picture, read_page, read_site, resolved
from clinic.cli.check.report import Report, as_json, print_report, report_page
from clinic.cli.check.rules import RULES
from clinic.cli.check.sizes import file_sizes, page_sizes
from clinic.cli.check.texts import reading_age, syllables_in
from clinic.content.addresses import RULE as ADDRESS_GONE
from clinic.content.diagnostics import Diagnostic, Severity
from clinic.content.load import load
from clinic.domain.clinic_on_day import ClinicOnDay
from tests.cli.conftest import run_cli
from tests.site import CLINICS, NOW, ROOT, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.site import BuildSite, Site

HARD = (
    "Practitioners systematically characterise musculoskeletal dysfunction utilising multidimensional methodologies, "
    "incorporating environmental considerations and individualised rehabilitation programmes.\n\n"
)
FAULTY: dict[str, str | bytes | None] = {
    "clinic.yaml": "name: The Least Clinic\nurl: https://least.example.com\nphone: 01632 960199\nlocations:\n  here:\n"
    "    address:\n      locality: Larkmouth\n    opening_hours:\n      monday: 09:00-17:00\n"
    "bank_holidays: {region: england-and-wales}\n",
    "team/rosa-quill.md": "---\ntitle: Rosa Quill\nsummary: She sees shoulders.\n---\n\nRosa Quill works here.\n",
    "pages/contact.md": "---\ntitle: Contact\n---\n\n## Where we are\n\nBy the harbour.\n\n## Also here\n\nMore.\n",
    "pages/home.md": "---\ntitle: Welcome\nmenu: Home\n---\n\n[How to reach us]({filename}/pages/contact.md) and\n"
    "[its end]({filename}/pages/contact.md#also-here).\n",
    "pages/island.md": "---\ntitle: An island\n---\n\nWords.\n\n[Behind it]({filename}/pages/behind.md)\n",
    "pages/behind.md": "---\ntitle: Behind the island\n---\n\nFurther words.\n",
    "images/IMG_1234.png": (CLINICS / "full/images/ankle.png").read_bytes(),
    "posts/2026-02-01-links.md": """---
title: Links
image: images/IMG_1234.png
image_alt: Photo of an ankle
---

Here is [the old page](https://least.example.com/gone/), and [a part]({filename}/pages/contact.md#wher-we-are).
A part of [this page](https://www.least.example.com/post/links/#nowhere), and [one](https://elsewhere.example.com/a).

Read **more** [here](https://elsewhere.example.com/b), or <a href="https://third.example.com/">read more</a> of it.

![IMG_1234]({static}/images/IMG_1234.png) ![An ankle, and more of it, @more@to the end]({static}/images/IMG_1234.png)

## Level two

<h4>Level four</h4>

By Rosa Quil, who works in Larkmuoth with Rosa Quill’s team.
""".replace("@more@", "and still more of it, " * 7),
    "posts/2026-02-02-long.md": f"""---
title: A title that goes on for longer than any search engine will show of it to anybody
summary: {"A summary that goes on. " * 9}
expires: 2026-03-20
---

{HARD * 12}
""",
    "posts/2026-02-03-long.md": "---\ntitle: Links\nslug: again\nsummary: One.\n---\n\nOther words.\n",
    "posts/2026-02-04-soon.md": "---\ntitle: Due\nsummary: One.\nreviewed: 2026-01-01\nreview_every: 3 months\n---\n\n"
    "Words.\n",
    "posts/2026-04-01-next.md": "---\ntitle: In April\n---\n\nRosa Quil.\n",
}
EXPECTED = {
    ("dead-link", "posts/2026-02-01-links.md", 7, 'this links to "/gone/", and nothing is there'),
    ("dead-anchor", "posts/2026-02-01-links.md", 7, 'did you mean "where-we-are"?'),
    ("dead-anchor", "posts/2026-02-01-links.md", 8, 'this links to "#nowhere", but this page has no such part'),
    ("link-words", "posts/2026-02-01-links.md", 10, 'the words of this link are "here"'),
    ("link-words", "posts/2026-02-01-links.md", 10, 'the words of this link are "read more"'),
    ("link-words", "posts/2026-02-01-links.md", 8, 'the words of this link are "this page"'),
    ("alt-file-name", "posts/2026-02-01-links.md", 12, '"IMG_1234" is no description'),
    ("alt-image-of", "posts/2026-02-01-links.md", 4, "begin with what it shows: an ankle"),
    ("alt-long", "posts/2026-02-01-links.md", 12, "this describes a picture in 190 letters; say in at most 150"),
    ("heading-levels", "posts/2026-02-01-links.md", 16, "write <h3>"),
    ("name-spelling", "posts/2026-02-01-links.md", 18, 'this says "Quil"; the name is "Rosa Quill"'),
    ("name-spelling", "posts/2026-02-01-links.md", 18, 'this says "Larkmuoth"; the name is "Larkmouth"'),
    ("title-long", "posts/2026-02-02-long.md", 2, "this title has 81 letters"),
    ("description-long", "posts/2026-02-02-long.md", 3, "this summary has 215 letters"),
    ("expires-soon", "posts/2026-02-02-long.md", 4, "this is shown until the end of 20 March 2026"),
    ("reading-age", "posts/2026-02-02-long.md", 0, "this reads as for people of 18 years and more"),
    ("title-twice", "posts/2026-02-03-long.md", 2, "posts/2026-02-01-links.md has the same title"),
    ("description-twice", "posts/2026-02-04-soon.md", 3, "posts/2026-02-03-long.md has the same description"),
    ("orphan-page", "pages/island.md", 0, "no page leads to /island/ and 1 more behind it"),
}


def examined(site: Site) -> Examined:
    content = load(site.folder / "content", now=NOW)
    now = NOW.astimezone(content.clinic.zone)
    pages, sizes = read_site(site.output)
    clinic = ClinicOnDay.on(now.date(), content.clinic)
    return Examined(content, clinic, now, content.clinic.url.rstrip("/"), site.output, pages, sizes)


def findings(site: Examined) -> list[Diagnostic]:
    return [found for check in CHECKS for found in check(site)]


@pytest.fixture(scope="module")
def faulty(build_site: BuildSite) -> Examined:
    """A small site with one fault of each kind, which all builds let through."""
    site = build_site("minimal", FAULTY)
    assert site.problems == []
    return examined(site)


@pytest.fixture(scope="module")
def found(faulty: Examined) -> list[Diagnostic]:
    return findings(faulty)


def test_each_fault_is_told_at_the_line_of_the_owners_file_and_nothing_else_is(found: list[Diagnostic]) -> None:
    told = {(one.rule, one.file.removeprefix("content/"), one.line): one.message for one in found}
    places = {(rule, file, line) for rule, file, line, _ in EXPECTED}
    assert told.keys() == places
    messages = [(one.rule, one.message) for one in found]
    for rule, _, _, words in EXPECTED:
        assert any(words in message for of, message in messages if of == rule), (rule, words, messages)
    assert all(one.rule in RULES and one.source == RULES[one.rule].source for one in found)


def test_a_link_that_the_theme_has_on_every_page_is_told_once(faulty: Examined) -> None:
    pages = {path: replace(page, links=(*page.links, "/theme-gone/")) for path, page in faulty.pages.items()}
    told = [one.message for one in dead_links(replace(faulty, pages=pages)) if "theme-gone" in one.message]
    assert len(told) == 1
    assert told[0].endswith(f"(it is on {len(pages)} pages)")


def test_a_site_in_order_has_no_finding(solo: Site) -> None:
    found = findings(examined(solo))
    # Its article is as our first clinic published it, with the claims that it makes.
    assert [each for each in found if each.rule in RULES] == []
    assert {each.rule for each in found} <= {"fear", "mechanisms"}
    assert {each.severity for each in found} == {Severity.ADVICE}


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("By Rosa Quil today", "Rosa Quill"),
        ("By Roas Quill today", "Rosa Quill"),
        ("at Quay Osteopahty now", "Quay Osteopathy"),
        ("We are in Larkmoth now", "Larkmouth"),
        ("We are in Larkmouht’s old town", "Larkmouth"),
        ("By Rosa Quill today", None),
        ("Rosa Quill’s and Rosa Quills hands", None),
        ("Two Quay Osteopaths", None),
        ("Johnson and Johnston (2019)", None),
        ("Larkmoth at the beginning", None),
        ("[a link](https://example.com/Larkmoth) of Larkmouth", None),
        ("a larkmoth in small letters", None),
        ("By Rosa Bell, or Nora Quill", None),
    ],
)
def test_only_a_near_miss_of_a_whole_name_or_a_long_place_is_told(words: str, meant: str | None) -> None:
    names = Names(
        {("Rosa", "Quill"): "Rosa Quill", ("Quay", "Osteopathy"): "Quay Osteopathy", ("Sarah", "Johnson"): "S"},
        frozenset({"Larkmouth"}),
    )
    assert [name for _, name in misspelt(words_of(words), names)] == ([meant] if meant else [])


@pytest.mark.parametrize(
    ("word", "count"), [("cat", 1), ("table", 2), ("moved", 1), ("needed", 2), ("physiotherapy", 5), ("knees", 1)]
)
def test_syllables_are_counted_about_as_they_are_spoken(word: str, count: int) -> None:
    assert syllables_in(word) == count


def test_a_simple_text_has_a_low_reading_age_a_hard_one_a_high_one_and_a_short_one_none() -> None:
    simple = reading_age("Sit on a chair. Put both feet flat on the floor. Now lift one leg.\n" * 12)
    hard = reading_age(HARD * 10)
    assert simple is not None
    assert hard is not None
    assert simple < 9
    assert hard > 18
    assert reading_age("Sit on a chair.") is None


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("/x/blog/#top", ("blog/", "top")),
        ("../knees/", ("post/knees/", "")),
        ("#a%20b", ("post/back/", "a b")),
        ("https://WWW.example.com/x/", ("", "")),
        ("https://example.com/other/", None),
        ("https://example.org/x/", None),
        ("mailto:a@example.com", None),
        ("tel:+441632960199", None),
    ],
)
def test_a_link_is_known_for_inside_or_elsewhere(url: str, target: tuple[str, str] | None) -> None:
    assert resolved("https://example.com/x", "post/back/", url) == target


def test_words_are_found_in_a_source_however_they_are_typed() -> None:
    source = Source("x.md", "one\n“Rosa’s\nknees”\nthree")
    assert source.line_with("rosa's knees") == 2
    assert source.line_with("absent", "Three") == 4
    assert source.line_with("absent") is None


def test_a_page_is_read_as_far_as_a_browser_makes_sense_of_it() -> None:
    page = read_page(
        "a/index.html", b"<title>A</title><main><h1 id=x>H<p>One<br>two<script>no</script><a href=/b>B<img src=c alt>"
    )
    assert (page.address, page.title, page.ids) == ("a/", "A", frozenset({"x"}))
    assert "no" not in page.words.split()
    assert read_page("e.html", b"").links == ()


def test_large_files_and_heavy_pages_are_told_at_the_owners_own_file(faulty: Examined) -> None:
    home = faulty.pages["index.html"]
    picture = Picture(
        "/images/b-00000000.webp", "", (("/images/a-00000000-400.webp", 400), ("/images/IMG_1234-1.webp", 900))
    )
    pages = {**faulty.pages, "index.html": replace(home, pictures=(picture,))}
    sizes = {**faulty.sizes, "images/IMG_1234-0123abcd-900.webp": 900_000, "images/IMG_1234-1.webp": 2_000_000}
    sizes |= {"pagefind/x.pf_index": 9_000_000, "images/a-00000000-400.webp": 9_000_000}
    sizes |= {"images/IMG_1234-0123abcd-640.webp": 600_000}
    origins = {f"images/IMG_1234-0123abcd-{width}.webp": "images/IMG_1234.png" for width in (640, 900)}
    heavy = replace(faulty, pages=pages, sizes=sizes, origins=origins)
    assert [(one.file, one.message.partition(";")[0]) for one in file_sizes(heavy)] == [
        ("content/images/IMG_1234.png", "this picture is published with 900 kB")
    ]
    assert [one.file for one in page_sizes(heavy)] == ["content/pages/home.md"]
    assert not [*page_sizes(faulty), *file_sizes(faulty)]


def test_addresses_elsewhere_are_told_by_what_they_answer(faulty: Examined, tmp_path: Path) -> None:
    answers = {"/a": Answer("gone", "it answers 404"), "/b": Answer("ok"), "com/": Answer("silent", "it answers 500")}
    asked: list[str] = []

    def ask(address: str) -> Answer:
        asked.append(address)
        return next(answer for end, answer in answers.items() if address.endswith(end))

    told = check_external_links(faulty, tmp_path / "a.json", ask)
    assert [(one.rule, one.line, one.severity) for one in told.found] == [
        ("dead-address", 8, Severity.WARNING),
        ("silent-address", 10, Severity.ADVICE),
    ]
    assert len(asked) == 3
    asked.clear()
    check_external_links(faulty, tmp_path / "a.json", ask)
    assert sorted(asked) == ["https://elsewhere.example.com/a", "https://third.example.com/"]


@pytest.mark.parametrize("kind", ["no host", "unreachable"])
def test_without_a_connection_one_sentence_says_so_and_nothing_is_wrong(
    faulty: Examined, tmp_path: Path, kind: str
) -> None:
    told = check_external_links(faulty, tmp_path / "a.json", lambda _address: Answer(kind, "it cannot be reached"))
    assert told.found == ()
    assert told.remark == "There is no connection to the internet, so 3 addresses elsewhere could not be looked at."


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Answers the status that is the name of the page; to a HEAD of ``/get/`` that it takes none."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(int(self.path.rpartition("/")[2]))
            self.end_headers()

        def do_HEAD(self) -> None:
            self.send_response(405 if self.path.startswith("/get/") else int(self.path.rpartition("/")[2]))
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/200", "ok"),
        ("/get/200", "ok"),
        ("/404", "gone"),
        ("/410", "gone"),
        ("/403", "ok"),
        ("/429", "ok"),
        ("/503", "silent"),
    ],
)
def test_only_what_says_that_it_is_gone_is_gone(server: str, path: str, kind: str) -> None:
    assert answer_of(server + path).kind == kind


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "http://exa mple.com/", "http://[::/", "http://ü.invalid/"])
def test_an_address_that_cannot_be_asked_is_never_a_crash(address: str) -> None:
    assert answer_of(address).kind in {"silent", "no host", "unreachable"}


def report_of(*found: Diagnostic) -> Report:
    return Report("The Least Clinic", datetime(2026, 3, 2, 12, tzinfo=NOW.tzinfo), 9, found)


ERROR = Diagnostic("content/x.md", 3, 'this is "wrong"; write it <b>anew</b> – café')
MANY = [
    Diagnostic("content/y.md", line, "too long", Severity.ADVICE, "title-long", "https://example.com/")
    for line in range(1, 51)
]
NOTE = Diagnostic("content/z.md", 0, "look [at] this", Severity.WARNING, "a-rule-of-others")


def text_of(report: Report) -> str:
    out = io.StringIO()
    print_report(report, Console(file=out))
    return out.getvalue()


def test_the_worst_stands_first_and_fifty_of_a_kind_are_one_group() -> None:
    text = text_of(report_of(*MANY, NOTE, ERROR, ERROR))
    assert "1 problem, 1 note and 50 pieces of advice on 9 pages." in text
    assert (
        text.index("content/x.md:3: this is") < text.index("content/z.md: look [at] this") < text.index("y.md:1: too")
    )
    assert "Advice: Long titles (50)" in text
    assert "… and 42 more like these; FORMAT=page shows all." in text
    assert "\x1b" not in text
    assert "Nothing to mend on 9 pages." in text_of(report_of())


def test_a_rule_of_the_build_is_no_claim_about_treatment() -> None:
    gone = Diagnostic("content/addresses.txt", 3, "gone", Severity.ERROR, ADDRESS_GONE)
    assert "To mend: Addresses at which nothing would be any more (1)" in text_of(report_of(gone))
    none = Diagnostic("content/clinic.yaml", 3, "no rules are known", Severity.ADVICE, "claims")
    assert "Advice: Claims about treatment (1)" in text_of(report_of(none))


def test_the_json_is_a_list_of_what_programs_need() -> None:
    listed = json.loads(as_json(report_of(NOTE, ERROR).sorted))
    assert [*listed[0]] == ["file", "line", "severity", "rule", "message", "source"]
    assert [(one["file"], one["severity"], one["rule"]) for one in listed] == [
        ("content/x.md", "error", "build"),
        ("content/z.md", "warning", "a-rule-of-others"),
    ]
    assert as_json(report_of(ERROR).sorted).isascii()


def test_the_page_shows_every_finding_and_loads_nothing(faulty: Examined) -> None:
    report = replace(report_of(*MANY, ERROR), agenda=agenda(faulty), right_until="Right until noon.")
    page = BeautifulSoup(report_page(report), "html5lib")
    assert len(page.select(".group .row")) == 51
    assert "write it <b>anew</b>" in page.get_text()
    assert not page.select("script, link, img, [src]")
    assert [heading.get_text() for heading in page.select("h3.kind")][:2] == ["Reviews due", "Holidays to decide"]
    assert "Right until noon." in page.get_text()


def test_what_comes_next_is_known(faulty: Examined) -> None:
    coming = [(entry.day, entry.kind, entry.what) for entry in agenda(faulty)]
    assert (date(2026, 4, 1), "post", "“In April”") in coming
    assert (
        date(2026, 3, 21),
        "expires",
        "“A title that goes on for longer than any search engine will show of it to anybody”",
    ) in coming
    assert (date(2026, 4, 1), "review", "“Due”, last on 1 January 2026") in coming
    assert coming == sorted(coming)
    assert report_of().is_past(Entry(date(2026, 3, 1), "review", "x", "y"))


def test_what_a_publish_would_change_is_told_by_title(faulty: Examined, tmp_path: Path) -> None:
    assert changes(faulty, tmp_path) is None
    shutil.copytree(faulty.site, tmp_path / "output")
    same = changes(faulty, tmp_path / "output")
    assert same
    assert (same.new, same.changed, same.gone) == ((), (), ())
    home, island = tmp_path / "output/index.html", tmp_path / "output/island"
    home.write_text(home.read_text("utf-8").replace("reach us", "find us"), "utf-8")
    island.rename(island.with_name("old"))
    found = changes(faulty, tmp_path / "output")
    assert found
    assert found.changed == ("The Least Clinic (/)",)
    assert found.new == ("An island (/island/)",)
    assert found.gone == ("An island (/old/)",)


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Path]:
    """A project with a whole theme, whose ``.cache`` can be anything."""

    def make(**files: str) -> Path:
        root = tmp_path / "a clinic"
        root.mkdir()
        for name in ("theme", "plugins", "pelicanconf.py", "publishconf.py"):
            (root / name).symlink_to(ROOT / name)
        shutil.copytree(CLINICS / "minimal", root / "content")
        for name, text in files.items():
            write(root / name.replace("__", "/"), text)
        return root

    return make


@pytest.mark.site
def test_the_command_gives_json_alone_and_fails_for_errors_alone(project: Callable[..., Path]) -> None:
    """Also where nothing can be written in ``.cache``: it is a file here."""
    root = project(
        **{".cache": "no folder", "content/posts/2026-01-01-x.md": "---\ntitle: X\n---\n\n[gone](gone.md)\n"}
    )
    done = run_cli("--project", str(root), "check", "--format", "json", "--online", "no", real=True)
    listed = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (1, "")
    assert [(one["file"], one["line"], one["severity"]) for one in listed] == [
        ("content/posts/2026-01-01-x.md", 5, "error")
    ]
    assert not (root / "output").exists()


@pytest.mark.site
def test_the_command_writes_its_page_beside_the_site(project: Callable[..., Path]) -> None:
    root = project()
    done = run_cli("--project", str(root), "check", "--format", "page", "--online", "no")
    assert done.returncode == 0, done.stderr
    assert "The report is in check/report.html" in done.stdout
    assert "The Least Clinic" in (root / "check/report.html").read_text("utf-8")
    assert not (root / "output").exists()
    assert not (root / "next-build.json").exists()


@pytest.mark.parametrize(
    ("option", "text", "sentence"),
    [
        ("--format", "pdf", 'FORMAT="pdf" is not known: please write json or page'),
        ("--online", "maybe", "ONLINE=maybe is neither: please write no"),
        ("--site-url", "nowhere", '"nowhere" is no address of a site'),
    ],
)
def test_what_cannot_be_meant_is_one_sentence(option: str, text: str, sentence: str) -> None:
    done = CliRunner().invoke(check_command, [option, text], obj=Project(ROOT))
    assert done.exit_code == 1
    assert sentence in done.output
    assert len(done.output.splitlines()) == 1
