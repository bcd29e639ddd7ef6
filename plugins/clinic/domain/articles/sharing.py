"""Handing an article on: plain links, so nothing runs and nobody is watched until a reader takes one."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from clinic.models.articles import ShareWay


@dataclass(frozen=True)
class ShareLink:
    """``name`` is what is seen ("WhatsApp"), ``label`` the whole of it, for those who hear it alone."""

    way: ShareWay
    name: str
    label: str
    url: str


def share_links(ways: Iterable[ShareWay], title: str, address: str) -> tuple[ShareLink, ...]:
    """A link for each way; ``address`` is the whole public address of the page."""
    return tuple(
        ShareLink(way, name, f"Share by {name}" if way == "email" else f"Share on {name}", make(title, address))
        for way in ways
        for name, make in (_WAYS[way],)
    )


def _email(title: str, address: str) -> str:
    """RFC 6068: spaces are %20, never a plus."""
    return f"mailto:?subject={quote(title, safe='')}&body={quote(address, safe='')}"


def _with_words(service: str) -> Callable[[str, str], str]:
    return lambda title, address: service + quote(f"{title} {address}", safe="")


def _with_address(service: str) -> Callable[[str, str], str]:
    return lambda _, address: service + quote(address, safe="")


_WAYS: Mapping[ShareWay, tuple[str, Callable[[str, str], str]]] = {
    "email": ("e-mail", _email),
    "whatsapp": ("WhatsApp", _with_words("https://wa.me/?text=")),
    "facebook": ("Facebook", _with_address("https://www.facebook.com/sharer/sharer.php?u=")),
    "linkedin": ("LinkedIn", _with_address("https://www.linkedin.com/sharing/share-offsite/?url=")),
    "bluesky": ("Bluesky", _with_words("https://bsky.app/intent/compose?text=")),
}
