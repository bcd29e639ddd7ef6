"""The text of another program's Markdown: its shortcodes, links and images as this site writes them."""

import re
from collections import Counter
from pathlib import PurePosixPath

from clinic.cli.importing.assets import is_file
from clinic.cli.importing.found import Body, Sort, is_address, one_line, shown
from clinic.cli.importing.shortcodes import HELD, OF_PELICAN, Lookup, Shortcodes

_CODE = re.compile(
    r"^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^(?P=fence)[`~]*[ \t]*$|\Z)|(?<!`)`[^`\n]+`(?!`)", re.DOTALL | re.MULTILINE
)
_IMAGE = re.compile(
    r"!\[(?P<alt>(?:[^\[\]\\]|\\.)*)\]\(\s*<?(?P<source>[^()\s<>]+(?:\([^()\s]*\)[^()\s<>]*)*|[^<>\n\"]+?)>?(?:\s+[\"'](?P<title>[^\n]*?)[\"'])?\s*\)"
)
_OBSIDIAN = re.compile(r"!\[\[(?P<source>[^\[\]|]+)(?:\|(?P<alt>[^\[\]]*))?\]\]")
_WIKI = re.compile(r"\[\[(?P<target>[^\[\]|#]+)(?:#[^\[\]|]*)?(?:\|(?P<words>[^\[\]]*))?\]\]")
_LINK = re.compile(
    r"(?<!!)\[(?P<words>(?:[^\[\]\\]|\\.|!\[[^\[\]]*\]\([^()]*\))+)\]\(\s*<?(?P<target>[^()\s<>]+)>?(?:\s+[\"'][^\n]*?[\"'])?\s*\)"
)
_REFERENCE = re.compile(
    r"^ {0,3}\[(?!\^)(?P<name>[^\[\]\n]+)\]:[ \t]*<?(?P<target>[^\s<>]+)>?(?:[ \t]+[\"'(].*[\"')])?[ \t]*(?:\n|\Z)",
    re.MULTILINE,
)
_REFERRED = re.compile(r"(?P<mark>!?)\[(?P<words>(?:[^\[\]\\]|\\.)+)\](?:[ ]?\[(?P<name>[^\[\]\n]*)\])(?!\()")
_SETEXT = re.compile(r"^(?P<words>[^\s#>|*+-][^\n]*)\n(?P<line>=+|-{3,})[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"^(?P<marks>#{1,6})[ \t]+(?P<words>[^\n]+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def read_markdown(text: str, title: str, path: PurePosixPath, lookup: Lookup, first_line: int = 1) -> Body:
    """The body in this site's Markdown. ``path`` is that of the file, ``lookup`` opens a file of the former site."""
    return _Reader(text, title, path, lookup, first_line).read()


class _Reader(Shortcodes):
    """One text as this site writes it."""

    def read(self) -> Body:
        """Change each kind of thing in turn."""
        self._text = _CODE.sub(self._hold, self._text)
        self._references()
        before = _counted(_plain(self._text))
        self.replace_shortcodes()
        self._text = _OBSIDIAN.sub(lambda each: self._image(each["source"].strip(), each["alt"] or ""), self._text)
        self._text = _IMAGE.sub(lambda each: self._image(each["source"], each["alt"], each["title"] or ""), self._text)
        self._text = _WIKI.sub(lambda each: self._own_link(each["words"] or each["target"], each["target"]), self._text)
        self._text = _LINK.sub(self._link, self._text)
        self._headings()
        self._lost(before)
        text = HELD.sub(lambda each: self._held[int(each[1])], self._text)
        text = re.sub(r"(?<! ) $|[ \t]+$(?=\n\s*\n)", "", text, flags=re.MULTILINE)
        self._body.markdown = re.sub(r"\n{3,}", "\n\n", text).strip()
        return self._body

    def _lost(self, before: Counter[str]) -> None:
        assets = " ".join(f"{asset.alt} {asset.caption} {asset.url}" for asset in self._body.assets)
        told = " ".join((*self._dropped, assets, self._title, *(each.text for each in self._body.remarks)))
        missing = before - _counted(_plain(self._text)) - _counted(told)
        if missing:
            self._tell(
                Sort.TO_DO,
                f"these words of the source are not in the file: {' '.join(list(missing)[:12])}; see where they belong",
            )

    def _link(self, found: re.Match[str]) -> str:
        target = OF_PELICAN.sub("/", found["target"])
        if not is_address(target):
            self._tell(Sort.LEFT_OUT, f"the address {shown(target)}, which is none")
            return str(found["words"])
        if re.match(r"(?:https?|mailto|tel|sms):|//|#|asset:|link:", target, re.IGNORECASE):
            if not re.match(r"https?:", target):
                return found[0]
            self._body.links.append(target)
            return f"[{found['words']}](link:{len(self._body.links) - 1})"
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
            target = named.get(one_line(found["name"] or found["words"]).casefold())
            return f"{found['mark']}[{found['words']}]({target})" if target else found[0]

        self._text = _REFERRED.sub(used, _REFERENCE.sub("", self._text))
        alone = re.compile(r"(?<![\]!\\])(?P<mark>!?)\[(?P<words>[^\[\]\n]+)\](?![\[(:])")
        self._text = alone.sub(
            lambda each: (
                f"{each['mark']}[{each['words']}]({named[one_line(each['words']).casefold()]})"
                if one_line(each["words"]).casefold() in named
                else each[0]
            ),
            self._text,
        )

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
    return re.sub(
        r"\[\[[^\]|]*\||\]\([^)]*\)|<[^<>]*>|\\|\*+|\{[:%{<].*?[}>]|^\s*\[[^\]]+\]:.*$", " ", text, flags=re.MULTILINE
    )


def _counted(text: str) -> Counter[str]:
    return Counter(word.casefold().replace("’", "'") for word in _WORDS.findall(text))
