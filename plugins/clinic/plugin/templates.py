"""What templates see beside ``facts`` and ``head`` of their page, and the cache of compiled templates."""

from collections.abc import Hashable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, pass_context
from jinja2.runtime import Context as JinjaContext
from markupsafe import Markup

from clinic.domain.articles.sharing import ShareLink, share_links
from clinic.domain.booking.call_to_action import CallToAction, call_to_action_for, with_origin
from clinic.domain.booking.provider_links import BookingForm, Origin
from clinic.domain.booking.provider_links import booking_form as booking_form_of
from clinic.domain.booking.routing import ANY_SUBJECT, ANY_TARGET, BookingTarget, Subject
from clinic.domain.pages.page import PageFacts
from clinic.domain.pages.urls import BOOK
from clinic.plugin.context import Context
from clinic.plugin.index import Index
from clinic.plugin.lists import Archives, featured_first, months_of, pinned_first, years_of
from clinic.rendering.forms import Purpose, form_view

_PACKAGE = Path(__file__).parents[1]


def equip(environment: Environment, context: Context, settings: Mapping[str, Any]) -> None:
    """Give Jinja's environment what components may call while documents are read, and the clinic's facts."""
    environment.auto_reload = False  # templates do not change during a build; each build has its own environment
    environment.bytecode_cache = compiled_templates(settings)
    context.components.equip(environment)
    link = context.components.link
    helpers = Helpers(context)
    environment.globals.update(
        clinic=context.clinic,
        year=context.now.year,
        absolute=context.address.absolute,
        contact_form=form_view(context.clinic, context.address, link),
        form_for_comments=form_view(context.clinic, context.address, link, Purpose.COMMENT),
        call_to_action=helpers.call_to_action,
        booking_form=helpers.booking_form,
        share_links_of=helpers.share_links_of,
        pinned_first=pinned_first,
        featured_first=featured_first,
        months_of=months_of,
        years_of=years_of,
    )


def equip_for_writing(environment: Environment, index: Index) -> None:
    """Add what is known once everything has been read: pages, images, and what stands beneath articles."""

    def once(name: str) -> Markup:
        """A partial that is the same on every page: it is given no page, and rendered once."""
        return Markup(environment.get_template(name).render())  # noqa: S704 (the partial escapes)

    environment.globals.update(
        once=cache(once),
        image_of=index.images.image_of,
        menu=index.pages.menu,
        page_at=index.pages.at,
        page_groups=index.pages.groups,
        archives=archives,
        discussion_of=index.discussion_of,
        navigation_of=index.navigation_of,
    )


@pass_context
def archives(variables: JinjaContext) -> Archives:
    """The lists of categories, tags and years, each with the number of its articles."""
    # the list of a year has articles of its own
    articles = variables.get("all_articles", variables["articles"])
    return Archives.of(articles, variables["categories"], variables["tags"])


class Helpers:
    """What templates call; Jinja gives the variables of the page that is being written."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._invitations: dict[tuple[Hashable, ...], CallToAction] = {}

    @pass_context
    def call_to_action(
        self, variables: JinjaContext, place: str = "page", subject: Subject = ANY_SUBJECT, **target: Any
    ) -> CallToAction:
        """An invitation to book; ``place`` is where it stands, ``target`` what is settled (fields of BookingTarget)."""
        wanted = BookingTarget(**target) if any(target.values()) else ANY_TARGET
        return with_origin(self._context.clinic, self._invitation(subject, wanted), Origin(_path(variables), place))

    def _invitation(self, subject: Subject, target: BookingTarget) -> CallToAction:
        """Asked for in several places of every page, mostly for the same few subjects."""
        if target is not ANY_TARGET:
            return self._new_invitation(subject, target)
        if subject.key not in self._invitations:
            self._invitations[subject.key] = self._new_invitation(subject, target)
        return self._invitations[subject.key]

    def _new_invitation(self, subject: Subject, target: BookingTarget) -> CallToAction:
        link = self._context.components.link(BOOK)
        return call_to_action_for(self._context.clinic, link, subject=subject, requested=target)

    @pass_context
    def booking_form(self, variables: JinjaContext) -> BookingForm | None:
        """The provider's form, to be loaded into the page once the visitor asks; None where the owner did not."""
        return booking_form_of(self._context.clinic, Origin(_path(variables), "form"))

    def share_links_of(self, facts: PageFacts) -> tuple[ShareLink, ...]:
        """The ways to hand an article on that the owner wants, with its public address."""
        return share_links(self._context.clinic.share, facts.title, self._context.address.absolute(facts.path))


def _path(variables: JinjaContext) -> str:
    """The path of the page being written."""
    facts: PageFacts | None = variables.get("facts")
    return facts.path if facts else ""


def compiled_templates(settings: Mapping[str, Any]) -> FileSystemBytecodeCache:
    """Jinja's own cache, kept from build to build: to compile templates takes a quarter of the time of a small site.

    It knows by itself when a template has changed. What a filter makes of a constant is compiled in with it, so
    whatever filters depend on has a folder of its own: our code, the drawings, and the folder that the site is in.
    """
    files = (*_PACKAGE.rglob("*.py"), *(Path(settings["THEME"]) / "drawing").rglob("*.svg"))
    versions = sorted((str(path), path.stat().st_mtime_ns) for path in files)
    key = sha256(repr((versions, settings["SITEURL"], settings["JINJA_ENVIRONMENT"])).encode()).hexdigest()[:16]
    folder = Path(settings["CACHE_PATH"]) / "templates" / key
    folder.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder))
