"""A key that another program has is answered with ours, never with the nearest name, which would be harmful advice."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from clinic.content.clinic import DEFAULT_CONTEXT
from clinic.content.documents import DocumentReader
from clinic.content.front_matter import split_markdown

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
    assert advice(line) == [f'"{line.partition(":")[0]}" is not a key here; {what}']


def test_a_slip_of_the_pen_still_gets_the_nearest_key() -> None:
    assert advice("sumary: x") == ['unknown key "sumary"; did you mean "summary"?']
