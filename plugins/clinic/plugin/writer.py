"""How pages and feeds are written."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pelican.writers import Writer

from clinic.fact_check.extract import addresses, parsed
from clinic.plugin.context import Run, link_base, run_of
from clinic.plugin.feeds import FeedMaker
from clinic.rendering.feeds.atom import atom, rss
from clinic.rendering.files.search_entries import search_entry


@dataclass(frozen=True)
class _Shown:
    """A template whose pages are looked through for addresses and for the search."""

    template: Any
    run: Run

    def render(self, context: Mapping[str, Any]) -> str:
        """As Jinja's; Pelican puts the name of the file into the context."""
        page: str = self.template.render(context)
        file = context["output_file"]
        self.run.addresses[file] = addresses(parsed(page))
        facts = self.run.pages.get(file.removesuffix("index.html"))
        if facts and facts.is_searched:
            self.run.search_entries[facts.path] = search_entry(page, facts, self.run.clinic.language)
        return page


class ClinicWriter(Writer):  # type: ignore[misc]
    """Collects the addresses and search entries of pages, and writes feeds of our own making."""

    def write_file(self, name: str, template: Any, context: Mapping[str, Any], *args: Any, **options: Any) -> None:
        """As Pelican's; each page is looked at on its way to the disk, which saves reading it back."""
        super().write_file(name, _Shown(template, run_of(self.settings)), context, *args, **options)

    @cached_property
    def _maker(self) -> FeedMaker:
        run = run_of(self.settings)
        return FeedMaker(run, link_base(self.settings, run.address))

    def write_feed(  # the parameters are Pelican's
        self,
        elements: list[Any],
        context: Mapping[str, Any],
        path: str,
        url: str | None = None,
        feed_type: str = "atom",
        override_output: bool = False,
        feed_title: str | None = None,
    ) -> None:
        """Write the newest of the ``elements`` as Atom or RSS to ``path``; it is published at the same path.

        Pelican's own feeds make one address of each element whole, name one author, keep icons, and carry the clock
        where there is no entry.
        """
        del context, url
        newest = elements[: self.settings["FEED_MAX_ITEMS"]]
        feed = self._maker.feed(path, newest, feed_title)
        target = Path(self.output_path) / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with self._open_w(str(target), "utf-8", override_output) as file:
            file.write(rss(feed) if feed_type == "rss" else atom(feed))
