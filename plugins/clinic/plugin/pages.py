"""The facts of the page that Pelican is writing, taken from the context it gives the template."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from jinja2.runtime import Context

from clinic.domain.booking.routing import offering
from clinic.domain.pages.media import Image, Video
from clinic.domain.pages.page import Crumb, Feed, PageFacts, PageKind
from clinic.domain.pages.urls import (
    BLOG,
    COMMENTS_FEED,
    CONTACT,
    LOCATIONS,
    SERVICES,
    TEAM,
    comments_feed_path,
    year_path,
)
from clinic.models.articles import FrontMatter
from clinic.models.base import Status
from clinic.models.location import Location
from clinic.models.practitioner import Practitioner
from clinic.models.service import Service
from clinic.plugin.breadcrumbs import breadcrumbs, crumb_of, feeds
from clinic.plugin.context import Run
from clinic.plugin.lists import list_facts, series_facts, year_facts
from clinic.plugin.reviews import day_reviewed, review_due
from clinic.rendering.feeds.feed import ATOM

_KINDS = {kind.value: kind for kind in PageKind}
_PARENTS = {
    PageKind.SERVICE: SERVICES,
    PageKind.PRACTITIONER: TEAM,
    PageKind.LOCATION: LOCATIONS,
    PageKind.THANK_YOU: CONTACT,
}
_NOT_INDEXED = {PageKind.NOT_FOUND, PageKind.THANK_YOU, PageKind.SEARCH}
"""Google: pages of search results should not be found by search engines (Search Essentials, spam policies)."""
_SHOW_SERVICES = {PageKind.HOME, PageKind.SERVICES, PageKind.BOOK}
AnyRecord = TypeVar("AnyRecord", Service, Practitioner)


def facts_of(run: Run, context: Context) -> PageFacts:
    """What is true of the page that this Jinja context writes."""
    if "article" in context:
        return _article(run, context)
    if "page" in context:
        return _page(run, context)
    if "listed" in context:
        return series_facts(run, context["listed"])
    if "period_num" in context:
        return year_facts(run, context)
    return list_facts(run, context)


def path_of(context: Context) -> str:
    """The path of the page being written; ``articles_page`` is the page of a list, ``listed`` a series."""
    if "period_num" in context:
        return year_path(context["period_num"][0])
    if "listed" in context:
        return str(context["listed"].path)
    found = next((context[name] for name in ("article", "page", "articles_page") if name in context), None)
    return str(found.url) if found else ""


def _article(run: Run, context: Context) -> PageFacts:
    article = context["article"]
    related_navigation = article.related_navigation
    crumbs = [crumb_of(run, BLOG)]
    if category := getattr(article, "category", None):
        crumbs.append(Crumb(str(category), category.url))
    return PageFacts(
        kind=PageKind.ARTICLE,
        path=article.url,
        title=article.title,
        description=article.description,
        crumbs=breadcrumbs(run, *crumbs, Crumb(article.title, article.url)),
        indexed=article.status == "published" and not article.unpublished,
        published=article.date,
        modified=getattr(article, "modified", None),
        authors=article.people,
        section=str(category) if category else None,
        tags=tuple(str(tag) for tag in getattr(article, "tags", ())),
        conditions=article.front_matter.conditions,
        word_count=article.word_count,
        minutes=article.minutes,
        image=run.images.image_of(article.front_matter),
        locations=tuple(run.clinic.locations.values()),
        reviewed=day_reviewed(article.front_matter),
        reviewed_by=run.clinic.practitioner(article.front_matter.reviewed_by)
        if article.front_matter.reviewed_by
        else None,
        next_review=_next_review(run, article.front_matter),
        series=related_navigation.series,
        part=related_navigation.part,
        citations=article.front_matter.references,
        videos=_videos(run, article),
        previous_path=related_navigation.earlier.url if related_navigation.earlier else None,
        next_path=related_navigation.later.url if related_navigation.later else None,
        discussion=article.discussion,
        feeds=(*feeds(run), *_comment_feeds(run, article)),
    )


def _comment_feeds(run: Run, article: Any) -> tuple[Feed, ...]:
    """Of this article and of all, where there are comments to follow."""
    if not article.discussion or not article.discussion.count:
        return ()
    here = Feed(comments_feed_path(article.url), f"Comments on {article.title}", ATOM)
    return (
        (here, Feed(COMMENTS_FEED, f"{run.clinic.name}: comments", ATOM)) if article.status == "published" else (here,)
    )


def _page(run: Run, context: Context) -> PageFacts:
    page = context["page"]
    kind = _KINDS.get(page.template, PageKind.PAGE)
    parents = [crumb_of(run, _PARENTS[kind])] if kind in _PARENTS else []
    reviewer = getattr(page.front_matter, "reviewed_by", None)
    place = run.clinic.locations.get(getattr(page, "location", ""))
    return PageFacts(
        kind=kind,
        path=page.url,
        title=page.title,
        description=page.description or run.clinic.description or "",
        crumbs=()
        if kind in {PageKind.HOME, PageKind.NOT_FOUND}
        else breadcrumbs(run, *parents, Crumb(page.title, page.url)),
        indexed=page.status == "published" and not page.unpublished and kind not in _NOT_INDEXED,
        modified=getattr(page, "modified", None),
        image=run.images.image_of(page.front_matter) or _picture_of(run, place),
        service=getattr(page, "service", None),
        practitioner=getattr(page, "practitioner", None),
        location=getattr(page, "location", None),
        locations=(place,) if place else tuple(run.clinic.locations.values()),
        services=_services_shown(run, kind, place),
        team=_people_shown(run, page, kind, getattr(page, "service", None)),
        reviewed=day_reviewed(page.front_matter),
        reviewed_by=run.clinic.practitioner(reviewer) if reviewer else None,
        next_review=_next_review(run, page.front_matter),
        videos=_videos(run, page),
        feeds=feeds(run),
    )


def _picture_of(run: Run, place: Location | None) -> Image | None:
    return run.images.image(place.image, place.known_as(run.clinic.name)) if place else None


def _services_shown(run: Run, kind: PageKind, place: Location | None) -> tuple[Service, ...]:
    """All of them where they are listed; on a location's page those that it offers."""
    if place:
        return _listed(run.clinic.services[slug] for slug in place.services)
    return _listed(run.clinic.services.values()) if kind in _SHOW_SERVICES else ()


def _people_shown(run: Run, page: Any, kind: PageKind, service: Service | None) -> tuple[Practitioner, ...]:
    """Everyone who works here on the team's page; on that of a service or a location those whose file names it."""
    if kind is PageKind.TEAM:
        return _listed(run.clinic.staff)
    if kind is PageKind.SERVICE and service:
        return _listed(offering(run.clinic, service))
    if kind is PageKind.LOCATION:
        return _listed(person for person in run.clinic.staff if page.slug in person.locations)
    return ()


def _next_review(run: Run, front_matter: FrontMatter) -> date | None:
    due = review_due(front_matter, run.clinic)
    return due if due and due >= run.now.date() else None


def _listed(records: Iterable[AnyRecord]) -> tuple[AnyRecord, ...]:
    """What lists show; a hidden record has its own page and no more."""
    return tuple(record for record in records if record.status is not Status.HIDDEN)


def _videos(run: Run, content: Any) -> tuple[Video, ...]:
    return tuple(
        Video(title, video_source, run.images.image(video_source.poster, "")) for title, video_source in content.videos
    )
