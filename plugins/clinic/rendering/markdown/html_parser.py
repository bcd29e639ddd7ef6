"""One piece of an owner's HTML, tag by tag: what passes, what is taken off, what is told."""

import re
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import islice
from urllib.parse import urlsplit

from markupsafe import escape

from clinic.models.videos import player_of
from clinic.rendering.markdown.html_rules import (
    CLOSES_ITSELF,
    CODE,
    CURLY,
    DRAWINGS,
    ELEMENTS,
    EVERYWHERE,
    HEADINGS,
    IGNORED,
    OF_ANOTHER_PROGRAM,
    SILENT,
    TOLD,
    VOID,
    WRAPPERS,
    is_words,
    video_lines,
    without_tracking,
)

JOIN = "\ue000"
"""Where a tag was taken off that may have stood inside a word: no letter, and in no text."""
Address = tuple[int, str, dict[str, str]]
"""What refers to something: its line in the text, from 0, its element, and the element's attributes."""
_DEEPEST = 100
"""Elements inside each other that are looked at: nobody writes more."""
MOST_PROBLEMS = 200
"""Of one text that are told at once."""
_VIDEO_HOST = re.compile(r"(?:^|\.)(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com)$")
_HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden", re.IGNORECASE)
_NOT_BOLD = re.compile(r"font-weight:\s*(?:normal|400)|font-style:\s*normal", re.IGNORECASE)
"""How Google Docs says that its ``<b>`` means nothing."""
_NAMESPACED = re.compile(r"<(?!https?:|www\.|tel:|mailto:)\w+:", re.IGNORECASE)


@dataclass
class Opened:
    """An element that is open. ``state``: shown; off, for wrappers that were taken off; or told, with all inside it."""

    tag: str
    level: int
    line: int
    state: str = "shown"


@dataclass
class HtmlFindings:
    """What is found in the HTML of a text.

    ``problems`` are lines (from 0) with messages, ``formatting`` the lines where only looks were left out;
    ``addresses`` are what the elements refer to, ``consumed`` is HTML that no reader sees. ``unclosed`` are elements
    that are told already, so that a later end of theirs is no further problem; ``components`` those of other programs.
    """

    third_parties: Collection[str] = ()
    unclosed: set[str] = field(default_factory=set)
    problems: list[tuple[int, str]] = field(default_factory=list)
    formatting: list[int] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    consumed: list[str] = field(default_factory=list)
    components: set[str] = field(default_factory=set)
    told: list[range] = field(default_factory=list)
    """Lines from a tag that is told to its end."""

    def tell(self, line: int, message: str) -> None:
        """Add a problem, unless it stands inside what is told as a whole."""
        if len(self.problems) < MOST_PROBLEMS and not any(line in lines for lines in self.told):
            self.problems.append((line, message))

    def report_unclosed(self, left: Opened, where: str) -> None:
        """Tell of an element without its end; a later end tag of its name is no further problem."""
        if left.tag == "form":  # its end may stand among words, which are looked at later
            self.told.append(range(left.line, sys.maxsize))
        if left.state == "shown" and left.tag not in CLOSES_ITSELF:
            self.unclosed.add(left.tag)
            self.tell(left.line, f"<{left.tag}> is not closed; write </{left.tag}> {where}")


class FragmentParser(HTMLParser):
    """One piece of HTML: a block, or a tag inside a line."""

    def __init__(self, check: HtmlFindings, line: int, level: int, opened: list[Opened]) -> None:
        super().__init__(convert_charrefs=False)
        self.check, self.line, self.level, self.opened = check, line, level, opened
        self.kept: list[str] = []
        self.in_code = False
        self.lines: Sequence[str] = ()

    def feed(self, data: str) -> None:
        """Parse the whole piece."""
        self.lines = data.split("\n")
        super().feed(data)

    @property
    def at(self) -> int:
        """The line of the text, from 0."""
        return self.line + self.getpos()[0] - 1

    @property
    def _around(self) -> Opened | None:
        """What is told already and holds this."""
        return next((found for found in self._nearest() if found.state == "told"), None)

    def _nearest(self) -> Iterator[Opened]:
        """The elements that hold this, from the inside out; nobody writes more."""
        return islice(reversed(self.opened), _DEEPEST)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element passes, is taken off, told, or is no element."""
        raw = self.get_starttag_text() or ""
        given = {key: value or "" for key, value in attrs}
        self.in_code = tag in CODE
        if tag in TOLD:
            self._tell(tag, given)
        elif self._around and tag not in ELEMENTS:
            pass
        elif self._is_wrapper(tag, given, raw):
            if tag not in SILENT:
                self.check.formatting.append(self.at)
            self._open(tag, "off")
            self.kept.append(JOIN)
        elif tag not in ELEMENTS or is_words(tag, attrs):
            self._words(tag, given, raw)
            return
        elif tag == "iframe":
            self._frame(given)
        else:
            self._element(tag, given)
        self.check.consumed.append(raw)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """``<br/>``; on other elements than void ones HTML ignores the slash."""
        self.handle_starttag(tag, attrs)

    def _open(self, tag: str, state: str = "shown") -> None:
        if tag not in VOID:
            self.opened.append(Opened(tag, self.level, self.at, state))

    def _is_wrapper(self, tag: str, given: Mapping[str, str], raw: str) -> bool:
        if tag == "span" and given.keys() & {"lang", "dir"}:
            return False
        if tag == "source" and any(found.tag == "audio" for found in self._nearest()):
            return False
        is_bold_in_name = tag in ("b", "strong", "i", "em") and _NOT_BOLD.search(given.get("style", ""))
        return tag in WRAPPERS or bool(is_bold_in_name) or bool(_NAMESPACED.match(raw))

    def _tell(self, tag: str, given: Mapping[str, str]) -> None:
        """What may not stand here, once for all that is in it."""
        if self._around is None:
            host = urlsplit(given.get("src", "")).hostname if tag == "script" else None
            loads = f"this loads {host} before the visitor asks for it; take it out, and link to its page instead"
            self.check.tell(self.at, loads if host else f"<{tag}> {TOLD[tag]}")
        self._open(tag, "told")
        self.kept.append(JOIN)

    def _words(self, tag: str, given: Mapping[str, str], raw: str) -> None:
        """What is no element: words in brackets, or a component of another program."""
        is_mail = re.match(r"<(?:https?|www|tel|mailto)\b", raw, re.IGNORECASE)
        if tag in self.check.components or (not is_mail and (any(given.values()) or raw.endswith("/>"))):
            self.check.tell(self.at, OF_ANOTHER_PROGRAM)
        self.kept.append(str(escape(raw)))

    def _element(self, tag: str, given: dict[str, str]) -> None:
        check = self.check
        if curly := next((key for key, value in given.items() if f"{value}{key}".startswith(CURLY)), None):
            key = curly if curly[0] not in CURLY else "class"
            check.tell(self.at, f'<{tag}> has curly quotation marks; write {key}="…" with straight ones')
        if "hidden" in given or _HIDDEN.search(given.get("style", "")):
            how = "take it out, or put <!-- above it and --> below"
            check.tell(self.at, f"this was hidden where it comes from, and would be shown here; {how}")
            given = {key: value for key, value in given.items() if key not in ("hidden", "style")}
        allowed = ELEMENTS[tag] | EVERYWHERE
        if any(key not in allowed | IGNORED and not key.startswith("data-") for key in given):
            check.formatting.append(self.at)
        kept = {key: without_tracking(value) for key, value in given.items() if key in allowed}
        if not self._around:
            check.addresses.append((self.at, tag, kept))
        attributes = "".join(f' {key}="{escape(value)}"' for key, value in kept.items())
        self.kept.append(f"<{tag}{attributes}>")
        self._open(tag)

    def _frame(self, given: dict[str, str]) -> None:
        """A frame of another site, which must be declared: it is loaded without the visitor's asking."""
        url = given.get("src", "")
        parts = urlsplit(f"https:{url}" if url.startswith("//") else url)
        is_declared = parts.hostname in self.check.third_parties
        if parts.scheme == "https" and is_declared:
            self._element("iframe", {"loading": "lazy", **given})
            if not given.get("title", "").strip():
                self.check.tell(self.at, 'this frame has no name; write title="…" with what it shows')
            return
        self._open("iframe", "told")
        player = player_of(parts.geturl())
        if player or _VIDEO_HOST.search(parts.hostname or ""):
            how = video_lines(player.page if player else "the address of its page")
            self.check.tell(self.at, f"this loads a video before the visitor asks for it; {how}")
        elif not parts.hostname:
            self.check.tell(self.at, "this frame has no address with https://; take it out")
        elif is_declared:
            self.check.tell(self.at, f'this frame is loaded without encryption; write src="https://{parts.hostname}/…"')
        else:
            how = f'link to it: [words]({url}), or list {parts.hostname} under "third_parties" in clinic.yaml'
            self.check.tell(self.at, f"this loads {parts.hostname} before the visitor asks for it; {how}")

    def handle_endtag(self, tag: str) -> None:
        """It must close what was opened last, but for what closes itself."""
        self.in_code = False
        around = self._around
        if tag not in ELEMENTS and tag not in TOLD and tag not in WRAPPERS and ":" not in tag:
            if around is None:
                self.kept.append(str(escape(self._raw_end(tag))))
            return
        self.check.consumed.append(tag)
        last = next((found for found in self._nearest() if found.tag == tag and found.level == self.level), None)
        if last:
            self._close(last)
        elif tag == "br":  # which browsers take for one
            self.kept.append("<br>")
        elif tag in ELEMENTS and tag not in VOID | WRAPPERS | self.check.unclosed | {"iframe"} and around is None:
            self._stray_end(tag)

    def _close(self, last: Opened) -> None:
        """End an element; what was taken off may end anywhere."""
        if last.state == "shown":
            while (inner := self.opened.pop()) is not last:
                self.check.report_unclosed(inner, f"before </{last.tag}>")
            self.kept.append(f"</{last.tag}>")
            return
        self.opened.remove(last)
        self.kept.append(JOIN)
        if last.state == "told":
            self.check.told.append(range(last.line, self.at + 1))

    def _stray_end(self, tag: str) -> None:
        """An end of nothing; or of a heading of another level."""
        heading = self.opened[-1] if self.opened and tag in HEADINGS and self.opened[-1].tag in HEADINGS else None
        if heading:
            self.opened.pop()
            self.kept.append(f"</{heading.tag}>")
            self.check.tell(heading.line, f"<{heading.tag}> ends with </{tag}>; write </{heading.tag}>")
            return
        how = f"take it out, or write <{tag}> before it"
        self.check.tell(self.at, f"</{tag}> closes nothing that is open here; {how}")

    def _raw_end(self, tag: str) -> str:
        """The end tag as typed, with its capitals."""
        line, column = self.getpos()
        found = re.match(r"</[^<>]*>", self.lines[line - 1][column:])
        return found[0] if found else f"</{tag}>"

    def handle_data(self, data: str) -> None:
        """Words; in a script or a drawing they are none."""
        around = self._around
        if self.in_code or (around and around.tag in DRAWINGS):
            self.check.consumed.append(data)
            return
        self.kept.append(str(escape(data)).replace("&#34;", '"').replace("&#39;", "'"))

    def handle_entityref(self, name: str) -> None:
        """``&nbsp;``."""
        self.kept.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """``&#160;``."""
        self.kept.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        """The owner's own; one that begins inside another tells that the first was left open."""
        if "<!--" in data:
            self.check.tell(self.at, 'this comment does not end before the next begins; write "-->" after it')
        self._leave_out(data)

    def handle_decl(self, decl: str) -> None:
        """``<!DOCTYPE html>``."""
        self._leave_out(decl)

    def handle_pi(self, data: str) -> None:
        """``<?xml …>``, as Word writes it."""
        self._leave_out(data)

    def unknown_decl(self, data: str) -> None:
        """``<![CDATA[…]]>``."""
        self._leave_out(data)

    def _leave_out(self, text: str) -> None:
        self.check.consumed.append(text)
        self.kept.append(JOIN)
