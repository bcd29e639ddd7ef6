"""What a file or a folder is, by what is in it, and its posts."""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from html.entities import name2codepoint
from pathlib import Path, PurePosixPath

from lxml import etree

from clinic.cli.importing.feed import local, parse_xml, read_feed, read_json_feed, read_sitemap
from clinic.cli.importing.found import Harvest, Remark, Sort, Unreadable, shown
from clinic.cli.importing.html_body import read_body
from clinic.cli.importing.markdown_post import Place, read_markdown_post
from clinic.cli.importing.page import read_page
from clinic.cli.importing.plain import LARGEST_TEXT, decoded
from clinic.cli.importing.saved import (
    SiteFiles,
    permalink,
    permalinks,
    read_mhtml,
    read_web_archive,
    read_word,
    with_files,
)
from clinic.cli.importing.text_post import read_text_post
from clinic.cli.importing.tree import parse_html
from clinic.cli.importing.wordpress import read_wordpress
from clinic.content.folder import refusal
from clinic.content.front_matter import not_opened

MOST_FILES = 20_000
_LONGEST_TITLE = 300
_LARGEST_POST = 5_000_000
"""Letters of a pasted text: longer than every book of the Bible together, so no post."""
_ENDINGS = frozenset(
    [
        ".md",
        ".markdown",
        ".mdown",
        ".mkd",
        ".mdx",
        ".html",
        ".htm",
        ".xhtml",
        ".mht",
        ".mhtml",
        ".webarchive",
        ".xml",
        ".rss",
        ".atom",
        ".json",
        ".txt",
        ".docx",
    ]
)
_NOT_LOOKED_INTO = frozenset(
    "node_modules _site public output dist themes layouts _layouts _includes _sass archetypes resources vendor i18n "  # noqa: SIM905
    "__pycache__ venv".split()
)
_NO_POST = re.compile(
    r"(?:readme|license|licence|changelog|contributing|_index|package(?:-lock)?|tsconfig|manifest|robots|search|404)(?:\.\w+)?\.\w+$",
    re.IGNORECASE,
)
_ROOT_SIGNS = {
    "hugo": ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config/_default", "archetypes"),
    "jekyll": ("_config.yml", "_config.yaml", "_posts"),
    "": (
        "astro.config.mjs",
        "astro.config.ts",
        "astro.config.js",
        ".eleventy.js",
        "eleventy.config.js",
        "eleventy.config.mjs",
        "gatsby-config.js",
        "pelicanconf.py",
        "package.json",
    ),
}
"""Files that stand at the root of a site, by its program."""
_ADDRESSES = re.compile(r"\s*(?:https?://\S+\s*\n)*https?://\S+\s*")
_HTML = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|div|section|p|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<\?[^>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^\[>]*(?:\[.*?\])?>\s*)*<(?:\w+:)?(?:rss|feed|urlset|sitemapindex|RDF)\b",
    re.DOTALL,
)
_ENTITY = re.compile(r"&([a-zA-Z]+\d*);")
_MARKDOWN = re.compile(r"^#{1,6} \S|\]\((?:https?:|/|\.|\w)|\*\*\S|^```|^> \S|^!\[", re.MULTILINE)
_FRONT_MATTER = re.compile(
    r"\s*(?:---[ \t]*\n[\s\w\"'#-]*?:|\+\+\+[ \t]*\n"
    r"|(?:title|date|slug|authors?|category|tags|status|summary|modified):[ \t]*\S[^\n]*\n"
    r"(?:[A-Za-z_-]+:[^\n]*\n)*\s*\n)",
    re.IGNORECASE,
)
_HEADERS = re.compile(
    r"(?:From: <Saved by|MIME-Version:|Content-Type: multipart/related|Snapshot-Content-Location:)", re.IGNORECASE
)


@dataclass(frozen=True)
class Import:
    """One import. ``source`` is a file or a folder, ``today`` the clinic's day."""

    source: Path
    today: date

    def read(self) -> Harvest:
        """Everything that it has. Raises Unreadable where the whole of it cannot be imported."""
        if re.match(r"https?:/", self.source.as_posix()):
            raise Unreadable("this is an address; open it in a browser, save what it shows in a file, and import that")
        if not self.source.exists():
            raise Unreadable(
                "there is no such file or folder; see how it is spelt, and write FROM= with its whole path"
            )
        if self.source.is_dir():
            return self._folder()
        if not self.source.is_file():
            raise Unreadable("this is neither a file nor a folder; save the posts in a file, and import that")
        return self._file(self.source, self.source.name, in_folder=False)

    def _folder(self) -> Harvest:
        files = list(self._walk())
        harvest, others = Harvest(), 0
        for file in files:
            name = file.relative_to(self.source).as_posix()
            if file.suffix.lower() not in _ENDINGS or _NO_POST.match(file.name):
                others += 1
                continue
            if why := refusal(file, self.source):
                harvest.faults.append((name, why))
                continue
            try:
                harvest.add(self._file(file, name, in_folder=True))
            except Unreadable as unreadable:
                harvest.faults.append((name, str(unreadable)))
        if not (harvest.found or harvest.addresses or harvest.faults):
            raise Unreadable(
                f"none of the {len(files)} files in this folder is a post; choose the folder that the posts are in"
            )
        return harvest

    def _walk(self) -> Iterator[Path]:
        count = 0
        for root, folders, names in os.walk(self.source):
            folders[:] = sorted(
                name
                for name in folders
                if name[0] != "."
                and name.lower() not in _NOT_LOOKED_INTO
                and not name.endswith(("_files", ".fld", "-Dateien"))
            )
            for name in sorted(names):
                count += 1
                if count > MOST_FILES:
                    raise Unreadable(
                        f"this folder has more than {MOST_FILES:,} files; choose the one that the posts are in"
                    )
                if not name.startswith("."):
                    yield Path(root, name)

    def _file(self, path: Path, name: str, *, in_folder: bool) -> Harvest:
        try:
            size = path.stat().st_size
            if size > LARGEST_TEXT:
                raise Unreadable(
                    f"this file has {size // 1_000_000} MB, and {LARGEST_TEXT // 1_000_000} are the most; "
                    "export the posts in several files, without their pictures"
                )
            data = path.read_bytes()
        except OSError as error:
            raise Unreadable(not_opened(error)) from None
        try:
            return self._known(data, path, name, in_folder=in_folder)
        except (ValueError, etree.LxmlError) as error:
            # what libraries make of signs that no text has, and of addresses that are none
            why = f"this cannot be taken apart ({shown(str(error))})"
            raise Unreadable(f"{why}; copy its words into a text file, and import that") from None
        except RecursionError:
            raise Unreadable(
                "this is nested too deeply for a post; copy its words into a text file, and import that"
            ) from None

    def _known(self, data: bytes, path: Path, name: str, *, in_folder: bool) -> Harvest:
        """Read it as what it begins like."""
        if data[:4] == b"PK\x03\x04":
            return Harvest([read_word(data, name)])
        if data[:8] == b"bplist00" or b"WebMainResource" in data[:2000]:
            return Harvest([read_web_archive(data, name, self.today)])
        text, encoding = decoded(data)
        harvest = self._text(text, path, name, in_folder=in_folder)
        if encoding:
            for found in harvest.found:
                found.guess(
                    f"the file does not say its encoding, and was read as {encoding}; look at letters such as é and “"
                )
        return harvest

    def _text(self, text: str, path: Path, name: str, *, in_folder: bool) -> Harvest:
        if _XML.match(text) or (re.match(r"\s*<\?xml", text) and not _HTML.match(_without_declaration(text))):
            return _xml(text, name)
        if _HEADERS.match(text.lstrip()) or _HEADERS.search(text[:600]):
            return Harvest([read_mhtml(text, name, self.today)])
        if _HTML.match(_without_declaration(text)) and not _FRONT_MATTER.match(text):
            return Harvest([with_files(read_page(text, name, self.today), path.parent)])
        if re.match(r"\s*(?:\[|\{(?![{%]))", text) and _is_all_json(text):
            return read_json_feed(text, name)
        return self._words(text, path, name, in_folder=in_folder)

    def _words(self, text: str, path: Path, name: str, *, in_folder: bool) -> Harvest:
        """A text without tags: addresses, Markdown, or a post as pasted."""
        if _ADDRESSES.fullmatch(text[:2_000_000]):
            told = f"these are addresses alone: {len(text.split())} were noted, no texts"
            return Harvest(addresses=text.split(), remarks=[(name, Remark(Sort.TO_DO, told, line=1))])
        if len(text) > _LARGEST_POST:
            raise Unreadable(
                "this text is far longer than a post; put each post into a file of its own, and import those"
            )
        is_named = path.suffix.lower() in {".md", ".markdown", ".mdown", ".mkd", ".mdx"}
        if _FRONT_MATTER.match(text) or len(_MARKDOWN.findall(text)) > (0 if is_named else 1):
            return Harvest([read_markdown_post(text, name, self._place(path), self.today)])
        return self._pasted(text, name, in_folder=in_folder and not is_named)

    def _pasted(self, text: str, name: str, *, in_folder: bool) -> Harvest:
        found, markup = read_text_post(text, name, self.today)
        if in_folder and found.day is None and len(text.split()) < 60:
            return Harvest(
                remarks=[(name, Remark(Sort.LEFT_OUT, "this text is too short for a post and has no day", line=1))]
            )
        if len(found.title) > _LONGEST_TITLE:
            raise Unreadable("the first line of this text is too long for a title; put one on a line of its own above")
        if not re.search(r"\w", found.title) or not markup:
            raise Unreadable(
                "this is no post: one has a title and a text below it; copy the whole post, from its title on"
            )
        body = read_body(parse_html(markup), found.title, "")
        found.body = replace(body, remarks=[each for each in body.remarks if each.sort is not Sort.GUESS])
        return Harvest([found])

    def _place(self, path: Path) -> Place:
        """Where in its site a Markdown file is; sites are looked for up to four folders above."""
        deep = len(path.relative_to(self.source).parts) if path != self.source else 1
        above = [path.parent, *path.parent.parents][: deep + 4]
        known = [
            (name, folder) for name, signs in _ROOT_SIGNS.items() for folder in reversed(above) if _has(folder, signs)
        ]
        program, root = next(iter(known), ("", self.source if path != self.source else path.parent))
        changed = date.fromtimestamp(path.stat().st_mtime)  # noqa: DTZ012 -- the day of the owner's machine
        return Place(
            PurePosixPath(path.relative_to(root).as_posix()),
            program,
            permalink(root),
            permalinks(root) if program == "hugo" else {},
            SiteFiles(root, path.parent).open,
            changed,
        )


def _has(folder: Path, signs: Iterable[str]) -> bool:
    return any((folder / sign).exists() for sign in signs)


def _without_declaration(text: str) -> str:
    return re.sub(r"\s*<\?xml[^>]*\?>", "", text[:5000], count=1) + text[5000:]


def _xml(text: str, name: str) -> Harvest:
    bare = _without_declaration(text)
    bare = _ENTITY.sub(
        lambda each: (
            f"&#{name2codepoint[each[1]]};"
            if each[1] in name2codepoint and each[1] not in {"amp", "lt", "gt", "quot", "apos"}
            else each[0]
        ),
        bare,
    )
    root = parse_xml(bare.strip("\n").encode("utf-8", "replace"))
    if local(root) in {"urlset", "sitemapindex"}:
        return read_sitemap(root, name)
    spaces = {space for each in (root, *root[:1]) for space in each.nsmap.values()}
    return (
        read_wordpress(root, name)
        if any("wordpress.org/export/" in (space or "") for space in spaces)
        else read_feed(root, name)
    )


def _is_all_json(text: str) -> bool:
    return text.rstrip()[-1:] in {"}", "]"} and not re.search(r"^\}\s*\n\s*\S", text, re.MULTILINE)
