"""A list that the owner wrote in Markdown, taken apart, for components that draw its items."""

import re
from typing import NamedTuple

from markupsafe import Markup

_ITEM = re.compile(r"<li>\s*(?:<p>)?(.*?)(?:</p>)?\s*</li>", re.DOTALL)
_NAMED = re.compile(r"<strong>(.*?)</strong>[:.,]?\s*(.*)", re.DOTALL)


class ListItem(NamedTuple):
    """``name`` is what stands in bold at the beginning, or the whole item when nothing does; ``text`` the rest."""

    name: Markup
    text: Markup


def list_items(body: str) -> list[ListItem]:
    """The items of a flat HTML list as Markdown makes it."""
    return [_item(content) for content in _ITEM.findall(str(body))]


def _item(content: str) -> ListItem:
    named = _NAMED.fullmatch(content)
    name, text = named.groups() if named else (content, "")
    return ListItem(Markup(name), Markup(text))  # noqa: S704 (from Markdown)
