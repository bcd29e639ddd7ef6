"""Every touch of what Pelican keeps private, held by itself: a new Pelican that differs fails here first."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from pelican import signals
from pelican.contents import Article as PelicanArticle
from pelican.contents import Static
from pelican.generators import ArticlesGenerator, PagesGenerator, StaticGenerator
from pelican.readers import MarkdownReader, Readers
from pelican.settings import DEFAULT_CONFIG, get_settings_from_file
from pelican.urlwrappers import Author, Category, Tag

from clinic.plugin import adapter, register
from tests.site import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from clinic.plugin.pelican_types import Article

SETTINGS: dict[str, Any] = {**DEFAULT_CONFIG, "PATH": str(ROOT / "tests" / "clinics" / "minimal"), "SITEURL": ""}


def article(**metadata: Any) -> Article:
    known = {"title": "Knees", "slug": "knees", "date": datetime(2026, 1, 1, tzinfo=UTC), **metadata}
    made = PelicanArticle("<p>Words.</p>", known, settings=SETTINGS, source_path=f"{SETTINGS['PATH']}/posts/x.md")
    return cast("Article", made)


def test_the_body_is_what_pelican_resolves_links_in() -> None:
    found = article()
    assert adapter.body_of(found) == "<p>Words.</p>"
    adapter.set_body(found, "<p>Others.</p>")
    assert found.get_content("") == "<p>Others.</p>"


def test_a_text_that_is_read_again_leaves_nothing_of_the_former_one() -> None:
    found, other = article(summary="Old."), article(summary="Another.")
    for each in (found, other):
        assert each.get_content("https://x.example") == "<p>Words.</p>"
    assert (str(vars(found)["metadata"]["summary"]), cast("Any", found).summary) == ("Old.", "Old.")
    adapter.reread(found, "<p>New.</p>", {"summary": "New.", "title": "Hips"})
    assert found.get_content("https://x.example") == "<p>New.</p>"
    assert (cast("Any", found).summary, found.title) == ("New.", "Hips")
    assert (other.get_content("https://x.example"), cast("Any", other).summary) == ("<p>Words.</p>", "Another.")


def test_a_settled_address_is_the_one_that_pelican_goes_on_with() -> None:
    found = article()
    before = found.url, found.save_as
    adapter.settle_address(found)
    vars(found)["slug"] = "other"
    assert (found.url, found.save_as) == before


def test_a_forgotten_body_is_made_anew() -> None:
    found = article()
    before = found.content
    adapter.forget_body(found)
    assert found.content == before
    adapter.forget_body(found)
    adapter.set_body(found, "<p>Other.</p>")
    assert found.content == "<p>Other.</p>"


def test_a_copied_file_is_published_at_the_address_that_is_given() -> None:
    file = Static("", settings=SETTINGS, source_path=f"{SETTINGS['PATH']}/images/x.png")
    adapter.publish_at(file, "images/x-1.webp")
    assert (file.url, file.save_as) == ("images/x-1.webp", "images/x-1.webp")


def test_lists_of_an_article_are_there_or_empty() -> None:
    plain = article()
    assert (adapter.category_of(plain), adapter.tags_of(plain), adapter.modified_of(plain)) == (None, (), None)
    listed = article(
        category=Category("Backs", SETTINGS), tags=[Tag("Ankles", SETTINGS)], authors=[Author("Ann", SETTINGS)]
    )
    assert str(adapter.category_of(listed)) == "Backs"
    assert [str(tag) for tag in adapter.tags_of(listed)] == ["Ankles"]
    adapter.set_authors(listed, [])
    assert adapter.authors_of(listed) == ()


@pytest.mark.parametrize(("kind", "path"), [("category", "categories"), ("tag", "tags"), ("author", "authors")])
def test_a_list_has_the_address_that_pelican_gives_it(kind: str, path: str) -> None:
    settings = get_settings_from_file(str(ROOT / "pelicanconf.py"))
    settings = {**DEFAULT_CONFIG, **settings}
    assert adapter.list_url(kind, "Back pain", settings) == f"blog/{path}/back-pain/"


def test_a_page_is_rendered_for_its_path_and_pelican_opens_no_file(tmp_path: Path) -> None:
    writer = adapter.RenderingWriter(str(tmp_path), settings=SETTINGS)
    rendered: list[str] = []

    def render(variables: dict[str, Any]) -> str:
        rendered.append(variables["output_file"])
        return "words"

    writer.write_file("post/x/index.html", SimpleNamespace(render=render), {"localsiteurl": ""})
    assert rendered == ["post/x/index.html"]
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_generators_give_their_lists_by_kind_and_let_pages_be_taken_out() -> None:
    options: dict[str, Any] = {
        "context": {"generated_content": {}, "static_links": set(), "static_content": {}},
        "settings": SETTINGS,
        "path": SETTINGS["PATH"],
        "theme": str(ROOT / "theme"),
        "output_path": "output",
    }
    found = adapter.Generators([kind(**options) for kind in (ArticlesGenerator, PagesGenerator, StaticGenerator)])
    one = article()
    found.articles.articles = [one]
    found.articles.hidden_articles = []
    found.articles.categories, found.articles.authors = [(Category("Backs", SETTINGS), [one])], []
    found.articles.tags = {Tag("Ankles", SETTINGS): [one]}
    assert found.all_articles == [one]
    assert [str(name) for kind in ("category", "tag", "author") for name, _ in found.lists(kind)] == ["Backs", "Ankles"]
    found.articles.dates = [one]
    found.leave_out_dates()
    assert found.articles.dates == []
    found.remove(one)
    assert found.listed_articles == []
    assert found.settings is SETTINGS


def test_nothing_is_said_of_a_markdown_reader_that_is_not_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' own environment has the package "markdown", for the bench; the owner's has not."""
    monkeypatch.setattr(MarkdownReader, "enabled", False)
    register()
    assert "md" not in Readers(SETTINGS).disabled_readers


def test_files_are_not_asked_for_their_times_and_links_to_copied_ones_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signals.generator_init, "send", lambda _: None)  # another test may have connected ours
    context: dict[str, Any] = {"static_links": set(), "generated_content": {}}
    settings = {**SETTINGS, "CACHE_PATH": str(tmp_path)}
    generator = ArticlesGenerator(context, settings, SETTINGS["PATH"], settings["THEME"], str(tmp_path))
    adapter.ask_for_no_more_than_needed(generator)
    monkeypatch.setattr(os.path, "getmtime", lambda _: pytest.fail("asked"))
    for cacher in (generator, generator.readers):
        cacher.cache_data("posts/x.md", "text")
        assert cacher.get_cached_data("posts/x.md", "none is kept") == "none is kept"
    linked, other = article(), article()
    adapter.set_body(linked, '<a href="{static}/files/knee.pdf">Knee</a>')
    for each in (linked, other):
        generator.add_static_links(each)
    assert context["static_links"] == {"files/knee.pdf"}
