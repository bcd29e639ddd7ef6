"""Images and downloads of the former site: where their originals are, and fetching them politely and safely."""

import base64
import binascii
import ipaddress
import re
import socket
import time
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, unquote, unquote_to_bytes, urljoin, urlsplit

from PIL import Image, UnidentifiedImageError

from clinic.models.types import slug_like

LARGEST = 25_000_000
"""Bytes of one file: a photograph as a camera makes it has up to 20 MB."""
_MOST_PIXELS = 100_000_000
_SECONDS = 15
_PAUSE = 0.2
"""Between two requests to one host, in seconds."""
_REDIRECTS = 4
_FORMATS = {"JPEG": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp"}
_DOCUMENTS = tuple("pdf doc docx xls xlsx ppt pptx odt rtf zip mp3 m4a mp4 epub csv ics".split())
_PICTURES = ("jpg", "jpeg", "png", "gif", "webp", "svg", "avif", "heic", "bmp", "tif", "tiff")
_LATE = ("data-orig-file", "data-src", "data-lazy-src", "data-original", "data-image")
"""Attributes in which scripts keep the address of an image that they load later."""
_WIX = re.compile(r"(https?://static\.wixstatic\.com/media/[^/?#]+)(?:/v1/.*)?", re.IGNORECASE)
_RESIZED = re.compile(r"-\d{2,4}x\d{2,4}(?=\.\w{3,4}$)")
_SUBSTACK = re.compile(r"https?://substackcdn\.com/image/fetch/[^/]*(?:/[^/]*)*?/(https?(?:%3A|:).+)", re.IGNORECASE)
_PHOTON = re.compile(r"https?://i\d\.wp\.com/(.+)", re.IGNORECASE)
_MEDIUM = re.compile(
    r"(https?://(?:miro|cdn-images-\d+)\.medium\.com)/(?:v2/)?(?:max|resize:\w+:\d+|fit|freeze)[^?#]*/([^/?#]+)"
)
_GHOST = re.compile(r"/content/images/size/w\d+(?:/format/\w+)?/")
_COUNTERS = re.compile(
    r"(?:^|[./])(?:stats\.wp|pixel|b\.scorecardresearch|feeds?\.feedburner|doubleclick|medium\.com/_/stat|facebook\.com/tr)"
)
_HOST_FILES = re.compile(
    r"(?:\.|^)(?:wixstatic\.com|squarespace-cdn\.com|squarespace\.com|files\.wordpress\.com|usrfiles\.com)$"
)


def best_source(image: Any) -> str:
    """The address of an ``<img>``: of what is loaded late, else the largest of its set, else the shown one."""
    shown = (image.get("src") or "").strip()
    late = next(filter(None, map(image.get, _LATE)), "")
    in_set = image.get("srcset") or image.get("data-srcset") or image.get("data-lazy-srcset") or ""
    if not in_set and image.getparent() is not None and image.getparent().tag == "picture":
        in_set = next((each.get("srcset") or "" for each in image.getparent().iter("source")), "")
    if late:
        return str(late).strip()
    if shown and not shown.startswith("data:") and not re.search(r"blank\.|placeholder|spacer\.|lazy", shown):
        return shown
    sizes = [part.split() for part in re.split(r",\s+", in_set) if part.split()]
    return max(sizes, key=_width, default=[shown])[0].rstrip(",")


def _width(candidate: list[str]) -> float:
    """Of one of a ``srcset``, in pixels or as a density; 0 where it has none."""
    found = re.match(r"\d+(?:\.\d+)?", candidate[1]) if len(candidate) > 1 else None
    return float(found[0]) if found else 0


def is_counter(image: Any, source: str) -> bool:
    """Whether an image is there to count readers, or to show a sign of a button."""
    sizes = {image.get(name) for name in ("width", "height")}
    is_tiny = bool(sizes & {"0", "1", "2"})
    is_emoji = "s.w.org/images/core/emoji" in source or "wp-smiley" in (image.get("class") or "")
    is_empty = source.startswith("data:") and len(source) < 400
    return is_tiny or is_emoji or is_empty or bool(_COUNTERS.search(source))


def original(address: str) -> str:
    """The address of an image as it was uploaded, from that of a smaller copy."""
    if wix := _WIX.match(address):
        return wix[1]
    if substack := _SUBSTACK.match(address):
        return unquote(substack[1])
    if photon := _PHOTON.match(address):
        address = f"https://{photon[1]}"
    if medium := _MEDIUM.match(address):
        return f"{medium[1]}/{medium[2]}"
    parts = urlsplit(address)
    path = _GHOST.sub("/content/images/", parts.path)
    if "/wp-content/uploads/" in path or ".files.wordpress.com" in parts.netloc or parts.netloc.endswith(".wp.com"):
        path, parts = _RESIZED.sub("", path), parts._replace(query="")
    if "squarespace-cdn.com" in parts.netloc:
        parts = parts._replace(query="")
    return parts._replace(path=path).geturl() if parts.scheme in {"http", "https", ""} else address


def is_file(address: str, *, images: bool = False, kept_by_host: bool = False) -> bool:
    """Whether a link leads to a file to download (or an image), which must come along."""
    parts = urlsplit(address)
    end = PurePosixPath(parts.path).suffix.lstrip(".").lower()
    if kept_by_host:
        return end in _DOCUMENTS and bool(_HOST_FILES.search(parts.hostname or ""))
    return end in (_PICTURES if images else _DOCUMENTS)


def file_name(address: str, data: bytes | None = None) -> str:
    """A name for the file at an address: small letters and hyphens, with the ending of what it holds."""
    if address.startswith("data:"):
        name = PurePosixPath("image.png")
    else:
        path = unquote(urlsplit(address).path).rstrip("/")
        named = re.search(r"/(?:name|fn_\w*)[/=]([^/?]+)", path)
        name = PurePosixPath(named[1] if named else path.rpartition("/")[2])
    stem = name.name[: -len(name.suffix)] if name.suffix else name.name
    end = name.suffix.lower().lstrip(".")
    end = "jpg" if end == "jpeg" else end
    known = image_format(data) if data else ""
    plain = (
        re.sub(r"[^a-z0-9]+", "-", slug_like(re.sub(r"~mv2(?:_d.*)?$", "", stem) or "image")).strip("-")[:80].strip("-")
    )
    is_known = end in _DOCUMENTS or end in _PICTURES
    return f"{plain or 'image'}.{known or (end if is_known else 'jpg')}"


def image_format(data: bytes) -> str:
    """The ending for an image of a kind that pages can show; empty for anything else."""
    if re.match(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<!DOCTYPE svg[^>]*>\s*)*<svg\b", data[:2000], re.DOTALL):
        return "svg"
    with (
        suppress(UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError),
        Image.open(BytesIO(data)) as image,
    ):
        if image.width * image.height <= _MOST_PIXELS:
            return _FORMATS.get(image.format or "", "")
    return ""


def data_of(address: str) -> bytes | None:
    """What a ``data:`` address holds; None where it is broken."""
    head, _, rest = address.partition(",")
    with suppress(binascii.Error, ValueError):
        return base64.b64decode(rest, validate=False) if head.endswith(";base64") else unquote_to_bytes(rest)
    return None


class NotFetched(Exception):
    """Why a file could not be fetched."""


@dataclass
class Fetcher:
    """Fetches files over the network. ``is_online`` turns False when the network is seen to be away."""

    is_online: bool = True
    allows_private: bool = False
    _last: dict[str, float] = field(default_factory=dict)
    _failed: dict[str, int] = field(default_factory=dict)

    def fetch(self, address: str) -> bytes:
        """What is at an address. Raises NotFetched, also for this machine and addresses of private networks."""
        if not self.is_online:
            raise NotFetched("nothing is fetched offline")
        for _ in range(_REDIRECTS):
            found = self._get(address)
            if isinstance(found, bytes):
                return found
            address = urljoin(address, found)
        raise NotFetched("its address leads on and on")

    def _get(self, address: str) -> bytes | str:
        """What is at an address, or the address that it leads on to."""
        parts = urlsplit(address)
        host = parts.hostname or ""
        if parts.scheme not in {"http", "https"} or not host:
            raise NotFetched("it has no web address")
        if self._failed.get(host, 0) > 2:
            raise NotFetched(f"{host} does not answer")
        wait = self._last.get(host, 0) + _PAUSE - time.monotonic()
        time.sleep(max(0, min(wait, _PAUSE)))
        self._last[host] = time.monotonic()
        try:
            return self._asked(address, host)
        except (OSError, HTTPException, ValueError) as error:
            self._failed[host] = self._failed.get(host, 0) + 1
            raise NotFetched(f"{host} does not answer") from error

    def _asked(self, address: str, host: str) -> bytes | str:
        parts = urlsplit(address)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        place = self._public_address(host, port)
        is_safe = parts.scheme == "https"
        connection = (HTTPSConnection if is_safe else HTTPConnection)(host, port, timeout=_SECONDS)
        # The address that was checked is the one connected to: a name that is looked up again may lead elsewhere.
        connect = partial(_connected, place)
        connection._create_connection = connect  # type: ignore[attr-defined]  # noqa: SLF001 -- http.client has no other way
        try:
            path = quote(parts.path or "/", safe="/%~:@!$&'()*+,;=-._") + (f"?{parts.query}" if parts.query else "")
            connection.request("GET", path, headers={"User-Agent": "clinic-site import", "Accept": "*/*"})
            return _answer(connection.getresponse())
        finally:
            connection.close()

    def _public_address(self, host: str, port: int) -> str:
        """The numeric address of a host. Raises NotFetched for this machine and private networks."""
        try:
            found = {str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
        except OSError as error:
            self._failed[host] = 3
            raise NotFetched(f"{host} cannot be found; there may be no network") from error
        numbers = {ipaddress.ip_address(each.partition("%")[0]) for each in found}
        if not self.allows_private and not all(each.is_global and not each.is_multicast for each in numbers):
            raise NotFetched(f"{host} is an address of this machine or of a private network")
        return min(found, key=lambda each: (":" in each, each))


def _connected(place: str, to: tuple[str, int], *rest: Any, **more: Any) -> socket.socket:
    return socket.create_connection((place, to[1]), *rest, **more)


def _answer(response: HTTPResponse) -> bytes | str:
    if response.status in {301, 302, 303, 307, 308} and (there := response.headers.get("Location")):
        return there
    if response.status != 200:
        raise NotFetched(f"its host answers {response.status}")
    data = response.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise NotFetched(f"it is larger than {LARGEST // 1_000_000} MB")
    return data
