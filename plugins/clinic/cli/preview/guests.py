"""Who may look at a preview: this machine, and with ``PHONE=yes`` whoever has the address that is shown as a code."""

import secrets
import socket
from http.cookies import CookieError, SimpleCookie
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import parse_qs, urlsplit

import click
from PIL import Image

from clinic.rendering.images.qr import modules_of

THIS_MACHINE = "127.0.0.1"
EVERY_INTERFACE = "0.0.0.0"  # noqa: S104 -- only where the owner asks for it, and then only with the key
COOKIE = "preview"
_NAMES = frozenset({"localhost", "localhost."})
_QUIET = 2
"""Light modules around a code on a screen: half of those that ISO/IEC 18004 wants on paper, and enough for phones."""
_BLOCKS = {(0, 0): "█", (0, 255): "▀", (255, 0): "▄", (255, 255): " "}
"""Two modules, one above the other, as one sign; 0 is dark."""


class Guests:
    """Decides who may look; ``key`` lets in whoever has it, from elsewhere in the network. Without one nobody is."""

    def __init__(self, key: str = "") -> None:
        self.key = key

    @classmethod
    def with_key(cls) -> "Guests":
        """Whoever has the new key may look."""
        return cls(secrets.token_urlsafe(6))

    @property
    def host(self) -> str:
        """The address to listen at: never the network unless somebody is let in, as drafts are in this site."""
        return EVERY_INTERFACE if self.key else THIS_MACHINE

    def is_misdirected(self, host: str) -> bool:
        """Whether a request names another host than this machine in its ``Host`` field.

        A page elsewhere could let its own name lead to this machine and read drafts (DNS rebinding); a browser says
        then which name it was. RFC 9110, 15.5.20: such a request is answered with 421.
        """
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:  # brackets that are not closed
            return True
        number = _number(name)
        return not (name in _NAMES or (number and (self.key or number.is_loopback)))

    def lets_in(self, client: str, path: str, cookies: str) -> bool:
        """Whether somebody at the address ``client`` may see ``path``, with these ``Cookie`` fields."""
        return ip_address(client).is_loopback or self.has_key(path) or self._is_key(_in_cookies(cookies))

    def has_key(self, path: str) -> bool:
        """Whether an address carries the key, as the one in the code does."""
        return self._is_key(parse_qs(path.partition("?")[2]).get("key", [""])[0])

    def _is_key(self, given: str) -> bool:
        return bool(self.key) and secrets.compare_digest(given.encode(), self.key.encode())

    def cookie(self) -> str:
        """The field by which a browser keeps the key until it is closed: links of the site have it not."""
        return f"{COOKIE}={self.key}; Path=/; HttpOnly; SameSite=Strict"


def _number(name: str) -> IPv4Address | IPv6Address | None:
    """A host that is an address in numbers, which no name leads to."""
    try:
        return ip_address(name)
    except ValueError:
        return None


def _in_cookies(cookies: str) -> str:
    try:
        found = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def address_in_network() -> str | None:
    """The address of this machine in its network; None where it is in none. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # RFC 5737: an address that is nobody's, only to learn the way there
            found = str(probe.getsockname()[0])
        except OSError:
            return None
    return None if ip_address(found).is_loopback or ip_address(found).is_unspecified else found


def code_for_terminal(address: str) -> str:
    """A QR code in half blocks, dark on light whatever colours the terminal has."""
    modules = modules_of(address)
    size = modules.width + 2 * _QUIET
    image = Image.new("L", (size, size + size % 2), 255)
    image.paste(modules, (_QUIET, _QUIET))
    lines = []
    pixels = image.tobytes()
    rows = [pixels[start : start + size] for start in range(0, len(pixels), size)]
    for upper, lower in zip(rows[::2], rows[1::2], strict=True):
        blocks = "".join(_BLOCKS[above, below] for above, below in zip(upper, lower, strict=True))
        lines.append(click.style(blocks, fg="black", bg="bright_white"))
    return "\n".join(lines)
