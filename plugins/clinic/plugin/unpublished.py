"""Articles that are not published now, and what they will meet on the day they are."""

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from pelican.generators import ArticlesGenerator

from clinic.content.front_matter import MarkdownFile, read_markdown_file, slug_in_name
from clinic.domain.pages.urls import article_path, duplicate_address_message
from clinic.plugin.context import Run, Unpublished, run_of


class Waiting(NamedTuple):
    """``slug`` is what its address will end with; ``withheld`` is why it is not published, None if it is."""

    slug: str
    file: MarkdownFile
    unpublished: Unpublished | None


def waiting_articles(run: Run) -> Iterator[Waiting]:
    """Each article that is withheld."""
    for key, unpublished in sorted(run.unpublished.items()):
        path = run.content / key
        if key.startswith("posts/") and path.is_file():
            file = read_markdown_file(path, run.name_of(path))
            yield Waiting(str(file.front_matter.value.get("slug") or slug_in_name(path.stem)), file, unpublished)


def check_addresses_to_come(generator: ArticlesGenerator) -> None:
    """Report an address that two articles will have: on the day both are there, the site would not be built.

    Nobody may ever publish a draft, so it stops nothing. What has expired may give its address to another.
    """
    run = run_of(generator.settings)
    shown = [
        Waiting(article.slug, article.source.file, None)
        for article in chain(generator.articles, generator.hidden_articles)
    ]
    expected = [
        waiting for waiting in waiting_articles(run) if waiting.unpublished and not waiting.unpublished.for_good
    ]
    taken: dict[str, Waiting] = {}
    for one in sorted((*shown, *expected), key=lambda one: one.file.name):
        other = taken.setdefault(one.slug, one)
        if other is not one and (one.unpublished or other.unpublished):  # of two that are shown the gate tells
            told = run.notes if one.file.is_draft or other.file.is_draft else run.problems
            message = duplicate_address_message(article_path(one.slug), other.file.name)
            told.add(one.file.name, one.file.front_matter.line(("slug",)), message)
