"""A key that another program has is answered with ours, never with the nearest name, which would be harmful advice."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from clinic.content.clinic import DEFAULT_CONTEXT
from clinic.content.documents import DocumentReader
from clinic.content.front_matter import split_markdown
from clinic.rendering.markdown.lint import lint_values

READER = DocumentReader(DEFAULT_CONTEXT, datetime(2026, 3, 2, tzinfo=UTC))


def advice(line: str) -> list[str]:
    file = split_markdown(f"---\ntitle: A case\ndate: 2024-01-01\n{line}\n---\n\nWords.\n", "x.md")
    return [diagnostic.message for diagnostic in READER.article("posts/x.md", file).diagnostics]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("draft: true", "write status: draft"),
        ("draft: yes", "write status: draft"),
        ("Draft: True", "write status: draft"),
        ("published: false", "write status: draft"),
        ("publish: no", "write status: draft"),
        ("private: true", "write status: draft"),
        ("password: abc", "write status: draft"),
        ("visibility: members", "write status: draft"),
        ("post_status: pending", "write status: draft"),
        ("dg-publish: false", "write status: draft"),
        ("hidden: true", "write status: hidden"),
        ("noindex: true", "write status: hidden"),
        ("visibility: public", "remove this line"),
        ("published: 2024-02-01", "write date"),
        ("Tags: [a]", "write tags"),
        ("og:image: images/a.jpg", "write image (and image_alt)"),
        ("meta_title: B", "write title"),
        ("medically_reviewed_by: Jo", "write reviewed_by"),
        ("sticky: true", "write pinned"),
        ("faq: What?", "write its words into the text, and remove this line"),
        ("eleventyNavigation: {key: a}", "another program has it; remove this line"),
        ("draft: false", "remove this line"),
        ("published: true", "remove this line"),
        ("description: One sentence.", "write summary"),
        ("excerpt: One sentence.", "write summary"),
        ("featuredImage: images/neck.jpg", "write image (and image_alt)"),
        ("featured_image: images/neck.jpg", "write image (and image_alt)"),
        ("coverImage: images/neck.jpg", "write image (and image_alt)"),
        ("lastmod: 2024-02-01", "write modified"),
        ("expires_at: 2024-02-01", "write expires"),
        ("categories: [news]", "write category (one) or tags"),
        ("permalink: /2019/01/old/", "write aliases (or slug)"),
        ("url: /2019/01/old/", "write aliases (or slug)"),
        ("layout: post", "another program has it; remove this line"),
        ("weight: 10", "another program has it; remove this line"),
        ("type: post", "another program has it; remove this line"),
    ],
)
def test_a_key_of_another_program_is_answered_with_ours(line: str, what: str) -> None:
    assert advice(line) == [f'"{line.partition(": ")[0]}" is not a key here; {what}']


@pytest.mark.parametrize("line", ["Date: 2024-01-01", "pubDate: 2024-01-01", "publishedAt: 2024-01-01"])
def test_a_key_that_is_there_by_another_name_is_not_also_missing(line: str) -> None:
    file = split_markdown(f"---\ntitle: A case\n{line}\n---\n\nWords.\n", "x.md")
    messages = [diagnostic.message for diagnostic in READER.article("posts/x.md", file).diagnostics]
    assert messages == [f'"{line.partition(": ")[0]}" is not a key here; write date']


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ("author: {name: Jo, url: https://example.com}", "write author: Jo"),
        ("image: {src: images/a.jpg, alt: A}", "write image: images/a.jpg"),
        ("category: [knees, hips]", "write category: knees"),
    ],
)
def test_a_map_in_place_of_words_is_answered_with_the_words(line: str, instead: str) -> None:
    [message] = advice(line)
    assert message.endswith(instead)


@pytest.mark.parametrize(
    ("value", "instead"),
    [
        ("Hips &amp; knees", '"Hips & knees"'),
        ("Don&#8217;t", '"Don’t"'),
        ("The *real* cause", '"The real cause"'),
    ],
)
def test_what_a_value_would_show_as_typed_is_told(value: str, instead: str) -> None:
    [(path, message)] = lint_values({"title": value})
    assert path == ("title",)
    assert instead in message


def test_a_slip_of_the_pen_still_gets_the_nearest_key() -> None:
    assert advice("sumary: x") == ['unknown key "sumary"; did you mean "summary"?']
