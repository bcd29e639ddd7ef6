"""The owner's HTML inside Markdown: elements and attributes of a list pass, all else is told at its line.

What no browser knows as an element (``Dear <name>``) is shown as the words it is. What word processors wrap around
words is taken off. Comments are the owner's own and go nowhere.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from urllib.parse import urlsplit

from markdown_it.token import Token

from clinic.rendering.markdown.html_parser import JOIN, Address, FragmentParser, HtmlFindings, Opened
from clinic.rendering.markdown.tokens import inline_tokens, placed

_COMPONENT_END = re.compile(r"</([a-z]\w*(?:[A-Z.-][\w.-]*)+|[A-Z][\w.-]*)\s*>")
"""The end of a component as Astro, Vue and MDX know them: with a capital or a hyphen, as no element has."""


class HtmlCheck(HtmlFindings):
    """Rewrites the HTML of a parsed text, token by token."""

    def run(self, tokens: Sequence[Token]) -> None:
        """Look at every token, in order."""
        html = [token.content for token in tokens if token.type == "html_block"]
        html += [
            child.content for _, children in inline_tokens(tokens) for child in children if child.type == "html_inline"
        ]
        self.components = {name.lower() for text in html for name in _COMPONENT_END.findall(text)}
        opened: list[Opened] = []
        for token in tokens:
            if token.type == "html_block":
                self._fragment(token, token.map[0] if token.map else 0, opened)
            elif token.nesting < 0:
                self._close_all(opened, token.level)
        self._close_all(opened, -1)
        for inline, _ in inline_tokens(tokens):
            parts: list[Opened] = []
            for line, child in [*placed(inline)]:  # as they were typed: what is taken off has no lines
                if child.type == "html_inline":
                    self._fragment(child, line, parts)
                elif child.nesting < 0:
                    self._close_all(parts, child.level)
            self._close_all(parts, -1)

    def _close_all(self, opened: list[Opened], level: int) -> None:
        """What is open further in than ``level`` ends there, as the browser would not."""
        while opened and opened[-1].level > level:
            self.report_unclosed(opened.pop(), "where it ends")

    def _fragment(self, token: Token, line: int, opened: list[Opened]) -> None:
        text = token.content
        start = text.find("<!--", text.rfind("-->") + 3 if "-->" in text else 0)
        if start >= 0:
            self.tell(line + text.count("\n", 0, start), 'this comment does not end; write "-->" after it')
        parser = FragmentParser(self, line, token.level, opened)
        parser.feed(text[:start] if start >= 0 else text)
        parser.close()
        if start >= 0:  # Python's parser would look for its end from each such sign to the end of the text
            parser.handle_data(text[start:])
        if parser.in_code:  # its end is missing, so that the parser has kept the rest to itself
            self.consumed.append(text)
        kept = "".join(parser.kept)
        token.content = kept if token.type == "html_inline" or kept.strip(f"{JOIN} \n") else ""


def remote_files(addresses: Iterable[Address], third_parties: Collection[str]) -> Iterator[tuple[int, str]]:
    """Pictures and sounds of other sites, by line: each would tell that site of every visitor."""
    for line, tag, attributes in addresses:
        url = attributes.get("src", "")
        parts = urlsplit(url)
        is_elsewhere = parts.scheme in ("http", "https") or url.startswith("//")
        if tag in ("img", "audio", "source") and is_elsewhere and parts.hostname not in third_parties:
            how = "save it into images/ and write {static}/images/…"
            how += f', or list {parts.hostname} under "third_parties" in clinic.yaml'
            yield line, f"this loads {parts.hostname} for every visitor; {how}"
