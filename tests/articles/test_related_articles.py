"""Beneath an article stand its related articles, found by its subjects and its words."""

from __future__ import annotations

import random
from collections import Counter
from time import process_time
from typing import TYPE_CHECKING

import pytest

from clinic.domain.articles.related import ArticleProfile, Label, Match, RelatedArticles, stem, stems
from tests.bench.articles import samples

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.site import BuildSite, Site


def document(key: str, words: str = "", *tags: str, day: int = 0) -> ArticleProfile:
    return ArticleProfile(key, (-day, key), tuple(Label("tag", tag, 2.0) for tag in tags), stems(words))


def nearest(documents: Iterable[ArticleProfile], key: str) -> list[str]:
    return [match.key for match in RelatedArticles(documents).nearest(key)]


@pytest.mark.parametrize(
    "forms",
    [
        "ankle ankles",
        "run running runs",
        "injury injuries",
        "stretch stretched stretching stretches",
        "move moving moved",
    ],
)
def test_the_forms_of_a_word_are_one_word(forms: str) -> None:
    assert len({stem(word) for word in forms.split()}) == 1


def test_common_words_addresses_and_tags_tell_nothing() -> None:
    text = "The ankle and its [friends](https://example.com/secret-words) <span class='hidden'>are</span> without"
    assert stems(text) == Counter({stem("ankle"): 1, stem("friends"): 1})


def test_a_shared_tag_weighs_more_than_shared_words() -> None:
    words = "tendon cartilage meniscus ligament"
    documents = [document("a", words, "Knees"), document("words", words), document("tag", "something else", "Knees")]
    documents += [document(f"other{n}", f"lorem{chr(97 + n)} ipsum") for n in range(6)]
    assert nearest(documents, "a") == ["tag", "words"]


def test_a_rare_word_tells_more_than_one_that_everybody_uses() -> None:
    documents = [
        document("a", "posture tendon"),
        document("rare", "tendon posture"),
        document("usual", "posture walking"),
    ]
    documents += [document(f"other{n}", f"posture walking {'abcdef'[n] * 4}") for n in range(6)]
    assert nearest(documents, "a")[0] == "rare"


def test_an_article_is_related_neither_to_itself_nor_to_one_of_another_subject() -> None:
    assert nearest([document("a", "tendon", "Knees"), document("b", "bread", "Baking")], "a") == []


def test_the_subject_shown_is_one_that_both_have() -> None:
    both = [document("a", "", "Knees", "Running"), document("b", "", "knees", "Neck"), document("c", "", "Sleep")]
    assert list(RelatedArticles(both).nearest("a")) == [Match("b", "Knees")]


def test_the_order_in_which_articles_are_read_makes_no_difference() -> None:
    documents = made_up(300)
    mixed = documents.copy()
    random.Random(3).shuffle(mixed)  # noqa: S311 (chance is wanted that repeats itself)
    first, second = RelatedArticles(documents), RelatedArticles(mixed)
    assert [[*first.nearest(each.key)] for each in documents] == [[*second.nearest(each.key)] for each in documents]


def made_up(count: int) -> list[ArticleProfile]:
    return [document(each.slug, each.body, *each.tags, day=each.day.toordinal()) for each in samples(count)]


def test_the_work_for_one_article_does_not_grow_with_their_number() -> None:
    """Ten times the articles may cost ten times the time, with room for a busy machine; never a hundred times."""
    few, many = seconds(made_up(250)), seconds(made_up(2500))
    assert many < 30 * few


def seconds(documents: list[ArticleProfile]) -> float:
    started = process_time()
    related = RelatedArticles(documents)
    for each in documents:
        list(related.nearest(each.key))
    return process_time() - started


def post(title: str, front_matter: str = "", words: str = "Some words.") -> str:
    return f"---\ntitle: {title}\ndate: 2026-01-01\n{front_matter}---\n\n{words}\n"


POSTS: dict[str, str | bytes | None] = {
    "posts/knees.md": post("Knees on stairs", "tags: [Knees]\n"),
    "posts/knees-again.md": post("Kneeling", "tags: [knees]\n"),
    "posts/bread.md": post("Bread"),
    "posts/draft.md": post("Drafted knees", "status: draft\ntags: [Knees]\n"),
    "posts/hidden.md": post("Hidden knees", "status: hidden\ntags: [Knees]\n"),
    "posts/2099-01-01-later.md": post("Future knees", "tags: [Knees]\n").replace("date: 2026-01-01\n", ""),
}


@pytest.fixture(scope="session")
def site(build_site: BuildSite) -> Site:
    return build_site("minimal", POSTS)


def related(site: Site, address: str) -> list[str]:
    return [str(link["href"]) for link in site.page(address).select(".related .article-card__link")]


def test_the_closest_comes_first_and_the_newest_fill_up(site: Site) -> None:
    assert related(site, "/post/knees/") == ["/post/knees-again/", "/post/bread/"]
    facts = site.page("/post/knees/").select(".related .article-card__facts")
    assert "Also about: Knees" in facts[0].get_text()
    assert "Also about" not in facts[1].get_text()


def test_what_is_not_published_is_related_to_no_article_and_changes_none(site: Site, build_site: BuildSite) -> None:
    without = build_site(
        "minimal", {name: text for name, text in POSTS.items() if name.count("knees") or "bread" in name}
    )
    for address in ("/post/knees/", "/post/knees-again/", "/post/bread/"):
        assert not {"/post/draft/", "/post/hidden/", "/post/later/"} & set(related(site, address))
        assert site.html(address) == without.html(address)


def test_a_hidden_article_leads_its_readers_on(site: Site) -> None:
    assert related(site, "/post/hidden/")[:1] == ["/post/knees/"]


def test_a_draft_is_shown_in_the_preview_with_its_related_articles(build_site: BuildSite) -> None:
    preview = build_site("minimal", POSTS, preview=True)
    assert set(related(preview, "/post/draft/")[:2]) == {"/post/knees/", "/post/knees-again/"}
    assert "/post/draft/" not in related(preview, "/post/knees/")


def test_a_lone_article_ends_without_an_empty_list(solo: Site) -> None:
    [address] = [page for page in solo.pages if page.startswith("/post/")]
    assert not solo.page(address).select(".related")


@pytest.mark.parametrize("steepness", [1, 2])
def test_an_index_in_which_a_text_is_replaced_is_the_index_of_the_texts_as_they_are(steepness: int) -> None:
    """The preview compares an edited article with all others without reading these again."""
    chance = random.Random(4)  # noqa: S311 (chance is wanted that repeats itself)
    vocabulary = [f"{first}{second}a" for first in ("bac", "kne", "ank", "hip", "nec") for second in "bcdfghjklmnprstv"]
    # some words are in most texts, most in few
    weights = [1 / (rank + 1) ** steepness for rank in range(len(vocabulary))]

    def words() -> str:
        return " ".join(chance.choices(vocabulary, weights, k=chance.choice((3, 30, 90))))

    texts = {f"article-{number}": words() for number in range(40)}
    profiles = {
        key: document(key, text, f"Tag {len(text) % 3}", day=number) for number, (key, text) in enumerate(texts.items())
    }
    index = RelatedArticles(profiles.values())
    for _ in range(30):
        key = chance.choice([*texts])
        fewer = " ".join(texts[key].split()[:-1]) or "knees"
        texts[key] = chance.choice((words(), f"{texts[key]} {words()}", fewer, "backs"))
        old = profiles[key]
        profiles[key] = ArticleProfile(key, old.order, old.labels, stems(texts[key]))
        index.replace(profiles[key])
        fresh = RelatedArticles(profiles.values())
        assert {key: [*index.nearest(key)] for key in texts} == {key: [*fresh.nearest(key)] for key in texts}
    with pytest.raises(KeyError):
        index.replace(document("unknown", "backs"))
