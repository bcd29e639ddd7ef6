"""A new clinic from a few answers, and files to begin with: they can be published, and overwrite nothing."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from clinic.cli.commands import cli
from clinic.cli.start import answers as answers_module
from clinic.cli.start.answers import Answers, other_zones, zones_of
from clinic.cli.start.command import open_in_editor
from clinic.cli.start.new_clinic import starting_files
from clinic.cli.start.starting_texts import ASSETS, in_yaml, languages, profession, profession_names
from clinic.content.load import load
from clinic.content.yaml_text import read_yaml
from clinic.models.registers import registers_for
from tests.site import NOW, write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from click.testing import Result

    from tests.site import BuildSite

PHONES = {"GB": "01632 960199", "IE": "01 555 0123", "US": "(207) 555-0123", "DE": "030 901820"}
GIVEN = {"name": "Quay Osteopathy", "profession": "osteopathy", "place": "Larkmouth", "url": "https://quay.example.com"}
GONE = dict.fromkeys(
    f"pages/{name}.md" for name in ("home", "blog", "contact", "book", "privacy", "accessibility", "not-found")
)


def answers(work: str = "osteopathy", country: str = "GB", **more: str) -> Answers:
    """What somebody of this profession in this country would say."""
    given = {**GIVEN, "profession": work, "country": country, "phone": PHONES.get(country, "")}
    return Answers(**{**given, **more}).with_defaults()


def lay(folder: Path, given: Answers) -> Path:
    """The starting files of a clinic in a folder."""
    for name, text in starting_files(given):
        write(folder / name, text)
    return folder


def run(project: Path, *words: str, answered: Sequence[str] = ()) -> Result:
    return CliRunner().invoke(cli, ["--project", str(project), *words], input="".join(f"{one}\n" for one in answered))


def options(**given: str) -> list[str]:
    return [word for key, value in given.items() for word in (f"--{key}", value)]


@pytest.mark.parametrize("country", PHONES)
@pytest.mark.parametrize("work", profession_names())
def test_every_profession_in_every_country_begins_without_a_problem(tmp_path: Path, work: str, country: str) -> None:
    given = answers(work, country)
    assert [*given.faults()] == []
    content = load(lay(tmp_path / "content", given), now=NOW)
    assert content.diagnostics == ()
    assert content.clinic.country == country
    assert content.clinic.services
    as_draft = load(tmp_path / "content", now=NOW, preview=True)
    assert as_draft.diagnostics == ()
    assert len(as_draft.clinic.services) > len(content.clinic.services)


CLINICS = (
    ("osteopathy", "GB", "cy", "Croeso i"),
    ("podiatry", "GB", "", "Welcome to"),
    ("physiotherapy", "IE", "", "Welcome to"),
    ("chiropractic", "US", "", "Welcome to"),
    ("other", "DE", "", "Willkommen bei"),
    ("massage", "DE", "en-GB", "Welcome to"),
    ("acupuncture", "IE", "", "Welcome to"),
    ("counselling", "US", "", "Welcome to"),
)
"""Each profession, and each language that has starting texts."""


@pytest.mark.parametrize(("work", "country", "language", "welcome"), CLINICS)
def test_what_a_clinic_begins_with_can_be_published(
    build_site: BuildSite, work: str, country: str, language: str, welcome: str
) -> None:
    assert {case[0] for case in CLINICS} == {*profession_names()}
    files = {**GONE, **dict(starting_files(answers(work, country, language=language)))}
    site = build_site("minimal", files)
    assert (site.exit_code, site.problems) == (0, [])
    assert all("imprint" in note for note in site.notes)
    assert len(site.notes) == (country == "DE")
    assert f"{welcome} Quay Osteopathy" in site.words("/")
    assert f'<html lang="{language or {"DE": "de"}.get(country, "en")}' in site.html("/")
    icons = {
        "theme/favicon.svg",
        "theme/icon-192.png",
        "theme/icon-512.png",
        "theme/apple-touch-icon.png",
        "theme/share.png",
    }
    assert icons <= {*site.files}


@pytest.mark.parametrize(
    "name",
    ["QZ", "Dr Ann O’Hare & Daughters: feet, knees # hips", "Tŷ Iechyd", "“Back” on track", "Клиника", "整骨院", "yes",
     "🦶 Feet", "- first", "a" * 60, "2024-01-01", "[Practice]", "Name\twith\nlines", "100%"],
)  # fmt: skip
def test_a_name_arrives_in_the_facts_as_it_was_typed(tmp_path: Path, name: str) -> None:
    content = load(lay(tmp_path / "content", answers(name=name, place=name)), now=NOW)
    assert content.diagnostics == ()
    assert content.clinic.name == " ".join(name.split()).strip("“”" if name.endswith("”") else "")
    assert content.clinic.home_location.address


@pytest.mark.parametrize(
    ("place", "country", "parts"),
    [
        ("Flagstaff, AZ", "US", ("flagstaff", "Flagstaff", "AZ")),
        ("New York NY", "US", ("new-york", "New York", "NY")),
        ("Kitchener, ON", "CA", ("kitchener", "Kitchener", "ON")),
        ("Bondi NSW", "AU", ("bondi", "Bondi", "NSW")),
        ("AZ", "US", ("az", "AZ", None)),
        ("Flagstaff, AZ", "GB", ("flagstaff-az", "Flagstaff, AZ", None)),
        ("Parkstone, Poole", "GB", ("parkstone-poole", "Parkstone, Poole", None)),
    ],
)
def test_a_state_behind_the_town_is_its_region(
    tmp_path: Path, place: str, country: str, parts: tuple[str, str, str | None]
) -> None:
    given = answers(country=country, place=place, phone="", email="desk@example.com")
    content = load(lay(tmp_path / "content", given), now=NOW)
    assert content.diagnostics == ()
    ((slug, location),) = content.clinic.locations.items()
    assert location.address
    assert (slug, location.address.locality, location.address.region) == parts


@pytest.mark.parametrize("text", ["it's", "a: b", "#1", "true", "12", '"', "🦶", "é", "{x}", "* a", "a #b", "-"])
def test_a_text_in_yaml_is_that_text(text: str) -> None:
    assert read_yaml(f"key: {in_yaml(text)}").value == {"key": text}


def test_bad_arguments_are_told_all_at_once_and_nothing_is_written(project: Path) -> None:
    bad = options(
        profession="osteopathie", place="Here", phone="123", url="nowhere", country="IE", language="xx", timezone="Foo"
    )
    ended = run(project, "--content", "new", "start", *bad)
    told = [line.strip() for line in ended.output.splitlines()]
    assert (ended.exit_code, told[0]) == (1, "Error: Nothing was written: 6 things to mend.")
    assert told[1] == "NAME is missing; it is the clinic's name as visitors know it"
    assert [line.partition(":")[0] for line in told[2:]] == ["PROFESSION", "PHONE", "URL", "LANGUAGE", "TIMEZONE"]
    assert 'did you mean "osteopathy"?' in told[2]
    assert not (project / "new").exists()


def test_of_a_number_nothing_is_said_where_its_country_is_wrong() -> None:
    faults = dict(Answers(**{**GIVEN, "phone": "030 901820", "country": "Germany"}).with_defaults().faults())
    assert faults == {"COUNTRY": '"Germany" is not a country code; write DE'}


def test_a_clinic_that_nobody_can_reach_is_told() -> None:
    faults = dict(Answers(**GIVEN).with_defaults().faults())
    assert faults == {"PHONE": "neither PHONE nor EMAIL is given; write one, so that visitors can reach the clinic"}


@pytest.mark.parametrize(
    ("word", "key"),
    [("Osteopath", "osteopathy"), ("sports-massage", "massage"), ("Chiropody", "podiatry"), ("Heilpraktiker", "other"),
     ("3", "physiotherapy"), ("massage and sports therapy", "massage"), ("counselor", "counselling")],
)  # fmt: skip
def test_a_profession_is_known_by_its_other_names(word: str, key: str) -> None:
    assert profession(word).key == key


def test_a_service_is_called_as_its_country_calls_it() -> None:
    assert profession("physio", country="US").offers == ("Physical therapy",)
    assert profession("physio", country="IE").offers == ("Physiotherapy",)


def test_registers_are_those_of_the_country_and_profession() -> None:
    assert [found.abbreviation for found in registers_for("GB", "podiatry")] == ["HCPC"]
    assert [found.abbreviation for found in registers_for("IE", "physiotherapy")] == ["CORU"]
    assert registers_for("US") == ()


@pytest.mark.parametrize(
    ("country", "phone", "zone"),
    [("GB", "", "Europe/London"), ("IE", "01 555 0123", "Europe/Dublin"), ("DE", "", "Europe/Berlin"),
     ("US", "(503) 555-0123", "America/Los_Angeles"), ("US", "", "America/New_York"), ("GB", "12", "Europe/London")],
)  # fmt: skip
def test_the_time_zone_follows_from_the_country_and_the_number(country: str, phone: str, zone: str) -> None:
    assert zones_of(country, phone)[0] == zone


def test_only_zones_with_other_clocks_are_worth_a_word() -> None:
    assert other_zones("DE", "Europe/Berlin", 2026) == ()
    assert other_zones("GB", "Europe/London", 2026) == ()
    others = other_zones("US", "America/New_York", 2026)
    assert {"America/Chicago", "America/Denver", "America/Los_Angeles"} <= {*others}
    assert "America/Detroit" not in others


def test_it_asks_and_asks_again_for_what_is_wrong(project: Path) -> None:
    said = ["DE", "Praxis Weiß", "dentist", "8", "Berlin", "12", "030 901820", "", "praxis-weiss.example.com"]
    ended = run(project, "--content", "new", "start", answered=said)
    assert ended.exit_code == 0, ended.output
    assert "no profession that this program knows" in ended.output
    assert "has too few digits" in ended.output
    content = load(project / "new", now=NOW)
    assert (content.clinic.name, content.clinic.url) == ("Praxis Weiß", "https://praxis-weiss.example.com")
    assert "Imprint" in ended.output


def test_who_has_no_address_yet_gets_a_stand_in_and_is_told(project: Path) -> None:
    said = ["", "Quay Osteopathy", "osteopathy", "Larkmouth", PHONES["GB"], "", ""]
    ended = run(project, "--content", "new", "start", answered=said)
    assert ended.exit_code == 0, ended.output
    assert load(project / "new", now=NOW).clinic.url == "https://quay-osteopathy.example"
    assert "There is no address yet" in ended.output


def test_a_site_that_is_there_is_moved_aside_only_when_told(project: Path) -> None:
    begin = ["start", *options(**GIVEN, phone=PHONES["GB"])]
    kept = {path: path.read_bytes() for path in (project / "content").rglob("*") if path.is_file()}
    ended = run(project, *begin)
    assert ended.exit_code == 1
    assert ended.output.startswith("Error: There is a site in content already, and it was left as it is.")
    assert {path: path.read_bytes() for path in (project / "content").rglob("*") if path.is_file()} == kept
    ended = run(project, *begin, "--move", "yes")
    assert ended.exit_code == 0, ended.output
    (aside,) = project.glob("content-until-*")
    assert f"The site that was in content is in {aside.name} now." in ended.output
    assert {aside / path.relative_to(project / "content"): data for path, data in kept.items()} == {
        path: path.read_bytes() for path in aside.rglob("*") if path.is_file()
    }
    assert load(project / "content", now=NOW).clinic.name == "Quay Osteopathy"
    assert run(project, *begin, "--move", "yes").exit_code == 0  # once more on the same day: under another name
    assert len([*project.glob("content-until-*")]) == 2


def test_an_answer_of_no_leaves_a_site_as_it_is(project: Path) -> None:
    ended = run(project, "start", answered=["n"])
    assert ended.exit_code == 1
    assert not [*project.glob("content-until-*")]


def test_the_manual_stays_in_the_content_folder(project: Path) -> None:
    write(project / "content" / "README.md", "# The manual\n")
    run(project, "start", *options(**GIVEN, phone=PHONES["GB"], move="yes"))
    assert (project / "content" / "README.md").read_text("utf-8") == "# The manual\n"


KINDS = {"post": "posts", "page": "pages", "service": "services", "person": "team"}


@pytest.mark.parametrize("country", PHONES)
def test_every_file_to_begin_with_is_a_draft_that_is_right(project: Path, country: str) -> None:
    folder = lay(project / "new", answers("podiatry", country))
    for kind in KINDS:
        ended = run(project, "--content", "new", kind, "--title", f"The first {kind}: it’s 100% #1")
        assert ended.exit_code == 0, ended.output
        assert "status: draft" in ended.output
    content = load(folder, now=NOW, preview=True)
    assert content.diagnostics == ()
    for kind, place in KINDS.items():
        (document,) = [one for one in content.documents.values() if "first" in one.key and one.folder == place]
        assert document.front_matter.title == f"The first {kind}: it’s 100% #1"
        assert document.state.value == "draft"


def test_what_the_files_show_is_shown_in_the_preview_without_a_problem(build_site: BuildSite, project: Path) -> None:
    lay(project / "new", answers())
    for kind in KINDS:
        run(project, "--content", "new", kind, "--title", f"First {kind}")
    files = {path.relative_to(project / "new").as_posix(): path.read_text("utf-8") for path in _files(project / "new")}
    site = build_site("minimal", {**GONE, **files}, preview=True)
    assert (site.exit_code, site.problems) == (0, [])
    assert {"/first-page/", "/services/first-service/", "/team/first-person/"} <= {*site.pages}


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_examples_in_comments_hold_once_the_signs_before_them_are_gone(project: Path) -> None:
    """What an owner would do to each line of example: take the ``# `` away."""
    for country in PHONES:
        folder = lay(project / country, answers("osteopathy", country))
        facts = (folder / "clinic.yaml").read_text("utf-8")
        for key in ("opening_hours:", "notices:", "testimonials:", "legal:", "booking:"):
            assert f"# {key}" in facts
        file = folder / "services" / ("osteopathie.md" if country == "DE" else "osteopathy.md")
        price = next(line for line in file.read_text("utf-8").splitlines() if "amount" in line)
        write(file, f"---\ntitle: Osteopathy\nprices:\n{price.removeprefix('#')}\n---\n")
        week = "    # opening_hours:\n    #   monday-friday: 09:00-17:00\n"
        assert week in facts
        write(folder / "clinic.yaml", facts.replace(week, week.replace("# ", "")))
        assert load(folder, now=NOW).diagnostics == ()


def test_a_file_that_is_there_is_never_overwritten(project: Path) -> None:
    lay(project / "new", answers())
    begin = ["--content", "new", "page", "--title", "Our rooms"]
    assert run(project, *begin).exit_code == 0
    write(project / "new" / "pages" / "our-rooms.md", "mine")
    ended = run(project, *begin)
    assert (ended.exit_code, ended.output) == (
        1,
        "Error: new/pages/our-rooms.md is there already and was left as it is: open it, or change the title.\n",
    )
    assert (project / "new" / "pages" / "our-rooms.md").read_text("utf-8") == "mine"


def test_a_required_page_is_no_draft_since_others_link_to_it(project: Path) -> None:
    folder = lay(project / "new", answers())
    ended = run(project, "--content", "new", "page", "--title", "Privacy")
    assert "It is published as it is." in ended.output
    assert "status" not in (folder / "pages" / "privacy.md").read_text("utf-8")


@pytest.mark.parametrize("title", ["整骨院", "🦶", "…"])
def test_a_title_without_letters_for_an_address_has_the_kind_for_a_name(project: Path, title: str) -> None:
    folder = lay(project / "new", answers())
    run(project, "--content", "new", "page", "--title", title)
    (made,) = [path for path in _files(folder / "pages") if path.stem not in {"home", "about"}]
    assert load(folder, now=NOW, preview=True).diagnostics == ()
    assert made.suffix == ".md"


@pytest.mark.parametrize(
    ("country", "name"), [("DE", "fuenf-uebungen-fuer-massgebliche-ruecken"), ("GB", "funf-ubungen")]
)
def test_an_address_in_german_is_spelt_as_people_write_it_without_umlauts(
    project: Path, country: str, name: str
) -> None:
    folder = lay(project / "new", answers("podiatry", country))
    run(project, "--content", "new", "page", "--title", "Fünf U\u0308bungen für maßgebliche Rücken")
    (made,) = folder.glob("pages/f*.md")
    assert made.stem.startswith(name)


def test_a_title_is_asked_for(project: Path) -> None:
    lay(project / "new", answers())
    assert run(project, "--content", "new", "person", answered=["Ann Example"]).exit_code == 0
    assert (project / "new" / "team" / "ann-example.md").is_file()


@pytest.mark.parametrize("at_terminal", [True, False])
def test_an_editor_is_opened_only_where_somebody_sees_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, at_terminal: bool
) -> None:
    opened: list[str] = []
    monkeypatch.setenv("EDITOR", "an-editor")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setattr(click, "edit", lambda filename, editor: opened.append(f"{editor} {filename}"))
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: at_terminal, raising=False)
    open_in_editor(tmp_path / "x.md")
    assert opened == ([f"an-editor {tmp_path / 'x.md'}"] if at_terminal else [])


@pytest.mark.parametrize(
    ("country", "language"),
    [("GB", "en-GB"), ("IE", "en-IE"), ("US", "en-US"), ("DE", "de"), ("AT", "de"), ("CH", "de"), ("FR", "en-GB")],
)
def test_the_language_is_that_of_the_country_where_there_are_texts_in_it(
    monkeypatch: pytest.MonkeyPatch, country: str, language: str
) -> None:
    """Welsh is official in Great Britain too: a site there is in English unless the owner says otherwise."""
    monkeypatch.setattr(answers_module, "languages", lambda: ("cy", "de", "en", "ga"))
    monkeypatch.setattr(answers_module, "is_language", lambda _code: True)
    assert Answers(country=country).with_defaults().language == language


@pytest.mark.parametrize(
    ("country", "language", "said"),
    [("FR", "", True), ("DE", "", False), ("DE", "en", False), ("GB", "cy", False), ("IE", "", False)],
)
def test_that_a_site_is_english_for_want_of_words_is_said_only_where_it_is_so(
    country: str, language: str, said: bool
) -> None:
    sentence = Answers(country=country, language=language).with_defaults().sentence_about_language()
    assert ("there are none yet in a language of" in sentence) == said


@pytest.mark.parametrize("language", languages())
def test_what_a_language_begins_with_is_right(tmp_path: Path, language: str) -> None:
    """Its words alone: whether a site may be in that language is for ``language`` in the facts to say."""
    for work in profession_names(language):
        given = answers(work, "DE", language=language)
        assert profession(work, language).name in profession_names(language).values()
        folder = lay(tmp_path / work, given)
        write(
            folder / "clinic.yaml", (folder / "clinic.yaml").read_text("utf-8").replace(f"language: {language}\n", "")
        )
        content = load(folder, now=NOW, preview=True)
        assert content.diagnostics == ()
        assert len(content.clinic.services) > 1


def test_every_language_has_all_files_to_begin_with() -> None:
    folders = {language: ASSETS / language for language in languages()}
    files = {language: {path.relative_to(folder) for path in _files(folder)} for language, folder in folders.items()}
    assert "en" in files
    assert all(names == files["en"] for names in files.values())
    for language in files:
        assert [*profession_names(language)] == [*profession_names("en")]
