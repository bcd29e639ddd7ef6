"""What a visitor wrote under an article, as HTML that can do nothing but be read.

Two walls: a small part of CommonMark (markdown-it-py, "zero" preset: no HTML, images, headings or entities), then nh3
(ammonia), which lets through a handful of elements. The result never becomes part of the article's own text, where
``{filename}`` would be resolved and quotes curled.
"""

import re
from collections.abc import Sequence

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

ELEMENTS = {"p", "br", "em", "strong", "a", "blockquote", "ul", "ol", "li", "code"}
LINK_REL = "nofollow ugc noopener"
"""Google, "Qualify your outbound links": ``ugc`` is what visitors wrote."""
_RULES = ["blockquote", "list", "newline", "escape", "backticks", "emphasis", "link", "autolink"]
_WEB_ADDRESS = re.compile(
    r"https?://[\w-]+(?:\.[\w-]+)+(?::\d{1,5})?(?:[/?#](?:[^\s<>\"'`\\{}()\[\]]|\([^\s<>\"'`\\{}()\[\]]*\))*)?",
    re.IGNORECASE,
)
"""A whole address, with a host and no user before it: where it says it leads is where it leads."""
_SCHEME_BEFORE = re.compile(r"(?:^|[^\w@/])(https?)$", re.IGNORECASE)
_SENTENCE_END = ".,;:!?…"
_BULLET = re.compile(r"^([ >]*)•(?= )", re.MULTILINE)
_NUMBER = re.compile(r"^([ >]*\d{1,3})\)(?= )", re.MULTILINE)
_YEAR = re.compile(r"^([ >]*\d{4,})(?=[.)] )", re.MULTILINE)
_END_OF_BLOCK = re.compile(r"^( *(?:>|[-*+] |\d{1,3}\. ).*\n)(?=[^\W\d])", re.MULTILINE)
"""After a quotation or a list an unmarked line is a paragraph again; CommonMark would draw it in ("laziness")."""


def comment_html(words: str) -> str:
    """HTML of ``words``, which must be sanitized (``clinic.models.comments``). Links get ``rel``.

    Line ends stay line ends: nobody who writes a comment knows Markdown's two spaces.
    """
    # "•" and "1)" are list marks like "-" and "1."; a year that begins a line is none.
    words = _YEAR.sub(r"\1\\", _NUMBER.sub(r"\1.", _BULLET.sub(r"\1-", words)))
    return nh3.clean(
        _MARKDOWN.render(_END_OF_BLOCK.sub(r"\1\n", words)).strip(),
        tags=ELEMENTS,
        clean_content_tags=set(),
        attributes={"a": {"href"}},
        # of the two attributes there are: ammonia's own "rel", and no "href" that leads to a page of this site
        attribute_filter=lambda _, name, value: value if name == "rel" or _WEB_ADDRESS.fullmatch(value) else None,
        url_schemes={"http", "https"},
        link_rel=LINK_REL,
    )


class _CommentMarkdown(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 (markdown-it's name)
        """A link that leads nowhere else stays the words that were typed."""
        return bool(_WEB_ADDRESS.fullmatch(url))


class _Compact(RendererHTML):
    """Line ends between the blocks of a comment, none inside them."""

    def renderToken(  # noqa: N802 (markdown-it's name)
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """One tag."""
        ends_block = tokens[idx].nesting < 0 and tokens[idx].level == 0 and tokens[idx].block
        return super().renderToken(tokens, idx, options, env).strip() + ("\n" if ends_block else "")

    def softbreak(self, *_: object) -> str:
        """The end of a line."""
        return "<br>"

    hardbreak = softbreak  # type: ignore[assignment]


def _bare_address(state: StateInline, silent: bool) -> bool:
    """An inline rule: an address that stands in a text is a link, without the sign that ends its sentence.

    It is met at its colon, as in markdown-it's own ``linkify`` (which needs one more library and takes ``a.txt`` too).
    """
    scheme = _SCHEME_BEFORE.search(state.pending[-6:]) if state.src[state.pos] == ":" else None
    start = state.pos - len(scheme[1]) if scheme else 0
    found = _WEB_ADDRESS.match(state.src, start) if scheme and not state.linkLevel else None
    if found is None:
        return False
    address = found[0].rstrip(_SENTENCE_END)
    if not silent:
        state.pending = state.pending[: start - state.pos]
        state.push("link_open", "a", 1).attrs = {"href": state.md.normalizeLink(address)}
        state.push("text", "", 0).content = address
        state.push("link_close", "a", -1)
    state.pos = start + len(address)
    return True


_MARKDOWN = _CommentMarkdown("zero", renderer_cls=_Compact).enable(_RULES)
_MARKDOWN.inline.ruler.push("bare_address", _bare_address)
