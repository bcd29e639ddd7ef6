"""`share`: one post of the site as the preview shows it, whole, and nothing else of the site."""

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from posixpath import dirname, normpath
from urllib.parse import unquote, urlsplit

import click
from lxml import html
from lxml.html import HtmlElement

from clinic.cli.build import BuildResult, Project, count
from clinic.cli.comments.prompts import ask_article
from clinic.cli.comments.submission import Article, find_article
from clinic.cli.disk import write_whole
from clinic.cli.options import run_writing, settings_option
from clinic.cli.preview.builds import built_as_preview
from clinic.content.clock import utc_now
from clinic.content.content import Content
from clinic.content.documents import Document
from clinic.content.folder import POSTS
from clinic.content.front_matter import page_key
from clinic.content.load import load
from clinic.domain.pages.urls import article_path
from clinic.models.articles import ArticleFrontMatter
from clinic.models.language import size_in_words
from clinic.models.suggestions import did_you_mean
from clinic.rendering.dates import day
from clinic.rendering.files.hosting import media_type

FOLDER = "share"
_MOST_FOR_MAIL = 10_000_000
"""Bytes that mail services take in an attachment: most of them 20 MB, which is a third less after its encoding."""
_KEPT_IN_HEAD = "self::title or self::style or self::meta[@charset or @name='viewport']"
_NOT_OF_THE_TEXT = (
    "script",
    "link",
    "template",
    "form",
    "iframe",
    "track",
    "nav[not(contains(concat(' ', @class, ' '), ' contents-list '))]",
    "*[contains(concat(' ', @class, ' '), ' handout ')]",
    "*[contains(concat(' ', @class, ' '), ' share-links ')]",
    "*[contains(concat(' ', @class), ' print-links')]",
    "*[contains(concat(' ', @class, ' '), ' comment-list ')]",
    "*[contains(concat(' ', @class, ' '), ' tag-list ')]",
    "*[contains(concat(' ', @class, ' '), ' draft-marker ')]",
    "a[@href='#comments' or @href='#share-title']",
)
"""What leads to other pages, is for visitors alone, or does nothing without the site."""
_NOTICE = "padding:1rem 1.5rem;background:#1d1d1b;color:#fff;font-weight:600"
_LOADS = ("src", "poster", "srcset", "sizes", "loading", "fetchpriority", "popovertarget")
_URL = re.compile(r"url\(\s*(['\"]?)([^'\")]+)\1\s*\)")


class SingleFile:
    """The file for the page at ``path`` (``post/knees/``) of the site in ``folder``."""

    def __init__(self, folder: Path, path: str) -> None:
        self._folder = folder
        self._path = path
        self.left_out_films = 0
        """How many films and sounds ``html`` has left out."""
        self._page = html.document_fromstring((folder / path / "index.html").read_text("utf-8"))

    def html(self, notice: str) -> str:
        """The page with its text alone, below a ``notice`` on what it is. ValueError where the page has no article."""
        article = self._page.find(".//article")
        if article is None:
            raise ValueError(f"/{self._path} has no article")
        linked = [*self._linked_styles()]
        self._take_out(article)
        for element in article.iter(html.etree.Element):
            self._close(element)
        head, body = html.Element("head"), html.Element("body")
        head.extend(self._page.xpath(f"head/*[{_KEPT_IN_HEAD}]"))
        head.append(html.Element("meta", {"name": "robots", "content": "noindex"}))
        for style in head.iter("style"):
            style.text = self._with_files(style.text or "", self._path)
        head.extend(linked)
        marker = html.Element("aside", {"style": _NOTICE})
        marker.text = notice
        main = html.Element("main")
        main.append(article)
        body.extend((marker, main))
        whole = html.Element("html", dict(self._page.attrib))
        whole.extend((head, body))
        return f"<!doctype html>\n{html.tostring(whole, encoding='unicode')}\n"

    def _take_out(self, article: HtmlElement) -> None:
        for what in _NOT_OF_THE_TEXT:
            for element in article.xpath(f".//{what}"):
                if element.getparent() is not None:
                    element.drop_tree()
        for choice in article.xpath(".//source"):
            choice.drop_tag()  # the parser takes the picture that follows for a part of it
        for player in article.xpath(".//video | .//audio | .//object | .//embed"):
            words = html.Element("p")
            words.text = "[A film stands here, which this file does not have.]"
            player.addprevious(words)
            self.left_out_films += 1
            player.drop_tree()

    def _close(self, element: HtmlElement) -> None:
        """Let an element load nothing and lead nowhere on this site; a picture becomes a part of the file."""
        source = element.get("src", "")
        for name in _LOADS:
            element.attrib.pop(name, None)
        if element.tag == "img" and (data := self._data(source, self._path)):
            element.set("src", data)
        if element.get("href") and not _leads_elsewhere(element.get("href")):
            del element.attrib["href"]

    def _linked_styles(self) -> Iterator[HtmlElement]:
        """The stylesheets that the page links to; fonts in them are found from where they are."""
        for link in self._page.xpath("//link[@rel='stylesheet']"):
            if (file := self._file(link.get("href", ""), self._path)) is not None:
                style = html.Element("style")
                at = file.relative_to(self._folder).as_posix()
                style.text = self._with_files(file.read_text("utf-8"), at)
                yield style

    def _with_files(self, css: str, at: str) -> str:
        """CSS with the files that it loads in it; what is not there is left out."""
        return _URL.sub(lambda found: f"url({self._data(found[2], at) or 'data:,'})", css)

    def _data(self, address: str, at: str) -> str | None:
        """A file of the site as a ``data:`` URL (RFC 2397); as it is, if it is one."""
        if address.startswith("data:"):
            return address
        file = self._file(address, at)
        if file is None:
            return None
        return f"data:{media_type(file.name)};base64,{b64encode(file.read_bytes()).decode()}"

    def _file(self, address: str, at: str) -> Path | None:
        """The file of an address that stands in the file ``at``; None where it is not of this site."""
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not parts.path:
            return None
        path = unquote(parts.path)
        inside = normpath(path.lstrip("/") if path.startswith("/") else f"{dirname(at)}/{path}").lstrip("/")
        file = (self._folder / inside).resolve()
        return file if file.is_relative_to(self._folder.resolve()) and file.is_file() else None


def _leads_elsewhere(address: str) -> bool:
    """Whether a link works without the site: another site, a call, a message, or a place on the page itself."""
    return bool(urlsplit(address).scheme) or address.startswith(("#", "//"))


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
        with built_as_preview(self.project, self.settings) as (result, folder):
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
@settings_option("pelicanconf.py")
@click.option("--post", default="", help="The post by its title, its file or the last part of its address.")
@click.pass_context
def share_command(context: click.Context, settings: Path, post: str) -> None:
    """Write one post, a draft too, as one file to send to somebody who is to approve it."""
    run_writing(context, Share(context.obj, settings, post).run)
