"""What stands under each article: its comments, and whether and how to write one."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from clinic.content.diagnostics import Diagnostic
from clinic.content.folder import COMMENTS_FOLDER
from clinic.domain.comments.mail_form import compose_url
from clinic.domain.comments.threads import Discussion, build_threads
from clinic.domain.schedule import Rebuild
from clinic.models.comments import Comment, CommentChannel, CommentSettings, closes_at, takes_comments
from clinic.models.suggestions import did_you_mean
from clinic.plugin.adapter import article_front_matter
from clinic.plugin.context import Context
from clinic.plugin.pelican_types import Article
from clinic.rendering.markdown.comment import comment_html


def discussions(context: Context, articles: Iterable[Article]) -> dict[str, Discussion | None]:
    """The discussion of every article, by the key of its document; None where there is nothing to show or to say."""
    settings = context.clinic.comments
    if settings is None:
        return {article.read.key: None for article in articles}
    return {article.read.key: _discussion(context, settings, article) for article in articles}


def _discussion(context: Context, settings: CommentSettings, article: Article) -> Discussion | None:
    choice = article_front_matter(article).comments
    if choice == "none":
        return None
    comments = context.content.comments.shown.get(article.slug, ())
    shown = [replace(comment, html=_html(context, comment)) for comment in comments]
    is_open = takes_comments(choice, settings, article.date, context.now)
    found = Discussion(
        threads=build_threads(shown),
        count=len(shown),
        is_closed=not is_open and (bool(shown) or choice == "closed"),
        **(_ways_to_write(context, settings, article, shown) if is_open else {}),
    )
    return found if found.count or found.is_closed or found.write_url or found.by_form else None


def _html(context: Context, comment: Comment) -> str:
    return context.store.kept("comment", [comment.words], lambda: comment_html(comment.words))


def _ways_to_write(
    context: Context, settings: CommentSettings, article: Article, comments: Collection[Comment]
) -> dict[str, Any]:
    has_form = context.clinic.contact_form is not None
    if settings.channel(has_form=has_form) is CommentChannel.FORM:
        return {"by_form": has_form}
    address = context.clinic.email
    if not address:
        return {}
    replies = {comment.key: compose_url(address, article.title, article.slug, comment.key) for comment in comments}
    return {"write_url": compose_url(address, article.title, article.slug), "reply_urls": replies}


def comment_rebuilds(context: Context, articles: Iterable[Article]) -> Iterator[Rebuild]:
    """When comments appear, and when an article takes no more."""
    settings = context.clinic.comments
    if settings is None:
        return
    for article in articles:
        choice = article_front_matter(article).comments
        if choice == "none":
            continue
        for moment in context.content.comments.due.get(article.slug, ()):
            yield Rebuild(moment, f"a comment on “{article.title}” is due")
        end = closes_at(article.date, settings)
        if end and choice != "open" and takes_comments(choice, settings, article.date, context.now):
            yield Rebuild(end, f"comments on “{article.title}” close")


def stray_comments(context: Context, articles: Iterable[Article]) -> Iterator[Diagnostic]:
    """Folders of comments that belong to no article: they would be left out in silence."""
    if context.clinic.comments is None:
        return
    published = {article.slug: article for article in articles}
    unpublished = {document.slug for document in context.documents.values() if not document.state.is_public}
    for name in context.content.comments.shown:
        if name not in published and name not in unpublished:
            folder = context.content.name_of(f"{COMMENTS_FOLDER}/{name}")
            yield Diagnostic(folder, 0, f'there is no article "{name}"{_its_name_now(name, published, unpublished)}')


def _its_name_now(name: str, articles: Mapping[str, Article], unpublished: Collection[str]) -> str:
    for slug, article in articles.items():
        if any(name in alias.split("/") for alias in article_front_matter(article).aliases):
            return f'; it is called "{slug}" now, so give this folder that name'
    advice = "; name the folder after the last part of the article's address"
    return did_you_mean(name, {*articles, *unpublished}) or advice
