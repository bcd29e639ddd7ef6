"""Pasted texts and HTML as Markdown: headings, lists and dates are rebuilt, furniture goes, no word is lost unsaid."""

from __future__ import annotations

from contextvars import copy_context
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest

from clinic.cli.dates import read_day, read_moment
from clinic.cli.importing.html_body import read_body
from clinic.cli.importing.markdown_body import read_markdown
from clinic.cli.importing.text_post import read_text_post
from clinic.cli.importing.tree import parse_html
from clinic.models.language import write_in

if TYPE_CHECKING:
    from clinic.cli.importing.found import Found

TODAY = date(2026, 3, 2)


def pasted(text: str) -> tuple[Found, str]:
    """The post in a text, and its Markdown."""
    found, markup = read_text_post(text, "post.txt", TODAY)
    return found, read_body(parse_html(markup), found.title, "").markdown


def converted(markup: str, title: str = "T") -> str:
    """The Markdown of a page's text."""
    return read_body(parse_html(markup), title, "https://x.example.com/post/t").markdown


@pytest.mark.parametrize(
    ("words", "day", "is_guess"),
    [
        ("Nov 11", date(2025, 11, 11), True),
        ("Mar 2", date(2026, 3, 2), True),
        ("Feb 29", date(2024, 2, 29), True),
        ("Nov 11, 2024", date(2024, 11, 11), False),
        ("11th of November 2024", date(2024, 11, 11), False),
        ("11. Nov. 2024", date(2024, 11, 11), False),
        ("3. März", date(2025, 3, 3), True),
        ("Tuesday, 4 March 2025", date(2025, 3, 4), False),
        ("2024-11-11", date(2024, 11, 11), False),
        ("11/12/2024", date(2024, 12, 11), True),
        ("25/12/2024", date(2024, 12, 25), False),
        ("3 days ago", date(2026, 2, 27), True),
        ("Yesterday", date(2026, 3, 1), True),
    ],
)
def test_days_are_read_as_people_write_them(words: str, day: date, is_guess: bool) -> None:
    read = read_day(words, TODAY)
    assert read is not None
    assert read[0] == day
    assert bool(read[1]) == is_guess


@pytest.mark.parametrize("words", ["May you walk", "2 min read", "March on", "Rosa Quill", "12", "Nov 45"])
def test_other_words_are_no_day(words: str) -> None:
    assert read_day(words, TODAY) is None


@pytest.mark.parametrize(("country", "month"), [("US", 3), ("GB", 4), ("DE", 4), ("IE", 4)])
def test_a_day_in_figures_is_read_as_the_country_writes_it(country: str, month: int) -> None:
    def read() -> date:
        write_in("en", country)
        found = read_day("03/04/2025", TODAY)
        assert found
        return found[0]

    assert copy_context().run(read).month == month


def test_moments_of_programs_keep_their_zone() -> None:
    assert read_moment("Mon, 03 Nov 2025 09:00:00 GMT") == datetime.fromisoformat("2025-11-03T09:00:00+00:00")
    assert read_moment("2021-03-04 10:00:00 +0100") == datetime.fromisoformat("2021-03-04T10:00:00+01:00")
    assert read_moment("2021-03-04") == date(2021, 3, 4)


META = {
    "wix": "Title\n- rosaq\n- Nov 11, 2024\n- 2 min read\nText is here.",
    "lines": "Title\nRosa Quill\nNov 11, 2024\n2 min read\n\nText is here.",
    "dots": "Title\nRosa Quill • Nov 11, 2024 • 2 min read\n\nText is here.",
    "above": "Rosa Quill\nNov 11, 2024\n2 min read\nTitle\nText is here.",
    "dots above": "rosaq · Nov 11, 2024 · 2 min read\n\nTitle\n\nText is here.",
    "labels": "All Posts\nSearch\n\nTitle\nWritten by Rosa Quill\nPublished on 11 November 2024\n\nText is here.",
}


@pytest.mark.parametrize("text", META.values(), ids=META)
def test_author_day_and_reading_time_are_no_part_of_the_text(text: str) -> None:
    found, markdown = pasted(text)
    assert (found.title, found.day, markdown) == ("Title", date(2024, 11, 11), "Text is here.")
    assert found.authors in (["rosaq"], ["Rosa Quill"])


@pytest.mark.parametrize("title", ["Neck Care Tips", "Neck Care", "How I sit"])
def test_a_title_without_an_author_below_it_is_no_author(title: str) -> None:
    found, markdown = pasted(f"{title}\nNov 11, 2024\n2 min read\n\nText is here.\n\nMore.")
    assert (found.title, found.authors, markdown) == (title, [], "Text is here.\n\nMore.")


@pytest.mark.parametrize("opened", ["<div>", "<div><table><tr><td>", "<em><ins>"])
def test_what_stands_in_hundreds_of_frames_is_kept(opened: str) -> None:
    """The parser of HTML would end there, without a word."""
    found = converted(f"<p>First.</p>{opened * 300}Inside.</div><p>Behind.</p>")
    assert [word for word in ("First.", "Inside.", "Behind.") if word not in found] == []


def test_whose_a_quotation_is_makes_no_list() -> None:
    assert pasted("Title\n\n“I walk again.”\n— A patient\n\nText.")[1] == "“I walk again.”\n\n— A patient\n\nText."


def test_a_picture_shown_twice_keeps_both_captions() -> None:
    figure = "<figure><img src='https://x.example.com/a.jpg'><figcaption>{}</figcaption></figure>"
    body = read_body(parse_html(f"<article>{figure.format('One')}{figure.format('Two')}</article>"), "T", "")
    assert [asset.caption for asset in body.assets] == ["One", "Two"]


LISTS = {
    "unmarked": "It goes so:\nFeet first\nKnees next\nHips last\nAfter that, all of it moves as it should.",
    "sentences": "It goes so:\nFeet come first.\nKnees come next.\nHips are last.\nAll of this takes time.",
    "dots": "It goes so:\n• Feet first\n• Knees next\n• Hips last\nText goes on here, as before.",
    "alone": "It goes so:\n•\nFeet first\n•\nKnees next\n•\nHips last\n\nText goes on here, as before.",
    "ticks": "It goes so:\n✅ Feet first\n✅ Knees next\n✅ Hips last\nText goes on here, as before.",
    "numbers": "It goes so:\n1) Feet first\n2) Knees next\n3) Hips last\nText goes on here, as before.",
}


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS)
def test_lists_are_rebuilt_and_end_where_the_text_goes_on(text: str) -> None:
    lines = pasted(f"Title\n\n{text}")[1].split("\n")
    items = [line for line in lines if line.startswith(("- ", "1. ", "2. ", "3. "))]
    assert len(items) == 3
    assert lines[-1] == text.rpartition("\n")[2]


def test_headings_are_found_by_their_shape_and_told() -> None:
    text = "Title\n\nA first paragraph that is long enough.\nWhy It Hurts\nBecause of this and that, as they say.\n"
    found, markdown = pasted(f"{text}What helps?\nWalking helps, and so does sleep, most days.")
    assert "## Why It Hurts" in markdown
    assert "## What helps?" in markdown
    assert sum("heading" in remark.text for remark in found.remarks) == 2


@pytest.mark.parametrize(
    "line",
    ["# 1 of all", "- no list - at all", "1. of May", "> more", "a * b * c", "[sic]", "<b>x</b>", "/// care", "a_b_ c"],
)
def test_signs_of_markdown_stay_words(line: str) -> None:
    from markdown_it import MarkdownIt  # noqa: PLC0415

    shown = MarkdownIt("commonmark").render(converted(f"<p>{line.replace('&', '&amp;').replace('<', '&lt;')}</p>"))
    expected = line.replace(" - at", " – at").replace("<", "&lt;").replace(">", "&gt;")
    assert shown.strip() == f"<p>{expected}</p>"


FURNITURE = (
    "<div class='share-buttons'>Share on X</div>",
    "<div id='jp-relatedposts'><h3>Related</h3></div>",
    "<p>5 min read</p>",
    "<nav>Home</nav>",
    "<section class='comments-area'><p>Nice!</p></section>",
    "<p>The post T appeared first on <a href='https://x.example.com'>X</a>.</p>",
    "<img src='https://pixel.example.com/x.gif' width='1' height='1'>",
)


@pytest.mark.parametrize("furniture", FURNITURE)
def test_furniture_goes_and_its_words_are_told(furniture: str) -> None:
    body = read_body(parse_html(f"<p>Long enough to be the text itself.</p><p>Second one.</p>{furniture}"), "T", "")
    assert body.markdown == "Long enough to be the text itself.\n\nSecond one."
    words = " ".join(parse_html(furniture).itertext()).split()
    assert all(word in " ".join(remark.text for remark in body.remarks) for word in words[:3])


@pytest.mark.parametrize(
    "line",
    ["By Rosa Quill", "March 4, 2024 – by Rosa Quill", "4. März 2024 · von Anna", "Mon, 4 March 2024 | Posted by Rosa"],
)
def test_who_wrote_a_text_and_when_is_no_part_of_it(line: str) -> None:
    body = read_body(parse_html(f"<h1>T</h1><p>{line}</p><p>In 2010 I hurt my back – by chance.</p>"), "T", "")
    assert body.markdown == "In 2010 I hurt my back – by chance."
    assert any(line.split(maxsplit=1)[0] in remark.text for remark in body.remarks)


def test_levels_of_headings_are_closed_and_the_title_is_not_said_twice() -> None:
    markup = "<h1>T</h1><h1>One</h1><h4>Deep</h4><p>x</p><h2>Two</h2><h3></h3><p><b>Bold line</b></p><p>y</p>"
    headings = [line for line in converted(markup).split("\n") if line.startswith("#")]
    assert headings == ["## One", "### Deep", "### Two", "#### Bold line"]


def test_lists_tables_quotes_and_players_are_kept() -> None:
    markup = (
        "<ul><li><p>a</p><ul><li>b</li></ul></li></ul><blockquote>q</blockquote><p>• x<br>• y</p>"
        "<table><tr><th>H</th></tr><tr><td>1</td></tr></table><iframe src='https://www.youtube.com/embed/aBcDeFgHiJk'></iframe>"
    )
    markdown = converted(markup)
    assert "- a\n  - b" in markdown
    assert "> q" in markdown
    assert "- x\n- y" in markdown
    assert "| H |\n| --- |\n| 1 |" in markdown
    assert "/// video | Video\n    url: https://www.youtube.com/watch?v=aBcDeFgHiJk\n///" in markdown


@pytest.mark.parametrize(
    "tag",
    [
        '{% image "sea.jpg", "The sea" %}',
        "{% image 'sea.jpg', 'The sea', '100vw' %}",
        '{% image src="sea.jpg" alt="The sea" %}',
    ],
)
def test_pictures_of_templates_keep_their_words(tag: str) -> None:
    body = read_markdown(f"Above.\n\n{tag}\n\nBelow.\n", "T", PurePosixPath("posts/a.md"), lambda _path: None, 1)
    assert [(asset.url, asset.alt) for asset in body.assets] == [("sea.jpg", "The sea")]
    assert body.markdown.split() == ["Above.", "![](asset:0)", "Below."]
