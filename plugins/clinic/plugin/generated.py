"""The pages that follow from the facts, made into pages of Pelican's.

Each is an ordinary page with an empty body, so lists, links, checks, head and sitemap know it like any other.
"""

from pelican.contents import Page
from pelican.generators import PagesGenerator

from clinic.plugin.context import run_of


def add_pages_from_facts(generator: PagesGenerator) -> None:
    """Make those that the owner has written no file for; the reader takes a missing file for an empty one."""
    run = run_of(generator.settings)
    for key in run.generated:
        if not (run.content / key).is_file():
            page = generator.readers.read_file(generator.path, key, Page, context=generator.context)
            generator.pages.append(page)
            generator.add_source_path(page)
