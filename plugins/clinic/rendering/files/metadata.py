"""A file of the owner's as it is published: without what it says of who made it, where, when and with what.

Pictures on pages are encoded anew and have none; this is for what is published as it is: downloads, and all of
``static/``. What is in a file is seen from its bytes, not from its name.
"""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

from clinic.models.suggestions import join_and
from clinic.rendering.files import containers
from clinic.rendering.files.pdf import PDF_PROGRAM, clean_pdf
from clinic.rendering.images.decode import ImageError
from clinic.rendering.images.svg import clean_svg

RECIPE = f"3 {PDF_PROGRAM}"
"""Changes whenever the same file would be published differently."""
LARGEST = 300_000_000
"""Bytes that are looked through; they are in memory twice."""
_CLEANED = (
    *containers.IMAGES,
    (re.compile(rb"RIFF....(?:WAVE|AVI )", re.DOTALL), containers.riff),
    (re.compile(rb"....(?:ftyp(?!avi[fs]|he|mif1|msf1)|moov|mdat|wide)", re.DOTALL), containers.mp4),
    (re.compile(rb"ID3|\xff[\xe2\xe3\xf0-\xf3\xf8-\xfb]"), containers.mp3),
    (re.compile(rb"fLaC"), containers.flac),
    (re.compile(rb"\x1a\x45\xdf\xa3"), containers.webm),
)
_OF_PHOTOS = re.compile(rb"(?:II\*\0|MM\0\*|II\+\0|MM\0\+|....ftyp(?:he|mif1|msf1|avi[fs])|8BPS)", re.DOTALL)
"""TIFF and what cameras make of it, HEIC, AVIF, Photoshop."""
_IN_PHOTOS = (b"Exif", b"http://ns.adobe.com", b"application/rdf+xml")
_HAVE_NONE = (b"wOFF", b"wOF2", b"\0\1\0\0", b"OTTO", b"\0\0\1\0", b"\0asm", b"\x1f\x8b")
"""How fonts, icons, WebAssembly and gzip begin."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECRET_KEY = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY|^PuTTY-User-Key-File", re.MULTILINE)
_BEGIN = 20_000
_BEFORE_DRAWING = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:<[?!][^<]*)*")
"""The mark of an encoding, the declaration, and entities."""
_XML_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_OUR_TEXT = re.compile(
    rb"\s*---\r?\n(?:[^\n]*\n){0,40}?(?:title|name|status|date):[^\n]*\n(?:[^\n]*\n)*?---\r?(?:\n|$)"
)
_OFFICE_TOLD = re.compile(
    r"docProps/(?:core\.xml|app\.xml|custom\.xml|thumbnail\.\w+)|meta\.xml|Thumbnails/.+|word/people\.xml"
)
"""ECMA-376, part 2, 11 (core properties) and OpenDocument 1.3, part 2, 3.4."""
_OFFICE_SIGNED = re.compile(r"_xmlsignatures/.*|META-INF/documentsignatures\.xml")
_CHANGES = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo) |<text:tracked-changes")
_COMMENTS = re.compile(r"(?:word|xl|ppt)/(?:comments|threadedComments).*\.xml|(?:xl|ppt)/comments/.*\.xml")
_OWN_PATHS = re.compile(rb'(?:(Target=")file:[^"]*|<x15ac:absPath\b[^>]*/>)')
"""Where the template or the table itself lay on the computer of its author, with her name in it."""
_EMPTY: dict[str, bytes] = {
    "docProps/core.xml": b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    b'core-properties"/>',
    "docProps/app.xml": b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'extended-properties"/>',
    "docProps/custom.xml": b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'custom-properties"/>',
    "word/people.xml": b'<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"/>',
    "meta.xml": b'<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
}
_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000200000005000106a5f5450000000049454e44ae426082"
)
"""A PNG of one transparent pixel, in place of the small picture of the first page."""
_BROKEN_ARCHIVE = (*containers.BROKEN, KeyError, zipfile.BadZipFile, zlib.error, RuntimeError, OSError)
"""Also one that is kept by a password."""


@dataclass(frozen=True)
class Cleaned:
    """``data`` to publish, None for the file as it is; ``told`` what stays in it, and ``refused`` why it is not.

    Both are ends of sentences that begin with the name of the file.
    """

    data: bytes | None = None
    told: tuple[str, ...] = ()
    refused: str = ""


def cleaned(data: bytes, title: str) -> Cleaned:
    """What to publish of the bytes of a file. The same bytes always give the same; never raises for what they hold.

    ``title`` is what the file is called where a title is needed: the words of its public name.
    """
    if b"%PDF-" in data[:1024]:
        return Cleaned(*clean_pdf(data, title))
    for begin, clean in _CLEANED:
        if begin.match(data):
            return _without(data, clean)
    if data.startswith(b"PK\3\4"):
        return _archive(data)
    if _OF_PHOTOS.match(data):
        return _photo(data)
    if data.startswith(_HAVE_NONE):
        return Cleaned()
    return _drawing(data) if _is_drawing(data) else _text(data)


def _is_drawing(data: bytes) -> bool:
    """Whether it is an SVG, in whatever encoding: its first element says so."""
    begin = _XML_COMMENT.sub(b"", data[:_BEGIN].replace(b"\0", b""))
    before, found, _ = begin.partition(b"<svg")
    return bool(found) and _BEFORE_DRAWING.fullmatch(before) is not None


def _drawing(data: bytes) -> Cleaned:
    try:
        made = clean_svg(data)[0]
        return Cleaned(made if made != data else None)
    except ImageError as error:
        return Cleaned(refused=str(error))


def _without(data: bytes, clean: Callable[[bytes], bytes]) -> Cleaned:
    try:
        made = clean(data)
    except containers.HasPositions:
        how = "export it anew without GPS, or put it on YouTube or Vimeo"
        return Cleaned(refused=f"says where the camera was while it filmed; {how}")
    except containers.BROKEN:
        return Cleaned(told=("is broken, so what it says of who made it and where stays in it; save it anew",))
    return Cleaned(made if made != data else None)


def _photo(data: bytes) -> Cleaned:
    if data[4:8] == b"ftyp" and data[8:11] == b"avi" and not any(sign in data for sign in _IN_PHOTOS):
        return Cleaned()
    return Cleaned(
        refused="may say where and by whom it was taken, which cannot be taken out of a file of this kind; "
        "show it on a page, or save it as JPEG or PNG"
    )


def _text(data: bytes) -> Cleaned:
    try:
        data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8")
    except UnicodeDecodeError:
        if data.startswith(_OLE):
            return Cleaned(told=("holds who wrote it, and often what was deleted from it; save it as PDF",))
        return Cleaned(told=("is of an unknown kind, so whatever it says of who made it stays in it; save it as PDF",))
    if _SECRET_KEY.search(data):
        return Cleaned(refused="holds a secret key, which is never published; take it away from this folder")
    if _OUR_TEXT.match(data[:_BEGIN]):
        return Cleaned(refused="is the source of a page or a comment, which is never published; link to its page")
    if data.startswith(b"{\\rtf") and b"{\\info" in data:
        return Cleaned(told=("says who wrote it, and when; save it as PDF",))
    return Cleaned()


def _archive(data: bytes) -> Cleaned:
    """A document of Word, Excel, PowerPoint or OpenOffice, or any other archive."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            if "[Content_Types].xml" not in names and names[:1] != ["mimetype"]:
                return Cleaned(told=("is an archive; everybody can read all that is in it, and who made that",))
            if any(map(_OFFICE_SIGNED.fullmatch, names)):
                return Cleaned(told=("is signed, so what it says of who wrote it stays in it; save it as PDF",))
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
                return Cleaned(told=("is too large to be looked through; save it as PDF",))
            entries = [(entry, archive.read(entry)) for entry in archive.infolist()]
    except _BROKEN_ARCHIVE:
        return Cleaned(told=("is locked or broken, so visitors cannot open it; save it anew, as PDF",))
    made = [(entry, _in_document(entry.filename, content)) for entry, content in entries]
    told = tuple(_of_document(entries))
    if all(new == old for (_, new), (_, old) in zip(made, entries, strict=True)):
        return Cleaned(told=told)
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in made:
            info = zipfile.ZipInfo(entry.filename)  # of 1980, so that the same file has the same bytes
            info.compress_type = entry.compress_type
            archive.writestr(info, content)
    return Cleaned(target.getvalue(), told)


def _in_document(name: str, content: bytes) -> bytes:
    """A part of a document; no part is left out, since others name it."""
    if _OFFICE_TOLD.fullmatch(name):
        return _EMPTY.get(name, _PIXEL)
    if name == "xl/workbook.xml" or name.endswith(".rels"):
        return _OWN_PATHS.sub(rb"\1", content)
    try:
        return containers.without_metadata(content)
    except ValueError:
        return content


def _of_document(entries: list[tuple[zipfile.ZipInfo, bytes]]) -> Iterator[str]:
    texts = [content for entry, content in entries if entry.filename.endswith(".xml")]
    changes = any(map(_CHANGES.search, texts))
    comments = any(_COMMENTS.fullmatch(entry.filename) for entry, _ in entries)
    comments = comments or any(b"<office:annotation" in text for text in texts)
    hidden = any(b'state="hidden"' in text or b'state="veryHidden"' in text for text in texts)
    notes = any(entry.filename.startswith("ppt/notesSlides/") for entry, _ in entries)
    known = {"recorded changes": changes, "comments": comments, "hidden sheets": hidden, "the speaker's notes": notes}
    if what := [each for each, is_there in known.items() if is_there]:
        yield f"has {join_and(what)} in it, which everybody can read; save it as PDF, without them"
