"""Without a summary of the owner's the first paragraph stands in lists and feeds: in whole words, and in words only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from clinic.rendering.text import first_paragraph, shorten

if TYPE_CHECKING:
    from tests.site import BuildSite, Site

HEAD = "---\ntitle: {}\n---\n\n"
LONG = (
    'An *ankle* that cannot bend --- as Dr. Moss\'s "four [hundred feet](https://example.com/an-address)" showed[^1] '
    "--- asks the knee, and the knee asks the hip, e.g. on a stair. So the back gives way in the end, which is what "
    "people feel, and where they rub. Nobody rubs an ankle that does not hurt, although that is where <abbr "
    'title="range of motion">ROM</abbr> was lost years ago. This sentence is too much.'
)
POSTS = {
    "long": f"{LONG}\n\nMore.\n\n[^1]: Of runners.\n",
    "directive": "/// callout | First of all\nNot these words.\n///\n\n/// booking\nNor these.\n///\n\nThese words.\n",
    "image": "![Steps cut into a cliff]({static}/images/steps.png)\n\nThese words.\n",
    "table": "| A | B |\n|---|---|\n| 1 | 2 |\n\nThese words.\n",
    "attribute": "These words.\n{: .lead }\n\nNot these.\n",
    "list": "- One thing\n- Another[^1]\n\n[^1]: Not this.\n",
    "only-directive": "/// callout | First of all\nThese words.\n///\n",
}
EXPECTED = dict.fromkeys(("directive", "image", "table", "attribute", "only-directive"), "These words.")
EXPECTED["list"] = "One thing Another"


@pytest.fixture(scope="session")
def site(build_site: BuildSite) -> Site:
    """Posts that begin with anything but a plain paragraph, and one with a long one."""
    posts = {f"posts/2026-02-2{n}-{name}.md": HEAD.format(name) + POSTS[name] for n, name in enumerate(POSTS)}
    found = build_site("full", posts)
    assert found.problems == []
    return found


def description(site: Site, slug: str) -> str:
    [meta] = site.page(f"/post/{slug}/").select("meta[name=description]")
    return str(meta["content"])


@pytest.mark.parametrize("name", EXPECTED)
def test_the_first_words_of_the_text_itself_are_taken(site: Site, name: str) -> None:
    assert description(site, name) == EXPECTED[name]


def test_a_long_paragraph_ends_with_a_sentence_in_lists_and_feeds(site: Site) -> None:
    [card] = [
        card for card in site.page("/blog/").select(".article-card") if card.a and card.a["href"] == "/post/long/"
    ]
    [summary] = card.select(".article-card__summary")
    words = " ".join(summary.get_text().split())
    assert words.startswith("An ankle that cannot bend — as Dr. Moss’s “four hundred feet” showed — asks the knee")
    assert words.endswith("ROM was lost years ago.")
    [feed] = re.findall(r"<description>(An ankle.*?)</description>", site.read("blog-feed.xml"))
    assert feed == words


@pytest.mark.parametrize("limit", range(20, 330, 7))
def test_it_is_never_cut_in_a_word(limit: int) -> None:
    text = re.sub(r"<[^>]*>|\[\^1\]", "", LONG)
    cut = shorten(text, limit)
    assert len(cut) <= limit + 1
    kept = cut.removesuffix("…").split()
    assert kept[:-1] == text.split()[: len(kept) - 1]
    assert text.split()[len(kept) - 1].rstrip(" ,;:–—-") == kept[-1].rstrip(" ,;:–—-")
    assert not cut.endswith(("Dr.", "e.g."))


@pytest.mark.parametrize("limit", range(20, 330, 7))
def test_it_is_never_cut_in_a_tag_or_an_entity(limit: int) -> None:
    markup = f"<p>{LONG.replace('*ankle*', '<em class=x>ankle</em> &amp; <span class=caps>A&amp;E</span>')}</p>"
    words = first_paragraph(markup, limit)
    assert not re.search(r"[<>]|&\w*;|&\w*$", words.replace("A&E", "AE").replace(" & ", " "))
