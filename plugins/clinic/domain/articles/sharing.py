"""Links to share an article: plain links, so no script runs and nothing is sent until a reader follows one."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from clinic.models.articles import ShareWay


@dataclass(frozen=True)
class ShareLink:
    """``name`` is the visible text ("WhatsApp"), ``label`` the accessible name."""

    way: ShareWay
    name: str
    label: str
    url: str


def share_links(ways: Iterable[ShareWay], title: str, address: str) -> tuple[ShareLink, ...]:
    """A link for each way; ``address`` is the absolute address of the page."""
    return tuple(
        ShareLink(way, name, f"Share by {name}" if way == "email" else f"Share on {name}", make(title, address))
        for way in ways
        for name, make in (_WAYS[way],)
    )


def _email(title: str, address: str) -> str:
    """RFC 6068: spaces are %20, never a plus."""
    return f"mailto:?subject={quote(title, safe='')}&body={quote(address, safe='')}"


def _with_title(service: str) -> Callable[[str, str], str]:
    return lambda title, address: service + quote(f"{title} {address}", safe="")


def _with_address(service: str) -> Callable[[str, str], str]:
    return lambda _, address: service + quote(address, safe="")


_WAYS: Mapping[ShareWay, tuple[str, Callable[[str, str], str]]] = {
    "email": ("e-mail", _email),
    "whatsapp": ("WhatsApp", _with_title("https://wa.me/?text=")),
    "facebook": ("Facebook", _with_address("https://www.facebook.com/sharer/sharer.php?u=")),
    "linkedin": ("LinkedIn", _with_address("https://www.linkedin.com/sharing/share-offsite/?url=")),
    "bluesky": ("Bluesky", _with_title("https://bsky.app/intent/compose?text=")),
}
