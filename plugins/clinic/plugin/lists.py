"""The facts of pages that list articles: the blog, a category, a tag, an author, a year, a series."""

from jinja2.runtime import Context

from clinic.domain.articles.series import Series
from clinic.domain.pages.page import Crumb, PageFacts, PageKind
from clinic.domain.pages.urls import BLOG, year_path
from clinic.plugin.breadcrumbs import breadcrumbs, crumb_of, feed_of_list, feeds
from clinic.plugin.context import Run
from clinic.plugin.index import LIST_TITLES


def list_facts(run: Run, context: Context) -> PageFacts:
    """The blog, or the articles of a category, tag or author; ``articles_page`` says which page of the list."""
    kind = next((kind for kind in LIST_TITLES if kind.value in context), PageKind.BLOG)
    listed = context["articles_page"]
    blog = crumb_of(run, BLOG)
    name = str(context[kind.value]) if kind in LIST_TITLES else ""
    title = LIST_TITLES[kind].format(name=name) if name else blog.name
    first = context[kind.value].url if name else BLOG
    crumbs = (blog, Crumb(name, first)) if name else (blog,)
    intro = run.page_index.at(BLOG)
    has_intro = bool(intro) and kind is PageKind.BLOG and listed.number == 1
    said = _said_of(run, kind, name) or f"{title} from {run.clinic.name}."
    description = said if name or not intro else intro.description
    return PageFacts(
        kind=kind,
        path=listed.url,
        title=title if listed.number == 1 else f"{title}, page {listed.number} of {listed.paginator.num_pages}",
        description=description,
        crumbs=breadcrumbs(run, *crumbs),
        authors=tuple(filter(None, [run.clinic.practitioner(name)])) if kind is PageKind.AUTHOR else (),
        locations=tuple(run.clinic.locations.values()),
        previous_path=_neighbour(context, "articles_previous_page"),
        next_path=_neighbour(context, "articles_next_page"),
        feeds=(*feed_of_list(run, kind, first, title), *feeds(run)),
        shows_hours=has_intro and intro.shows_hours,
        shows_player=has_intro and intro.shows_player,
    )


def _said_of(run: Run, kind: PageKind, name: str) -> str | None:
    return run.clinic.about_subject(name) if kind in {PageKind.CATEGORY, PageKind.TAG} else None


def year_facts(run: Run, context: Context) -> PageFacts:
    """The articles of one year, all on one page."""
    (year,) = context["period_num"]
    title, path = f"Articles from {year}", year_path(year)
    return PageFacts(
        kind=PageKind.YEAR,
        path=path,
        title=title,
        description=f"{title}, month by month, from {run.clinic.name}.",
        crumbs=breadcrumbs(run, crumb_of(run, BLOG), Crumb(str(year), path)),
        locations=tuple(run.clinic.locations.values()),
        feeds=feeds(run),
    )


def series_facts(run: Run, series: Series) -> PageFacts:
    """The parts of a series, in order."""
    return PageFacts(
        kind=PageKind.SERIES,
        path=series.path,
        title=series.title,
        description=f"{series.title}: a series of articles from {run.clinic.name}.",
        crumbs=breadcrumbs(run, crumb_of(run, BLOG), Crumb(series.title, series.path)),
        locations=tuple(run.clinic.locations.values()),
        series=series,
        feeds=feeds(run),
    )


def _neighbour(context: Context, key: str) -> str | None:
    return context[key].url if context.get(key) else None
