"""PDF: who wrote it, with what and when is taken out; what readers would see of it stays as it is."""

import re
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from importlib.metadata import distributions
from io import BytesIO
from typing import Any

from clinic.rendering.files.containers import without_metadata

_PRIVATE = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb")
"""ISO 32000-2: XMP, what programs keep for themselves, when a page was changed, small pictures of pages."""
_NAMES = ("/T", "/M", "/CreationDate", "/RC")
"""Of a note on a page: who wrote it, when it was changed and made, and a second form of its text."""
PDF_PROGRAM = next((f"pikepdf {each.version}" for each in distributions(name="pikepdf")), "")
"""Another version of it writes other bytes."""
_COMMENTS = frozenset({"/Text", "/FreeText", "/Highlight", "/Popup", "/Caret", "/StrikeOut"})
_LOCKED = "is locked with a password or a signature, so what it says of who wrote it stays in it; save it anew without"
_NO_PROGRAM = "says who wrote it, which stays in it: the package pikepdf is missing on this computer; install it"
_MAY_TELL = re.compile(
    rb"/(?:Info|Metadata|ObjStm|Encrypt|DCTDecode|Annots?|PieceInfo|EmbeddedFiles?|Thumb)\b|%%EOF.*%%EOF", re.DOTALL
)
"""Without any of these words a PDF says nothing of itself; those of compressed parts are in an ``ObjStm``."""
_END = b"%%EOF"


def clean_pdf(data: bytes, title: str) -> tuple[bytes | None, tuple[str, ...]]:
    """The PDF without what it says of its author, and what is left to be told: ends of sentences that begin with it.

    None for the same bytes. Where it had a title it gets ``title``, which screen readers say first (WCAG, technique
    PDF18). A signed one would no longer be valid, and a locked one no longer locked: they stay as they are.
    """
    if not _MAY_TELL.search(data) and data.count(_END) == 1:
        return None, ()
    try:
        library: Any = import_module("pikepdf")  # takes a while; only where there is a PDF
    except ImportError:
        return None, (_NO_PROGRAM,)
    try:
        with library.open(BytesIO(data)) as pdf:
            return _rewritten(data, pdf, library, title)
    except library.PasswordError:
        return None, ("is locked with a password, so visitors cannot open it; save it anew without",)
    except (library.PdfError, ValueError, TypeError, KeyError, RecursionError):
        return None, ("is no PDF that can be read, so what it says of who wrote it stays in it; save it anew",)


def _rewritten(data: bytes, pdf: Any, library: Any, title: str) -> tuple[bytes | None, tuple[str, ...]]:
    told = (*_told(pdf, library),)
    if pdf.is_encrypted or _is_signed(pdf):
        return None, (_LOCKED, *told)
    # what was deleted is still in a file that was added to (ISO 32000-2, 7.5.6)
    has_former_states = data.count(_END) > (2 if pdf.is_linearized else 1)
    if not any([*_cleaned(pdf, library, title)]) and not has_former_states:
        return None, told
    target = BytesIO()
    pdf.save(target, deterministic_id=True, linearize=pdf.is_linearized, fix_metadata_version=False)
    return target.getvalue(), told


def _cleaned(pdf: Any, library: Any, title: str) -> Iterator[bool]:
    """Take everything out; yields whether there was something, for each kind."""
    info = pdf.trailer.get("/Info")
    if info is not None:
        yield _without(info, tuple(key for key in info.keys() if key != "/Title"))  # noqa: SIM118 (of PDF, no dict)
        if str(info.get("/Title", title)) != title:
            info["/Title"] = library.String(title)
            yield True
    for note in _notes(pdf, library):
        yield note.get("/Subtype") != "/Widget" and _without(note, _NAMES)
    for found in pdf.objects:
        if isinstance(found, library.Dictionary | library.Stream):
            yield _without(found, _PRIVATE)
        if isinstance(found, library.Stream) and _is_photograph(found, library):
            yield _without_exif(found)


def _notes(pdf: Any, library: Any) -> Iterator[Any]:
    """What lies on the pages: notes, links, fields of forms."""
    for page in pdf.pages:
        notes = page.get("/Annots", ())
        yield from (note for note in notes if isinstance(note, library.Dictionary))


def _without(found: Any, keys: tuple[str, ...]) -> bool:
    had = [key for key in keys if key in found]
    for key in had:
        del found[key]
    return bool(had)


def _is_photograph(stream: Any, library: Any) -> bool:
    """Whether a stream is a JPEG: its one filter, which may stand in a list (ISO 32000-2, 7.3.8.2), says so."""
    found = stream.get("/Filter")
    return ([*found] if isinstance(found, library.Array) else [found]) == ["/DCTDecode"]


def _without_exif(picture: Any) -> bool:
    """A photograph says where it was taken in a PDF, too."""
    raw = picture.read_raw_bytes()
    with suppress(ValueError):
        if (clean := without_metadata(raw)) != raw:
            picture.write(clean, filter=picture.get("/Filter"), decode_parms=picture.get("/DecodeParms"))
            return True
    return False


def _told(pdf: Any, library: Any) -> Iterator[str]:
    """What anybody can find in it that pages do not show at once."""
    if len(pdf.attachments):
        names = ", ".join(f'"{name}"' for name in pdf.attachments)
        yield f"has files attached to it that everybody can open ({names}); take them out if that is not meant"
    if any(str(note.get("/Subtype")) in _COMMENTS for note in _notes(pdf, library)):
        yield "has comments or marks in it that everybody can read; delete them if that is not meant"


def _is_signed(pdf: Any) -> bool:
    form = pdf.Root.get("/AcroForm")
    return form is not None and bool(int(form.get("/SigFlags", 0)) & 1)
