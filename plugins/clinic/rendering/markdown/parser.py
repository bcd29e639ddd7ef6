"""The Markdown of pages, as markdown-it tokens: GitHub's (CommonMark, tables, footnotes and more), and directives."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock, paragraph
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import escape
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.gfm import gfm_plugin

from clinic.models.words import gettext
from clinic.rendering.markdown.lint import lint
from clinic.rendering.markdown.tokens import take_attribute_lists

MARKER = "clinic-directive"
"""The element that stands for a directive until it is rendered; its ``n`` is the number of the directive."""
_FOOTNOTES = tuple(f"footnote_{part}" for part in ("ref", "block_open", "block_close", "open", "close", "anchor"))
_FRAMES = "div|section|article|aside|main|header|footer|nav|center|details|blockquote"
_FRAME_LINE = re.compile(
    rf"(?:\s|</?(?:{_FRAMES})(?:\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)?>|<summary[^<>]*>[^<>]*</summary>)+", re.IGNORECASE
)
_SCHEMES = ("http", "https", "mailto", "xmpp")
"""Of addresses that are links as they stand (GitHub Flavored Markdown, "Autolinks")."""
_WHOLE_COMMENT = re.compile(r"\s*<!--(?:(?!-->).)*-->\s*\S", re.DOTALL)


def page_markdown() -> MarkdownIt:
    """The parser. ``env["directives"]`` of a parse gives, by first line, a directive's number and its last line.

    Text that is indented is no code: word processors indent paragraphs, and code has its fences.
    """
    markdown = _PageMarkdown("commonmark", {"xhtmlOut": False}, renderer_cls=_PageHtml).use(gfm_plugin)
    markdown.use(deflist_plugin).disable("code")
    renderer = markdown.renderer
    for name in _FOOTNOTES:  # the plugin has put its own in place of ours
        renderer.rules[name] = getattr(renderer, name)  # type: ignore[attr-defined]
    interrupts: Any = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    markdown.block.ruler.before("fence", "directive", _directive, interrupts)
    markdown.inline.ruler.before("gfm_autolink_protocol", "colon", _colon)
    markdown.core.ruler.before(
        "text_join", "lint", _lint
    )  # which makes one of signs typed with and without a backslash
    markdown.block.ruler.before("html_block", "html_frame", _html_frame, interrupts)
    return markdown


def _colon(state: StateInline, silent: bool) -> bool:
    """An inline rule: a colon that ends no scheme is a word's; the plugin's rule would look back over all before it."""
    if state.src[state.pos] != ":" or state.src[max(0, state.pos - 6) : state.pos].endswith(_SCHEMES):
        return False
    if not silent:
        state.pending += ":"
    state.pos += 1
    return True


class UsedReferences(dict[str, Any]):
    """Addresses by name (``[name]: address``), and which of the names a text has used."""

    def __init__(self) -> None:
        super().__init__()
        self.used: list[str] = []

    def get(self, name: str, default: Any = None) -> Any:
        """What markdown-it asks for where a text may have used a name."""
        if name in self:
            self.used.append(name)
        return super().get(name, default)


class _PageMarkdown(MarkdownIt):
    def validateLink(self, _: str) -> bool:  # noqa: N802 (markdown-it's name)
        """Every address is a link here; those that lead nowhere are told (``clinic.plugin.links``)."""
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 (markdown-it's name)
        """An address stays as typed: Pelican knows ``{filename}`` by its braces, and browsers encode the rest."""
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 (markdown-it's name)
        """An address that is shown, as typed too."""
        return link


def _lint(state: StateCore) -> None:
    state.env["attribute_lists"] = list(take_attribute_lists(state.tokens))  # so that only those left are signs
    state.env["lint"] = list(lint(state.tokens, state.env, state.src.split("\n")))


def _directive(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A block rule: a directive, which the scanner has found, around the Markdown inside it."""
    found = state.env["directives"].get(start)
    if found is None or state.sCount[start] < state.blkIndent:
        return False
    if silent:
        return True
    number, last = found
    state.push("directive_open", MARKER, 1).attrs = {"n": str(number)}
    state.tokens[-1].map = [start, last + 1]
    state.tokens[-1].block = True
    whole, parent = state.lineMax, state.parentType
    state.lineMax, state.parentType = min(last, end), "root"
    state.md.block.tokenize(state, start + 1, state.lineMax)
    state.lineMax, state.parentType = whole, parent
    state.push("directive_close", MARKER, -1).block = True
    state.line = min(last + 1, end)
    return True


def _html_frame(state: StateBlock, start: int, _: int, silent: bool) -> bool:
    """A block rule: a line of tags that only hold others. What stands between such lines is Markdown.

    CommonMark reads it as HTML up to the next empty line, where people mean what ``markdown="1"`` means elsewhere. A
    comment that ends within its line leaves the rest of that line to Markdown.
    """
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if not line.startswith("<"):
        return False
    if _WHOLE_COMMENT.match(line):
        return not silent and paragraph(state, start, state.lineMax, False)
    if not _FRAME_LINE.fullmatch(line):
        return False
    if not silent:
        state.line = start + 1
        token = state.push("html_block", "", 0)
        token.map, token.content = [start, start + 1], f"{line}\n"
    return True


class _PageHtml(RendererHTML):
    """HTML as our stylesheets, typogrify and screen readers want it."""

    def text(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        """Quotation marks stay as typed, for typogrify to curl."""
        return str(escape(tokens[idx].content)).replace("&#34;", '"').replace("&#39;", "'")

    def list_item_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """An item; the box of a task says in words whether it is done."""
        item = super().list_item_open(tokens, idx, options, env)
        state = escape(gettext("done") if " checked" in item else gettext("to do"))
        return item.replace("<input ", f'<input aria-label="{state}" ', 1)

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Text as it was typed scrolls by itself where it is wide, by keyboard too (WCAG 2.2, 2.1.1 and 4.1.2)."""
        name = escape(gettext("Text as typed"))
        region = f'<pre tabindex="0" role="region" aria-label="{name}">'
        return super().fence(tokens, idx, options, env).replace("<pre>", region, 1)

    def table_open(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        """A wide table scrolls in a frame of its own, by keyboard too, so that the page never does (WCAG 2.2, 1.4.10).

        The frame is a region with a name, since what can be focused needs one (4.1.2).
        """
        name = escape(tokens[idx].meta["name"])
        return f'<div class="table-scroll" role="region" aria-label="{name}" tabindex="0">\n<table>\n'

    def table_close(self, *_: object) -> str:
        """The end of a table and its frame."""
        return "</table>\n</div>\n"

    def footnote_ref(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        """The number of a footnote; a number alone says nothing to a screen reader (WCAG 2.4.4)."""
        label, number = _label(tokens[idx].meta), tokens[idx].meta["id"] + 1
        name = escape(gettext("Footnote {number}", number=number))
        link = f'<a class="footnote-ref" href="#fn:{label}" aria-label="{name}" data-search="no">{number}</a>'
        return f'<sup id="{_reference_id(tokens[idx].meta)}">{link}</sup>'

    def footnote_block_open(self, *_: object) -> str:
        """All footnotes, at the end of the text."""
        return '<div class="footnote">\n<hr>\n<ol>\n'

    def footnote_block_close(self, *_: object) -> str:
        """The end of the footnotes."""
        return "</ol>\n</div>\n"

    def footnote_open(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        """One footnote."""
        return f'<li id="fn:{_label(tokens[idx].meta)}">'

    def footnote_close(self, *_: object) -> str:
        """The end of a footnote."""
        return "</li>\n"

    def footnote_anchor(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        """The arrow from a footnote back to its number."""
        meta = tokens[idx].meta
        name = escape(gettext("Back to footnote {number} in the text", number=meta["id"] + 1))
        reference = _reference_id(meta)
        return f'&#160;<a class="footnote-backref" href="#{reference}" aria-label="{name}" data-search="no">&#8617;</a>'


def _label(meta: Mapping[str, Any]) -> str:
    return str(escape(meta.get("label") or meta["id"] + 1))


def _reference_id(meta: Mapping[str, Any]) -> str:
    """``fnref:label``; with a number where the text refers to the same footnote again."""
    again = meta.get("subId", 0) + 1
    return f"fnref{again if again > 1 else ''}:{_label(meta)}"
