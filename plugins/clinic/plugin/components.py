"""The theme's components for templates and for Python: a directive in a post has the same markup as a page."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment
from markupsafe import Markup

from clinic.domain.pages.media import PublishedImages
from clinic.models.contact import reach
from clinic.plugin.stylesheets import Stylesheets
from clinic.rendering.dates import clock, day, day_and_time, end_of_day, month
from clinic.rendering.hours_text import (
    exceptions_in_words,
    open_now,
    period_in_words,
    periods_in_words,
    season_in_words,
)
from clinic.rendering.images.qr import qr_code
from clinic.rendering.text import list_items, site_name, typographic, with_heading_links

_ID = re.compile(r'\bid="([\w-]+)"')


class Components:
    """Renders a component by its macro: ``care_card`` of ``theme/templates/components/care-card.html``."""

    _environment: Environment
    """That of the pages, so that no template is compiled twice; set by ``equip``."""

    def __init__(self, theme: Path, link_base: str, brand: str, images: PublishedImages) -> None:
        """Take the theme's folder, and what links inside the site begin with.

        ``brand`` is the CSS rule with the clinic's own colours, or empty. ``images`` may be filled later.
        """
        self._theme = theme
        self._link_base = link_base
        self._styles = Stylesheets(theme / "static" / "css", f"{link_base}/theme/", brand)
        self._drawings: dict[str, Markup] = {}
        self._images = images
        self._macros: dict[str, Any] = {}
        self._icon: str | None = None

    def equip(self, environment: Environment) -> None:
        """Add the functions and filters that components call to the Jinja environment of the pages."""
        self._environment = environment
        environment.globals.update(
            icon=self.icon,
            styles=self.styles,
            image_of=self._images.image_of,
            reach=reach,
            qr_code=qr_code,
        )
        environment.filters.update(
            link=self.link,
            drawing=self.drawing,
            list_items=list_items,
            site_name=site_name,
            typographic=typographic,
            with_heading_links=with_heading_links,
            day=day,
            month=month,
            day_and_time=day_and_time,
            clock=clock,
            end_of_day=end_of_day,
            exceptions_in_words=exceptions_in_words,
            open_now=open_now,
            period_in_words=period_in_words,
            periods_in_words=periods_in_words,
            season_in_words=season_in_words,
        )

    @property
    def ids(self) -> frozenset[str]:
        """The ids in the theme's templates, which no heading of a text may have."""
        templates = (self._theme / "templates").rglob("*.html")
        return frozenset(name for path in templates for name in _ID.findall(path.read_text("utf-8")))

    def render(self, name: str, **arguments: Any) -> Markup:
        """The HTML of one component.

        Raises ``TemplateNotFound`` for an unknown ``name``, ``TypeError`` for an argument that its macro does not take.
        """
        if name not in self._macros:
            template = self._environment.get_template(f"components/{name.replace('_', '-')}.html")
            self._macros[name] = getattr(template.module, name)
        return Markup(self._macros[name](**arguments))  # noqa: S704 (the macro escapes)

    def link(self, path: str) -> str:
        """The link to a page of the site by its path from the root: ``"book/"|link``."""
        return f"{self._link_base}/{path}"

    def styles(self, markup: str) -> Markup:
        """The CSS for the ``<style>`` of a page with this HTML."""
        return Markup(self._styles.for_markup(markup))  # noqa: S704 (ours)

    def drawing(self, name: str) -> Markup:
        """An SVG of ``theme/drawing/`` as inline markup, which takes the colours of the page."""
        if name not in self._drawings:
            self._drawings[name] = Markup((self._theme / "drawing" / f"{name}.svg").read_text("utf-8").strip())  # noqa: S704 (ours)
        return self._drawings[name]

    def icon(self) -> str:
        """The site's icon as a ``data:`` URL (RFC 2397): a few hundred bytes, which save a request."""
        if self._icon is None:
            svg = (self._theme / "static" / "icons" / "favicon.svg").read_text("utf-8").strip()
            self._icon = "data:image/svg+xml," + quote(svg.replace('"', "'"), safe="=:/'();,")
        return self._icon
