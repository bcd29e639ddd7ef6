"""Pages that browsers have saved with their pictures, documents of Word, and the files beside a text."""

import email
import plistlib
import re
import tomllib
import zipfile
import zlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from email import policy
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote
from xml.parsers.expat import ExpatError

import mammoth
import yaml

from clinic.cli.importing.found import Found, Unreadable
from clinic.cli.importing.html_body import read_body
from clinic.cli.importing.page import read_page
from clinic.cli.importing.plain import LARGEST_TEXT, decoded
from clinic.cli.importing.tree import parse_html

_BROKEN = (
    zipfile.BadZipFile, zlib.error, ExpatError, EOFError, KeyError, ValueError, AttributeError, IndexError,
    RuntimeError, OSError,
)  # fmt: skip
"""What the libraries raise for a document that is broken or kept by a password."""
_SETTINGS_ENDINGS = frozenset({".toml", ".yaml", ".yml", ".json"})
_IMAGE_ROOTS = ("", "static", "public", "assets", "src", "src/assets", "source", "content", "images", "src/content")


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
    except (
        plistlib.InvalidFileException,
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
        OverflowError,
        IndexError,
    ):
        raise Unreadable(
            "this page was not saved whole; save it again in the browser, as “Page Source”, and import that"
        ) from None
    return with_data(read_page(markup, name, today, address), others)


@dataclass(frozen=True)
class SiteFiles:
    """Files of the former site, by the paths that its texts name; nothing outside of it."""

    root: Path
    here: Path

    def open(self, path: str) -> bytes | None:
        """What the file holds; None where it is not there."""
        bare = unquote(path.split("?", maxsplit=1)[0]).lstrip("/")
        bare = re.sub(r"^(?:\./|~/|@/)+", "", bare)
        for folder in (self.here, *(self.root / each for each in _IMAGE_ROOTS)):
            file = (folder / bare).resolve()
            try:
                if file.is_relative_to(self.root.resolve()) and file.is_file() and file.stat().st_size <= LARGEST_TEXT:
                    return file.read_bytes()
            except OSError:
                continue
        return None


def with_files(found: Found, folder: Path) -> Found:
    """The page with the pictures that the browser saved beside it."""
    files = SiteFiles(folder, folder)
    for asset in (*found.body.assets, *([found.image] if found.image else [])):
        name = unquote(asset.url)
        if "//" not in name and not name.startswith("data:"):
            asset.data = files.open(name)
        elif asset.data is None and (saved := re.search(r"(?:[^/]+_files|[^/]+\.fld)/[^/?]+$", name)):
            asset.data = files.open(saved[0])
    return found


def with_data(found: Found, files: dict[str, bytes]) -> Found:
    """The page with the pictures of the same file; the largest of those that are the same picture."""
    for asset in (*found.body.assets, *([found.image] if found.image else [])):
        same = [
            data
            for where, data in files.items()
            if where == asset.url or (len(asset.url) > 20 and where.startswith(asset.url))
        ]
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
    first = next((each for each in root.iter("h1", "h2", "p") if "".join(each.itertext()).strip()), None)
    title = " ".join("".join(first.itertext()).split()) if first is not None else Path(name).stem
    if first is not None:
        first.tag = "h1"
    found = Found(name, title=title)
    found.body = read_body(root, title, "")
    return found


def permalink(root: Path) -> str:
    """Jekyll's form of addresses."""
    for name in ("_config.yml", "_config.yaml"):
        file = root / name
        if file.is_file() and (
            found := re.search(r"^permalink:\s*[\"']?([^\s\"'#]+)", file.read_text("utf-8", "replace"), re.MULTILINE)
        ):
            return found[1]
    return "date"


def permalinks(root: Path) -> dict[str, str]:
    """Hugo's forms of addresses, by section: ``permalinks`` of its settings, and ``page`` below it in newer ones."""
    for folder in ("", "config/_default"):
        for file in sorted((root / folder).glob("*.*")):
            if file.stem not in {"hugo", "config", "permalinks"} or file.suffix not in _SETTINGS_ENDINGS:
                continue
            text = file.read_text("utf-8", "replace")
            with suppress(ValueError, yaml.YAMLError):
                settings = tomllib.loads(text) if file.suffix == ".toml" else yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 -- it makes text alone
                settings = settings if file.stem == "permalinks" else settings.get("permalinks")
                if isinstance(settings, dict) and settings:
                    forms = {**settings, **(settings["page"] if isinstance(settings.get("page"), dict) else {})}
                    return {key: form for key, form in forms.items() if isinstance(form, str)}
    return {}
