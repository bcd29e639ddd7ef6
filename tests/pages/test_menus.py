"""The menu and the footer's list: pages as the owner names them, in her order, and addresses elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.site import CLINICS

if TYPE_CHECKING:
    from tests.site import BuildSite, Site

FACTS = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8")
LOGIN = "https://login.example.com/larkmouth"
POST = "---\ntitle: Rest\ntags: [Quiet]\nseries: Sleep\n---\n\nWords.\n"


def page(title: str, *keys: str) -> str:
    return "\n".join(["---", f"title: {title}", *keys, "---", "", "Words.", ""])


def links(site: Site, address: str, where: str) -> list[tuple[str, str]]:
    return [(" ".join(link.get_text().split()), str(link["href"])) for link in site.page(address).select(f"{where} a")]


MENU, FOOTER = ".site-menu__list", ".site-footer__pages"


def test_the_menu_is_the_owners_list_in_its_order_with_her_words(full: Site) -> None:
    assert links(full, "/", MENU) == [
        ("Services", "/services/"), ("Team", "/team/"), ("About", "/about/"), ("First visit", "/your-first-visit/"),
        ("Articles", "/blog/"), ("Events", "/events/"), ("Patient login", LOGIN), ("Contact", "/contact/"),
    ]  # fmt: skip
    assert links(full, "/", FOOTER) == [
        ("About", "/about/"), ("Price list", "/services/"), ("Ankles", "/blog/tags/ankles/"), ("Patient login", LOGIN),
    ]  # fmt: skip


def test_the_page_that_is_shown_is_marked_and_an_address_elsewhere_never_is(full: Site) -> None:
    for address, current in (("/", []), ("/about/", ["About"]), ("/services/pilates/", ["Services"])):
        marked = full.page(address).select(f"{MENU} [aria-current]")
        assert [found.get_text() for found in marked] == current


def test_a_link_elsewhere_says_so_and_opens_as_any_other(full: Site) -> None:
    for where in (MENU, FOOTER):
        [link] = full.page("/").select(f"{where} a[href='{LOGIN}']")
        assert link["rel"] == ["external"]
        assert not link.get("target")
    assert full.problems == []  # a link loads nothing, so it is no third party


@pytest.mark.parametrize(
    "name", ["about", "/about/", "About us", "about us", "pages/about.md", "About", "about.md", "https://least.example.com/about/"]
)  # fmt: skip
def test_a_page_is_known_by_path_title_file_word_or_whole_address(build_site: BuildSite, name: str) -> None:
    menu = f"menu:\n  - Of us: {name}\n"
    site = build_site("minimal", {"clinic.yaml": FACTS + menu, "pages/about.md": page("About us", "menu: About")})
    assert site.problems == []
    assert links(site, "/", MENU) == links(site, "/", FOOTER) == [("Of us", "/about/")]


def test_posts_lists_series_and_the_home_page_can_stand_in_a_menu(build_site: BuildSite) -> None:
    menu = "menu: [home, post/rest, blog/tags/quiet, blog/series/sleep]\n"
    more = {"posts/2026-01-02-rest.md": POST, "posts/2026-01-03-more.md": POST.replace("Rest", "More")}
    site = build_site("minimal", {"clinic.yaml": FACTS + menu, **more})
    assert site.problems == []
    assert [address for _, address in links(site, "/", MENU)] == [
        "/", "/post/rest/", "/blog/tags/quiet/", "/blog/series/sleep/",
    ]  # fmt: skip
    assert [found["href"] for found in site.page("/").select(f"{MENU} [aria-current=page]")] == ["/"]


def test_an_empty_list_is_no_menu(build_site: BuildSite) -> None:
    site = build_site("minimal", {"clinic.yaml": FACTS + "menu: []\n", "pages/about.md": page("About us")})
    assert (site.problems, site.notes) == ([], [])
    assert not site.page("/").select(MENU)


def test_a_line_may_lead_to_a_part_of_a_page(build_site: BuildSite) -> None:
    body = page("Contact us") + "\n## How to find us\n\nBy bus.\n"
    menu = "menu: [contact, Find us: contact#how-to-find-us]\n"
    site = build_site("minimal", {"clinic.yaml": FACTS + menu, "pages/contact.md": body})
    assert site.problems == []
    assert links(site, "/", MENU) == [("Contact us", "/contact/"), ("Find us", "/contact/#how-to-find-us")]
    marked = site.page("/contact/").select(f"{MENU} [aria-current]")
    assert [found.get_text() for found in marked] == ["Contact us"]


WRONG = {
    "menu: [Words: contact#knees]": 'no heading of "Contact us" is called "#knees"; write the words of one',
    "menu: [contatc]": 'there is no page "contatc" for a menu; did you mean "contact"?',
    "menu: [zebras and such]": 'there is no page "zebras and such" for a menu; write the title or the path of a page',
    "menu: [half]": '"half" is not published (draft), so it cannot be in a menu; publish it, or take it out',
    "menu: [Half written]": '"Half written" is not published (draft)',
    "menu: [post/later]": '"post/later" is not published (scheduled for',
    "menu: [secret]": '"secret" is hidden, so it stands in no menu; take it out, or "status: hidden" of its file',
    "menu: [contact, Contact us]": '"Contact us" is a page that stands in this menu already; take one out',
    "menu: [Twin]": 'several pages are called "Twin"; write the path of one, such as /twin-a/ or /twin-b/',
    "footer: [contatc]": 'there is no page "contatc" for a menu; did you mean "contact"?',
}


@pytest.mark.parametrize("line", WRONG)
def test_a_page_that_cannot_stand_in_a_menu_is_told_at_its_line(build_site: BuildSite, line: str) -> None:
    files = {
        "pages/contact.md": page("Contact us"),
        "pages/half.md": page("Half written", "status: draft"),
        "pages/secret.md": page("Secret", "status: hidden"),
        "pages/twin-a.md": page("Twin"),
        "pages/twin-b.md": page("Twin").replace("Words", "Others"),
        "posts/2027-01-02-later.md": page("Later"),
    }
    key, _, items = line.partition(": ")
    listed = "".join(f"  - {item}\n" for item in items.strip("[]").split(", "))
    text = f"{FACTS}{key}:\n{listed}"
    site = build_site("minimal", {**files, "clinic.yaml": text})
    [problem] = site.problems
    last = len(text.splitlines())
    assert problem.startswith(f"content/clinic.yaml:{last}: {WRONG[line]}")


def test_in_the_preview_a_draft_can_be_looked_at_from_the_menu(build_site: BuildSite) -> None:
    files = {"clinic.yaml": FACTS + "menu: [half]\n", "pages/half.md": page("Half written", "status: draft")}
    site = build_site("minimal", files, preview=True)
    assert links(site, "/", MENU) == [("Half written", "/half/")]


def test_a_page_that_asks_for_the_menu_by_itself_beside_the_list_is_told(build_site: BuildSite) -> None:
    files = {"clinic.yaml": FACTS + "menu: [contact]\n", "pages/about.md": page("About us", "menu: About")}
    site = build_site("minimal", files)
    [note] = site.notes
    assert note.startswith('content/pages/about.md:3: note: "menu" in clinic.yaml lists the whole menu')
