"""Who comes for the first time and who has been there each get a visit of their own: length, price and address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from clinic.content.load import load
from clinic.domain.booking.call_to_action import call_to_action_for
from clinic.domain.booking.routing import BookingTarget
from clinic.models.clinic import Clinic
from clinic.models.practitioner import Practitioner
from tests.site import CLINICS, write

if TYPE_CHECKING:
    from pathlib import Path

    from clinic.domain.booking.call_to_action import CallToAction
    from tests.site import BuildSite, Site

BOOK = "https://book.example.com"
LEAST = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8")
FIRST = {"amount": "65", "minutes": "60", "booking_url": f"{BOOK}/first"}
AGAIN = {"amount": "45", "minutes": "30", "booking_url": f"{BOOK}/again"}
TWO = [
    ("Book a first visit online", "60 minutes, £65", f"{BOOK}/first"),
    ("Book a return visit online", "30 minutes, £45", f"{BOOK}/again"),
]


def invitation(facts: dict[str, Any], service: dict[str, Any] | None = None, **target: Any) -> CallToAction:
    """What a clinic with these facts invites to; with ``service`` to that one."""
    services = {"massage": {"slug": "massage", "title": "Massage", **(service or {})}}
    given = {"name": "C", "url": "https://c.example", "phone": "01632 960199", "services": services}
    clinic = Clinic.model_validate({**given, "locations": {"here": {"address": {"locality": "Here"}}}, **facts})
    asked = BookingTarget(service=clinic.services["massage"] if service is not None else None, **target)
    return call_to_action_for(clinic, "/book/", requested=asked)


def buttons(action: CallToAction) -> list[tuple[str, str, str]]:
    return [(visit.label, visit.words, visit.url) for visit in action.visits]


def test_the_clinics_two_ways_are_two_buttons_with_length_and_price() -> None:
    assert buttons(invitation({"first_visit": FIRST, "returning": AGAIN})) == TWO


def test_a_services_own_two_ways_hold_for_it() -> None:
    other = {"first_visit": {"amount": "9"}, "returning": {"amount": "8", "booking_url": f"{BOOK}/other"}}
    assert buttons(invitation(other, {"first_visit": FIRST, "returning": AGAIN})) == TWO


def test_who_has_been_there_books_the_service_at_its_own_price_and_address() -> None:
    service = {"prices": [{"amount": "52", "minutes": "45"}], "booking_url": f"{BOOK}/massage"}
    action = invitation({"first_visit": FIRST, "returning": AGAIN}, service)
    assert buttons(action)[1] == ("Book a return visit online", "45 minutes, £52", f"{BOOK}/massage")


def test_a_visit_may_be_a_service_whose_price_then_stands_in_one_file() -> None:
    service = {
        "title": "Initial consultation",
        "prices": [{"amount": "65", "minutes": "60"}],
        "booking_url": f"{BOOK}/one",
    }
    facts = {"booking": {"url": BOOK}, "first_visit": {"service": "massage"}}
    services = {"massage": {"slug": "massage", **service}}
    action = invitation({**facts, "services": services})
    assert buttons(action)[0] == ("Book initial consultation online", "60 minutes, £65", f"{BOOK}/one")
    assert buttons(invitation({**facts, "services": services}, service)) == []  # it is the first visit itself


def test_ids_make_addresses_at_the_provider() -> None:
    booking = {"provider": "cliniko", "url": "https://c.uk1.cliniko.com/bookings"}
    facts = {"booking": booking, "first_visit": {"booking_id": "1"}, "returning": {"booking_id": "2"}}
    urls = [visit.url for visit in invitation(facts).visits]
    assert urls == [f"{booking['url']}?appointment_type_id={number}" for number in (1, 2)]


def test_ids_of_a_person_and_of_a_visit_are_put_together() -> None:
    booking = {"provider": "cliniko", "url": "https://c.uk1.cliniko.com/bookings"}
    team = {"jo": {"slug": "jo", "title": "Jo Doe", "booking_id": "7"}}
    facts = {"booking": booking, "team": team, "first_visit": {"booking_id": "1"}, "returning": {"booking_id": "2"}}
    jo = Practitioner.model_validate(team["jo"])
    for number, visit in enumerate(invitation(facts, practitioner=jo).visits, 1):
        assert {"practitioner_id=7", f"appointment_type_id={number}"} <= set(re.split("[?&]", visit.url))


def test_without_an_address_of_their_own_the_button_stays_one_and_says_both() -> None:
    facts = {"first_visit": {"amount": "65", "minutes": "60"}, "returning": {"amount": "45"}}
    action = invitation(facts)
    assert action.visits == ()
    assert action.facts == ("First visit: 60 minutes, £65", "Return visit: £45")


def test_one_with_an_address_and_one_without_lead_to_it_and_to_the_clinics_own() -> None:
    action = invitation({"first_visit": FIRST})
    assert [(visit.label, visit.url) for visit in action.visits] == [
        ("Book a first visit online", f"{BOOK}/first"),
        ("Book a return visit", "/book/"),
    ]


def test_a_price_that_everybody_pays_first_is_no_way_by_itself() -> None:
    action = invitation({}, {"first_visit": {"amount": "65"}, "prices": [{"amount": "45"}]})
    assert action.visits == ()
    assert action.facts == ("First visit (required): £65", "£45")


def test_nothing_is_booked_online_where_the_clinic_takes_no_bookings_online() -> None:
    facts = {"booking": {"methods": ["phone"]}, "first_visit": FIRST, "returning": AGAIN}
    action = invitation(facts)
    assert (action.visits, action.facts) == ((), ("First visit: 60 minutes, £65", "Return visit: 30 minutes, £45"))


def test_elsewhere_sums_are_those_of_the_country() -> None:
    facts = {"first_visit": {"amount": "149", "currency": "USD", "booking_url": f"{BOOK}/new"}}
    assert "149" in invitation(facts).visits[0].words


FACTS = f"""{LEAST}
booking: {{url: "{BOOK}/all"}}
first_visit: {{amount: £65, minutes: 60, booking_url: "{BOOK}/first"}}
returning: {{amount: £45, minutes: 30, booking_url: "{BOOK}/again"}}
"""
FILES = {
    "clinic.yaml": FACTS,
    "pages/services.md": "---\ntitle: Services\n---\n",
    "services/massage.md": "---\ntitle: Massage\n---\n",
    "posts/2026-01-02-x.md": "---\ntitle: X\n---\n\nA first visit is £65, and £45 from then on.\n",
}


@pytest.fixture(scope="session")
def two_ways(build_site: BuildSite) -> Site:
    """A clinic whose first and return visits are booked at two addresses."""
    return build_site("minimal", FILES)


@pytest.mark.parametrize("address", ["/", "/book/", "/services/massage/", "/post/x/", "/services/"])
def test_each_invitation_on_a_page_has_both(two_ways: Site, address: str) -> None:
    assert two_ways.problems == []
    for way in ("first", "again"):
        assert two_ways.page(address).select(f'main a[href^="{BOOK}/{way}?utm_source="], aside a[href^="{BOOK}/{way}"]')
    assert "60 minutes, £65" in " ".join(two_ways.page(address).get_text(" ").split())


def test_the_book_page_says_both_where_they_are_booked_at_one_address(full: Site) -> None:
    assert "First assessment: 50 minutes, £60 · Return visit: 60 minutes, £52.50" in full.words("/book/")


def test_both_are_in_feeds(two_ways: Site) -> None:
    feed = two_ways.read("blog/atom.xml")
    assert feed.count(f"{BOOK}/first?") == feed.count(f"{BOOK}/again?") == 1
    assert "60&amp;nbsp;minutes, £65" in feed


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("first_visit: {amount: dear}", '"dear" is not a sum of money; write a number alone'),
        ("first_visit: {minutes: 0}", 'minutes is "0"; it must be more than 0'),
        ("first_visit: {price: 5}", '"price"'),
        ("first_visit: {service: massage}", 'unknown service "massage"; make a file for it: services/massage.md'),
        ("first_visit: {service: massage, amount: 5}", 'services/massage.md says "amount" already; remove this line'),
        ("first_visit: {booking_url: book.example.com}", '"book.example.com" is not a web address; copy it'),
        (
            "returning: {booking_id: 3}",
            '"booking_id" says nothing here: "booking" in clinic.yaml names no provider; write',
        ),
        ("first_visits: {amount: 5}", 'unknown key "first_visits"; did you mean "first_visit"?'),
    ],
)
def test_what_is_wrong_with_a_visit_is_told_once_at_its_line(tmp_path: Path, lines: str, sentence: str) -> None:
    write(tmp_path / "clinic.yaml", f"{LEAST}{lines}\n")
    (found,) = load(tmp_path).diagnostics
    assert found.line == len(LEAST.splitlines()) + 1
    assert sentence in found.message


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ("prices: [45]\nreturning: 45", 'the price here is what "returning" says already; remove it from "prices"'),
        ("returning: {amount: 45, booking_id: a, booking_url: https://b.example}", "are given; keep one of them"),
        ("returning: {minutes: 30}", '"amount" is missing under "returning"; it is a sum of money'),
    ],
)
def test_what_is_wrong_in_the_file_of_a_service_is_told_once(tmp_path: Path, keys: str, sentence: str) -> None:
    write(tmp_path / "clinic.yaml", LEAST)
    write(tmp_path / "services" / "massage.md", f"---\ntitle: Massage\n{keys}\n---\n")
    (found,) = load(tmp_path).diagnostics
    assert found.line > 1
    assert sentence in found.message
