"""Markdown lint: what an owner typed as a mark and a visitor would see as signs, or not at all, by line."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from clinic.domain.pages.media import player_of
from clinic.models.types import KeyPath
from clinic.rendering.markdown.html import is_element, video_lines
from clinic.rendering.markdown.tokens import inline_tokens, line_of, words_of

Finding = tuple[int, str]
"""A line of the text, from 0, and the message to the owner; no message where another line says it already."""
_AS_WORDS = "this is shown as words, not as"
_BULLET = re.compile(r"[•·‣▪●○◦➤✓✔►–—] ?[^\s\d]|-[^\W\d_]|\*[^\W\d_][^*]*$|[-*+] |\d{1,2}[.)] ")
_MAYBE = re.compile(r"[–—✓✔➤►-](?! ?\Z)")
"""What may begin a line that belongs to no list, if it is the only one."""
_LISTS = {
    "dash": f'{_AS_WORDS} a list; begin its lines with "- "',
    "late": f"{_AS_WORDS} a list; put an empty line above its first line",
}
_MARKS: Sequence[tuple[tuple[str, ...], re.Pattern[str], str]] = (
    (
        ("]",),
        re.compile(r"\][ \n]?\((?:https?:|www\.|mailto:|\{\w+\})"),
        "a link; write [words](address), with no space in it",
    ),
    (
        (")[",),
        re.compile(r"\([^()\n]+\)\[(?:https?:|www\.|mailto:|\{\w+\}|/)[^\]\n]*\]"),
        "a link; write [words](address): square brackets first",
    ),
    (
        ("[[",),
        re.compile(r"!?\[\[[^\[\]\n]+\]\]"),
        "a link; write [words]({filename}/posts/….md), or ![what it shows]({static}/images/…) for a picture",
    ),
    (
        ("[",),
        re.compile(r"\[(?!\d+\])[^\[\]\n]+\] ?\[[^\[\]\n]+\]"),
        "a link; write [words](address)",
    ),
    (("==",), re.compile(r"==(?=\S)[^=\n]+(?<=\S)=="), "marked words; write **words** for bold ones"),
    (
        ("%%",),
        re.compile(r"%%.*?%%|%%\s*$", re.DOTALL),
        "a note to yourself; write <!-- your words --> for what only you should read",
    ),
    (
        ("{{", "{%"),
        re.compile(r"\{\{[<%]?.*?[>%]?\}\}|\{%.*?%\}", re.DOTALL),
        "what another program makes of it; take it out, or write it anew",
    ),
    (
        ("[",),
        re.compile(
            r"\[/?(?:caption|gallery|embed|video|audio|youtube|vimeo|contact-form(?:-7)?|button|vc_\w+|et_pb_\w+|su_\w+)\b[^\]]*\]"
        ),
        "what WordPress makes of it; take it out, or write it anew",
    ),
    ((":::",), re.compile(r"^:{3,}", re.MULTILINE), 'a box; write "/// callout | A heading" above it and "///" below'),
    (
        ("!!!", "???"),
        re.compile(r"^(?:!!!|\?\?\?)\+? ", re.MULTILINE),
        'a box; write "/// callout | A heading" above it and "///" below',
    ),
    (
        ("[!",),
        re.compile(r"^\[![\w-]+\]", re.MULTILINE),
        "a box; write > [!NOTE] alone on its line, and the words below it",
    ),
    (
        ("```", "~~~"),
        re.compile(r"^(?:`{3,}|~{3,})", re.MULTILINE),
        "code; put three backticks on a line of their own, above it and below",
    ),
    (
        ("|",),
        re.compile(r"^\|.*\|\s*$", re.MULTILINE),
        "a table; write a line such as | --- | --- | below the row of its headings",
    ),
    (
        ("<",),
        re.compile(
            r"</?(?:a|b|i|p|u|em|br|hr|div|img|span|strong|center|font|table|iframe|h[1-6]|ul|ol|li)\b[^<>]*(?:>|$)",
            re.IGNORECASE,
        ),
        "HTML; write its quotation marks straight, and close it with >",
    ),
    (("#",), re.compile(r"^#{1,6}$", re.MULTILINE), "a heading; write its words behind the signs"),
)
"""Signs without one of which there is nothing to look for, what is looked for, and what it would be as a mark."""
_HOST = re.compile(r"^((?:https?://)?[\w.-]+).*")
_OTHER = "\0"
_MAY_BE_MARKED = re.compile(r"[*_`\[<]")
_MARKED = frozenset({"em_open", "strong_open", "link_open", "image", "code_inline"})
_VALUES = MarkdownIt("commonmark").disable("autolink")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_FOOTNOTE_START = re.compile(r" {0,3}\[\^([^\]\s]+)\]:")
_STARS = re.compile(r"(?<![*\\])\*\*(?!\*)|(?<![_\w\\])__(?![_\w])|(?<!_)__(?![\w_])")
_IN_HTML = re.compile(r"(?:^|\s)(?:\*\*?|__)\S|(?:^|\n)\s*(?:[-*+]|\d{1,2}[.)]|#{1,6}) \S|\]\([^)\s]+\)")
_TAGS = re.compile(r"<(?:pre|code)\b.*?</(?:pre|code)>|<[^<>]*>", re.DOTALL | re.IGNORECASE)


def lint(tokens: Sequence[Token], env: Mapping[str, Any], lines: Sequence[str]) -> Iterator[Finding]:
    """Everything of the kind in a parsed text; ``env`` is that of the parse, ``lines`` are the text itself."""
    yield from _headings(tokens)
    yield from _fences(tokens, lines)
    yield from _definitions(tokens, env, lines)
    yield from _paragraph_lists(tokens)
    for token in tokens:
        if token.type == "html_block" and _IN_HTML.search(_TAGS.sub("", token.content)):
            how = "put the HTML around it on lines of its own, with an empty line below"
            yield (token.map or [0])[0], f"this Markdown stands inside HTML and is shown as typed; {how}"
    for inline, children in inline_tokens(tokens):
        yield from _marks(inline)
        yield from _alone(inline, children)


def lint_values(value: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Markdown and HTML in the values of a YAML file, where they are shown as typed: the key of each, and a message."""
    if isinstance(value, dict):
        for key, entry in value.items():
            yield from lint_values(entry, (*path, key))
    elif isinstance(value, list):
        for number, entry in enumerate(value):
            yield from lint_values(entry, (*path, number))
    elif isinstance(value, str) and _MAY_BE_MARKED.search(value):
        for inline, children in inline_tokens(_VALUES.parseInline(value)):
            if any(child.type in _MARKED or is_element(child.content) for child in children):
                plain = " ".join(words_of(inline.children).split())
                yield path, f'Markdown and HTML are shown as typed here; write the words alone: "{plain}"'


def _headings(tokens: Sequence[Token]) -> Iterator[Finding]:
    for number, token in enumerate(tokens):
        is_empty = token.type == "heading_open" and not words_of(tokens[number + 1].children).strip()
        if is_empty and token.map:
            yield token.map[0], "this heading has no words; write them behind its signs, or take it out"


def _fences(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Finding]:
    """Code that does not end takes in all that follows."""
    for token in tokens:
        if token.type == "fence" and token.map:
            first, end = token.map
            last = lines[end - 1].strip(" >\t") if 0 < end <= len(lines) else ""
            if end - first < 2 or last.strip(token.markup[0]) or len(last) < len(token.markup):
                yield first, f'this code does not end; write a line "{token.markup}" below it, or take the signs out'


def _definitions(tokens: Sequence[Token], env: Mapping[str, Any], lines: Sequence[str]) -> Iterator[Finding]:
    """Addresses and footnotes that are written for use elsewhere in the text, and used nowhere, or written twice."""
    references = env["references"]
    used = frozenset(references.used)
    unused = [found for name, found in references.items() if name not in used and not is_comment(found)]
    for found in (*unused, *env.get("duplicate_refs", ())):
        line = found["map"][0]
        what = f'this line is not shown: "{lines[line].strip()}" names an address for links'
        yield line, f"{what}; write \\[ to show it, or take it out"
    code = {line for token in tokens if token.type == "fence" and token.map for line in range(*token.map)}
    if not any("[^" in line for line in lines):
        return
    defined = [
        (number, found[1])
        for number, line in enumerate(lines)
        if number not in code and (found := _FOOTNOTE_START.match(line))
    ]
    known = env.get("footnotes", {}).get("refs", {})
    first: dict[str, int] = {}
    for number, label in defined:
        if first.setdefault(label, number) != number:
            yield first[label], ""
            yield (
                number,
                f"there is a footnote [^{label}] already; give this one another number, here and where it belongs",
            )
        elif known.get(f":{label}", 0) < 0:
            yield number, f"this footnote is not used; write [^{label}] where it belongs, or remove it"


def is_comment(reference: Mapping[str, Any]) -> bool:
    """``[//]: # (words)``, by which people leave words out on purpose."""
    return reference["href"] in ("#", "")


def _paragraph_lists(tokens: Sequence[Token]) -> Iterator[Finding]:
    """Lines that begin like those of a list; a dash alone may be a dash, so that it takes two of them."""
    before: tuple[str, int] | None = None
    for number, token in enumerate(tokens):
        if token.type != "inline" or tokens[number - 1].type != "paragraph_open":
            continue
        starts = [(line, text) for line, text in _lines(token) if _BULLET.match(text)]
        dashes = [line for line, text in starts if _MAYBE.match(text) and not text.startswith("- ")]
        if dashes and len(starts) == len(dashes):
            alone = len(dashes) == 1 and len(list(_lines(token))) == 1
            sign = starts[0][1][0]
            if len(dashes) > 1 or (alone and before and before[0] == sign):
                yield (before[1] if alone and before else dashes[0]), _LISTS["dash"]
                before = None
            else:
                before = (sign, dashes[0]) if alone else None
            continue
        before = None
        if starts:
            line, text = starts[0]
            yield line, _LISTS["late" if re.match(r"[-*+] |\d", text) else "dash"]


def _lines(inline: Token) -> Iterator[tuple[int, str]]:
    """The lines of a text, each with its number. Signs after a backslash, code and HTML are no words of it."""
    line, words, before = (inline.map or [0])[0], "", inline
    for child in inline.children or ():
        if child.type.endswith("break"):
            yield line, words
            line, words = line + 1, ""
        elif child.type == "text":  # of a bare address, whose signs mean nothing, only where it is
            words += _HOST.sub(r"\1", child.content) if before.markup == "autolink" else child.content
        elif child.type == "text_special" or not words:
            words += _OTHER
            line += child.content.count("\n")
        before = child
    yield line, words


def _marks(inline: Token) -> Iterator[Finding]:
    """Signs of other programs, and marks that did not become any."""
    text = "\n".join(words for _, words in _lines(inline))
    first = (inline.map or [0])[0]

    def at(position: int) -> int:
        return first + text.count("\n", 0, position)

    for found in _FOOTNOTE.finditer(text) if "[^" in text else ():
        yield at(found.start()), f'this footnote has no text; write it in a line of its own: "{found[0]}: …"'
    told: set[int] = set()
    for signs, pattern, what in _MARKS:
        match = pattern.search(text) if any(map(text.__contains__, signs)) else None
        if match and told.isdisjoint(range(*match.span())) and not _FOOTNOTE.search(match[0]):
            told.update(range(*match.span()))
            yield at(match.start()), f"{_AS_WORDS} {what}"
    if ("**" in text or "__" in text) and (match := _STARS.search(text)):
        how = "write **words**, with no space inside the signs, and the same signs at their end"
        yield at(match.start()), f"{_AS_WORDS} bold words; {how}"


def _alone(inline: Token, children: Sequence[Token]) -> Iterator[Finding]:
    """The address of a video in a paragraph of its own, which people expect to become one."""
    if len(children) == 3 and children[0].type == "link_open" and children[0].markup == "autolink":
        player = player_of(str(children[0].attrGet("href")))
        if player:
            yield line_of(inline, 0), f"this address is shown as a link, not as a video; {video_lines(player.page)}"
