"""Templates in compiled form, kept from run to run: to compile them takes a quarter of the time of a small site."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from clinic.domain.articles.sharing import ShareLink, share_links
from clinic.domain.booking.call_to_action import CallToAction, call_to_action_for, with_origin
from clinic.domain.booking.campaign import Origin
from clinic.domain.booking.embed import BookingForm, booking_form
from clinic.domain.booking.routing import ANY_SUBJECT, ANY_TARGET, BookingTarget, Subject
from clinic.domain.pages.page import Crumb, PageFacts
from clinic.domain.pages.urls import BOOK
from clinic.plugin.context import Run
from clinic.plugin.index import Archives, featured_first, months_of, pinned_first, years_of
from clinic.plugin.pages import facts_of, path_of
from clinic.rendering.forms import Purpose, form_view
from clinic.rendering.head.head import Head


def equip(environment: Environment, run: Run) -> None:
    """Give the environment of a Pelican generator the clinic's facts and the components' helpers."""
    environment.auto_reload = False  # templates do not change during a run; each run has its own environment
    environment.context_class = SharedGlobalsContext
    run.components.equip(environment)
    helpers = Helpers(environment, run)
    environment.globals.update(
        clinic=run.clinic,
        year=run.now.year,
        absolute=run.address.absolute,
        contact_form=form_view(run.clinic, run.address, run.components.link),
        form_for_comments=form_view(run.clinic, run.address, run.components.link, Purpose.COMMENT),
        page_head=helpers.page_head,
        call_to_action=helpers.call_to_action,
        booking_form=helpers.booking_form,
        menu=helpers.menu,
        once=cache(helpers.once),
        page_at=helpers.page_at,
        page_groups=helpers.page_groups,
        share_links_of=helpers.share_links_of,
        archives=helpers.archives,
        pinned_first=pinned_first,
        featured_first=featured_first,
        months_of=months_of,
        years_of=years_of,
    )


class SharedGlobalsContext(Context):
    """Templates of a run share their globals and have none of their own, so an import need not compare them."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.globals_keys = set()


@dataclass(frozen=True)
class Helpers:
    """What templates call; Jinja gives the page that is being written as ``context``."""

    environment: Environment
    run: Run

    @pass_context
    def page_head(self, context: Context) -> Head:
        """The finished head of the page being written, with its facts as ``.page``."""
        page = facts_of(self.run, context)
        self.run.pages[page.path] = page
        return self.run.heads.build(page)

    @pass_context
    def call_to_action(
        self, context: Context, place: str = "page", subject: Subject = ANY_SUBJECT, **chosen: Any
    ) -> CallToAction:
        """An invitation to book; ``place`` is where it stands, and ``chosen`` what is settled (as BookingTarget)."""
        path = BookingTarget(**chosen) if any(chosen.values()) else ANY_TARGET
        return with_origin(self.run.clinic, self._invite(subject, path), Origin(path_of(context), place))

    def _invite(self, subject: Subject, chosen: BookingTarget) -> CallToAction:
        """Asked for in several places of every page, mostly for the same few subjects."""
        if chosen is not ANY_TARGET:
            return self._invitation(subject, chosen)
        if subject.key not in self._invitations:
            self._invitations[subject.key] = self._invitation(subject, chosen)
        return self._invitations[subject.key]

    @cached_property
    def _invitations(self) -> dict[tuple[Hashable, ...], CallToAction]:
        return {}

    def _invitation(self, subject: Subject, chosen: BookingTarget) -> CallToAction:
        return call_to_action_for(self.run.clinic, self.run.components.link(BOOK), subject=subject, requested=chosen)

    @pass_context
    def booking_form(self, context: Context) -> BookingForm | None:
        """The provider's form, to be loaded into the page once the visitor asks; None where the owner did not."""
        return booking_form(self.run.clinic, Origin(path_of(context), "form"))

    @pass_context
    def archives(self, context: Context) -> Archives:
        """The lists of categories, tags and years, each with the number of its articles."""
        return Archives.of(context)

    def menu(self) -> tuple[Crumb, ...]:
        """The entries of the site's menu."""
        return self.run.page_index.menu

    def page_at(self, path: str) -> Any:
        """The page at this path from the root."""
        return self.run.page_index.at(path)

    def page_groups(self) -> tuple[tuple[str, tuple[Crumb, ...]], ...]:
        """The pages by kind, for the list of everything."""
        return self.run.page_index.groups

    def share_links_of(self, page: PageFacts) -> tuple[ShareLink, ...]:
        """The ways to hand an article on that the owner wants, with its public address."""
        return share_links(self.run.clinic.share, page.title, self.run.address.absolute(page.path))

    def once(self, name: str) -> Markup:
        """A partial that is the same on every page: it is given no page, and rendered once."""
        return Markup(self.environment.get_template(name).render())  # noqa: S704 (the partial escapes)


_PACKAGE = Path(__file__).parents[1]


def compiled_templates(settings: Mapping[str, Any]) -> FileSystemBytecodeCache:
    """Jinja's own cache, which knows by itself when a template has changed.

    What a filter makes of a constant is compiled in with it, so whatever filters go by has a place of its own: our
    code, the drawings, and the folder that the site is in.
    """
    files = (*_PACKAGE.rglob("*.py"), *(Path(settings["THEME"]) / "drawing").rglob("*.svg"))
    versions = sorted((str(path), path.stat().st_mtime_ns) for path in files)
    key = sha256(repr((versions, settings["SITEURL"], settings["JINJA_ENVIRONMENT"])).encode()).hexdigest()[:16]
    folder = Path(settings["CACHE_PATH"]) / "templates" / key
    folder.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder))
