"""Events are shown until they are over: to visitors, in calendars, and to search engines."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar

from clinic.content.load import load
from clinic.domain.events import occurrences, upcoming
from clinic.domain.schedule import rebuilds_of
from clinic.models.events import EventFrontMatter, Occurrence, read_when
from clinic.models.language import write_in
from clinic.rendering.events_text import occurrence_in_words, repeats_in_words
from tests.site import CLINICS, write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site import BuildSite, Site

LEAST = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8")
WALK, TALK, OVER = "/events/coast-path-walk/", "/events/what-backs-like/", "/events/tea-on-the-quay/"
DAY = date(2026, 4, 18)


def event(**keys: Any) -> EventFrontMatter:
    return EventFrontMatter.model_validate({"title": "A", "when": "2026-04-18 18:30-20:00", **keys})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-04-18", Occurrence(DAY, None, DAY, None)),
        ("2026-04-18 18:30", Occurrence(DAY, time(18, 30), DAY, None)),
        ("2026-04-18 18:30-20:00", Occurrence(DAY, time(18, 30), DAY, time(20))),
        ("2026-04-18, 18:30 – 20:00", Occurrence(DAY, time(18, 30), DAY, time(20))),
        ("2026-04-18T18:30", Occurrence(DAY, time(18, 30), DAY, None)),
        ("2026-04-18 from 6.30pm to 8pm", Occurrence(DAY, time(18, 30), DAY, time(20))),
        ("2026-04-18 10am - noon", Occurrence(DAY, time(10), DAY, time(12))),
        ("2026-04-18 to 2026-04-19", Occurrence(DAY, None, date(2026, 4, 19), None)),
        ("2026-04-18 09:00 until 2026-04-19 17:00", Occurrence(DAY, time(9), date(2026, 4, 19), time(17))),
    ],
)
def test_a_time_is_read_as_people_write_it(text: str, found: Occurrence) -> None:
    assert read_when(text) == found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("18 April 2026 18:30", "write year-month-day, here probably 2026-04-18"),
        ("next Saturday", "is not a date; write year-month-day"),
        ("2026-04-31 10:00", "is not a day of the calendar; April 2026 has 30 days"),
        ("2026-04-18 evening", '"evening" is not a time; write hours and minutes'),
        ("2026-04-18 20:00-18:00", "ends before it begins; correct one of the two times"),
        ("2026-04-18 7pm-1am", "write both days, each with its time: 2026-04-18 19:00 to 2026-04-19 01:00"),
        ("2026-04-18 6:30-8pm", "may be in the morning or in the afternoon; write 6:30pm-8pm"),
        ("2026-04-19 to 2026-04-18", "ends before it begins; correct one of the two days"),
        ("2026-04-18 18:30-20:00-21:00", "is no beginning and no end; write a day"),
        ("2026-04-18 10:00-12:00 to 2026-04-19 10:00-12:00", "has too many times; write a day"),
        ("2026-04-18 to 2026-04-19 to 2026-04-20", "has more than a beginning and an end; write a day"),
    ],
)
def test_what_is_no_time_is_told_with_what_to_write(text: str, told: str) -> None:
    with pytest.raises(ValueError, match="; ") as wrong:
        read_when(text)
    assert told in str(wrong.value)


@pytest.mark.parametrize(
    ("keys", "days"),
    [
        ({"repeats": "weekly"}, ["2026-04-18", "2026-04-25", "2026-05-02"]),
        ({"repeats": "every week", "not_on": ["2026-04-25"]}, ["2026-04-18", "2026-05-02", "2026-05-09"]),
        ({"repeats": "every two weeks", "until": "2026-05-02"}, ["2026-04-18", "2026-05-02"]),
        ({"repeats": "every Saturday until 2026-04-25"}, ["2026-04-18", "2026-04-25"]),
        ({"repeats": "monthly"}, ["2026-04-18", "2026-05-16", "2026-06-20"]),  # third Saturdays
        ({"when": "2026-12-01", "repeats": "every month"}, ["2026-12-01", "2027-01-05", "2027-02-02"]),
        ({"when": ["2026-05-01", "2026-04-18"]}, ["2026-04-18", "2026-05-01"]),
    ],
)
def test_what_repeats_takes_place_on_these_days(keys: dict[str, Any], days: list[str]) -> None:
    assert [str(found.first) for found in islice(occurrences(event(**keys)), 3)] == days


def test_of_today_it_is_shown_until_the_day_is_over_and_then_no_more() -> None:
    course = event(when="2026-04-18 to 2026-04-19")
    assert [bool(upcoming(course, date(2026, 4, day))) for day in (17, 18, 19, 20)] == [True, True, True, False]


@pytest.mark.parametrize(
    ("language", "country", "words", "often"),
    [
        (
            "en-GB",
            "GB",
            "Saturday 18 April 2026, 6:30pm to 8pm",
            "Every third Saturday of the month, until 1 July 2026",
        ),
        (
            "en-US",
            "US",
            "Saturday, April 18, 2026, 6:30\N{NO-BREAK SPACE}PM to 8:00\N{NO-BREAK SPACE}PM",
            "July 1, 2026",
        ),
        ("en-DE", "DE", "18:30 to 20:00", "1 July 2026"),
    ],
)
def test_days_and_times_are_written_as_in_the_country(language: str, country: str, words: str, often: str) -> None:
    write_in(language, country)
    repeated = event(repeats="monthly", until="2026-07-01")
    assert words in occurrence_in_words(repeated.when[0])
    assert often in repeats_in_words(repeated)


def test_an_event_has_a_page_with_all_that_is_known(full: Site) -> None:
    words = full.words(WALK)
    for said in (
        "When Saturday 14 March 2026, 10am to 12pm Every second Saturday of the month, until 31 December 2026",
        "Larkmouth Harbour, 1 Quay Street, Larkmouth",
        "Price Free",
        "Places 12",
        "No need to book",
        "With Rosa Quill",
        "Further dates Saturday 11 April 2026, 10am to 12pm",
    ):
        assert said in words
    assert "8 August 2026" not in words
    assert full.page(WALK).select_one('main a[href="/events/coast-path-walk.ics"]')
    booked = full.page(TALK)
    assert booked.select_one('main a.button--booking[href="https://book.example.com/backs"]')
    assert "At the door: 90 minutes, £8, including a cup of tea" in full.words(TALK)


def test_lists_have_what_is_to_come_the_nearest_first_and_nothing_that_is_over(full: Site) -> None:
    for address in ("/events/", "/"):
        links = [str(link["href"]) for link in full.page(address).select(".event-card a")]
        assert links == [TALK, WALK]
    assert full.words(OVER).count("This event is over.") == 1
    assert not full.page(OVER).select('main a[href^="tel:"], main a[href$=".ics"]')
    assert not [node for node in full.graph(OVER) if node["@type"] == "Event"]
    assert OVER not in full.html("/search/")


def test_the_list_and_the_menu_empty_themselves(build_site: BuildSite) -> None:
    files = {"events/talk.md": "---\ntitle: A talk\nwhen: 2026-03-02 18:30\n---\n"}
    before = build_site("minimal", files)
    after = build_site("minimal", files, now=datetime(2026, 3, 3, 0, 30, tzinfo=UTC))
    assert "A talk" in before.words("/events/")
    assert before.page("/").select('nav a[href="/events/"]')
    assert "Nothing is planned at the moment." in after.words("/events/")
    assert not after.page("/").select('nav a[href="/events/"]')
    assert "A talk" not in after.words("/")
    assert "BEGIN:VEVENT" not in after.read("events.ics")


def test_the_site_is_built_again_once_an_event_is_over() -> None:
    facts = load(CLINICS / "full").clinic
    moments = {rebuild.reason: rebuild.at for rebuild in rebuilds_of(facts, date(2026, 3, 2))}
    assert moments["the event “What backs like” of 2026-03-05 is over"].isoformat() == "2026-03-06T00:00:00+00:00"


def test_without_events_there_is_no_page_of_them(minimal: Site) -> None:
    assert not [file for file in minimal.files if "event" in file]


def test_search_engines_get_each_time_with_all_that_they_ask_for(full: Site) -> None:
    first, *_ = walks = [node for node in full.graph(WALK) if node["@type"] == "Event"]
    assert [node["startDate"] for node in walks][:2] == ["2026-03-14T10:00:00+00:00", "2026-04-11T10:00:00+01:00"]
    assert first["endDate"] == "2026-03-14T12:00:00+00:00"
    assert first["location"]["address"]["streetAddress"] == "1 Quay Street"
    assert first["eventStatus"] == "https://schema.org/EventScheduled"
    assert first["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert (first["isAccessibleForFree"], first["maximumAttendeeCapacity"]) == (True, 12)
    assert first["offers"][0]["price"] == "0"
    (talk, _) = [node for node in full.graph(TALK) if node["@type"] == "Event"]
    assert talk["location"] == {
        "@type": "Place", "name": "Village Hall", "address": "Green Lane, Sandry ZZ99 4DD"
    }  # fmt: skip
    assert (talk["offers"][0]["price"], talk["offers"][0]["priceCurrency"]) == ("8.00", "GBP")


STATES = {
    "events/full.md": "---\ntitle: Full talk\nwhen: 2026-03-09 18:30\nfull: yes\nprice: 5\n---\n",
    "events/off.md": "---\ntitle: No talk\nwhen: 2026-03-10 18:30\ncancelled: yes\nbooking: https://b.example/x\n---\n",
    "events/net.md": "---\ntitle: Net talk\nwhen: 2026-03-11 18:30-19:30\nwhere: online\n---\n",
    "events/secret.md": "---\ntitle: Hidden talk\nwhen: 2026-03-12\nstatus: hidden\n---\n",
    "events/draft.md": "---\ntitle: Draft talk\nwhen: 2026-03-12\nstatus: draft\n---\n",
}


@pytest.fixture(scope="session")
def states(build_site: BuildSite) -> Site:
    """Events that are full, cancelled, online, hidden, and a draft."""
    return build_site("minimal", STATES)


def test_what_is_full_or_cancelled_says_so_and_cannot_be_booked(states: Site) -> None:
    assert states.problems == []
    for address, said in (("/events/full/", "Fully booked"), ("/events/off/", "Cancelled")):
        assert said in states.words(address)
        assert not states.page(address).select(".page-header a.button--booking, .page-header a[href^='tel:']")
        assert said in states.words("/events/")
    (node,) = [node for node in states.graph("/events/off/") if node["@type"] == "Event"]
    assert node["eventStatus"] == "https://schema.org/EventCancelled"
    (sold,) = [node for node in states.graph("/events/full/") if node["@type"] == "Event"]
    assert sold["offers"][0]["availability"] == "https://schema.org/SoldOut"


def test_without_an_address_to_book_people_are_asked_to_call(states: Site) -> None:
    assert states.page("/events/net/").select(".page-header a[href^='tel:']")
    (node,) = [node for node in states.graph("/events/net/") if node["@type"] == "Event"]
    assert node["location"]["@type"] == "VirtualLocation"


def test_a_hidden_one_is_at_its_address_alone_and_a_draft_nowhere(states: Site) -> None:
    assert "Hidden talk" in states.words("/events/secret/")
    assert "Hidden talk" not in states.words("/events/") + states.read("events.ics")
    assert "Draft talk" not in states.everything()


def test_calendars_have_every_time_with_its_zone(full: Site) -> None:
    walk = Calendar.from_ical(full.read("events/coast-path-walk.ics"))
    first, *_ = walk.walk("VEVENT")
    assert first.decoded("DTSTART").isoformat() == "2026-03-14T10:00:00+00:00"
    assert (first["SUMMARY"], first["STATUS"]) == ("A walk on the coast path", "CONFIRMED")
    assert str(first["LOCATION"]).startswith("Larkmouth Harbour, 1 Quay Street")
    every = Calendar.from_ical(full.read("events.ics")).walk("VEVENT")
    assert {str(entry["SUMMARY"]) for entry in every} == {"A walk on the coast path", "What backs like"}
    assert len({str(entry["UID"]) for entry in every}) == len(every)


def test_the_fact_check_knows_the_price_and_the_postcode_of_an_event(build_site: BuildSite) -> None:
    head = "---\ntitle: A\nwhen: 2026-03-09\nwhere: Hall, Green Lane ZZ99 4DD\nprice: {}\n---\n\nIn ZZ99 4DD, for £8.\n"
    assert build_site("minimal", {"events/a.md": head.format(8)}).problems == []
    (problem,) = build_site("minimal", {"events/a.md": head.format(9)}).problems
    assert problem.startswith('content/events/a.md:8: "£8" is not a price of the clinic')


@pytest.mark.parametrize(
    ("lines", "line", "sentence"),
    [
        ("summary: x", 2, '"when" is missing; it is the day and its times'),
        ("when: []", 3, "when: there is no day yet; write a day and when it begins"),
        ("when: tomorrow", 3, 'when: "tomorrow" is not a date; write year-month-day'),
        ("when: 2026-04-18\nrepeats: yearly", 4, 'unknown repeats "yearly"; write weekly, fortnightly or monthly'),
        ("when: 2026-04-18\nuntil: 2026-05-01", 4, '"until" is for what repeats; add "repeats: weekly", or remove'),
        ("when: 2026-04-18\nrepeats: weekly\nuntil: 2026-04-01", 5, "before it begins; correct one of them"),
        ("when: [2026-04-18, 2026-04-19]\nrepeats: weekly", 4, 'what repeats has one day under "when"; keep'),
        ("when: 2026-05-30\nrepeats: monthly", 4, "which not all have; write its days as a list"),
        ("when: 2026-04-18\nrepeats: weekly\nnot_on: 2026-04-26", 5, "none of the days on which this takes place"),
        ("when: 2026-04-18\nprice: cheap", 4, '"cheap" is not a sum of money; write a number alone'),
        ("when: 2026-04-18\nprice: 5\nfree: yes", 5, 'both "free" and "price" are given; keep one of them'),
        ("when: 2026-04-18\nplaces: many", 4, 'places is "many"; write a number alone'),
        ("when: 2026-04-18\nbooking: call us", 4, "is no address to book at; write one with https://, or none"),
        ("when: 2026-04-18\nwhere: hear", 4, 'unknown location "hear"; did you mean "here"?'),
        ("when: 2026-04-18\npractitioners: nobody", 4, 'unknown person "nobody"; make a file for this person'),
        ("when: 2026-04-18\nimage: images/x.png", 4, "the image has no words; add"),
        ("date: 2026-04-18", 3, '"date" is not a key here; write when'),
        ("when: 2026-04-18\nvenue: here", 4, '"venue" is not a key here; write where'),
    ],
)
def test_what_is_wrong_is_told_once_at_its_line(tmp_path: Path, lines: str, line: int, sentence: str) -> None:
    write(tmp_path / "clinic.yaml", LEAST)
    write(tmp_path / "events" / "a.md", f"---\ntitle: A\n{lines}\n---\n")
    (found,) = load(tmp_path, shown_as="content").diagnostics
    assert found.file == "content/events/a.md"
    assert sentence in found.message
    assert found.line == line


def test_of_several_locations_it_is_said_where(tmp_path: Path) -> None:
    write(tmp_path / "clinic.yaml", f"{LEAST}  there: {{address: {{locality: There}}}}\n")
    write(tmp_path / "events" / "a.md", "---\ntitle: A\nwhen: 2026-04-18\n---\n")
    (found,) = load(tmp_path).diagnostics
    assert 'add "where" with here, there or online, or the name of another place' in found.message


@pytest.mark.parametrize(
    ("keys", "shown", "begins", "zone"),
    [
        (
            "country: US\ntimezone: America/Chicago\n",
            ["Saturday, March 14, 2026, 6:30 PM to 8:00 PM", "$8.00", "Every second Saturday of the month"],
            "2026-03-14T18:30:00-05:00",
            "America/Chicago",
        ),
        (
            "country: DE\nlanguage: en-DE\ntimezone: Europe/Berlin\n",
            ["Saturday 14 March 2026, 18:30 to 20:00", "8,00 €"],
            "2026-03-14T18:30:00+01:00",
            "Europe/Berlin",
        ),
    ],
    ids=["US", "DE"],
)
def test_abroad_everything_is_written_as_there(
    build_site: BuildSite, keys: str, shown: list[str], begins: str, zone: str
) -> None:
    facts = LEAST.replace("phone: 01632 960199", "email: hello@least.example.com") + keys
    talk = "---\ntitle: A talk\nwhen: 2026-03-14 6:30pm-8pm\nrepeats: monthly\nprice: 8\n---\n"
    site = build_site("minimal", {"clinic.yaml": facts, "events/talk.md": talk})
    assert site.problems == []
    assert [words for words in shown if words not in site.words("/events/talk/")] == []
    first, *_ = [node for node in site.graph("/events/talk/") if node["@type"] == "Event"]
    assert first["startDate"] == begins
    assert f"TZID:{zone}" in site.read("events/talk.ics")
