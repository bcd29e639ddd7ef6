"""What an import has found: posts and pages, the files that they show, the addresses that the former site had."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import unquote, urljoin, urlsplit

from clinic.cli.dates import Day

NO_CATEGORY = frozenset({"uncategorized", "uncategorised", "allgemein", "heb gategori"})
"""What programs call the category of a post that has none, in small letters."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_NAMED = 12
"""Words that are named of those that are lost."""


class Unreadable(Exception):
    """A source that cannot be imported; the message says why, and what to do instead."""


class Sort(Enum):
    """What a remark is about; the value stands before it in the report."""

    GUESS = "a guess"
    LEFT_OUT = "left out"
    TO_DO = "to do"


@dataclass(frozen=True)
class Remark:
    """Something to be told of an import. ``words`` are those of the written file at which it is; else a source line."""

    sort: Sort
    text: str
    words: str = ""
    line: int = 0


class Remarked:
    """What has something to be told of it."""

    remarks: list[Remark]

    def guess(self, text: str, words: str = "") -> None:
        """Tell that something is uncertain."""
        self.remarks.append(Remark(Sort.GUESS, text, words))

    def left_out(self, text: str, line: int = 0) -> None:
        """Tell that something of the source is not in the file."""
        self.remarks.append(Remark(Sort.LEFT_OUT, text, line=line))

    def to_do(self, text: str, words: str = "") -> None:
        """Tell that something is left for the owner."""
        self.remarks.append(Remark(Sort.TO_DO, text, words))


@dataclass
class Asset:
    """An image, or a file to download. ``url`` is where it was, ``data`` what it holds where the source has it."""

    url: str
    alt: str = ""
    caption: str = ""
    data: bytes | None = None
    is_image: bool = True


@dataclass
class Body(Remarked):
    """A text as Markdown, in which ``asset:0`` and ``link:0`` stand for the assets and the links of the former site."""

    markdown: str = ""
    assets: list[Asset] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def tell_lost(self, source: Counter[str], kept: str, told: Iterable[str]) -> None:
        """Tell the words of the source that are neither in what was kept of it nor among what was told."""
        known = (
            *told,
            *(f"{asset.alt} {asset.caption}" for asset in self.assets),
            *(each.text for each in self.remarks),
        )
        if missing := source - counted(kept) - counted(" ".join(known)):
            words = " ".join(list(missing)[:_NAMED])
            self.to_do(f"these words of the source are not in the file: {words}; see where they belong")


@dataclass(frozen=True)
class Reply:
    """A comment of a visitor, in plain words. ``key`` and ``answers`` are its number and that of the one it answers."""

    name: str
    day: Day
    words: str
    key: str = ""
    answers: str = ""


@dataclass
class Found(Remarked):
    """A post or page, as its source says it. ``line`` is where it begins there; ``address`` what it had, whole or not.

    ``status`` is published, hidden or draft; ``tags`` and ``category`` are words as readers see them.
    """

    source: str
    line: int = 1
    title: str = ""
    body: Body = field(default_factory=Body)
    is_page: bool = False
    address: str = ""
    slug: str = ""
    day: Day | None = None
    modified: Day | None = None
    expires: Day | None = None
    status: str = "published"
    authors: list[str] = field(default_factory=list)
    category: str = ""
    tags: list[str] = field(default_factory=list)
    summary: str = ""
    image: Asset | None = None
    aliases: list[str] = field(default_factory=list)
    more: dict[str, str] = field(default_factory=dict)
    replies: list[Reply] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def assets(self) -> list[Asset]:
        """Every file that it shows, that of the whole post last."""
        return [*self.body.assets, *([self.image] if self.image else [])]

    def set_lists(self, categories: Sequence[str], tags: Iterable[str]) -> None:
        """Take the first category as the category, the others as tags; that is told."""
        self.category = categories[0] if categories else ""
        self.tags = [*dict.fromkeys(filter(None, (*categories[1:], *tags)))]
        if len(categories) > 1:
            listed = ", ".join(categories)
            self.guess(f"of its categories the first became the category, the others tags: {listed}", "category:")


@dataclass
class Planned:
    """A file that the import makes: its key, the last part of its address, and its path.

    ``there`` is the file that has the same post already, ``taken_by`` that which has its address, by their keys.
    """

    found: Found
    key: str
    slug: str
    path: str
    there: str = ""
    taken_by: str = ""
    aliases: list[str] = field(default_factory=list)
    text: str = ""

    @property
    def is_new(self) -> bool:
        """Whether it is to be written."""
        return not (self.there or self.taken_by)


@dataclass
class Harvest:
    """All that one source has: ``found`` in its order, ``addresses`` of the former site, and what is to be told."""

    found: list[Found] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    remarks: list[tuple[str, Remark]] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)

    def add(self, other: "Harvest") -> None:
        """Take in what another source has."""
        self.found += other.found
        self.addresses += other.addresses
        self.remarks += other.remarks
        self.faults += other.faults


def path_of(address: str) -> str:
    """The path of an address from the site's root, decoded, with one slash before it: ``/post/knees``."""
    path = unquote(urlsplit(address.strip()).path).strip() if is_address(address) else ""
    return "/" + path.lstrip("/") if path else ""


def is_address(text: str) -> bool:
    """Whether it can be taken apart as an address; brackets around no number of a host make it none."""
    try:
        return bool(urlsplit(text.strip()).geturl())
    except ValueError:
        return False


def resolved(base: str, address: str) -> str:
    """An address as the page at ``base`` means it; empty where it is none."""
    return urljoin(base if is_address(base) else "", address.strip()) if is_address(address) else ""


def host_of(address: str) -> str:
    """The host of an address in small letters, without ``www.``; empty where it has none."""
    try:
        return (urlsplit(address.strip()).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def one_line(text: str | None) -> str:
    """Words on one line, without spaces of no width, and hard spaces as spaces."""
    kept = (text or "").translate(INVISIBLE)
    return " ".join(kept.split())


def counted(text: str) -> Counter[str]:
    """Its words in small letters, however their apostrophes are typed, and how often each is there."""
    words = _WORD.findall(text.translate(INVISIBLE))
    return Counter(word.casefold().replace("’", "'") for word in words)


INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x2060, 0xFEFF, 0x00AD, 0x0000, 0x200E, 0x200F)) | {0x00A0: " ", 0x202F: " "}
"""Signs that editors leave behind; hard spaces become spaces."""


def shown(text: str, limit: int = 70) -> str:
    """The beginning of a text, for a message."""
    line = one_line(text)
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
