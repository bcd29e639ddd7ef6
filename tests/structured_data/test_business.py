"""Promises about the clinic, its locations and their hours."""

from dataclasses import replace
from datetime import date

from clinic.domain.clinic_on_day import ClinicOnDay
from clinic.models.clinic import Clinic
from clinic.models.legal import Legal
from tests.structured_data.example_clinic import (
    ABOUT,
    ARTICLE,
    BLOG_PAGE,
    CONTACT_PAGE,
    HOME,
    LEAST,
    ONE,
    PLAIN_PAGE,
    TWO,
    clinic_of,
    graph_of,
)

PUBLIC = "https://harbour.example.com/clinic"
MONDAY, TUESDAY, THURSDAY = (f"https://schema.org/{day}" for day in ("Monday", "Tuesday", "Thursday"))


def test_the_only_location_is_the_clinic_itself() -> None:
    graph = graph_of(HOME)
    assert graph["#clinic"]["@type"] == ["MedicalBusiness", "HealthAndBeautyBusiness"]
    assert graph["#clinic"]["address"]["streetAddress"] == "1 Quay Street"
    assert not [address for address in graph if address.startswith("#location")]


def test_several_locations_are_businesses_under_one_organization() -> None:
    graph = graph_of(HOME, TWO)
    assert graph["#clinic"]["@type"] == "Organization"
    assert [part["@id"] for part in graph["#clinic"]["subOrganization"]] == [
        f"{PUBLIC}/#location-harbour",
        f"{PUBLIC}/#location-hill",
    ]
    hill = graph["#location-hill"]
    assert hill["@type"] == "MedicalClinic"
    assert hill["name"] == "Harbour & Hill Clinic, Upper Hill"
    assert hill["parentOrganization"] == {"@id": f"{PUBLIC}/#clinic"}


def test_a_clinic_known_by_its_phone_and_town_alone_is_whole() -> None:
    clinic = graph_of(ABOUT, LEAST)["#clinic"]
    assert clinic["telephone"] == "+441632960199"
    assert clinic["address"] == {"@type": "PostalAddress", "addressLocality": "Here", "addressCountry": "GB"}


def test_home_visits_have_an_address_of_which_only_the_country_is_known() -> None:
    facts = {"name": "Visits", "url": "https://example.com", "phone": "01632 960199"}
    visits, far = {"area": "within ten miles of Here"}, {"online": True}
    clinic = Clinic.model_validate(facts | {"locations": {"visits": visits, "far": far}})
    graph = graph_of(HOME, ClinicOnDay.on(date(2026, 3, 2), clinic))
    assert graph["#location-visits"]["address"] == {"@type": "PostalAddress", "addressCountry": "GB"}
    assert "address" not in graph["#location-far"]


def test_every_page_carries_what_its_footer_shows() -> None:
    clinic = graph_of(ARTICLE)["#clinic"]
    assert clinic["telephone"] == "+441632960111"
    assert clinic["email"] == "harbour@example.com"
    assert clinic["slogan"] == "Move with ease"
    assert clinic["geo"]["latitude"] == 50.71234
    assert clinic["sameAs"] == ["https://social.example.com/harbour"]


def test_a_text_names_its_publisher_and_leaves_the_locations_to_their_pages() -> None:
    for page in (replace(ARTICLE, locations=tuple(TWO.locations.values())), BLOG_PAGE):
        graph = graph_of(page, TWO)
        assert {"name", "url", "telephone"} <= set(graph["#clinic"])
        assert "subOrganization" not in graph["#clinic"]
        assert not [address for address in graph if address.startswith("#location")]
    alone = graph_of(replace(ARTICLE, locations=tuple(ONE.locations.values())))["#clinic"]
    assert "address" in alone, "Google asks for it wherever a LocalBusiness is"
    assert "openingHoursSpecification" not in alone


def test_hours_map_and_closures_are_only_where_the_page_shows_that_location() -> None:
    hidden = {"openingHoursSpecification", "specialOpeningHoursSpecification", "hasMap"}
    shown = replace(CONTACT_PAGE, locations=(TWO.locations["harbour"],))
    assert hidden <= set(graph_of(shown, TWO)["#location-harbour"])
    assert "#location-hill" not in graph_of(shown, TWO)
    assert not hidden & set(graph_of(replace(CONTACT_PAGE, locations=()), TWO)["#location-hill"])
    assert not hidden & set(graph_of(ARTICLE)["#clinic"])


def test_days_with_equal_periods_share_one_entry() -> None:
    morning, afternoon = graph_of(CONTACT_PAGE)["#clinic"]["openingHoursSpecification"][:2]
    assert (morning["dayOfWeek"], morning["opens"], morning["closes"]) == ([MONDAY, TUESDAY], "09:00", "12:30")
    assert afternoon["dayOfWeek"] == [MONDAY, TUESDAY, THURSDAY]


def test_a_closed_day_is_said_to_be_closed() -> None:
    closed = graph_of(CONTACT_PAGE)["#clinic"]["openingHoursSpecification"][2]
    assert len(closed["dayOfWeek"]) == 4
    assert (closed["opens"], closed["closes"]) == ("00:00", "00:00")


def test_a_closure_stands_where_google_reads_it_and_where_schema_org_has_it() -> None:
    clinic = graph_of(CONTACT_PAGE)["#clinic"]
    winter = {
        "@type": "OpeningHoursSpecification",
        "validFrom": "2025-12-24",
        "validThrough": "2026-01-01",
        "opens": "00:00",
        "closes": "00:00",
        "description": "Winter holiday",
    }
    assert winter in clinic["openingHoursSpecification"]
    assert winter in clinic["specialOpeningHoursSpecification"]


def test_a_closure_that_is_over_is_gone() -> None:
    later = ClinicOnDay.on(date(2026, 1, 2), ONE)
    clinic = graph_of(replace(CONTACT_PAGE, locations=tuple(later.locations.values())), later)["#clinic"]
    assert clinic["specialOpeningHoursSpecification"][0]["description"] == "Training"


def test_a_location_is_reached_by_its_own_number_else_by_the_clinics() -> None:
    graph = graph_of(PLAIN_PAGE, TWO)
    assert graph["#location-harbour"]["telephone"] == "+441632960111"
    assert graph["#location-harbour"]["email"] == "harbour@example.com"
    assert graph["#location-hill"]["telephone"] == "+441632960100"


def test_the_graph_names_who_trades() -> None:
    legal = {"name": "Quill Ltd", "company_number": "01234567", "vat_number": "GB000000000"}
    clinic = graph_of(ARTICLE, ONE.model_copy(update={"legal": Legal.model_validate(legal)}))["#clinic"]
    assert (clinic["legalName"], clinic["vatID"]) == ("Quill Ltd", "GB000000000")
    assert clinic["identifier"] == {"@type": "PropertyValue", "name": "Company number", "value": "01234567"}


def test_the_clinic_is_described_only_on_pages_about_it() -> None:
    assert graph_of(ABOUT)["#clinic"]["description"] == "Two rooms, one team."
    assert graph_of(ABOUT)["#clinic"]["priceRange"] == "£45–£70"
    assert not {"description", "knowsAbout", "priceRange"} & set(graph_of(ARTICLE)["#clinic"])


def test_booking_leads_to_the_book_page_or_to_the_booking_address() -> None:
    assert _target(graph_of(ARTICLE)["#clinic"]) == f"{PUBLIC}/book/"
    facts = ONE.model_dump(exclude={"services", "team"}) | {"booking": {"url": "https://book.example.com"}}
    assert _target(graph_of(ARTICLE, clinic_of(facts))["#clinic"]) == "https://book.example.com"


def test_a_location_with_its_own_booking_address_offers_it_where_it_is_shown() -> None:
    shown = replace(CONTACT_PAGE, locations=tuple(TWO.locations.values()))
    assert _target(graph_of(shown, TWO)["#location-hill"]) == "https://book.example.com/hill"
    assert "potentialAction" not in graph_of(PLAIN_PAGE, TWO)["#location-hill"]


def _target(node: dict[str, dict[str, dict[str, str]]]) -> str:
    return node["potentialAction"]["target"]["urlTemplate"]


def test_the_week_of_a_season_has_its_days() -> None:
    hours = graph_of(CONTACT_PAGE)["#clinic"]["openingHoursSpecification"]
    summer = [entry for entry in hours if entry.get("description") == "Summer"]
    assert [(entry["opens"], entry["closes"], len(entry["dayOfWeek"])) for entry in summer] == [
        ("08:00", "13:00", 1),
        ("00:00", "00:00", 6),
    ]
    assert {(entry["validFrom"], entry["validThrough"]) for entry in summer} == {("2026-07-01", "2026-08-31")}


def test_a_day_with_other_hours_has_an_entry_for_each_period() -> None:
    special = graph_of(CONTACT_PAGE)["#clinic"]["specialOpeningHoursSpecification"]
    by_day = [(entry["opens"], entry["closes"]) for entry in special if entry["validFrom"] == "2026-04-06"]
    assert by_day == [("10:00", "12:00"), ("13:00", "15:00")]
    [open_day] = [entry for entry in special if entry.get("description") == "Open day"]
    assert (open_day["validFrom"], open_day["validThrough"]) == ("2026-05-09", "2026-05-09")


def test_a_clinic_that_closes_on_bank_holidays_names_those_on_which_it_would_be_open() -> None:
    special = graph_of(CONTACT_PAGE)["#clinic"]["specialOpeningHoursSpecification"]
    closed = {entry["description"]: entry["validFrom"] for entry in special if entry["opens"] == "00:00"}
    assert closed["Early May bank holiday"] == "2026-05-04"
    assert "Good Friday" not in closed  # it is closed on Fridays
