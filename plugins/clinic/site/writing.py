"""How pages and feeds are written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pelican.writers import Writer

from clinic.facts.campaign import in_feed
from clinic.rendering.picture_markup import with_public_pictures
from clinic.site.run import Run, link_base, run_of


@dataclass(frozen=True)
class _Proved:
    """A template whose pages are shown to the proof."""

    template: Any
    run: Run

    def render(self, context: Mapping[str, Any]) -> str:
        """As Jinja's; Pelican puts the name of the file into the context."""
        page: str = self.template.render(context)
        if self.run.proof:
            self.run.proof.page(context["output_file"], page)
        return page


class ClinicWriter(Writer):  # type: ignore[misc]
    """Links on pages are relative to the site's root; links in feeds carry the whole public address."""

    def write_file(self, name: str, template: Any, context: Mapping[str, Any], *args: Any, **options: Any) -> None:
        """As Pelican's; each page is read for the proof on its way to the disk, which saves reading it back."""
        super().write_file(name, _Proved(template, run_of(self.settings)), context, *args, **options)

    def write_feed(self, elements: list[Any], context: Mapping[str, Any], *args: Any, **options: Any) -> Any:
        """As Pelican's, with the public address in place of the folder that pages use."""
        public = run_of(self.settings).address.public
        return super().write_feed(elements, {**context, "SITEURL": public, "FEED_DOMAIN": public}, *args, **options)

    def _add_item_to_the_feed(self, feed: Any, item: Any) -> None:
        """As Pelican's, which resolves one address of an element; a picture has one for each of its sizes.

        A booking link says that it was followed from a feed.
        """
        super()._add_item_to_the_feed(feed, item)
        run = run_of(self.settings)
        address = run.address
        folder = link_base(self.settings, address)
        entry = feed.items[-1]
        for part in ("description", "content"):
            if entry[part]:
                shown = with_public_pictures(entry[part], folder, address.public)
                entry[part] = in_feed(shown, run.clinic.url)
                # a reader shows many articles on one page, each with a first footnote
                entry[part] = entry[part].replace('href="#', f'href="{entry["link"]}#')
