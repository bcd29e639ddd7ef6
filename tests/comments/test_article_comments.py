"""Comments stand under their article, in order, counted, and nowhere else."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.comments.conftest import ANKLES, POST, comment
from tests.site import CLINICS

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

    from tests.site import BuildSite, Site

FACTS = (CLINICS / "full" / "clinic.yaml").read_text("utf-8")
LEAST = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8")
SETTINGS = re.compile(r"comments:\n(?:  .*\n)+")
OFF = {"clinic.yaml": SETTINGS.sub("comments: off\n", FACTS)}
JO, ROSA, MO = "comment--2026-01-16-jo", "comment--2026-01-17-rosa", "comment--2026-01-18-mo"


def conversation(site: Site, address: str = POST) -> Tag:
    found = site.page(address).find(id="comments")
    assert found
    return found


def graph(page: BeautifulSoup) -> list[dict[str, object]]:
    script = page.find("script", type="application/ld+json")
    assert script
    nodes: list[dict[str, object]] = json.loads(str(script.string))["@graph"]
    return nodes


def test_answers_stand_inside_what_they_answer(full: Site) -> None:
    found = conversation(full)
    assert found.select_one("h2").get_text() == "3 comments"  # type: ignore[union-attr]
    assert [entry["id"] for entry in found.select("li.comment")] == [JO, ROSA, MO]
    assert found.select_one(f"li#{JO} > ol > li#{ROSA} > ol > li#{MO}")


def test_each_comment_has_a_place_of_its_own_and_its_day(full: Site) -> None:
    for entry in conversation(full).select("li.comment"):
        link = entry.select_one(".comment__date")
        assert link
        assert link["href"] == f"#{entry['id']}"
        assert link.time
        assert datetime.fromisoformat(str(link.time["datetime"])).tzinfo


def test_the_clinics_own_answer_says_who_gives_it(full: Site) -> None:
    found = conversation(full)
    assert [name["href"] for name in found.select(".comment--answer > .comment__entry .comment__name a")] == [
        "/team/rosa-quill/"
    ]
    assert len(found.select(".comment__badge")) == 1


def test_cards_count_comments_and_lead_to_them(full: Site) -> None:
    links = {link["href"]: link.get_text() for link in full.page("/blog/").select(".article-card__comments")}
    assert links == {f"{POST}#comments": "3 comments", "/post/shoes/#comments": "1 comment"}


def test_an_article_without_comments_has_none_of_it(full: Site) -> None:
    page = full.page("/blog/")
    [card] = [card for card in page.select(".article-card") if card.find(href="/post/quiet-week/")]
    assert "comment" not in card.get_text()
    assert ".comment__words" not in full.html("/post/quiet-week/")
    assert "commentCount" not in full.html("/post/quiet-week/")


@pytest.mark.parametrize("words", ["not been agreed to", "Words under a draft"])
def test_drafts_and_comments_of_drafts_are_nowhere(full: Site, build_site: BuildSite, words: str) -> None:
    assert words not in full.everything()
    assert words in build_site("full", preview=True).everything()


def test_comments_wait_for_their_day_and_their_article_and_take_their_answers_along(build_site: BuildSite) -> None:
    overlay = {
        f"comments/{ANKLES}/later.md": comment("From tomorrow.", day="2026-03-03", consent="2026-03-01"),
        f"comments/{ANKLES}/early.md": comment(
            "An early answer.", day="2026-03-03", consent="2026-03-01", in_reply_to="later.md"
        ),
        "comments/new-year/2026-02-01-kit.md": comment("Under what waits."),
        "comments/for-the-running-club/2026-02-01-kit.md": comment("Under what is hidden."),
    }
    site = build_site("full", overlay)
    assert site.problems == []
    everything = site.everything()
    assert not [words for words in ("From tomorrow", "An early answer", "Under what waits") if words in everything]
    assert "Under what is hidden." in site.html("/post/for-the-running-club/")
    assert "Under what is hidden." not in site.read("blog/comments.atom.xml")
    later = build_site("full", overlay, now=datetime(2026, 3, 4, 12, tzinfo=UTC))
    assert "From tomorrow." in later.html(POST)
    assert "An early answer." in later.html(POST)


def test_the_graph_tells_who_said_what_and_to_whom(full: Site) -> None:
    nodes = {str(node.get("@id", "")).rpartition("#")[2]: node for node in graph(full.page(POST))}
    assert nodes["article"]["commentCount"] == 3
    assert [part["@id"] for part in nodes["article"]["comment"]] == [  # type: ignore[attr-defined]
        f"https://larkmouth.example.com{POST}#{key}" for key in (JO, ROSA, MO)
    ]
    assert nodes[JO]["author"] == {"@type": "Person", "name": "Jo"}
    assert (
        nodes[JO]["text"]
        == "I turned mine at mile four, on the flat bit by the car park. How long before a first short walk?"
    )
    assert nodes[ROSA]["parentItem"] == {"@id": nodes[JO]["@id"]}
    assert nodes[ROSA]["author"]["@id"].endswith("/team/rosa-quill/#person")  # type: ignore[index]


def test_an_e_mail_opens_with_the_lines_to_fill_in(full: Site) -> None:
    found = conversation(full)
    write, reply = (
        urlsplit(str(link["href"])) for link in (found.select(".button")[0], found.select(".comment__act a")[0])
    )
    assert write.path == reply.path == "hello@larkmouth.example.com"
    asked = parse_qs(write.query, keep_blank_values=True)
    assert asked["subject"] == ["Comment on: Ankles & the coast path: “how far?”"]
    assert f"Article: {ANKLES}" in asked["body"][0]
    assert re.search(r"publish it.*\(yes/no\): *\r\n", asked["body"][0])  # a question without an answer
    assert "In reply to: 2026-01-16-jo" in parse_qs(reply.query)["body"][0]
    assert "anything about your health" in found.get_text()


def test_comments_close_after_so_many_days_and_say_so(full: Site) -> None:
    shoes = conversation(full, "/post/shoes/")
    assert "Comments are closed." in shoes.get_text()
    assert not shoes.select("a[href^=mailto]")


def test_one_line_turns_comments_off(build_site: BuildSite) -> None:
    site = build_site("full", OFF)
    assert site.exit_code == 0
    assert "turned mine" not in site.everything()
    assert not [file for file in site.files if "comments" in file]
    assert not [address for address in site.pages if site.page(address).find(id="comments")]


def test_an_article_may_close_or_leave_out_its_own(choices: Site) -> None:
    assert choices.problems == []
    assert conversation(choices, "/post/open/").select("a[href^=mailto]")
    assert "Comments are closed." in conversation(choices, "/post/closed/").get_text()
    assert not choices.page("/post/none/").find(id="comments")
    assert "Under none" not in choices.everything()


def test_a_heading_called_comments_keeps_its_own_address(choices: Site) -> None:
    ids = [element["id"] for element in choices.page("/post/open/").find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert conversation(choices, "/post/open/").name == "section"


@pytest.mark.parametrize(
    ("provider", "action"),
    [
        ("netlify", "/contact/thank-you/"),
        ("formspree, id: xyzabcde", "https://formspree.io/f/xyzabcde"),
        ("cloudflare", "/api/contact"),
    ],
)
def test_a_form_takes_the_place_of_the_e_mail(build_site: BuildSite, provider: str, action: str) -> None:
    overlay = {
        "clinic.yaml": f"{LEAST}contact_form: {{provider: {provider}}}\n",
        "posts/2026-03-01-feet.md": "---\ntitle: Feet\n---\n\nWords.\n",
        "comments/feet/kit.md": comment(),
    }
    site = build_site("minimal", overlay)
    assert site.problems == []
    form = conversation(site, "/post/feet/").form
    assert form
    assert form["action"] == action
    fields = {str(field["name"]): field for field in form.select("[name]")}
    assert {"name", "comment", "consent", "article", "in_reply_to", "email"} <= fields.keys()
    assert fields["article"]["value"] == "feet"
    assert [option["value"] for option in fields["in_reply_to"].select("option")] == ["", "kit"]
    assert fields["consent"].has_attr("required")
    assert not fields["consent"].has_attr("checked")
    assert provider != "netlify" or fields["form-name"]["value"] == form["name"] == "comment"
    assert not conversation(site, "/post/feet/").select("a[href^=mailto]")
