"""Links to share an article: plain links, so no script runs and nothing is sent until a reader follows one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from clinic.models.articles import ShareWay
from clinic.models.words import N_, gettext

_WAYS: Mapping[ShareWay, tuple[str, str]] = {
    "email": (N_("E-mail"), "mailto:?subject={title}&body={address}"),
    "whatsapp": ("WhatsApp", "https://wa.me/?text={title}%20{address}"),
    "facebook": ("Facebook", "https://www.facebook.com/sharer/sharer.php?u={address}"),
    "linkedin": ("LinkedIn", "https://www.linkedin.com/sharing/share-offsite/?url={address}"),
    "bluesky": ("Bluesky", "https://bsky.app/intent/compose?text={title}%20{address}"),
}
"""Name and address of each way. A space is %20, never a plus (RFC 6068)."""


@dataclass(frozen=True)
class ShareLink:
    """``name`` is the visible text ("WhatsApp"), ``label`` the accessible name."""

    way: ShareWay
    name: str
    label: str
    url: str


def share_links(ways: Iterable[ShareWay], title: str, address: str) -> tuple[ShareLink, ...]:
    """A link for each way; ``address`` is the absolute address of the page."""
    parts = {"title": quote(title, safe=""), "address": quote(address, safe="")}
    named = ((way, *_WAYS[way]) for way in ways)
    return tuple(ShareLink(way, gettext(name), _label(way, name), url.format(**parts)) for way, name, url in named)


def _label(way: ShareWay, name: str) -> str:
    return gettext("Share by e-mail") if way == "email" else gettext("Share on {site}", site=name)
