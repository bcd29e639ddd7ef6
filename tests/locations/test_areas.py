"""Home visits beside a place, sessions online, and by appointment only: said where people look for the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clinic.content.load import load
from tests.site import CLINICS, write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site import BuildSite, Site

LEAST = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8")
FACTS = f"{LEAST}areas: [Larkmouth, Sandry, Quay]\nappointment_only: yes\n"


@pytest.fixture(scope="session")
def visiting(build_site: BuildSite) -> Site:
    """A clinic with one place, which also visits people at home and sees them online."""
    return build_site("minimal", {"clinic.yaml": FACTS})


@pytest.mark.parametrize("address", ["/", "/contact/", "/book/"])
def test_it_is_said_where_people_look_for_the_way(visiting: Site, address: str) -> None:
    words = visiting.words(address)
    assert "By appointment only" in words
    assert "Home visits in Larkmouth, Sandry and Quay" in words
    assert "Online sessions" not in words


@pytest.mark.parametrize("address", ["/", "/contact/", "/blog/"])
def test_search_engines_are_told_the_areas_on_pages_that_show_them(visiting: Site, address: str) -> None:
    business = visiting.graph(address)[0]
    assert business["areaServed"] == ["Larkmouth", "Sandry", "Quay"]
    assert all(area in visiting.page(address).get_text(" ") for area in business["areaServed"])


def test_of_several_locations_the_clinic_as_a_whole_serves_them(full: Site) -> None:
    clinic, *branches = full.graph("/locations/")
    assert clinic["areaServed"] == ["Larkmouth", "Sandry", "the Tarn villages"]
    assert not [branch for branch in branches if branch.get("areaServed")]


def test_in_the_footer_they_stand_with_the_home_visits_and_not_with_what_comes_last(build_site: BuildSite) -> None:
    more = "  visits: {name: At home, area: within ten miles}\n  video: {name: By video, online: yes}\n"
    site = build_site("minimal", {"clinic.yaml": f"{LEAST}{more}areas: [Larkmouth, Sandry]\n"})
    assert not site.problems
    [column] = [
        each.get_text(" ") for each in site.page("/blog/").select("footer .vcard") if "Sandry" in each.get_text()
    ]
    assert "At home" in column


def test_sessions_online_are_said_beside_a_place(build_site: BuildSite) -> None:
    site = build_site("minimal", {"clinic.yaml": f"{LEAST}  video: {{online: yes}}\n"})
    assert "Online sessions" in site.words("/contact/")


def test_nothing_is_said_of_it_where_nothing_is_known(minimal: Site) -> None:
    assert "Home visits" not in minimal.everything()
    assert "appointment only" not in minimal.everything()


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("areas: {larkmouth: 5}", '"areas" is words alone here; write areas: 5'),
        ("area: Larkmouth", '"area" is not a key here; write it under a location'),
        ("appointment_only: sometimes", 'appointment_only is "sometimes"; write yes or no'),
        ("appointments_only: yes", 'unknown key "appointments_only"; did you mean "appointment_only"?'),
    ],
)
def test_what_is_wrong_is_told_once_at_its_line(tmp_path: Path, lines: str, sentence: str) -> None:
    write(tmp_path / "clinic.yaml", f"{LEAST}{lines}\n")
    (found,) = load(tmp_path).diagnostics
    assert (found.line, sentence in found.message) == (8, True), found.message
