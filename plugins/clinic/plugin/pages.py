"""The facts of the page that is being written: of an article, a page, a list of articles, a year, a series."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from clinic.domain.articles.series import Series
from clinic.domain.comments.threads import Discussion, in_pages
from clinic.domain.pages import urls
from clinic.domain.pages.default_pages import default_description
from clinic.domain.pages.media import Video
from clinic.domain.pages.page import Crumb, Feed, PageFacts, PageKind, Version, Versions
from clinic.domain.schedule import day_reviewed, review_due
from clinic.models.service import Service
from clinic.models.words import gettext
from clinic.plugin.adapter import article_front_matter, category_of, modified_of, tags_of
from clinic.plugin.context import Context
from clinic.plugin.index import BLOG_PAGE, Index
from clinic.plugin.lists import NAMED_LISTS, list_title
from clinic.plugin.pelican_types import Article, Content, Page
from clinic.plugin.records import event_of, exercise_of, practitioner_of, service_of, services_shown, team_shown
from clinic.rendering.feeds.feed import ATOM, RSS

_KINDS = {kind.value: kind for kind in PageKind}
_PARENTS = {
    PageKind.EVENT: urls.EVENTS,
    PageKind.SERVICE: urls.SERVICES,
    PageKind.PRACTITIONER: urls.TEAM,
    PageKind.LOCATION: urls.LOCATIONS,
    PageKind.THANK_YOU: urls.CONTACT,
}
_FEW = 2
"""Articles: a list of so many says nothing that they do not say themselves, so search engines need not list it."""
_NOT_INDEXED = {PageKind.NOT_FOUND, PageKind.THANK_YOU, PageKind.SEARCH}
"""Google: pages of search results should not be found by search engines (Search Essentials, spam policies)."""
_SHOW_FEES = {PageKind.SERVICES, PageKind.SERVICE, PageKind.BOOK}
_SHOW_EVENTS = {PageKind.HOME, PageKind.EVENTS}


class PageFactsBuilder:
    """Makes the facts of pages from the variables that Pelican gives the template of each."""

    def __init__(self, context: Context, index: Index, versions: Versions) -> None:
        self._context = context
        self._versions = versions
        self._clinic = context.clinic
        self._index = index
        self._discussions: dict[str, tuple[Discussion | None, tuple[Discussion, ...]]] = {}
        self._locations = tuple(context.clinic.locations_on(None).values())
        self._feeds = (
            Feed(urls.ATOM_FEED, gettext("{clinic}: articles (Atom)", clinic=self._clinic.name), ATOM),
            Feed(urls.RSS_FEED, gettext("{clinic}: articles (RSS)", clinic=self._clinic.name), RSS),
        )

    def build(self, variables: Mapping[str, Any]) -> PageFacts:
        """The facts of one page; ``listed`` is a series, ``period_num`` a year."""
        if "article" in variables:
            return self._article(variables["article"])
        if "page" in variables:
            return self._page(variables["page"])
        if "commented" in variables:
            return self._comments(variables["commented"], variables["number"])
        if "listed" in variables:
            series: Series = variables["listed"]
            name = self._clinic.name
            description = gettext("{series}: a series of articles from {clinic}.", series=series.title, clinic=name)
            return self._whole_list(
                PageKind.SERIES, Crumb(series.title, series.path), series.title, description, series
            )
        if "period_num" in variables:
            return self._year(variables["period_num"][0], variables)
        return self._list(variables)

    def _year(self, year: int, variables: Mapping[str, Any]) -> PageFacts:
        """The articles of a year; of many there are several pages."""
        title, page = gettext("Articles from {year}", year=year), variables["articles_page"]
        description = gettext("{title}, month by month, from {clinic}.", title=title, clinic=self._clinic.name)
        return replace(
            self._whole_list(PageKind.YEAR, Crumb(str(year), urls.year_path(year)), title, description),
            path=page.url,
            title=title if page.number == 1 else _numbered(title, page.number, page.paginator.num_pages),
            indexed=page.paginator.count > _FEW,
            previous_path=getattr(variables["articles_previous_page"], "url", None),
        )

    def _article(self, article: Article) -> PageFacts:
        front_matter, read = article_front_matter(article), article.read
        navigation = self._index.navigation[read.key]
        discussion = self.discussion_pages(article)
        category = category_of(article)
        crumbs = [self._crumb(urls.BLOG), *([Crumb(str(category), category.url)] if category else [])]
        return PageFacts(
            kind=PageKind.ARTICLE,
            path=article.url,
            title=article.title,
            description=read.description,
            search_title=front_matter.seo_title,
            crumbs=self._breadcrumbs(*crumbs, Crumb(article.title, article.url)),
            indexed=article.status == "published" and read.document.state.is_public,
            published=article.date,
            modified=modified_of(article),
            authors=read.practitioners,
            section=str(category) if category else None,
            tags=tuple(map(str, tags_of(article))),
            conditions=front_matter.conditions,
            word_count=read.word_count,
            minutes=read.minutes,
            image=self._index.images.image_of(front_matter),
            locations=self._locations,
            **self._payment(PageKind.ARTICLE, article, None),
            **self._review(article),
            series=navigation.series,
            part=navigation.part,
            citations=front_matter.references,
            videos=self._videos(article),
            previous_path=getattr(navigation.earlier, "url", None),
            discussion=discussion[0] if discussion else None,
            feeds=(*self._feeds, *self._comment_feeds(article)),
            versions=self._versions_of(read.document.page_key),
        )

    def discussion_pages(self, article: Article) -> tuple[Discussion, ...]:
        """The discussion of an article, page by page; none where there is nothing to show or to say."""
        key, whole = article.read.key, self._index.discussions[article.read.key]
        if key not in self._discussions or self._discussions[key][0] is not whole:
            self._discussions[key] = whole, in_pages(whole, article.url) if whole else ()
        return self._discussions[key][1]

    def _comments(self, article: Article, number: int) -> PageFacts:
        """A later page of the comments on an article."""
        pages, whole = self.discussion_pages(article), self._article(article)
        discussion, paths = pages[number - 1], pages[0].paths
        title = gettext("Comments on {title}", title=article.title)
        return PageFacts(
            kind=PageKind.COMMENTS,
            path=paths[number - 1],
            title=_numbered(title, number, len(paths)),
            description=whole.description,
            crumbs=(*whole.crumbs, Crumb(gettext("Comments"), paths[number - 1])),
            indexed=False,
            published=whole.published,
            locations=self._locations,
            previous_path=paths[number - 2],
            discussion=discussion,
            feeds=whole.feeds,
            versions=self._versions_of(),
        )

    def _versions_of(self, page_key: str | None = None) -> tuple[Version, ...]:
        return self._versions.of_page(page_key, self._clinic.language)

    def _comment_feeds(self, article: Article) -> tuple[Feed, ...]:
        """Of this article and of all, where there are comments to follow."""
        discussion = self._index.discussions[article.read.key]
        if not discussion or not discussion.count:
            return ()
        here = Feed(urls.comments_feed_path(article.url), gettext("Comments on {title}", title=article.title), ATOM)
        every = Feed(urls.COMMENTS_FEED, gettext("{clinic}: comments", clinic=self._clinic.name), ATOM)
        return (here, every) if article.status == "published" else (here,)

    def _page(self, page: Page) -> PageFacts:
        document = page.read.document
        kind = _KINDS.get(page.template, PageKind.PAGE)
        parents = [self._crumb(_PARENTS[kind])] if kind in _PARENTS else []
        slug = document.stem if kind is PageKind.LOCATION else None
        location = self._clinic.locations.get(slug or "")
        service = service_of(self._context, document)
        name, images = self._clinic.name, self._index.images
        image = images.image(location.image, location.known_as(name)) if location else None
        breadcrumbs = self._breadcrumbs(*parents, Crumb(page.title, page.url))
        return PageFacts(
            kind=kind,
            path=page.url,
            title=page.title,
            description=page.read.description
            or self._clinic.description
            or default_description(self._clinic, document.page_key, service),
            search_title=document.front_matter.seo_title,
            crumbs=() if kind in {PageKind.HOME, PageKind.NOT_FOUND} else breadcrumbs,
            indexed=page.status == "published" and document.state.is_public and kind not in _NOT_INDEXED,
            modified=modified_of(page),
            image=images.image_of(document.front_matter) or image,
            service=service,
            practitioner=practitioner_of(self._context, document),
            event=event_of(self._context, document),
            exercise=exercise_of(self._context, document),
            events=self._clinic.upcoming_events if kind in _SHOW_EVENTS else (),
            location=slug,
            locations=(location,) if location else self._locations,
            hours_in_text=page.read.hours_in_text,
            services=services_shown(self._clinic, kind, location),
            **self._payment(kind, page, service),
            team=team_shown(self._clinic, kind, service, slug),
            **self._review(page),
            videos=self._videos(page),
            feeds=self._feeds,
            versions=self._versions_of(document.page_key),
        )

    def _payment(self, kind: PageKind, content: Content, service: Service | None) -> dict[str, Any]:
        """The fees of the service whose page it is, else all, on pages with prices and where a directive asks."""
        if kind not in _SHOW_FEES and not content.read.shows_fees:
            return {}
        own = service is not None and not content.read.shows_fees
        fees = self._clinic.fees_of(service.slug) if service and own else self._clinic.fees
        return {"fees": fees, "shows_payment": True}

    def _review(self, content: Content) -> dict[str, Any]:
        """Who reviewed a page and when; the day of the next review only while that is to come."""
        front_matter = content.read.document.front_matter
        reviewer = getattr(front_matter, "reviewed_by", None)
        due = review_due(front_matter, self._clinic)
        return {
            "reviewed": day_reviewed(front_matter),
            "reviewed_by": self._clinic.practitioner(reviewer) if reviewer else None,
            "next_review": due if due and due >= self._context.now.date() else None,
        }

    def _videos(self, content: Content) -> tuple[Video, ...]:
        image = self._index.images.image
        return tuple(Video(title, video, image(video.poster, "")) for title, video in content.read.videos)

    def _list(self, variables: Mapping[str, Any]) -> PageFacts:
        """The blog, or the articles of a category, tag or author; ``articles_page`` says which page of the list."""
        kind = next((kind for kind in NAMED_LISTS if kind.value in variables), PageKind.BLOG)
        listed, blog = variables["articles_page"], self._crumb(urls.BLOG)
        name = str(variables[kind.value]) if kind in NAMED_LISTS else ""
        title = list_title(kind, name) if name else blog.name
        first = variables[kind.value].url if name else urls.BLOG
        intro = self._index.pages.at(urls.BLOG)
        own_words = self._clinic.about_subject(name) if kind in {PageKind.CATEGORY, PageKind.TAG} else None
        description = own_words or gettext("{title} from {clinic}.", title=title, clinic=self._clinic.name)
        has_feed = kind.value in {wanted.value for wanted in self._clinic.feeds}
        own_feed = [Feed(urls.list_feed_path(first), f"{self._clinic.name}: {title}", ATOM)] if has_feed else []
        return PageFacts(
            kind=kind,
            path=listed.url,
            title=title if listed.number == 1 else _numbered(title, listed.number, listed.paginator.num_pages),
            description=(not name and intro and intro.read.description) or description,
            crumbs=self._breadcrumbs(blog, *([Crumb(name, first)] if name else [])),
            indexed=not name or bool(own_words) or listed.paginator.count > _FEW,
            authors=tuple(filter(None, [self._clinic.practitioner(name)])) if kind is PageKind.AUTHOR else (),
            locations=self._locations,
            previous_path=getattr(variables.get("articles_previous_page"), "url", None),
            feeds=(*own_feed, *self._feeds),
            versions=self._versions_of(BLOG_PAGE if kind is PageKind.BLOG and listed.number == 1 else None),
        )

    def _whole_list(
        self, kind: PageKind, crumb: Crumb, title: str, description: str, series: Series | None = None
    ) -> PageFacts:
        """The articles of a year, or all parts of a series, on one page."""
        return PageFacts(
            kind=kind,
            path=crumb.path,
            title=title,
            description=description,
            crumbs=self._breadcrumbs(self._crumb(urls.BLOG), crumb),
            locations=self._locations,
            series=series,
            feeds=self._feeds,
            versions=self._versions_of(),
        )

    def _breadcrumbs(self, *crumbs: Crumb) -> tuple[Crumb, ...]:
        return (self._crumb(""), *crumbs)

    def _crumb(self, path: str) -> Crumb:
        """The crumb of a page in ``pages/``, named as the menu names it."""
        page = self._index.pages.at(path)
        return Crumb((getattr(page, "menu", None) or page.title) if page and path else gettext("Home"), path)


def _numbered(title: str, number: int, count: int) -> str:
    return gettext("{title}, page {number} of {count}", title=title, number=number, count=count)
