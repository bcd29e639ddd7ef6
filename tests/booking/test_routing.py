"""The order in which a call to action finds who treats it, where, how long and how much."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from clinic.domain.booking.call_to_action import call_to_action_for
from clinic.domain.booking.routing import BookingTarget, Subject, booking_target, target_conflicts, unlisted_conditions
from clinic.domain.clinic_on_day import ClinicOnDay
from clinic.models.clinic import Clinic

TODAY = date(2026, 3, 2)


def clinic(**changed: dict[str, Any]) -> ClinicOnDay:
    """Three services, three practitioners, two locations; ``changed`` are keys of single records."""
    services: dict[str, dict[str, Any]] = {
        "massage": {"title": "Massage", "conditions": ["Cramp", "Back pain"], "minutes": "45"},
        "therapy": {"title": "Therapy", "conditions": ["back-pain", "Ankle sprain"]},
        "pilates": {"title": "Pilates"},
    }
    team: dict[str, dict[str, Any]] = {
        "ann": {"title": "Ann", "services": ["massage"], "locations": ["quay"]},
        "ben": {"title": "Ben", "services": ["massage", "pilates"], "conditions": ["Cramp"]},
        "cleo": {"title": "Cleo", "services": ["therapy"], "conditions": ["Back pain", "Ankle sprain"]},
    }
    locations: dict[str, dict[str, Any]] = {
        "quay": {"address": {"locality": "Quay"}},
        "hill": {"address": {"locality": "Hill"}, "services": ["therapy", "pilates"]},
    }
    for slug, keys in changed.items():
        next(records for records in (services, team, locations) if slug in records)[slug] |= keys
    clinic = Clinic.model_validate(
        {
            "name": "Clinic",
            "url": "https://example.com",
            "phone": "01632 960199",
            "locations": locations,
            "services": {slug: record | {"slug": slug} for slug, record in services.items()},
            "team": {slug: record | {"slug": slug} for slug, record in team.items()},
        }
    )
    return ClinicOnDay.on(TODAY, clinic)


def found(
    of: Clinic, subject: Subject, chosen: BookingTarget | None = None
) -> tuple[str | None, str | None, str | None]:
    """Service, practitioner and location by name."""
    path = booking_target(of, subject, chosen or BookingTarget())
    return (
        path.service.slug if path.service else None,
        path.practitioner.slug if path.practitioner else None,
        path.location.short_name if path.location else None,
    )


def test_what_is_chosen_comes_first() -> None:
    of = clinic()
    subject = Subject(booking=of.services["massage"], services=(of.services["massage"],))
    assert found(of, subject, BookingTarget(service=of.services["therapy"])) == ("therapy", "cleo", None)


def test_then_the_service_to_be_booked() -> None:
    of = clinic()
    subject = Subject(booking=of.services["pilates"], services=(of.services["massage"],))
    assert found(of, subject) == ("pilates", "ben", None)


def test_then_the_first_service_that_somebody_offers() -> None:
    of = clinic(cleo={"left": "2026-03-01"})
    subject = Subject(services=(of.services["therapy"], of.services["pilates"]))
    assert found(of, subject)[0] == "pilates"


def test_then_a_service_for_the_condition_however_it_is_written() -> None:
    assert found(clinic(), Subject(conditions=("ankle-SPRAIN",)))[0] == "therapy"


def test_a_service_of_someone_who_names_the_condition_is_preferred() -> None:
    assert found(clinic(), Subject(conditions=("Back pain",))) == ("therapy", "cleo", None)
    assert found(clinic(cleo={"conditions": []}), Subject(conditions=("Back pain",)))[0] == "massage"


def test_a_condition_that_only_a_practitioner_names_leads_to_that_practitioner() -> None:
    assert found(clinic(ann={"conditions": ["Stiff neck"]}), Subject(conditions=("Stiff neck",))) == (
        None, "ann", "Quay",
    )  # fmt: skip


def test_otherwise_the_clinic_as_a_whole() -> None:
    assert found(clinic(), Subject(conditions=("Hiccups",))) == (None, None, None)


def test_of_several_practitioners_the_one_who_names_the_condition_else_the_writer_else_nobody() -> None:
    of = clinic()
    assert found(of, Subject(services=(of.services["massage"],))) == ("massage", None, "Quay")
    assert found(of, Subject(services=(of.services["massage"],), writer=of.team["ann"])) == ("massage", "ann", "Quay")
    subject = Subject(services=(of.services["massage"],), conditions=("Cramp",), writer=of.team["ann"])
    assert found(of, subject) == ("massage", "ben", "Quay")


def test_whoever_left_is_never_proposed_from_the_day_after() -> None:
    of = clinic(ann={"left": "2026-03-01"})
    assert found(of, Subject(services=(of.services["massage"],)))[1] == "ben"
    of = clinic(ann={"left": "2026-03-02"})
    assert found(of, Subject(services=(of.services["massage"],)))[1] is None


def test_a_hidden_service_or_practitioner_is_never_proposed() -> None:
    of = clinic(therapy={"status": "hidden"}, ben={"status": "hidden"})
    assert found(of, Subject(conditions=("Back pain",))) == ("massage", "ann", "Quay")
    assert found(of, Subject(conditions=("Ankle sprain",)))[0] is None


def test_what_is_chosen_rules_out_what_does_not_go_with_it() -> None:
    of = clinic()
    subject = Subject(services=(of.services["massage"], of.services["therapy"]))
    assert found(of, subject, BookingTarget(practitioner=of.team["cleo"]))[0] == "therapy"
    assert found(of, subject, BookingTarget(location=of.locations["hill"]))[0] == "therapy"


def test_an_invitation_on_a_persons_page_says_their_name_in_its_heading_alone() -> None:
    of = clinic()
    action = call_to_action_for(of, "/book/", requested=BookingTarget(practitioner=of.team["ann"]))
    assert "Ann" in action.short_heading
    assert not any("Ann" in fact for fact in action.facts)
    own_words = call_to_action_for(of, "/book/", "Ready?", requested=BookingTarget(practitioner=of.team["ann"]))
    assert any("Ann" in fact for fact in own_words.facts)


def test_an_invitation_says_how_long_how_much_with_whom_and_where() -> None:
    price = {"amount": "52", "currency": "GBP", "minutes": "60"}
    of = clinic(massage={"prices": [price]}, ben={"services": ["pilates"]})
    action = call_to_action_for(of, "/book/", subject=Subject(services=(of.services["massage"],)))
    assert action.facts == ("60 minutes, £52", "with Ann", "Quay")
    assert (action.primary.url, action.primary.label) == (
        "tel:+441632960199",
        "Call to book 01632\N{NO-BREAK SPACE}960199",
    )


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "https://x.cliniko.com/bookings"),
        ({"massage": {"booking_id": "3"}}, "https://x.cliniko.com/bookings?appointment_type_id=3"),
        (
            {"massage": {"booking_id": "3"}, "ann": {"booking_id": "2"}, "quay": {"booking_id": "1"}},
            "https://x.cliniko.com/bookings?business_id=1&practitioner_id=2&appointment_type_id=3",
        ),
        (  # the service was asked for, the practitioner only follows
            {"massage": {"booking_id": "3"}, "ann": {"booking_url": "https://x.cliniko.com/ann"}},
            "https://x.cliniko.com/bookings?appointment_type_id=3",
        ),
        ({"ann": {"booking_url": "https://x.cliniko.com/ann"}}, "https://x.cliniko.com/ann"),
    ],
)
def test_the_address_is_as_narrow_as_the_facts_allow(changed: dict[str, Any], expected: str) -> None:
    of = clinic(**{"ben": {"services": ["pilates"]}, **changed})
    booking = {"provider": "cliniko", "url": "https://x.cliniko.com/bookings"}
    booked = Clinic.model_validate(of.model_dump(exclude_defaults=True) | {"booking": booking})
    assert (
        call_to_action_for(booked, "/book/", subject=Subject(services=(booked.services["massage"],))).primary.url
        == expected
    )


def test_a_condition_that_nothing_names_is_reported_once_any_is_named() -> None:
    assert unlisted_conditions(clinic(), ["cramp", "Hiccups"]) == ["Hiccups"]
    silent: dict[str, dict[str, Any]] = {slug: {"conditions": []} for slug in ("massage", "therapy", "ben", "cleo")}
    assert unlisted_conditions(clinic(**silent), ["cramp", "Hiccups"]) == []


def test_what_is_chosen_together_contradicts_only_what_the_facts_say() -> None:
    of = clinic()
    massage, hill = of.services["massage"], of.locations["hill"]
    assert [part for part, _ in target_conflicts(of, BookingTarget(massage, of.team["cleo"]))] == ["service"]
    assert [part for part, _ in target_conflicts(of, BookingTarget(massage, of.team["ann"], hill))] == [
        "service",
        "location",
    ]
    assert not [*target_conflicts(of, BookingTarget(massage, of.team["ben"], of.locations["quay"]))]
    silent = clinic(cleo={"services": []})
    assert not [*target_conflicts(silent, BookingTarget(massage, silent.team["cleo"]))]


@pytest.mark.parametrize(
    ("methods", "label", "url", "others"),
    [
        (["phone", "email"], "Call to book 01632\N{NO-BREAK SPACE}960199", "tel:+441632960199", 1),
        (["email", "phone"], "Email to book", "mailto:hello@example.com", 1),
        (["email"], "Email to book", "mailto:hello@example.com", 0),
        (["whatsapp"], "WhatsApp to book", "https://wa.me/447700900321", 0),
        (["text", "phone"], "Text to book", "sms:+447700900321", 1),
    ],
)
def test_where_nothing_is_booked_online_the_button_is_the_owners_first_way_to_ask(
    methods: list[str], label: str, url: str, others: int
) -> None:
    phone = "07700 900321" if "text" in methods else "01632 960199"
    given = {"phone": phone, "whatsapp": "07700 900321", "email": "hello@example.com", "booking": {"methods": methods}}
    facts = clinic().model_dump(exclude_defaults=True) | given
    action = call_to_action_for(ClinicOnDay.on(TODAY, Clinic.model_validate(facts)), "/book/")
    assert action.primary.label == label
    assert action.primary.url.startswith(url)
    assert len(action.other_ways) == others
    assert not action.is_online


def test_the_bar_calls_and_leads_to_where_the_page_is_about() -> None:
    of = clinic(
        quay={"services": ["massage"]},
        hill={"phone": "01632 960155"},
        ben={"phone": "01632 960166", "locations": ["quay"]},
    )
    general = call_to_action_for(of, "/book/").quick(of)
    assert general.phone
    assert (general.phone.e164, general.directions, general.has_choice_of_places) == ("+441632960199", None, True)
    for target, number, town in (
        (BookingTarget(location=of.locations["hill"]), "960155", "Hill"),
        (BookingTarget(service=of.services["therapy"]), "960155", "Hill"),  # offered there alone
        (BookingTarget(practitioner=of.team["ben"]), "960166", "Quay"),
    ):
        quick = call_to_action_for(of, "/book/", requested=target).quick(of)
        assert quick.phone
        assert quick.phone.e164 == f"+441632{number}"
        assert town in (quick.directions or "")
        assert not quick.has_choice_of_places
