"""Feeds beside the one of all articles: for whom the owner asks."""

from enum import Enum
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, BeforeValidator

from clinic.facts.base import _as_list, _unique


class ListFeed(Enum):
    """The lists of articles that can have a feed of their own; the value is the name of the list's template."""

    CATEGORY = "category"
    AUTHOR = "author"
    TAG = "tag"


ListFeeds: TypeAlias = Annotated[tuple[ListFeed, ...], BeforeValidator(_as_list), AfterValidator(_unique)]
