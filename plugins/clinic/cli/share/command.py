"""`make share POST=…`: builds the site as the preview does, and writes one post of it as one file."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import click

from clinic.cli.build import BuildResult, Project, count
from clinic.cli.comments.prompts import ask_article
from clinic.cli.comments.submission import Article, find_article
from clinic.cli.disk import write_whole
from clinic.cli.options import run_writing
from clinic.cli.preview.aside import built_aside
from clinic.cli.share.single_file import SingleFile
from clinic.content.clock import utc_now
from clinic.content.content import POSTS, Content
from clinic.content.documents import Document
from clinic.content.front_matter import page_key
from clinic.content.load import load
from clinic.domain.pages.urls import article_path
from clinic.models.articles import ArticleFrontMatter
from clinic.models.language import size_in_words
from clinic.models.suggestions import did_you_mean
from clinic.rendering.dates import day

FOLDER = "share"
_MOST_FOR_MAIL = 10_000_000
"""Bytes that mail services take in an attachment: most of them 20 MB, which is a third less after its encoding."""


@dataclass(frozen=True)
class Share:
    """One run; ``named`` is the title, address or file of a post, or empty where it is to be asked for."""

    project: Project
    settings: Path
    named: str = ""

    def run(self) -> None:
        """Write the file and say where it is. Raises ClickException for what the owner has to mend, and OSError."""
        content = load(self.project.content_folder, now=utc_now(), preview=True)
        folders = {key: each.language_folder for each in (content, *content.translations) for key in each.articles}
        chosen = self.chosen(content)
        language = folders[chosen.key]
        with built_aside(self.project, self.settings) as (result, folder):
            _tell_what_is_wrong(result, chosen)
            moment = utc_now().astimezone(content.clinic.zone)
            state = "" if chosen.state.is_public else "Not published yet. "
            notice = (
                f"{state}From {content.clinic.name}, {day(moment)}, for your approval only: please do not pass it on."
            )
            single = SingleFile(folder, f"{language}{article_path(chosen.slug)}")
            text = single.html(notice)
        file = self.project.root / FOLDER / f"{chosen.slug}{f'.{language[:-1]}' if language else ''}.html"
        write_whole(file, text)
        size = len(text.encode())
        click.echo(
            f"{FOLDER}/{file.name} is ready ({size_in_words(size)}): one file with the whole post, to send by e-mail."
        )
        click.echo("It says that it is not to be passed on, and has nothing else of the site in it.")
        if single.left_out_films:
            click.echo("Films are left out of it: show them in the preview.")
        if size > _MOST_FOR_MAIL:
            click.echo(
                "That is more than most mail services take: hand it over in another way, or use smaller pictures."
            )

    def chosen(self, content: Content) -> Document[ArticleFrontMatter]:
        """The post meant: by its file, else as an article is named elsewhere, or by some words of its title.

        Raises ClickException where there is none.
        """
        found = (document for each in (content, *content.translations) for document in each.articles.values())
        documents = sorted(found, key=lambda one: one.date or utc_now(), reverse=True)
        if not documents:
            raise click.ClickException("There is no post yet: begin one with make post.")
        named = self.named.strip().removeprefix(f"{self.project.content_name}/").removeprefix(f"{POSTS}/")
        for document in documents:
            if named and named.removesuffix(".md") in _names_of(document):
                return document
        articles = [Article(one.slug, one.front_matter.title) for one in documents]
        meant = find_article(named, articles) if named else ask_article(articles)
        parts = [one for one in articles if named.casefold() in one.title.casefold()] if meant is None else []
        meant = parts[0] if len(parts) == 1 else meant
        if meant is None:
            known = [name for one in articles for name in (one.slug, one.title)]
            how = did_you_mean(named, known) or "; write its title, or the name of its file."
            raise click.ClickException(f'There is no post "{self.named}"{how}')
        return documents[articles.index(meant)]


def _tell_what_is_wrong(result: BuildResult, chosen: Document[ArticleFrontMatter]) -> None:
    """With the post, for it is about to be read. Raises ClickException where there is no site."""
    wrong = [error for error in result.errors if not result.built or error.file == chosen.name]
    for error in wrong:
        click.echo(f"  {error}")
    if not result.built:
        raise click.ClickException(f"There is no site to take the post from: {count(wrong)} to mend.")
    if wrong:
        click.echo(f"{count(wrong)} to mend in this post, told above; the file is written all the same.")


def _names_of(document: Document[ArticleFrontMatter]) -> tuple[str, ...]:
    """What the file of a post may be called, without its ending: below ``posts/``, by itself, as in its address."""
    key = page_key(document.key)
    return document.key.removeprefix(f"{POSTS}/").removesuffix(".md"), PurePosixPath(key).stem, document.slug


@click.command("share")
@click.option("--settings", type=click.Path(path_type=Path, readable=False), default="pelicanconf.py")
@click.option("--post", default="", help="The post by its title, its file or the last part of its address.")
@click.pass_context
def share_command(context: click.Context, settings: Path, post: str) -> None:
    """Write one post, a draft too, as one file to send to somebody who is to approve it."""
    run_writing(context, Share(context.obj, settings, post).run)
