"""Links of the former site, as links to files of this one."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from clinic.cli.importing.found import Found, Harvest, Planned, host_of, path_of, shown
from clinic.content.content import Content
from clinic.content.documents import State
from clinic.content.front_matter import slug_in_name
from clinic.models.types import slug_like

_LINK = re.compile(
    r"(?<!!)\[(?P<words>(?:[^\[\]\\]|\\.|!\[[^\[\]]*\]\([^()]*\))*)\]\(link:(?P<number>\d+)(?:\s+\"[^\n]*?\")?\)"
)
_LISTS = re.compile(r"/(?:blog/)?(?P<kind>categor(?:y|ies)|tags?|hashtags)/(?P<name>[^/]+)/?$")
_BLOGS = frozenset({"blog", "news", "articles", "posts"})


@dataclass
class Destinations:
    """Where addresses of the former site are now: keys of files by path and by name, lists by their slugs.

    ``drafts`` are the keys of files that are not published; ``hosts`` those of the former site and of this one.
    """

    keys: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    lists: dict[tuple[str, str], str] = field(default_factory=dict)
    drafts: set[str] = field(default_factory=set)
    hosts: frozenset[str] = frozenset()

    @classmethod
    def of(cls, files: Iterable[Planned], content: Content, harvest: Harvest) -> "Destinations":
        """What is known of an import and of the content that is there."""
        destinations = cls()
        for key, document in content.all_documents.items():
            destinations.keys[document.path.strip("/").casefold()] = key
            destinations.names.setdefault(document.slug, key)
            if document.state not in {State.PUBLISHED, State.HIDDEN}:
                destinations.drafts.add(key)
        files = [*files]
        for one in files:
            if key := one.there or ("" if one.taken_by else one.key):
                destinations.add(one, key)
        hosts = {host_of(one.found.address) for one in files} | {host_of(each) for each in harvest.addresses}
        destinations.hosts = frozenset((hosts | {host_of(content.clinic.url)}) - {""})
        return destinations

    def add(self, one: Planned, key: str) -> None:
        """Take in a file of the import, by every address that it had and has."""
        for former in (one.path, *map(path_of, (one.found.address, *one.aliases, *one.found.aliases))):
            if former.strip("/"):
                self.keys[former.strip("/").casefold()] = key
        self.names |= {one.slug: key, slug_in_name(PurePosixPath(one.found.source).stem): key}
        if one.found.status == "draft" and not one.there:
            self.drafts.add(key)
        elif not one.found.is_page:
            named = [("category", one.found.category), *(("tag", tag) for tag in one.found.tags)]
            self.lists |= {(kind, slug_like(name)): name for kind, name in named if name}

    def target(self, address: str, of: str) -> str | None:
        """What to write for an address in the file ``of``; None where it was of the former site and is nowhere now."""
        if urlsplit(address).scheme in {"http", "https"} and host_of(address) not in self.hosts:
            return address.replace(" ", "%20").replace("(", "%28").replace(")", "%29")
        path = path_of(address).strip("/")
        if not path:
            return "{index}"
        if path.casefold() in _BLOGS:
            return "/blog/"
        if found := _LISTS.search(f"/{path}"):
            kind = "category" if found["kind"].startswith("categor") else "tag"
            slug = slug_like(found["name"])
            at = next((each for each in (kind, "tag", "category") if (each, slug) in self.lists), None)
            return f"{{{at}}}{self.lists[(at, slug)]}".replace(" ", "%20") if at else None
        key = self._key(path)
        if key is None or (key in self.drafts and of not in self.drafts):
            return None
        return f"{{filename}}/{key}"

    def has(self, address: str) -> bool:
        """Whether an address of the former site leads somewhere now."""
        path = path_of(address).strip("/")
        if found := _LISTS.search(f"/{path}"):
            return ("category" if found["kind"].startswith("categor") else "", slug_like(found["name"])) in self.lists
        return path.casefold() in self.keys or path.casefold() in {"", "blog", "blog-feed.xml"}

    def is_draft(self, address: str) -> bool:
        """Whether there is a page for an address that is not published."""
        return self._key(path_of(address).strip("/")) in self.drafts

    def _key(self, path: str) -> str | None:
        bare = re.sub(r"(?:^|/)index(?:\.\w+)?$", "", path).casefold()
        stem = PurePosixPath(unquote(bare)).name
        stem = re.sub(r"\.(?:md|mdx|markdown|html?)$", "", stem)
        return self.keys.get(bare) or self.names.get(slug_in_name(stem)) or self.names.get(slug_like(stem))


def with_links(found: Found, one: Planned, destinations: Destinations) -> str:
    """The body with every link to the former site leading where its page is now; of others the words stay."""
    links: Mapping[int, str] = dict(enumerate(found.body.links))

    def led(match: re.Match[str]) -> str:
        address = links[int(match["number"])]
        target = destinations.target(address, one.key)
        if target is not None:
            return f"[{match['words']}]({target})"
        words = match["words"]
        what = "is a draft" if destinations.is_draft(address) else "is not here"
        found.body.to_do(f"“{shown(words)}” led to {address}, which {what}; link it anew, or leave it", words)
        return f"{words}<!-- link: {address.replace('--', '%2D-')} -->"

    return _LINK.sub(led, found.body.markdown)
