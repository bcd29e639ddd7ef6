"""Pages that browsers have saved with their pictures, documents of Word, and the files beside a text."""

import email
import plistlib
import re
import zipfile
import zlib
from datetime import date
from email import policy
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote
from xml.parsers.expat import ExpatError

import mammoth

from clinic.cli.importing.decoding import LARGEST_TEXT, decoded
from clinic.cli.importing.found import Found, Unreadable
from clinic.cli.importing.html_body import read_body
from clinic.cli.importing.page import read_page
from clinic.cli.importing.static_sites import SiteFiles
from clinic.cli.importing.tree import parse_html, text_of

_BROKEN = (
    zipfile.BadZipFile, zlib.error, ExpatError, EOFError, KeyError, ValueError, AttributeError, IndexError,
    RuntimeError, OSError,
)  # fmt: skip
"""What the libraries raise for a document that is broken or kept by a password."""


def read_mhtml(text: str, name: str, today: date) -> Found:
    """A page that Chrome or Edge has saved as one file (RFC 2557), with its pictures."""
    message = email.message_from_bytes(text.encode("utf-8"), policy=policy.default)
    parts = [part for part in message.walk() if not part.is_multipart()]
    page = next((part for part in parts if part.get_content_type() == "text/html"), None)
    if page is None:
        raise Unreadable("this saved page has no HTML in it; save the page again (File, Save page as), and import that")
    markup = decoded(bytes(page.get_payload(decode=True) or b" "))[0]
    address = str(message.get("Snapshot-Content-Location") or page.get("Content-Location") or "")
    found = read_page(markup, name, today, address)
    files = {
        str(part.get("Content-Location")): part.get_payload(decode=True)
        for part in parts
        if part.get_content_maintype() == "image"
    }
    return with_data(found, {where: data for where, data in files.items() if isinstance(data, bytes)})


def read_web_archive(data: bytes, name: str, today: date) -> Found:
    """A page that Safari has saved, with its pictures."""
    try:
        archive = plistlib.loads(data)
        page = archive["WebMainResource"]
        markup, address = decoded(page["WebResourceData"])[0], str(page.get("WebResourceURL") or "")
        others = {str(each["WebResourceURL"]): each["WebResourceData"] for each in archive.get("WebSubresources", [])}
    except (plistlib.InvalidFileException, LookupError, TypeError, ValueError, AttributeError, OverflowError):
        raise Unreadable(
            "this page was not saved whole; save it again in the browser, as “Page Source”, and import that"
        ) from None
    return with_data(read_page(markup, name, today, address), others)


def with_files(found: Found, folder: Path) -> Found:
    """The page with the pictures that the browser saved beside it."""
    files = SiteFiles(folder, folder)
    for asset in found.assets:
        name = unquote(asset.url)
        if "//" not in name and not name.startswith("data:"):
            asset.data = files.open(name)
        elif asset.data is None and (saved := re.search(r"(?:[^/]+_files|[^/]+\.fld)/[^/?]+$", name)):
            asset.data = files.open(saved[0])
    return found


def with_data(found: Found, files: dict[str, bytes]) -> Found:
    """The page with the pictures of the same file; the largest of those that are the same picture."""
    for asset in found.assets:
        begins = (asset.url,) if len(asset.url) > 20 else ()
        same = [data for where, data in files.items() if where == asset.url or where.startswith(begins)]
        asset.data = asset.data or max(same, key=len, default=None)
    return found


def read_word(data: bytes, name: str) -> Found:
    """A document of Word. Raises Unreadable for other archives."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if "word/document.xml" not in archive.namelist():
                raise Unreadable("this is an archive; unpack it, and import the folder")
            if sum(each.file_size for each in archive.infolist()) > 10 * LARGEST_TEXT:
                raise Unreadable("this document is far too large for a post; save the post alone, and import that")
        made = mammoth.convert_to_html(BytesIO(data)).value
    except _BROKEN:
        raise Unreadable("this document is broken; open it, save it again, and import that") from None
    root = parse_html(made)
    first = next((each for each in root.iter("h1", "h2", "p") if text_of(each)), None)
    title = text_of(first) or Path(name).stem
    if first is not None:
        first.tag = "h1"
    found = Found(name, title=title)
    found.body = read_body(root, title, "")
    return found
