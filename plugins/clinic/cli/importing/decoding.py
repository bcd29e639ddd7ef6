"""Bytes of a source as text, whatever encoding and line ends it has."""

import re

from clinic.cli.importing.found import Unreadable

LARGEST_TEXT = 40_000_000
"""Bytes of one file: an export of some thousand posts. A text of one post has 20,000."""
_OTHER_FILES = {
    b"\xd0\xcf\x11\xe0": "a document of an old Word or Outlook; save it as a web page (HTML) or as plain text",
    b"%PDF": "a PDF, in which a text has lost its order; copy the words of the post into a text file",
    b"{\\rtf": "a document in RTF; save it as plain text",
    b"\x1f\x8b": "an archive; unpack it",
    b"Rar!": "an archive; unpack it",
    b"7z\xbc\xaf": "an archive; unpack it",
    b"\x89PNG": "a picture; copy the words of the post into a text file",
    b"\xff\xd8\xff": "a picture; copy the words of the post into a text file",
    b"GIF8": "a picture; copy the words of the post into a text file",
    b"SQLite format": "a database; export the posts as WordPress or RSS does",
    b"MZ": "a program; choose the file with the posts",
    b"\x7fELF": "a program; choose the file with the posts",
}
"""How files begin that hold no text, what they are, and what to do."""
_DECLARED = re.compile(rb"""(?:<\?xml[^>]*?encoding=|<meta[^>]*?charset=)\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_CONTROLS = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_NO_TEXT_SHARE = 0.1


def decoded(data: bytes) -> tuple[str, str]:
    """What a file says, and the encoding that it was read in where that was a guess. Raises Unreadable for no text."""
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise Unreadable("this file is empty; save it again with the post in it")
    if kind := next((kind for begin, kind in _OTHER_FILES.items() if data.startswith(begin)), None):
        raise Unreadable(f"this is {kind}, and import that")
    text, guess = _in_some_encoding(data)
    controls = len(_CONTROLS.findall(text[:100_000]))
    if controls > _NO_TEXT_SHARE * min(len(text), 100_000):
        raise Unreadable("this is no text; choose the file with the posts: a text, a web page, a feed or an export")
    return _CONTROLS.sub("", text.replace("\0", "")).replace("\r\n", "\n").replace("\r", "\n"), guess


def _in_some_encoding(data: bytes) -> tuple[str, str]:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", "replace"), ""
    nuls = data[:2000].count(0)
    if nuls > len(data[:2000]) // 4:
        order = "utf-16-le" if data[1:2000:2].count(0) > nuls // 2 else "utf-16-be"
        return data.decode(order, "replace"), order.upper()
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        found = _DECLARED.search(data[:3000])
        declared = found[1].decode("ascii", "replace").lower() if found else ""
        for encoding in filter(
            None, (declared if declared not in {"utf-8", "utf8", "iso-8859-1", "latin1"} else "", "cp1252")
        ):
            try:
                return data.decode(encoding), "" if encoding == declared else "Windows-1252"
            except (UnicodeDecodeError, LookupError):
                continue
    return data.decode("latin-1"), "Latin-1"
