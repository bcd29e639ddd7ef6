"""clinic.yaml means what it says, all of it is used, and little of it is needed."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

import pytest
from pydantic import BaseModel

from clinic.content.error_messages import WRITTEN_KEYS
from clinic.content.front_matter import read_markdown_file
from clinic.content.load import load
from clinic.content.yaml_text import read_yaml
from clinic.models.articles import ArticleFrontMatter, PageFrontMatter
from clinic.models.clinic import ClinicFile
from clinic.models.comments import CommentFrontMatter
from clinic.models.contact import parse_phone
from clinic.models.events import EventFrontMatter
from clinic.models.exercises import ExerciseFrontMatter
from clinic.models.host import Host
from clinic.models.location import LocationFrontMatter
from clinic.models.opening_hours import HoursOfDay, Period
from clinic.models.practitioner import PractitionerFrontMatter
from clinic.models.service import ServiceFrontMatter
from clinic.models.weekdays import Weekday
from clinic.rendering.markdown.directives import KINDS
from tests.site import CLINICS, Build

if TYPE_CHECKING:
    from pathlib import Path

    from clinic.models.clinic import Clinic
    from clinic.models.types import KeyPath
    from tests.site import BuildSite, Site

_OTHER = {"booking_id": ("booking_url",), "booking_url": ("booking_id",)}
FULL = CLINICS / "full"


@pytest.fixture(scope="session")
def clinic() -> Clinic:
    """The facts of the full clinic."""
    found = load(FULL)
    assert found.holds
    assert not found.diagnostics
    return found.clinic


def written_keys(key_paths: Mapping[KeyPath, int]) -> set[tuple[str, ...]]:
    """Every key path with the numbers of list items left out."""
    return {tuple(part for part in key_path if isinstance(part, str)) for key_path in key_paths}


def known_keys(model: type[BaseModel], at: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every key the owner may write; the names of locations and care cards are left out."""
    for name, field in model.model_fields.items():
        for key in WRITTEN_KEYS.get(name, (name,)):
            yield (*at, key)
            for inner in models_in(field.annotation):
                if inner is not HoursOfDay:  # a line, in place of which its periods may stand: under one day is enough
                    yield from known_keys(inner, (*at, key))


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in {Union, types.UnionType, Annotated, dict, tuple, Mapping}:
        for inner in get_args(annotation):
            yield from models_in(inner)


def test_the_full_clinic_uses_every_key_of_the_facts_file() -> None:
    lines = read_yaml((FULL / "clinic.yaml").read_text("utf-8")).lines
    slugs = {str(key_path[1]) for key_path in lines if len(key_path) > 1 and key_path[0] in {"locations", "care_cards"}}
    written = {tuple(part for part in key if part not in slugs) for key in written_keys(lines)}
    # each provider of a contact form uses another key
    written |= {("contact_form", key) for key in ("id", "key", "endpoint") if ("contact_form", "endpoint") in written}
    # a site with the editor needs its package from npm; tests/editor has one
    written |= {("editor", *rest) for rest in ((), ("backend",), ("repo",), ("branch",))}
    # each kind of host uses other keys
    written |= {("host", key) for key in Host.model_fields if ("host", "server") in written}
    # a visit says its price, or is a service that does, or has an address of its own; both have the same keys
    visits = {
        "service",
        "booking_id",
        "booking_url",
        *(key[1] for key in written if key[:1] == ("first_visit",) != key),
    }
    written |= {(visit, key) for visit in ("first_visit", "returning") for key in visits}
    assert not set(known_keys(ClinicFile)) - with_alternatives(written)
    assert set(Period.model_fields) <= {key[-1] for key in written if key}


@pytest.mark.parametrize(
    ("folder", "model"),
    [
        ("services", ServiceFrontMatter),
        ("team", PractitionerFrontMatter),
        ("locations", LocationFrontMatter),
        ("posts", ArticleFrontMatter),
        ("pages", PageFrontMatter),
        ("comments", CommentFrontMatter),
        ("events", EventFrontMatter),
        ("exercises", ExerciseFrontMatter),
    ],
)
def test_the_full_clinic_uses_every_key_of_every_kind_of_front_matter(folder: str, model: type[BaseModel]) -> None:
    paths = [path for clinic in (FULL, CLINICS / "bilingual") for path in (clinic / folder).rglob("*.md")]
    files = [read_markdown_file(path, path.name) for path in paths]  # a site in one language translates nothing
    written = set().union(*(written_keys(file.front_matter.lines) for file in files))
    assert not set(known_keys(model)) - with_alternatives(written)


def with_alternatives(written: set[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """The keys, and of two that a record may not have together the other one too."""
    return written | {(*key[:-1], other) for key in written for other in _OTHER.get(key[-1] if key else "", ())}


def test_the_full_clinic_uses_every_directive_with_every_option() -> None:
    bodies = "\n".join(path.read_text("utf-8") for path in FULL.rglob("*.md"))
    assert not [name for name in KINDS if f"/// {name}" not in bodies]
    options = {option for kind in KINDS.values() for option in kind.options.model_fields}
    assert not [option for option in options if f"\n    {option}: " not in bodies]


def test_the_full_clinic_has_no_problems(full: Site) -> None:
    assert full.exit_code == 0
    assert full.stderr == ""


def test_the_site_is_whole_with_the_least_facts(minimal: Site) -> None:
    assert minimal.exit_code == 0
    assert minimal.stderr == ""
    assert set(minimal.pages) == {
        "/", "/404.html", "/accessibility/", "/blog/", "/book/", "/contact/", "/privacy/", "/search/",
    }  # fmt: skip
    assert "01632 960199" in minimal.words("/book/")


def test_a_clinic_that_is_reached_by_email_only_is_whole(build_site: BuildSite) -> None:
    facts = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8")
    overlay = {"clinic.yaml": facts.replace("phone: 01632 960199", "email: hello@least.example.com")}
    site = build_site("minimal", overlay)
    assert site.exit_code == 0
    assert "tel:" not in site.everything()
    assert "mailto:hello@least.example.com" in site.html("/book/")


def test_times_and_numbers_are_what_was_typed(clinic: Clinic) -> None:
    """17:30 is no 1050, yes is no True, and a number keeps its leading nought."""
    hours = clinic.locations["larkmouth"].opening_hours
    assert hours
    week = hours.week()
    assert [str(period) for period in week[Weekday.MONDAY].periods] == ["09:00–12:30", "13:30–17:30"]
    assert [str(period) for period in week[Weekday.THURSDAY].periods] == ["08:00–12:00", "13:00–19:30"]
    assert [str(period) for period in week[Weekday.FRIDAY].periods] == ["09:00–13:00"]
    assert week[Weekday.SATURDAY].is_closed
    assert week[Weekday.SUNDAY].is_closed
    assert clinic.legal.company_number == "00000000"
    assert [entry.number for entry in clinic.team["rosa-quill"].registration] == ["00123"]


def test_the_opening_hours_are_shown_as_written(full: Site) -> None:
    words = full.words("/contact/")
    assert "Monday and Tuesday 9am to 12:30pm 1:30pm to 5:30pm" in words
    assert "Closed 24 December 2026 to 1 January 2027 (Winter holiday)" in words
    assert "Closed Friday 3 April 2026 (Good Friday)" in words


@pytest.mark.parametrize(
    ("typed", "dialled", "takes_texts"),
    [
        ("07700 900123", "+447700900123", True),
        ("07700 900 123", "+447700900123", True),
        ("+44 (0)7700 900123", "+447700900123", True),
        ("0044 7700 900123", "+447700900123", True),
        ("(01632) 960123", "+441632960123", False),
        ("01632-960-123", "+441632960123", False),
        ("0800 1111", "+448001111", False),
        ("+353 1 234 5678", "+35312345678", False),
    ],
)
def test_a_phone_number_is_shown_as_written_and_dialled_as_e164(typed: str, dialled: str, takes_texts: bool) -> None:
    phone = parse_phone(typed)
    assert (phone.shown, phone.e164, phone.takes_texts) == (typed, dialled, takes_texts)


@pytest.mark.parametrize("typed", ["", "call us", "01632", "07700 90012", "07700 9001234", "O7700 900123"])
def test_what_cannot_be_dialled_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="phone number"):
        parse_phone(typed)


def test_each_location_is_reached_at_its_own_number(full: Site) -> None:
    links = {link["href"] for link in full.page("/contact/").select("main a[href^='tel:']")}
    assert {"tel:+441632960111", "tel:+447700900123"} <= links


@pytest.mark.parametrize("url", ["https://least.example.com", "https://least.example.com/"])
def test_the_address_is_the_same_with_and_without_a_slash_at_its_end(build_site: BuildSite, url: str) -> None:
    facts = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8").replace("https://least.example.com", url)
    site = build_site("minimal", {"clinic.yaml": facts})
    canonical = site.page("/book/").find("link", rel="canonical")
    assert canonical
    assert canonical["href"] == "https://least.example.com/book/"
    assert "example.com//" not in site.everything()


def test_a_time_means_the_clinics_own_time_zone(build_site: BuildSite) -> None:
    """09:00 in Auckland is long past when it is noon in London."""
    facts = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8")
    article = "---\ntitle: Early\ndate: 2026-03-03 00:30\n---\n\nWords.\n"
    assert "post/early/index.html" not in build_site("minimal", {"posts/early.md": article}).files
    overlay = {"posts/early.md": article, "clinic.yaml": f"{facts}timezone: Pacific/Auckland\n"}
    assert "2026-03-03T00:30:00+13:00" in build_site("minimal", overlay).html("/post/early/")


def test_a_key_without_a_value_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    """Editors write ``strapline:`` for an empty field."""
    facts = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8") + "strapline:\nsocial:\nemail: ''\n"
    Build("minimal", {"clinic.yaml": facts}).lay_out(tmp_path)
    found = load(tmp_path / "content")
    assert not found.diagnostics
    assert found.holds
    assert found.clinic.strapline is None


def test_the_brand_of_one_clinic_is_not_that_of_another(full: Site, minimal: Site) -> None:
    assert "#12443f" in full.html("/")
    assert "Larkmouth" not in minimal.everything()


@pytest.mark.parametrize(
    ("text", "country", "shown"),
    [
        ("07700900123", "GB", "07700 900123"),
        ("+447700900123", "GB", "+44 7700 900123"),
        ("07700-900-123", "GB", "07700-900-123"),
        ("03023125014", "DE", "030 23125014"),
        ("5415550123", "US", "(541) 555-0123"),
    ],
)
def test_a_number_typed_in_a_row_is_grouped_as_its_country_does(text: str, country: str, shown: str) -> None:
    assert parse_phone(text, country).shown == shown
