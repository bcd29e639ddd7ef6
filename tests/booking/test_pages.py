"""What a visitor finds: links that lead straight to the right form, and a form in the page only once they ask."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.site import CLINICS

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Route

    from tests.site import BuildSite, Site


PROVIDER = "https://example-clinic.uk1.cliniko.com/"
ARTICLE = "/post/ankles-on-the-coast-path/"
FACTS = (CLINICS / "full" / "clinic.yaml").read_text("utf-8")


@pytest.fixture(scope="session")
def embedding(build_site: BuildSite) -> Site:
    """The full clinic with the form in its book page, and no campaigns."""
    facts = FACTS.replace("  embed: no", "  embed: yes").replace("  campaign: yes", "  campaign: no")
    return build_site("full", {"clinic.yaml": facts})


def booking_links(site: Site, address: str) -> dict[str, str]:
    """Where the links to the provider lead, by the position on the page that they name."""
    links = [str(link["href"]) for link in site.page(address).select(f'a[href^="{PROVIDER}"]')]
    return {parse_qs(urlsplit(link).query)["utm_content"][0]: link for link in links}


def test_every_link_to_the_provider_says_page_and_position(full: Site) -> None:
    assert set(booking_links(full, ARTICLE)) == {"header", "sidebar", "foot", "action-bar"}
    assert set(booking_links(full, "/post/shoes/")) == {"header", "sidebar", "inline", "action-bar"}
    assert set(booking_links(full, "/contact/")) == {"header", "banner", "action-bar"}
    for address in ("/", ARTICLE, "/blog/", "/services/sports-therapy/", "/404.html"):
        for link in booking_links(full, address).values():
            said = parse_qs(urlsplit(link).query)
            assert said["utm_source"] == ["larkmouth.example.com"]
            assert said["utm_campaign"] == [address.strip("/") or "home"]


def test_an_article_leads_to_the_form_for_its_own_service(full: Site) -> None:
    said = parse_qs(urlsplit(booking_links(full, ARTICLE)["foot"]).query)
    assert (said["appointment_type_id"], said["business_id"]) == (["3002"], ["1001"])


def test_the_provider_opens_in_the_same_tab(full: Site) -> None:
    for address in ("/", ARTICLE, "/book/"):
        links = full.page(address).select(f'a[href^="{PROVIDER}"]')
        assert links
        assert not [link for link in links if link.has_attr("target")]


def test_structured_data_carries_the_clean_address(full: Site) -> None:
    targets = re.findall(r'"urlTemplate":"([^"]*)"', full.html("/services/sports-massage/"))
    assert f"{PROVIDER}bookings?appointment_type_id=3001" in targets
    assert not [target for target in targets if "utm_" in target]


def test_links_in_feeds_say_so(full: Site) -> None:
    for feed in ("blog-feed.xml", "blog/atom.xml"):
        assert set(re.findall(r"utm_medium=(\w+)", full.read(feed))) == {"feed"}


def test_campaigns_can_be_turned_off(embedding: Site) -> None:
    assert "utm_" not in embedding.everything()
    assert embedding.page("/").select(f'a[href="{PROVIDER}bookings"]')


def test_the_form_is_on_the_book_page_only_and_only_where_the_owner_asks(full: Site, embedding: Site) -> None:
    assert "iframe" not in full.everything()
    assert [address for address in embedding.pages if "iframe" in embedding.html(address)] == ["/book/"]


def test_nothing_is_asked_of_the_provider_before_the_visitor_asks(
    embedding: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(content_type="text/html", body="<h1>The form</h1>")

    page = open_page("about:blank")
    page.context.route(re.compile(r"cliniko\.com"), answer)
    page.goto(serve(embedding.output) + "/book/", wait_until="networkidle")
    expect(page.get_by_text("This loads the booking form from cliniko.com, which may set cookies.")).to_be_visible()
    assert asked == []
    page.get_by_role("button", name="Show the booking form").click()
    form = page.frame_locator("iframe[title='Book at Larkmouth & Tarn Movement Clinic']")
    expect(form.get_by_role("heading", name="The form")).to_be_visible()
    assert asked == [f"{PROVIDER}bookings?embedded=true"]


def test_without_script_there_is_the_link_and_no_button_that_does_nothing(
    embedding: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page(serve(embedding.output) + "/book/", java_script_enabled=False)
    expect(page.get_by_role("button", name="Show the booking form")).to_be_hidden()
    expect(page.get_by_role("main").get_by_role("link", name="Book an appointment online")).to_be_visible()


def service(title: str, *more: str) -> str:
    """The file of a service."""
    return "\n".join(["---", f"title: {title}", *more, "---", "", "What it is."])


def choices(site: Site) -> dict[str, str]:
    """Where each row below "What would you like to book?" leads, by the words of its link."""
    links = site.page("/book/").select(".service-card a")
    return {" ".join(link.get_text().split()): str(link["href"]) for link in links}


def test_where_nothing_is_booked_online_the_services_to_book_lead_to_their_pages(build_site: BuildSite) -> None:
    files = {"services/knees.md": service("Knees"), "services/hips.md": service("Hips")}
    assert choices(build_site("minimal", files)) == {"Hips": "/services/hips/", "Knees": "/services/knees/"}


def test_of_one_service_nobody_is_asked_which(build_site: BuildSite) -> None:
    site = build_site("minimal", {"services/knees.md": service("Knees")})
    assert "What would you like to book?" not in site.words("/book/")
    assert "Please do not send medical details" in site.words("/book/")


def test_beside_services_booked_online_another_says_how_it_is_booked(build_site: BuildSite) -> None:
    online = service("Knees", "booking_url: https://book.example.com/knees")
    site = build_site("minimal", {"services/knees.md": online, "services/hips.md": service("Hips")})
    found = choices(site)
    assert found["Book online: Knees"].startswith("https://book.example.com/knees?")
    (words, url), *_ = [(words, url) for words, url in found.items() if words.endswith(": Hips")]
    assert words.startswith("Call to book ")
    assert url.startswith("tel:")
