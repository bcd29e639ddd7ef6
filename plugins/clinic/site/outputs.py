"""The files beside the pages: sitemap, robots.txt, manifest, contacts to save, redirects from former addresses."""

from pathlib import Path

from pelican import Pelican

from clinic.facts.palette import palette
from clinic.rendering.manifest import MANIFEST, web_manifest
from clinic.rendering.redirects import netlify_redirects, redirect_page
from clinic.rendering.robots import robots_txt
from clinic.rendering.sitemap import SitemapEntry, sitemap_xml
from clinic.rendering.vcards import vcards
from clinic.site.run import link_base, run_of
from clinic.site.stylesheets import theme_colours


def write_outputs(pelican: Pelican) -> None:
    """After the last page: what can only be told once every page is known."""
    run = run_of(pelican.settings)
    output = Path(pelican.output_path)
    public = [page for page in run.pages.values() if page.indexed]
    entries = [SitemapEntry(run.address.absolute(page.path), page.modified or page.published) for page in public]
    _write(output / "sitemap.xml", sitemap_xml(entries))
    _write(output / "robots.txt", robots_txt(run.address, public=not run.preview))
    base = link_base(pelican.settings, run.address)
    colours = theme_colours(Path(pelican.settings["THEME"]) / "static" / "css")
    whole_palette = {**colours, **palette(run.clinic.brand, colours)}
    _write(output / MANIFEST, web_manifest(run.clinic, base, whole_palette))
    _write(output / "_redirects", netlify_redirects(run.moved, base))
    for path, card in vcards(run.clinic, run.address):
        _write(output / path, card)
    for former, present in run.moved.items():
        target = output / former / "index.html" if not former.endswith(".html") else output / former
        _write(target, redirect_page(f"{base}/{present}", run.address.absolute(present)))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="")  # a vCard has line ends of its own
