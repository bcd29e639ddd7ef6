"""The theme's components for templates and for Python, what else templates may call, and the compiled ones."""

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, pass_context
from jinja2.runtime import Context as JinjaContext
from markupsafe import Markup

from clinic.domain.articles.sharing import ShareLink, share_links
from clinic.domain.booking.call_to_action import CallToAction, call_to_action_for, with_origin
from clinic.domain.booking.events import event_facts
from clinic.domain.booking.provider_links import BookingForm, Origin
from clinic.domain.booking.provider_links import booking_form as booking_form_of
from clinic.domain.booking.routing import ANY_SUBJECT, ANY_TARGET, BookingTarget, Subject
from clinic.domain.clinic_on_day import ClinicOnDay
from clinic.domain.pages.page import PageFacts, PageKind
from clinic.domain.pages.urls import BOOK, EVENTS_CALENDAR, WHOLE_SITE, LanguagePart, SiteAddress, event_calendar_path
from clinic.models import words
from clinic.models.contact import reach
from clinic.models.language import current_language
from clinic.models.service import minutes_in_words
from clinic.plugin.store import digest_of_code, digest_of_files, while_unchanged
from clinic.plugin.stylesheets import Stylesheets
from clinic.rendering import events_text, hours_text
from clinic.rendering.dates import clock, day, day_and_time, end_of_day, month
from clinic.rendering.forms import Purpose, form_view
from clinic.rendering.images.brand import FAVICON
from clinic.rendering.images.qr import qr_code
from clinic.rendering.images.svg import data_url
from clinic.rendering.text import (
    breakable,
    linked,
    list_items,
    no_wrap,
    site_name,
    together,
    with_heading_links,
)
from clinic.rendering.typography import typographic

_ID = re.compile(r'\bid="([\w-]+)"')


@dataclass(frozen=True)
class Foreign:
    """What a page in another language than the clinic's own shows in that: ``language``.

    ``texts`` are those that facts have in no other; ``part`` knows which pages there are in no other.
    """

    language: str = ""
    texts: frozenset[str] = frozenset()
    part: LanguagePart = WHOLE_SITE

    def lang_of(self, text: str | None) -> Markup:
        """The attribute ``lang`` of an element with this text, where that is in the clinic's own language, else empty.

        WCAG 2.2, 3.1.2: a screen reader is told to speak it as it is written.
        """
        return Markup(' lang="{}"').format(self.language) if text in self.texts else Markup("")

    def is_elsewhere(self, path: str) -> Markup:
        """The attribute ``hreflang`` of a link to a page, where that is in the clinic's own language, else empty."""
        return Markup(' hreflang="{}"').format(self.language) if path in self.part.elsewhere else Markup("")


NOTHING_FOREIGN = Foreign()
"""Of a page in the clinic's own language."""


@while_unchanged
def _ids_in(template: Path) -> frozenset[str]:
    return frozenset(_ID.findall(template.read_text("utf-8")))


def _on_one_line(say: Callable[..., str]) -> Callable[..., str]:
    """What ``say`` says, each number with its word (``together``): for pages alone, not for calendars and feeds."""
    return lambda *asked, **how: together(say(*asked, **how))


class Components:
    """Renders a component by its macro: ``care_card`` of ``theme/templates/components/care-card.html``."""

    _environment: Environment
    """That of the pages, so that no template is compiled twice; set by ``equip``."""

    def __init__(self, theme: Path, link_base: str, brand: str, icon: Path, foreign: Foreign = NOTHING_FOREIGN) -> None:
        """Take the theme's folder, and what links inside the site begin with.

        ``brand`` is the CSS rule with the clinic's own colours, or empty; ``icon`` the file of its icon, an SVG.
        """
        self._theme = theme
        self._icon = icon
        self._link_base = link_base
        self._foreign = foreign
        self.stylesheets = Stylesheets(theme / "static" / "css", f"{link_base}/theme/", brand)
        self._macros: dict[str, Any] = {}
        self._made: dict[Hashable, Markup] = {}

    def equip(self, environment: Environment) -> None:
        """Add the functions and filters that components call to the Jinja environment of the pages."""
        self._environment = environment
        environment.globals.update(icon=cache(self.icon), styles=self.styles, reach=reach, qr_code=qr_code)
        environment.globals.update(shared_styles=self.shared_styles, no_wrap=no_wrap, minutes_in_words=minutes_in_words)
        environment.globals.update(_=words.gettext, ngettext=words.ngettext, pgettext=words.pgettext)
        environment.globals.update(lang_of=self._foreign.lang_of, is_elsewhere=self._foreign.is_elsewhere)
        environment.globals.update(counts_in_words=words.counts_in_words, clinic_language=current_language)
        environment.filters.update(
            link=at_run_time(self.link),
            link_of_all=at_run_time(self.link_of_all),
            drawing=cache(self.drawing),
            breakable=breakable,
            linked=linked,
            list_items=list_items,
            site_name=site_name,
            typographic=typographic,
            with_heading_links=with_heading_links,
            together=together,
            occurrence_in_words=_on_one_line(events_text.occurrence_in_words),
            repeats_in_words=_on_one_line(events_text.repeats_in_words),
            over_at=events_text.over_at,
            day=_on_one_line(day),
            month=month,
            day_and_time=_on_one_line(day_and_time),
            clock=clock,
            end_of_day=end_of_day,
            exceptions_in_words=hours_text.exceptions_in_words,
            hours_line=_on_one_line(hours_text.hours_line),
            hours_lines=hours_text.hours_lines,
            season_in_words=_on_one_line(hours_text.season_in_words),
        )

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids in the theme's templates, which no heading of a text may have."""
        templates = (self._theme / "templates").rglob("*.html")
        return frozenset().union(*map(_ids_in, templates))

    def render(self, name: str, **arguments: Any) -> Markup:
        """The HTML of one component.

        Raises ``TemplateNotFound`` for an unknown ``name``, ``TypeError`` for an argument that its macro does not take.
        """
        if name not in self._macros:
            template = self._environment.get_template(f"components/{name.replace('_', '-')}.html")
            self._macros[name] = getattr(template.module, name)
        return Markup(self._macros[name](**arguments))  # noqa: S704 (the macro escapes)

    def once(self, key: Hashable, make: Callable[[], Markup]) -> Markup:
        """What ``make`` renders, made once for all texts with this key: it is to be equal for equal keys."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    def link(self, path: str) -> str:
        """The link to a page of the site by its path from the root: ``"book/"|link``."""
        return f"{self._link_base}/{self._foreign.part.path(path)}"

    def link_of_all(self, path: str) -> str:
        """The link to a path from the root of the whole site, whatever its language."""
        return f"{self._link_base}/{path}"

    def styles(self, markup: str) -> Markup:
        """The CSS for the ``<style>`` of a page with this HTML, up to where it calls ``shared_styles``."""
        return Markup(self.stylesheets.for_markup(markup))  # noqa: S704 (ours)

    def shared_styles(self, page: PageFacts) -> Markup:
        """The ``<link>`` to the stylesheet that all pages share, for where the first screen of this page ends.

        It is relative, so that a page opened from a folder has it too; not that of the "not found" page, which stands
        in for pages at any depth.
        """
        is_anywhere = page.kind is PageKind.NOT_FOUND
        up = "../" * self._foreign.part.path(page.path).count("/")
        return Markup(self.stylesheets.link(self.link_of_all("") if is_anywhere else up))  # noqa: S704 (ours)

    def drawing(self, name: str) -> Markup:
        """An SVG of ``theme/drawing/`` as inline markup, which takes the colours of the page."""
        return Markup((self._theme / "drawing" / f"{name}.svg").read_text("utf-8").strip())  # noqa: S704 (ours)

    def icon(self) -> Markup:
        """The site's icon as a ``data:`` URL (RFC 2397), which saves a request; the link to one that is large."""
        return Markup(data_url(self._icon) or self.link(f"theme/{FAVICON}"))  # noqa: S704 (quoted, but for "'")


class SharedGlobals(JinjaContext):
    """All templates share their globals and have none of their own, so no import compares them: 3% of a build."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.globals_keys = set()


def equip(
    environment: Environment,
    components: Components,
    clinic: ClinicOnDay,
    address: SiteAddress,
    served_at: SiteAddress,
) -> None:
    """Give Jinja's environment what components may call while documents are read, and the clinic's facts.

    ``served_at`` is where the calendars of this build can be loaded.
    """
    environment.context_class = SharedGlobals
    environment.auto_reload = False  # templates do not change during a build; each build has its own environment
    components.equip(environment)
    helpers = Helpers(clinic, address, components.link(BOOK))
    environment.globals.update(
        clinic=clinic,
        absolute=address.absolute,
        calendar_links=served_at.calendar_links,
        contact_form=form_view(clinic, address, components.link),
        form_for_comments=form_view(clinic, address, components.link, Purpose.COMMENT),
        call_to_action=helpers.call_to_action,
        booking_form=helpers.booking_form,
        event_facts=partial(event_facts, clinic),
        events_calendar=EVENTS_CALENDAR,
        event_calendar_path=event_calendar_path,
        share_links_of=helpers.share_links_of,
        ornament=components.drawing if clinic.brand.drawing == "line" else _no_ornament,
    )


def _no_ornament(name: str) -> Markup:
    """In place of a drawing, where the clinic wants none."""
    del name
    return Markup()


class Helpers:
    """What templates call; Jinja gives the variables of the page that is being written."""

    def __init__(self, clinic: ClinicOnDay, address: SiteAddress, book_page: str) -> None:
        self._clinic = clinic
        self._address = address
        self._book_page = book_page
        self._general: dict[tuple[Hashable, ...], CallToAction] = {}

    @pass_context
    def call_to_action(
        self, variables: JinjaContext, position: str = "page", subject: Subject = ANY_SUBJECT, **target: Any
    ) -> CallToAction:
        """An invitation to book; ``position`` is where it stands, ``target`` what is settled (as BookingTarget)."""
        wanted = BookingTarget(**target) if any(target.values()) else ANY_TARGET
        action = self._general.get(subject.key) if wanted is ANY_TARGET else None
        if action is None:
            action = call_to_action_for(self._clinic, self._book_page, subject=subject, requested=wanted)
        if wanted is ANY_TARGET:  # asked for in several places of every page, mostly for the same few subjects
            self._general[subject.key] = action
        return with_origin(self._clinic, action, Origin(_path(variables), position))

    @pass_context
    def booking_form(self, variables: JinjaContext) -> BookingForm | None:
        """The provider's form, to be loaded into the page once the visitor asks; None where the owner did not."""
        return booking_form_of(self._clinic, Origin(_path(variables), "form"))

    def share_links_of(self, facts: PageFacts) -> tuple[ShareLink, ...]:
        """The ways to hand an article on that the owner wants, with its public address."""
        return share_links(self._clinic.share, facts.title, self._address.absolute(facts.path))


def _path(variables: JinjaContext) -> str:
    facts: PageFacts | None = variables.get("facts")
    return facts.path if facts else ""


def at_run_time(function: Callable[[str], str]) -> Callable[[JinjaContext, str], str]:
    """A filter that is asked as a page is rendered, also for a constant: what it gives is not the same for every site.

    Jinja asks filters that take the context no sooner; of any other what it gives for a constant is compiled in.
    """
    return pass_context(lambda _, path: function(path))


def compiled_templates(settings: Mapping[str, Any]) -> FileSystemBytecodeCache:
    """Jinja's own cache, kept from build to build: to compile templates takes more time than a small site.

    It knows by itself when a template has changed. What a filter makes of a constant is compiled in with it, so
    whatever filters depend on has a folder of its own: our code and the drawings.
    """
    drawings = digest_of_files(Path(settings["THEME"]) / "drawing", "*.svg")
    key = sha256(repr((digest_of_code(), drawings, settings["JINJA_ENVIRONMENT"])).encode()).hexdigest()[:16]
    folder = Path(settings["CACHE_PATH"]) / "templates" / key
    folder.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder))
