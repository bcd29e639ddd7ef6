"""What a stranger wrote, as HTML that can do nothing but be read.

Two walls. The first is a Markdown of our own with the few signs that people type in letters: it escapes everything that
it does not know, makes every tag itself, and takes no longer and no deeper for a text made to hurt (Python-Markdown
needs minutes for five thousand brackets, and gives up on as many hyphens). Behind it ammonia (nh3) lets through a
handful of elements and nothing else. What comes out never becomes a part of the article's own text, where
``{filename}`` would be resolved and quotes curled.
"""

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby

import nh3

ELEMENTS = {"p", "br", "em", "strong", "a", "blockquote", "ul", "ol", "li", "code"}
LINK_REL = "nofollow ugc noopener"
"""Google, "Qualify your outbound links": ``ugc`` is what visitors wrote."""
_ADDRESS = r"https?://[\w-]+(?:\.[\w-]+)+(?::\d{1,5})?(?:[/?#](?:[^\s<>\"'`\\{}()\[\]]|\([^\s<>\"'`\\{}()\[\]]*\))*)?"
"""Whole, with a host and no user in front of it: what it says is where it leads."""
_WEB_ADDRESS = re.compile(_ADDRESS, re.IGNORECASE)
_TOKEN = re.compile(
    rf"""\\(?P<sign>[\\`*_\[\]()<>#+.!>-])
    | `(?P<code>[^`\n]+)`
    | \[(?P<words>[^\[\]\n]{{1,500}})\]\(\s?(?P<target>{_ADDRESS})\s?\)
    | <(?P<pointed>{_ADDRESS})>
    | (?<![\w@/])(?P<bare>{_ADDRESS})
    | \*\*(?=[^\s*])(?P<strong>[^*\n]+)(?<=\S)\*\*
    | \*(?=[^\s*])(?P<stress>[^*\n]+)(?<=\S)\*
    | (?<!\w)_(?=[^\s_])(?P<line>[^_\n]+)(?<=\S)_(?!\w)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SENTENCE_END = ".,;:!?…"
_QUOTED = re.compile(r"(?:\s{0,3}>)+ ?")
_BULLET = re.compile(r"\s{0,3}[-*+•] +(?=\S)")
_NUMBER = re.compile(r"\s{0,3}\d{1,3}[.)] +(?=\S)")
_KINDS = {"blockquote": _QUOTED, "ul": _BULLET, "ol": _NUMBER}


def comment_html(words: str) -> str:
    """``words`` must be without control signs: ``clinic.facts.strangers_text.harmless`` takes them out."""
    blocks = (block for part in re.split(r"\n\s*\n", words) for block in _blocks(part.split("\n")))
    return nh3.clean(
        "\n".join(blocks),
        tags=ELEMENTS,
        clean_content_tags=set(),
        attributes={"a": {"href"}},
        attribute_filter=_whole_addresses_only,
        url_schemes={"http", "https"},
        link_rel=LINK_REL,
    )


def _whole_addresses_only(_element: str, attribute: str, value: str) -> str | None:
    """Of the two attributes there are: ammonia's own ``rel``, and no ``href`` that leads to a place of this site."""
    return value if attribute == "rel" or _WEB_ADDRESS.fullmatch(value) else None


def _blocks(lines: list[str]) -> Iterator[str]:
    """The lines between two empty ones: quotations, lists and words, as they take turns."""
    for kind, group in groupby(_kinds(lines), key=lambda line: line[0]):
        texts = [text for _, text in group]
        if kind == "p":
            yield _paragraph(texts)
        elif kind == "blockquote":
            yield f"<blockquote>{_paragraph(texts)}</blockquote>"
        else:
            yield f"<{kind}>{''.join(f'<li>{_inline(text)}</li>' for text in texts)}</{kind}>"


def _kinds(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Each line with what it belongs to, without the signs that say so."""
    for line in lines:
        kind = next((kind for kind, sign in _KINDS.items() if sign.match(line)), "p")
        yield kind, _KINDS[kind].sub("", line, count=1) if kind in _KINDS else line.strip()


def _paragraph(lines: list[str]) -> str:
    """Line ends stay: who writes a comment does not know of Markdown's two spaces."""
    return f"<p>{'<br>'.join(map(_inline, lines))}</p>"


def _inline(text: str, depth: int = 0) -> str:
    """Links, stress and code inside a line; within one another as deep as makes sense."""
    parts: list[str] = []
    position = 0
    for match in _TOKEN.finditer(text):
        parts += [escape(text[position : match.start()]), _token(match, depth)]
        position = match.end()
    return "".join(parts) + escape(text[position:])


def _token(match: re.Match[str], depth: int) -> str:
    kind = str(match.lastgroup)
    text = match[kind]
    if kind == "sign":
        return escape(text)
    if kind == "code":
        return f"<code>{escape(text)}</code>"
    if kind == "target":
        return _link(text, escape(match["words"]))
    if kind == "pointed":
        return _link(text, escape(text))
    if kind == "bare":
        address = text.rstrip(_SENTENCE_END)
        return _link(address, escape(address)) + text[len(address) :]
    inside = _inline(text, depth + 1) if depth < len(_KINDS) else escape(text)
    element = "strong" if kind == "strong" else "em"
    return f"<{element}>{inside}</{element}>"


def _link(address: str, words: str) -> str:
    return f'<a href="{escape(address)}">{words}</a>'
