"""A booking provider's addresses: which are theirs, and how one narrows down to service, practitioner, location."""

from __future__ import annotations

import pytest

from clinic.domain.booking.provider_links import Origin, with_campaign, with_feed_campaign
from clinic.models.booking import BOOKING_PROVIDERS, BookingIds

SITE = "https://www.larkmouth.example.com"
FOOT = Origin("post/shoes/", "foot")


@pytest.mark.parametrize(
    ("provider", "url"),
    [
        ("cliniko", "https://larkmouth.uk3.cliniko.com/bookings"),
        ("jane", "https://larkmouth.janeapp.co.uk/#/list"),
        ("fresha", "https://www.fresha.com/a/larkmouth"),
        ("acuity", "https://larkmouth.as.me/"),
        ("acuity", "https://app.acuityscheduling.com/schedule.php?owner=1"),
        ("calendly", "https://calendly.com/larkmouth"),
        ("cal.com", "https://cal.eu/larkmouth"),
        ("square", "https://book.squareup.com/appointments/abc/location/def/services"),
        ("setmore", "https://Larkmouth.Setmore.com"),
        ("simplybook", "https://larkmouth.simplybook.it/v2/"),
        ("timely", "https://book.gettimely.com/Booking/Location/1"),
        ("tm3", "https://larkmouth.connect.tm3app.com/book/"),
        ("link", "https://anything.example.com/book"),
    ],
)
def test_a_providers_addresses_are_known_in_every_region(provider: str, url: str) -> None:
    assert BOOKING_PROVIDERS[provider].is_own_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://cliniko.com.example.com/bookings",
        "https://notcliniko.com/bookings",
        "https://example.com/?next=https://larkmouth.cliniko.com/",
        "https://cliniko.com@example.com/",
    ],
)
def test_an_address_that_only_looks_alike_is_not_the_providers(url: str) -> None:
    assert not BOOKING_PROVIDERS["cliniko"].is_own_url(url)


@pytest.mark.parametrize(
    ("provider", "url", "ids", "expected"),
    [
        (
            "cliniko",
            "https://x.uk1.cliniko.com/bookings",
            {"service": "3", "practitioner": "2", "location": "1"},
            "https://x.uk1.cliniko.com/bookings?business_id=1&practitioner_id=2&appointment_type_id=3",
        ),
        ("acuity", "https://x.as.me", {"service": "9"}, "https://x.as.me/?appointmentType=9"),
        ("acuity", "https://x.as.me/", {"location": "1 Quay St"}, "https://x.as.me/?location=1%20Quay%20St"),
        ("calendly", "https://calendly.com/x/", {"service": "massage"}, "https://calendly.com/x/massage"),
        ("cal.com", "https://cal.com/x", {"service": "30min", "practitioner": "7"}, "https://cal.com/x/30min"),
        (
            "jane",
            "https://x.janeapp.co.uk/#/list",
            {"practitioner": "42", "location": "quay"},
            "https://x.janeapp.co.uk/locations/quay/book#/staff_member/42",
        ),
        (
            "square",
            "https://book.squareup.com/appointments/m/location/l/services",
            {"service": "S", "practitioner": "T"},
            "https://book.squareup.com/appointments/m/location/l/services/S?team_member_id=T",
        ),
        *(
            ("square", f"{base}{end}", ids, f"{base}/services{more}")
            for base in (
                "https://book.squareup.com/appointments/m/location/l",
                "https://squareup.com/appointments/book/m/l",
            )
            for end in ("", "/", "/services", "/services/", "/start", "/services/OLD")
            for ids, more in (
                ({"service": "S"}, "/S"),
                ({"practitioner": "T"}, "?team_member_id=T"),
                ({"service": "S", "practitioner": "T"}, "/S?team_member_id=T"),
            )
        ),
        ("square", "https://x.square.site/", {"service": "S"}, "https://x.square.site/"),
        ("setmore", "https://x.setmore.com", {"service": "a-b"}, "https://x.setmore.com/services/a-b"),
        ("setmore", "https://x.setmore.com/book", {"service": "a-b"}, "https://x.setmore.com/services/a-b"),
        (
            "setmore",
            "https://booking.setmore.com/scheduleappointment/u-1/services/c",
            {"service": "a-b"},
            "https://booking.setmore.com/scheduleappointment/u-1/services/a-b",
        ),
        ("calendly", "https://calendly.com/x/30min", {"service": "massage"}, "https://calendly.com/x/massage"),
        ("cal.com", "https://cal.com/team/x/30min", {"service": "60min"}, "https://cal.com/team/x/60min"),
        ("cal.com", "https://cal.com/team/x", {"service": "60min"}, "https://cal.com/team/x/60min"),
        (
            "timely",
            "https://bookings.gettimely.com/x/bb/book",
            {"location": "8", "service": "24:SV", "practitioner": "5"},
            "https://bookings.gettimely.com/x/bb/book?location=8&product=24%3ASV&staff=5",
        ),
        (
            "simplybook",
            "https://x.simplybook.it",
            {"service": "2", "practitioner": "3"},
            "https://x.simplybook.it/v2/#book/service/2/provider/3",
        ),
        ("timely", "https://x.gettimely.com/", {"location": "8"}, "https://x.gettimely.com/Booking/Location/8"),
        ("fresha", "https://www.fresha.com/a/x", {"service": "2"}, "https://www.fresha.com/a/x"),
        ("cliniko", "https://x.cliniko.com/bookings?a=1", {}, "https://x.cliniko.com/bookings?a=1"),
    ],
)
def test_ids_narrow_the_clinics_address_down(provider: str, url: str, ids: BookingIds, expected: str) -> None:
    assert BOOKING_PROVIDERS[provider].deep_link(url, ids) == expected


@pytest.mark.parametrize(
    ("provider", "url", "known"),
    [
        ("square", "https://book.squareup.com/appointments/m/location/l", True),
        ("square", "https://x.square.site/", False),
        ("square", "https://book.squareup.com/appointments", False),
        ("timely", "https://bookings.gettimely.com/x/bb/book", True),
        ("timely", "https://book.gettimely.com/Booking/Location/1", False),
    ],
)
def test_an_id_is_taken_only_where_the_clinics_address_shows_how(provider: str, url: str, known: bool) -> None:
    assert BOOKING_PROVIDERS[provider].accepts_id_of("service", url) is known


@pytest.mark.parametrize(
    ("provider", "url", "expected"),
    [
        ("cliniko", "https://x.cliniko.com/bookings", "https://x.cliniko.com/bookings?embedded=true"),
        ("calendly", "https://calendly.com/x", "https://calendly.com/x?embed_type=Inline&embed_domain=a.example"),
        ("cal.com", "https://cal.com/x/30min?theme=light", "https://cal.com/x/30min/embed?theme=light"),
        ("simplybook", "https://x.simplybook.it/v2/#book", "https://x.simplybook.it/v2/#book"),
    ],
)
def test_a_page_to_be_framed_is_asked_for_as_its_provider_wants(provider: str, url: str, expected: str) -> None:
    assert BOOKING_PROVIDERS[provider].frame_url(url, "a.example") == expected


def test_a_campaign_says_the_page_and_the_position() -> None:
    assert with_campaign("https://x.as.me/", SITE, FOOT) == (
        "https://x.as.me/?utm_source=larkmouth.example.com&utm_medium=website&utm_campaign=post/shoes&utm_content=foot"
    )
    assert "utm_campaign=home&" in with_campaign("https://x.as.me/", SITE, Origin("", "hero"))


def test_a_campaign_stands_before_a_route_and_after_what_is_asked() -> None:
    found = with_campaign("https://x.janeapp.co.uk?a=b%20c&d#/staff_member/42", SITE, FOOT)
    assert found.startswith("https://x.janeapp.co.uk/?a=b%20c&d&utm_source=")
    assert found.endswith("&utm_content=foot#/staff_member/42")


def test_a_campaign_of_the_owners_own_stays() -> None:
    own = "https://x.as.me/?utm_source=leaflet"
    assert with_campaign(own, SITE, FOOT) == own


def test_only_our_links_say_that_they_stand_in_a_feed() -> None:
    ours = with_campaign("https://x.as.me/", SITE, FOOT).replace("&", "&amp;")
    other = "https://shop.example/?utm_source=me&amp;utm_medium=website"
    assert with_feed_campaign(f"{ours} {other}", SITE) == f"{ours.replace('medium=website', 'medium=feed')} {other}"
