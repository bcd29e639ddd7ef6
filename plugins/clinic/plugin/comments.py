"""The comments of each article, attached to it once all articles have been read."""

from collections.abc import Collection
from dataclasses import replace
from itertools import chain
from typing import Any

from pelican.generators import ArticlesGenerator

from clinic.content.comments import COMMENTS_FOLDER, CommentsReader
from clinic.domain.comments.mail_form import compose_url
from clinic.domain.comments.threads import Discussion, build_threads
from clinic.domain.schedule import Rebuild
from clinic.models.comments import Comment, CommentChannel, CommentSettings, closes_at, takes_comments
from clinic.models.suggestions import did_you_mean
from clinic.plugin.context import Run, run_of
from clinic.plugin.unpublished import waiting_articles
from clinic.rendering.markdown.comment import comment_html


def attach_discussions(generator: ArticlesGenerator) -> None:
    """Give every published article what stands under it. Comments of any other article go no further than this."""
    run = run_of(generator.settings)
    all_articles = [*chain(generator.articles, generator.hidden_articles)]  # two of one slug are told later
    articles = {article.slug: article for article in all_articles}
    absent = run.folder.unreadable["team"]
    shown_as = run.name_of(run.content)
    folder = CommentsReader(run.content, shown_as, run.clinic, run.now, run.preview, absent).read()
    run.comment_files |= folder.read
    if run.clinic.comments:
        run.problems.extend(folder.problems)
        _report_strays(run, articles, folder.by_article)
    for article in all_articles:
        article.discussion = _discussion(run, article, folder.by_article.get(article.slug, ()))
        if _has_comments(run, article):
            due = folder.due.get(article.slug, ())
            run.rebuilds += [Rebuild(moment, f"a comment on “{article.title}” is due") for moment in due]


def _has_comments(run: Run, article: Any) -> bool:
    """Whether comments on it are shown."""
    return run.clinic.comments is not None and article.front_matter.comments != "none"


def _discussion(run: Run, article: Any, comments: Collection[Comment]) -> Discussion | None:
    """None where there is nothing to show and nothing to say."""
    choice = article.front_matter.comments
    if run.clinic.comments is None or not _has_comments(run, article):
        return None
    shown = [replace(comment, html=comment_html(comment.words)) for comment in comments]
    is_open = takes_comments(choice, run.clinic.comments, article.date, run.now)
    end = closes_at(article.date, run.clinic.comments)
    if is_open and end and choice != "open":
        run.rebuilds.append(Rebuild(end, f"comments on “{article.title}” close"))
    found = Discussion(
        threads=build_threads(shown),
        count=len(shown),
        is_closed=not is_open and (bool(shown) or choice == "closed"),
        **(_ways_to_write(run, run.clinic.comments, article, shown) if is_open else {}),
    )
    return found if found.count or found.is_closed or found.write_url or found.by_form else None


def _ways_to_write(run: Run, settings: CommentSettings, article: Any, comments: Collection[Comment]) -> dict[str, Any]:
    if settings.channel(has_form=run.clinic.contact_form is not None) is CommentChannel.FORM:
        return {"by_form": run.clinic.contact_form is not None}
    address = run.clinic.email
    if not address:
        return {}
    replies = {comment.key: compose_url(address, article.title, article.slug, comment.key) for comment in comments}
    return {"write_url": compose_url(address, article.title, article.slug), "reply_urls": replies}


def _report_strays(run: Run, articles: dict[str, Any], folders: Collection[str]) -> None:
    """A folder of comments that belongs to no article would be left out in silence."""
    strays = [name for name in folders if name not in articles]
    waiting = {waiting.slug for waiting in waiting_articles(run)} if strays else set()
    for name in strays:
        if name not in waiting:
            place = run.name_of(run.content / COMMENTS_FOLDER / name)
            run.problems.add(place, 0, f'there is no article "{name}"{_its_name_now(name, articles, waiting)}')


def _its_name_now(name: str, articles: dict[str, Any], waiting: Collection[str]) -> str:
    for slug, article in articles.items():
        if any(name in alias.split("/") for alias in article.front_matter.aliases):
            return f'; it is called "{slug}" now, so give this folder that name'
    advice = "; name the folder after the last part of the article's address"
    return did_you_mean(name, {*articles, *waiting}) or advice
