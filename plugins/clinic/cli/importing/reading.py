"""What a file or a folder is, by what is in it, and its posts."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from html.entities import name2codepoint
from pathlib import Path

from lxml import etree

from clinic.cli.importing.decoding import LARGEST_TEXT, decoded
from clinic.cli.importing.feed import local, parse_xml, read_feed, read_json_feed, read_sitemap
from clinic.cli.importing.found import Found, Harvest, Remark, Sort, Unreadable, shown
from clinic.cli.importing.html_body import read_body
from clinic.cli.importing.markdown_post import read_markdown_post
from clinic.cli.importing.page import read_page
from clinic.cli.importing.saved import read_mhtml, read_web_archive, read_word, with_files
from clinic.cli.importing.static_sites import Origin
from clinic.cli.importing.text_post import read_text_post
from clinic.cli.importing.tree import parse_html
from clinic.cli.importing.wordpress import read_wordpress
from clinic.content.folder import refusal
from clinic.content.front_matter import not_opened

MOST_FILES = 20_000
_LONGEST_TITLE = 300
_FEWEST_WORDS = 60
"""Of a text in a folder that has no day: with less it is a note and no post."""
_LARGEST_POST = 5_000_000
"""Letters of a pasted text: longer than every book of the Bible together, so no post."""
_ENDINGS = frozenset(
    ".md .markdown .mdown .mkd .mdx .html .htm .xhtml .mht .mhtml .webarchive .xml .rss .atom .json .txt .docx".split()
)
_NOT_LOOKED_INTO = frozenset(
    "node_modules _site public output dist themes layouts _layouts _includes _sass archetypes resources vendor i18n "
    "__pycache__ venv".split()
)
_NO_POST = re.compile(
    r"(?:readme|license|licence|changelog|contributing|_index|package(?:-lock)?|tsconfig|manifest|robots|search|404)(?:\.\w+)?\.\w+$",
    re.IGNORECASE,
)
_ADDRESSES = re.compile(r"\s*(?:https?://\S+\s*\n)*https?://\S+\s*")
_HTML = re.compile(
    r"\s*(?><!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|div|section|p|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?><\?[^>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^\[>]*(?:\[.*?\])?>\s*)*<(?:\w+:)?(?:rss|feed|urlset|sitemapindex|RDF)\b",
    re.DOTALL,
)
_ENTITY = re.compile(r"&([a-zA-Z]+\d*);")
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
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
        return self._file(self.source)

    def _folder(self) -> Harvest:
        files, harvest = list(self._walk()), Harvest()
        for file in files:
            if file.suffix.lower() not in _ENDINGS or _NO_POST.match(file.name):
                continue
            if why := refusal(file, self.source):
                harvest.faults.append((self._name(file), why))
                continue
            try:
                harvest.add(self._file(file))
            except Unreadable as unreadable:
                harvest.faults.append((self._name(file), str(unreadable)))
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

    def _name(self, path: Path) -> str:
        """How messages call a file: by its path in the folder that is imported."""
        return path.name if path == self.source else path.relative_to(self.source).as_posix()

    def _file(self, path: Path) -> Harvest:
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
            return self._known(data, path)
        except (ValueError, etree.LxmlError) as error:
            # what libraries make of signs that no text has, and of addresses that are none
            why = f"this cannot be taken apart ({shown(str(error))})"
            raise Unreadable(f"{why}; copy its words into a text file, and import that") from None
        except RecursionError:
            raise Unreadable(
                "this is nested too deeply for a post; copy its words into a text file, and import that"
            ) from None

    def _known(self, data: bytes, path: Path) -> Harvest:
        """Read it as what it begins like."""
        name = self._name(path)
        if data[:4] == b"PK\x03\x04":
            return Harvest([read_word(data, name)])
        if data[:8] == b"bplist00" or b"WebMainResource" in data[:2000]:
            return Harvest([read_web_archive(data, name, self.today)])
        text, encoding = decoded(data)
        harvest = self._text(text, path)
        if encoding:
            for found in harvest.found:
                found.guess(
                    f"the file does not say its encoding, and was read as {encoding}; look at letters such as é and “"
                )
        return harvest

    def _text(self, text: str, path: Path) -> Harvest:
        name = self._name(path)
        if _XML.match(text) or (re.match(r"\s*<\?xml", text) and not _HTML.match(_without_declaration(text))):
            return _xml(text, name)
        if _HEADERS.match(text.lstrip()) or _HEADERS.search(text[:600]):
            return Harvest([read_mhtml(text, name, self.today)])
        if _HTML.match(_without_declaration(text)) and not _FRONT_MATTER.match(text):
            return Harvest([with_files(read_page(text, name, self.today), path.parent)])
        if re.match(r"\s*(?:\[|\{(?![{%]))", text) and _is_all_json(text):
            return read_json_feed(text, name)
        return self._words(text, path)

    def _words(self, text: str, path: Path) -> Harvest:
        """A text without tags: addresses, Markdown, or a post as pasted."""
        name = self._name(path)
        if _ADDRESSES.fullmatch(text[:2_000_000]):
            told = f"these are addresses alone: {len(text.split())} were noted, no texts"
            return Harvest(addresses=text.split(), remarks=[(name, Remark(Sort.TO_DO, told, line=1))])
        if len(text) > _LARGEST_POST:
            raise Unreadable(
                "this text is far longer than a post; put each post into a file of its own, and import those"
            )
        is_named = path.suffix.lower() in {".md", ".markdown", ".mdown", ".mkd", ".mdx"}
        if _FRONT_MATTER.match(text) or len(_MARKDOWN.findall(text)) > (0 if is_named else 1):
            return Harvest([read_markdown_post(text, name, Origin.of(path, self.source), self.today)])
        found, markup = read_text_post(text, name, self.today)
        if path != self.source and not is_named and found.day is None and len(text.split()) < _FEWEST_WORDS:
            short = Remark(Sort.LEFT_OUT, "this text is too short for a post and has no day", line=1)
            return Harvest(remarks=[(name, short)])
        return Harvest([_pasted(found, markup)])


def _pasted(found: Found, markup: str) -> Found:
    """The post with its text, which is HTML so far. Raises Unreadable where it is none."""
    if len(found.title) > _LONGEST_TITLE:
        raise Unreadable("the first line of this text is too long for a title; put one on a line of its own above")
    if not re.search(r"\w", found.title) or not markup:
        raise Unreadable("this is no post: one has a title and a text below it; copy the whole post, from its title on")
    body = read_body(parse_html(markup), found.title, "")
    found.body = replace(body, remarks=[each for each in body.remarks if each.sort is not Sort.GUESS])
    return found


def _without_declaration(text: str) -> str:
    return re.sub(r"\s*<\?xml[^>]*\?>", "", text[:5000], count=1) + text[5000:]


def _xml(text: str, name: str) -> Harvest:
    """A site map, an export of WordPress or a feed; entities of HTML, which XML does not know, are understood."""

    def by_number(entity: re.Match[str]) -> str:
        number = None if entity[1] in _XML_ENTITIES else name2codepoint.get(entity[1])
        return f"&#{number};" if number else entity[0]

    bare = _ENTITY.sub(by_number, _without_declaration(text))
    root = parse_xml(bare.strip("\n").encode("utf-8", "replace"))
    if local(root) in {"urlset", "sitemapindex"}:
        return read_sitemap(root, name)
    spaces = {space for each in (root, *root[:1]) for space in each.nsmap.values()}
    is_export = any("wordpress.org/export/" in (space or "") for space in spaces)
    return read_wordpress(root, name) if is_export else read_feed(root, name)


def _is_all_json(text: str) -> bool:
    return text.rstrip()[-1:] in {"}", "]"} and not re.search(r"^\}\s*\n\s*\S", text, re.MULTILINE)
