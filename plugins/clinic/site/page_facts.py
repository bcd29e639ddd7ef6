"""The facts of the page that Pelican is writing, taken from the context it gives the template."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from jinja2.runtime import Context

from clinic.facts.addresses import (
    ATOM_FEED,
    BLOG,
    COMMENTS_FEED,
    CONTACT,
    LOCATIONS,
    RSS_FEED,
    SERVICES,
    TEAM,
    comments_feed_path,
)
from clinic.facts.articles import Header
from clinic.facts.base import Status
from clinic.facts.care_path import offering
from clinic.facts.locations import Location
from clinic.facts.pages import Crumb, Feed, Image, PageFacts, PageKind, Video
from clinic.facts.series import Series
from clinic.facts.services import Service
from clinic.facts.team import Practitioner
from clinic.site.reviews import day_reviewed, review_due
from clinic.site.run import Run

_KINDS = {kind.value: kind for kind in PageKind}
_PARENTS = {
    PageKind.SERVICE: SERVICES,
    PageKind.PRACTITIONER: TEAM,
    PageKind.LOCATION: LOCATIONS,
    PageKind.THANK_YOU: CONTACT,
}
_NOT_INDEXED = {PageKind.NOT_FOUND, PageKind.THANK_YOU}
_LISTS = {
    PageKind.CATEGORY: "Articles on {name}",
    PageKind.TAG: "Articles tagged {name}",
    PageKind.AUTHOR: "Articles by {name}",
}
_ATOM = "application/atom+xml"
_SHOW_SERVICES = {PageKind.HOME, PageKind.SERVICES, PageKind.BOOK}
Record = TypeVar("Record", Service, Practitioner)


def facts_of(run: Run, context: Context) -> PageFacts:
    """What is true of the page that this Jinja context writes."""
    if "article" in context:
        return _article(run, context)
    if "page" in context:
        return _page(run, context)
    if "listed" in context:
        return _series(run, context["listed"])
    return _list(run, context)


def _article(run: Run, context: Context) -> PageFacts:
    article = context["article"]
    onward = article.onward
    crumbs = [_crumb_of(run, BLOG)]
    if category := getattr(article, "category", None):
        crumbs.append(Crumb(str(category), category.url))
    return PageFacts(
        kind=PageKind.ARTICLE,
        path=article.url,
        title=article.title,
        description=article.description,
        crumbs=_trail(run, *crumbs, Crumb(article.title, article.url)),
        indexed=article.status == "published" and not article.unpublished,
        published=article.date,
        modified=getattr(article, "modified", None),
        authors=article.people,
        section=str(category) if category else None,
        tags=tuple(str(tag) for tag in getattr(article, "tags", ())),
        conditions=article.header.conditions,
        word_count=article.word_count,
        minutes=article.minutes,
        image=run.pictures.image_of(article.header),
        locations=tuple(run.clinic.locations.values()),
        reviewed=day_reviewed(article.header),
        reviewed_by=run.clinic.practitioner(article.header.reviewed_by) if article.header.reviewed_by else None,
        next_review=_next_review(run, article.header),
        series=onward.series,
        part=onward.part,
        citations=article.header.references,
        videos=_videos(run, article),
        previous_path=onward.earlier.url if onward.earlier else None,
        next_path=onward.later.url if onward.later else None,
        discussion=article.discussion,
        feeds=(*_feeds(run), *_comment_feeds(run, article)),
    )


def _comment_feeds(run: Run, article: Any) -> tuple[Feed, ...]:
    """Of this article and of all, where there are comments to follow."""
    if not article.discussion or not article.discussion.count:
        return ()
    here = Feed(comments_feed_path(article.url), f"Comments on {article.title}", _ATOM)
    return (
        (here, Feed(COMMENTS_FEED, f"{run.clinic.name}: comments", _ATOM)) if article.status == "published" else (here,)
    )


def _page(run: Run, context: Context) -> PageFacts:
    page = context["page"]
    kind = _KINDS.get(page.template, PageKind.PAGE)
    parents = [_crumb_of(run, _PARENTS[kind])] if kind in _PARENTS else []
    reviewer = getattr(page.header, "reviewed_by", None)
    place = run.clinic.locations.get(getattr(page, "location", ""))
    return PageFacts(
        kind=kind,
        path=page.url,
        title=page.title,
        description=page.description or run.clinic.description or "",
        crumbs=()
        if kind in {PageKind.HOME, PageKind.NOT_FOUND}
        else _trail(run, *parents, Crumb(page.title, page.url)),
        indexed=page.status == "published" and not page.unpublished and kind not in _NOT_INDEXED,
        modified=getattr(page, "modified", None),
        image=run.pictures.image_of(page.header) or _picture_of(run, place),
        service=getattr(page, "service", None),
        practitioner=getattr(page, "practitioner", None),
        location=getattr(page, "location", None),
        locations=(place,) if place else tuple(run.clinic.locations.values()),
        services=_services_shown(run, kind, place),
        team=_people_shown(run, page, kind, getattr(page, "service", None)),
        reviewed=day_reviewed(page.header),
        reviewed_by=run.clinic.practitioner(reviewer) if reviewer else None,
        next_review=_next_review(run, page.header),
        videos=_videos(run, page),
        feeds=_feeds(run),
    )


def _picture_of(run: Run, place: Location | None) -> Image | None:
    return run.pictures.image(place.image, place.known_as(run.clinic.name)) if place else None


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


def _next_review(run: Run, header: Header) -> date | None:
    due = review_due(header, run.clinic)
    return due if due and due >= run.now.date() else None


def _listed(records: Iterable[Record]) -> tuple[Record, ...]:
    """What lists show; a hidden record has its own page and no more."""
    return tuple(record for record in records if record.status is not Status.HIDDEN)


def _list(run: Run, context: Context) -> PageFacts:
    """The blog, or the articles of a category, tag or author; ``articles_page`` says which page of the list."""
    kind = next((kind for kind in _LISTS if kind.value in context), PageKind.BLOG)
    listed = context["articles_page"]
    blog = _crumb_of(run, BLOG)
    name = str(context[kind.value]) if kind in _LISTS else ""
    title = _LISTS[kind].format(name=name) if name else blog.name
    first = context[kind.value].url if name else BLOG
    crumbs = (blog, Crumb(name, first)) if name else (blog,)
    intro = run.page_index.at(BLOG)
    description = f"{title} from {run.clinic.name}." if name or not intro else intro.description
    return PageFacts(
        kind=kind,
        path=listed.url,
        title=title if listed.number == 1 else f"{title}, page {listed.number}",
        description=description,
        crumbs=_trail(run, *crumbs),
        authors=tuple(filter(None, [run.clinic.practitioner(name)])) if kind is PageKind.AUTHOR else (),
        locations=tuple(run.clinic.locations.values()),
        previous_path=_neighbour(context, "articles_previous_page"),
        next_path=_neighbour(context, "articles_next_page"),
        feeds=_feeds(run),
    )


def _series(run: Run, series: Series) -> PageFacts:
    return PageFacts(
        kind=PageKind.SERIES,
        path=series.path,
        title=series.title,
        description=f"{series.title}: a series of articles from {run.clinic.name}.",
        crumbs=_trail(run, _crumb_of(run, BLOG), Crumb(series.title, series.path)),
        locations=tuple(run.clinic.locations.values()),
        series=series,
        feeds=_feeds(run),
    )


def _videos(run: Run, content: Any) -> tuple[Video, ...]:
    return tuple(Video(title, film, run.pictures.image(film.poster, "")) for title, film in content.videos)


def _neighbour(context: Context, key: str) -> str | None:
    return context[key].url if context.get(key) else None


def _trail(run: Run, *crumbs: Crumb) -> tuple[Crumb, ...]:
    return (_crumb_of(run, ""), *crumbs)


def _crumb_of(run: Run, path: str) -> Crumb:
    """The crumb of a page in ``pages/``, named as the menu names it."""
    page = run.page_index.at(path)
    return Crumb((page.menu or page.title) if page and path else "Home", path)


def _feeds(run: Run) -> tuple[Feed, ...]:
    return (
        Feed(ATOM_FEED, f"{run.clinic.name}: articles (Atom)", _ATOM),
        Feed(RSS_FEED, f"{run.clinic.name}: articles (RSS)", "application/rss+xml"),
    )
