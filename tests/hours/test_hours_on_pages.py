"""Pages say the hours with their days; what is near stands on every page, what is undecided is reported."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from clinic.rendering.hours_text import exceptions_in_words, with_hours_notices
from tests.hours.timetables import TODAY, clinic_with, timetable_with
from tests.site import CLINICS

if TYPE_CHECKING:
    from tests.site import BuildSite, Site

LEAST = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8").rstrip()
HOURS = f'{LEAST}\n    opening_hours: {{monday: "09:00-17:30", friday: "09:00-13:00"}}\n'


def rows(site: Site, address: str) -> list[list[str]]:
    """Every table of hours of the location whose page it is: its caption, then its rows."""
    tables = site.page(address).select(".location .opening-hours")
    return [[" ".join(part.get_text(" ").split()) for part in table.select("caption, tr")] for table in tables]


def notice_rows(site: Site, address: str) -> list[str]:
    """What the bar at the top of a page says."""
    return [" ".join(row.get_text().split()) for row in site.page(address).select(".notice-bar__row")]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("closures: [{on: 2026-03-13}]", "Closed Friday 13 March 2026"),
        ("closures: [{from: 2026-12-25, to: 2026-12-26}]", "Closed 25 and 26 December 2026"),
        ("closures: [{from: 2026-12-31, to: 2027-01-01}]", "Closed 31 December 2026 and 1 January 2027"),
        ("closures: [{from: 2026-03-30, to: 2026-04-10, reason: Moving}]", "Closed 30 March to 10 April 2026 (Moving)"),
        (
            "closures: [{from: 2026-12-24, to: 2027-01-01, reason: Winter holiday}]",
            "Closed 24 December 2026 to 1 January 2027 (Winter holiday)",
        ),
        (
            'bank_holidays: {days: {2026-05-04: "09:00-12:00"}}',
            "Monday 4 May 2026: open 9am to 12pm (Early May bank holiday)",
        ),
        (
            'special_hours: [{on: 2026-12-24, hours: "08:30-12:00, 13:00-15:00", reason: Christmas Eve}]',
            "Thursday 24 December 2026: open 8:30am to 12pm, 1pm to 3pm (Christmas Eve)",
        ),
        ("special_hours: [{on: 2026-03-14, hours: 24 hours}]", "Saturday 14 March 2026: open 24 hours"),
        (
            'special_hours: [{on: 2026-03-13, hours: "18:00-24:00", reason: Late}]',
            "Friday 13 March 2026: open 6pm to midnight (Late)",
        ),
        ("special_hours: [{on: 2026-03-13, hours: 10pm-2am}]", "Friday 13 March 2026: open 10pm to 2am"),
        ("special_hours: [{on: 2026-03-13, hours: by appointment}]", "Friday 13 March 2026: by appointment"),
        (
            'bank_holidays: {days: {2026-05-04: "09:00-12:00, then by appointment"}}',
            "Monday 4 May 2026: open 9am to 12pm and by appointment (Early May bank holiday)",
        ),
        ("closures: [{from: 1900-01-01, to: 2199-12-31}]", "Closed 1 January 1900 to 31 December 2199"),
    ],
)
def test_a_day_that_is_no_usual_one_is_said_with_its_date(lines: str, said: str) -> None:
    assert [line.text for line in exceptions_in_words(timetable_with(lines)).lines] == [said]


def test_the_rule_about_bank_holidays_names_those_that_make_a_difference() -> None:
    words = exceptions_in_words(timetable_with("bank_holidays: {default: closed}"))
    assert words.lines == ()
    assert words.bank_holidays == (
        "Closed on bank holidays: 3 and 6 April, 4 and 25 May, 31 August, 25 and 28 December 2026, "
        "1 January, 26 and 29 March, 3 and 31 May 2027"
    )


def test_the_page_shows_each_week_under_the_days_on_which_it_holds(full: Site, build_site: BuildSite) -> None:
    usual, summer = rows(full, "/locations/larkmouth/")
    assert usual[:3] == [
        "Opening hours",
        "Monday and Tuesday 9am to 12:30pm 1:30pm to 5:30pm",
        "Wednesday 9am to 5:30pm",
    ]
    assert summer[:2] == ["Summer hours 20 July to 5 September 2026", "Monday to Wednesday 8am to 2pm"]
    in_summer = build_site("full", now=datetime(2026, 8, 3, 9, 0, tzinfo=UTC))
    first, second = rows(in_summer, "/locations/larkmouth/")
    assert first[0] == "Opening hours Summer hours, 20 July to 5 September 2026"
    assert second[:2] == ["Usual opening hours", "Monday and Tuesday 9am to 12:30pm 1:30pm to 5:30pm"]
    assert "Monday to Wednesday: 8am to 2pm" in in_summer.page("/").select(".site-footer")[0].get_text()


def test_hours_in_a_text_say_whose_they_are_with_several_locations(full: Site, build_site: BuildSite) -> None:
    one_of_two = full.page("/contact/").select("main .opening-hours__title")[0]
    assert one_of_two.get_text().strip() == "When we are open, Larkmouth Harbour"
    words = "---\ntitle: When\n---\n\n/// hours\n///\n"
    alone = build_site("minimal", {"clinic.yaml": HOURS, "pages/when.md": words})
    assert alone.page("/when/").select(".opening-hours__title")[0].get_text().strip() == "Opening hours"


def test_nothing_that_the_build_writes_says_today(full: Site) -> None:
    """It would be a lie tomorrow."""
    for part in full.page("/locations/larkmouth/").select(".opening-hours, .opening-hours__notes, .site-footer"):
        words = part.get_text(" ").lower()
        assert not [word for word in ("today", "tomorrow", "open now", "closed now") if word in words]


@pytest.mark.parametrize(
    ("lines", "clinic", "notices"),
    [
        ("closures: [{from: 2026-03-16, to: 2026-03-17}]", "", ["Closed 16 and 17 March."]),
        ("closures: [{from: 2026-03-17, to: 2026-03-18}]", "", []),
        ("closures: [{from: 2026-02-20, to: 2026-03-02}]", "", ["Closed 20 February to 2 March."]),
        ("closures: [{from: 2026-02-20, to: 2026-03-01}]", "", []),
        ("closures: [{on: 2026-03-09}]", "announce_days: 0", []),
        ("closures: [{on: 2026-04-09}]", "announce_days: 60", ["Closed Thursday 9 April."]),
        ('special_hours: [{on: 2026-03-05, hours: "09:00-10:00"}]', "", ["Thursday 5 March: open 9am to 10am."]),
        ("special_hours: [{on: 2026-03-05, hours: by appointment}]", "", ["Thursday 5 March: by appointment."]),
        ("bank_holidays: {region: northern-ireland, default: closed}", "announce_days: 15",
         ["Closed Tuesday 17 March (St Patrick’s Day)."]),
    ],
)  # fmt: skip
def test_a_notice_stands_from_two_weeks_before_until_the_end(lines: str, clinic: str, notices: list[str]) -> None:
    found = with_hours_notices(clinic_with(lines, clinic=clinic), TODAY).notices
    assert [notice.text for notice in found] == notices


def test_the_notice_is_on_every_page_beside_the_owners_own(build_site: BuildSite) -> None:
    own = "notices: [{text: A fair., from: 2026-03-01, until: 2026-03-06}]\n"
    site = build_site("minimal", {"clinic.yaml": HOURS + "    closures: [{on: 2026-03-09, reason: Training}]\n" + own})
    for address in site.pages:
        shown = notice_rows(site, address)
        assert shown == ["A fair.", "Closed Monday 9 March (Training)."], address


def test_with_several_locations_a_notice_says_which(build_site: BuildSite) -> None:
    site = build_site("full", now=datetime(2026, 12, 20, 9, 0, tzinfo=UTC))
    shown = notice_rows(site, "/")
    assert shown == [
        "Larkmouth Harbour, Wednesday 23 December: open 9am to 12pm (Day before the holiday).",
        "Larkmouth Harbour: closed 24 December to 1 January (Winter holiday).",
    ]


def test_a_bank_holiday_that_nobody_decided_on_is_a_note_and_stops_nothing(build_site: BuildSite) -> None:
    site = build_site("minimal", {"clinic.yaml": HOURS}, settings={"CLINIC_PROBLEMS_FILE": "report.json"})
    assert site.exit_code == 0
    assert site.problems == []
    reported = [note.partition(" is a bank holiday")[0] for note in site.notes]
    assert reported == [
        "content/clinic.yaml:8: note: Easter Monday (Monday 2026-04-06)",
        "content/clinic.yaml:8: note: Good Friday (Friday 2026-04-03)",
    ]
    assert '"2026-04-06: closed"' in site.notes[0]
    report = json.loads((site.folder / "report.json").read_text("utf-8"))
    assert {(found["file"], found["line"], found["severity"]) for found in report} == {
        ("content/clinic.yaml", 8, "warning")
    }
    decided = "bank_holidays:\n  days:\n    2026-04-03: closed\n    2026-04-06: 10:00-12:00\n"
    assert build_site("minimal", {"clinic.yaml": HOURS + decided}).stderr == ""


def test_problems_and_notes_are_reported_together(build_site: BuildSite) -> None:
    site = build_site("minimal", {"clinic.yaml": HOURS, "posts/x.md": "---\ntitle: X\n---\n\nWords.\n"})
    assert (len(site.problems), len(site.notes), site.exit_code) == (1, 2, 1)
