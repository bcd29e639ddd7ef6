"""The text of another program's Markdown: its shortcodes, links and images as this site writes them."""

import re
from pathlib import PurePosixPath

from clinic.cli.importing.assets import is_file
from clinic.cli.importing.found import Body, counted, is_address, one_line, shown
from clinic.cli.importing.shortcodes import HELD, OF_PELICAN, RAW, Shortcodes
from clinic.cli.importing.static_sites import Lookup

_CODE = re.compile(
    r"^(?P<fence>`{3,}+|~{3,}+)[^\n]*\n.*?(?:^(?P=fence)[`~]*[ \t]*$|\Z)|(?<!`)`[^`\n]+`(?!`)", re.DOTALL | re.MULTILINE
)
_IMAGE = re.compile(
    r"!\[(?P<alt>(?:[^\[\]\\]|\\.)*)\]\(\s*<?(?P<source>[^()\s<>]+(?:\([^()\s]*\)[^()\s<>]*)*|(?:(?!\]\()[^<>\n\"])+?)>?"
    r"(?:\s+[\"'](?P<title>(?:(?!\]\()[^\n])*?)[\"'])?\s*\)"
)
_OBSIDIAN = re.compile(r"!\[\[(?P<source>[^\[\]|]+)(?:\|(?P<alt>[^\[\]]*))?\]\]")
_WIKI = re.compile(r"\[\[(?P<target>[^\[\]|#]+)(?:#[^\[\]|]*)?(?:\|(?P<words>[^\[\]]*))?\]\]")
_LINK = re.compile(
    r"(?<!!)\[(?P<words>(?:[^\[\]\\]|\\.|!\[[^\[\]]*\]\([^()]*\))+)\]\(\s*<?(?P<target>[^()\s<>]+)>?(?:\s+[\"'][^\n]{0,500}?[\"'])?\s*\)"
)
_REFERENCE = re.compile(
    r"^ {0,3}\[(?!\^)(?P<name>[^\[\]\n]+)\]:[ \t]*<?(?P<target>[^\s<>]+)>?(?:[ \t]+[\"'(].*[\"')])?[ \t]*(?:\n|\Z)",
    re.MULTILINE,
)
_REFERRED = re.compile(r"(?P<mark>!?)\[(?P<words>(?:[^\[\]\\]|\\.)+)\](?:[ ]?\[(?P<name>[^\[\]\n]*)\])(?!\()")
_ALONE = re.compile(r"(?<![\]!\\])(?P<mark>!?)\[(?P<words>[^\[\]\n]+)\](?![\[(:])")
_SETEXT = re.compile(r"^(?P<words>[^\s#>|*+-][^\n]*)\n(?P<line>=+|-{3,})[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"^(?P<marks>#{1,6})[ \t]+(?P<words>[^\n]*[^\s#])[ \t#]*$", re.MULTILINE)
_NO_WORDS = re.compile(
    r"\[\[[^\[\]|]*\||\]\((?:(?!\]\()[^)])*\)|<[^<>]*>|\\|\*+|\{[:%{<][^{}>\n]*[}>]|^[^\S\n]*\[[^\[\]\n]+\]:.*$",
    re.MULTILINE,
)
_LINE_END = re.compile(r"(?<! ) $|(?<![ \t])[ \t]+$(?=\n[^\S\n]*\n)", re.MULTILINE)


def read_markdown(text: str, title: str, path: PurePosixPath, lookup: Lookup, first_line: int = 1) -> Body:
    """The body in this site's Markdown. ``path`` is that of the file, ``lookup`` opens a file of the former site."""
    return _Reader(text, title, path, lookup, first_line).read()


class _Reader(Shortcodes):
    """One text as this site writes it."""

    def read(self) -> Body:
        """Change each kind of thing in turn."""
        self._text = _CODE.sub(lambda found: self._hold(found[0]), self._text)
        self._text = RAW.sub(lambda found: self._hold(found[1]), self._text)
        self._references()
        before = counted(_plain(self._text))
        self.replace_shortcodes()
        self._text = _OBSIDIAN.sub(lambda each: self._image(each["source"].strip(), each["alt"] or ""), self._text)
        self._text = _IMAGE.sub(lambda each: self._image(each["source"], each["alt"], each["title"] or ""), self._text)
        self._text = _WIKI.sub(lambda each: self._own_link(each["words"] or each["target"], each["target"]), self._text)
        self._text = _LINK.sub(self._link, self._text)
        self._headings()
        told = (*self._dropped, *(asset.url for asset in self._body.assets), self._title)
        self._body.tell_lost(before, _plain(self._text), told)
        text = self._text
        while HELD.search(text):  # code may stand inside of what is raw
            text = HELD.sub(lambda each: self._held[int(each[1])], text)
        self._body.markdown = re.sub(r"\n{3,}", "\n\n", _LINE_END.sub("", text)).strip()
        return self._body

    def _link(self, found: re.Match[str]) -> str:
        target = OF_PELICAN.sub("/", found["target"])
        if not is_address(target):
            self._body.left_out(f"the address {shown(target)}, which is none")
            return str(found["words"])
        if re.match(r"(?:https?|mailto|tel|sms):|//|#|asset:|link:", target, re.IGNORECASE):
            if not re.match(r"https?:", target):
                return found[0]
            return self._own_link(found["words"], target)
        if is_file(target):
            self._body.assets.append(self._asset(target, "", "", is_image=False))
            return f"[{found['words']}](asset:{len(self._body.assets) - 1})"
        return self._own_link(found["words"], target)

    def _own_link(self, words: str, target: str) -> str:
        self._body.links.append(target.strip())
        return f"[{words}](link:{len(self._body.links) - 1})"

    def _references(self) -> None:
        """Addresses that stand below the text, put where they are used."""
        named = {one_line(each["name"]).casefold(): each["target"] for each in _REFERENCE.finditer(self._text)}
        if not named:
            return

        def used(found: re.Match[str]) -> str:
            target = named.get(one_line(found.groupdict().get("name") or found["words"]).casefold())
            return f"{found['mark']}[{found['words']}]({target})" if target else found[0]

        self._text = _ALONE.sub(used, _REFERRED.sub(used, _REFERENCE.sub("", self._text)))

    def _headings(self) -> None:
        """Headings from level 2 on, none left out; the first, where it is the title again, goes."""
        self._text = _SETEXT.sub(
            lambda each: f"{'#' if each['line'][0] == '=' else '##'} {each['words'].strip()}", self._text
        )
        first = _HEADING.search(self._text)
        if (
            first
            and one_line(first["words"]).casefold() == self._title.casefold()
            and not self._text[: first.start()].strip()
        ):
            self._text = self._text[first.end() :]
        open_levels: list[int] = []

        def closed(found: re.Match[str]) -> str:
            rank = len(found["marks"])
            open_levels[:] = [each for each in open_levels if each < rank]
            open_levels.append(rank)
            return f"{'#' * min(len(open_levels) + 1, 6)} {found['words']}"

        self._text = _HEADING.sub(closed, self._text)


def _plain(text: str) -> str:
    return _NO_WORDS.sub(" ", text)
