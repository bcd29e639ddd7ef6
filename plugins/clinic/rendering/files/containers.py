"""Takes who, where, when and with what out of pictures, films and sound, without encoding anything anew.

Each format is a row of parts with a name and a length; those that only tell of the file are left out, or emptied where
others are found by their position. What cannot be taken apart raises one of ``BROKEN``.
"""

import re
import struct
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BytesIO
from typing import NamedTuple

from PIL import Image

_ORIENTATION = 0x0112
_JPEG_KEPT = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""Segments APPn that decide how a JPEG looks (JFIF, ICC.1 annex B.4, Adobe's colour transform), by how they begin."""
_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs acTL fcTL fdAT".split()
)
"""PNG, third edition: what decides how it looks and moves."""
_WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ANIM", b"ANMF", b"ALPH", b"ICCP"))
_WEBP_TOLD = 0b1100
"""RFC 9649: the bits of VP8X that say that there are EXIF and XMP."""
_RIFF_KEPT = frozenset((b"fmt ", b"data", b"fact", b"cue ", b"smpl", b"hdrl", b"movi", b"idx1", b"JUNK"))
_TOLD_BOXES = frozenset((b"udta", b"meta", b"uuid"))
_TIMES = frozenset((b"mvhd", b"tkhd", b"mdhd"))
_OF_DATA = re.compile(rb"hdlr\0{4}(?:\0{4}|mhlr)meta")
"""In a track that is neither pictures nor sound."""
_POSITIONS = re.compile(rb"gpmd|camm")
"""Sample entries of tracks that say where a camera was, ten times a second (GoPro; Google's Camera Motion)."""
_SEGMENT, _INFO = b"\x18\x53\x80\x67", b"\x15\x49\xa9\x66"
_EBML_TOLD = frozenset((b"\x12\x54\xc3\x67", b"\x19\x41\xa4\x69", b"\x7b\xa9", b"\x44\x61", b"\x73\x84"))
"""RFC 9559: Tags, Attachments, Title, DateUTC, SegmentFilename."""


BROKEN = (ValueError, IndexError, struct.error)
"""What is raised for files that are cut off, or are none of their kind."""


class HasPositions(ValueError):
    """A film has a track that says where it was taken, among the pictures themselves."""


def jpeg(data: bytes) -> bytes:
    """Without EXIF, XMP, comments and what follows the picture; upright as before."""
    kept, at = [data[:2]], 2
    if turned := _orientation(data):
        exif = b"Exif\0\0II*\0\x08\0\0\0\1\0" + struct.pack("<HHIHHI", _ORIENTATION, 3, 1, turned, 0, 0)
        kept.append(b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif)
    while True:
        if at + 2 > len(data) or data[at] != 0xFF:
            raise ValueError("no JPEG")
        marker, start = data[at + 1], at
        if marker == 0xD9:
            return b"".join((*kept, data[at : at + 2]))
        if marker == 0xFF:  # fill bytes
            at += 1
            continue
        at += 2 + struct.unpack_from(">H", data, at + 2)[0]
        if marker == 0xDA:
            at = _after_scan(data, at)
        is_told = marker == 0xFE or (marker & 0xF0 == 0xE0 and not _is_kept(marker, data[start + 4 : start + 16]))
        if not is_told:
            kept.append(data[start:at])


def _is_kept(marker: int, begin: bytes) -> bool:
    return marker in _JPEG_KEPT and begin.startswith(_JPEG_KEPT[marker])


def _after_scan(data: bytes, at: int) -> int:
    """Where the pixels of a scan end: at a marker that is neither a stuffed byte nor a restart."""
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        if data[at + 1] and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2
    raise ValueError("a JPEG that is cut off")


def _orientation(data: bytes) -> int:
    with suppress(Exception), Image.open(BytesIO(data), formats=("JPEG", "MPO")) as image:
        turned = int(image.getexif().get(_ORIENTATION, 1))
        return turned if 2 <= turned <= 8 else 0
    return 0


def png(data: bytes) -> bytes:
    """Without texts, times, EXIF, and what follows the picture; an animation goes on moving."""
    kept, at = [data[:8]], 8
    while at + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if kind in _PNG_KEPT:
            kept.append(data[at:end])
        if kind == b"IEND" and end <= len(data):
            return b"".join(kept)
        at = end
    raise ValueError("a PNG that is cut off")


def webp(data: bytes) -> bytes:
    """Without EXIF and XMP."""
    kept = []
    for kind, start, length in _riff_chunks(data):
        chunk = data[start : start + length + length % 2]
        if kind == b"VP8X":
            chunk = bytes([chunk[0] & ~_WEBP_TOLD]) + chunk[1:]
        if kind in _WEBP_KEPT:
            kept.append(kind + struct.pack("<I", length) + chunk)
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def gif(data: bytes) -> bytes:
    """Without comments and other programs' data; it goes on moving, as often as before."""
    at = 13 + _colours(data[10])
    kept = [data[:at]]
    while data[at] != 0x3B:
        start, kind = at, data[at : at + 2]
        if kind[0] == 0x2C:
            at = _after_blocks(data, at + 11 + _colours(data[at + 9]))
        elif kind[0] == 0x21:
            at = _after_blocks(data, at + 2)
        else:
            raise ValueError("no GIF")
        loops = data[start + 3 : start + 14] in {b"NETSCAPE2.0", b"ANIMEXTS1.0"}
        if kind not in {b"\x21\xfe", b"\x21\xff", b"\x21\x01"} or loops:
            kept.append(data[start:at])
    return b"".join((*kept, b";"))


def _colours(flags: int) -> int:
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _after_blocks(data: bytes, at: int) -> int:
    while data[at]:
        at += data[at] + 1
    return at + 1


def riff(data: bytes) -> bytes:
    """A WAV or an AVI whose other parts are empty, each as long as before: films know parts by their position."""
    made = bytearray(data)
    for kind, start, length in _riff_chunks(data):
        name = data[start : start + 4] if kind == b"LIST" else kind
        if name not in _RIFF_KEPT:
            made[start - 8 : start - 4], made[start : start + length] = b"JUNK", bytes(length)
    return bytes(made)


def _riff_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    at, end = 12, min(len(data), 8 + struct.unpack_from("<I", data, 4)[0])
    while at + 8 <= end:
        kind, length = struct.unpack_from("<4sI", data, at)
        if at + 8 + length > len(data):
            raise ValueError("a file that is cut off")
        yield kind, at + 8, length
        at += 8 + length + length % 2


class _Part(NamedTuple):
    """A box (ISO/IEC 14496-12) or an element (RFC 8794): where it begins, where its content does, where it ends."""

    kind: bytes
    start: int
    content: int
    end: int


def mp4(data: bytes) -> bytes:
    """A film or sound (MP4, MOV, M4A, 3GP) whose descriptions are empty boxes: nothing in it moves.

    Raises HasPositions where a camera has written positions among the pictures.
    """
    made = bytearray(data)
    for box in _boxes(data, 0, len(data)):
        if box.kind == b"moov":
            _empty_descriptions(made, box)
        elif box.kind in _TOLD_BOXES:
            _empty(made, box)
    return bytes(made)


def _empty_descriptions(made: bytearray, above: _Part) -> None:
    for box in _boxes(made, above.content, above.end):
        track = made[box.start : box.end] if box.kind == b"trak" else b""
        if _POSITIONS.search(track):
            raise HasPositions
        if box.kind in _TOLD_BOXES or _OF_DATA.search(track):
            _empty(made, box)
        elif box.kind in _TIMES:
            length = 16 if made[box.content] else 8
            made[box.content + 4 : box.content + 4 + length] = bytes(length)
        elif box.kind in {b"trak", b"mdia"}:
            _empty_descriptions(made, box)


def _empty(made: bytearray, box: _Part) -> None:
    made[box.start + 4 : box.start + 8] = b"free"
    made[box.content : box.end] = bytes(box.end - box.content)


def _boxes(data: bytes | bytearray, at: int, end: int) -> Iterator[_Part]:
    while at + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, at)
        content = at + 8
        if size == 1:
            size, content = struct.unpack_from(">Q", data, at + 8)[0], at + 16
        stop = end if size == 0 else at + size
        if stop < content or stop > end:
            raise ValueError("a film that is cut off")
        yield _Part(kind, at, content, stop)
        at = stop


def mp3(data: bytes) -> bytes:
    """Without ID3 before and behind the sound, and APE's marks (id3.org, "ID3v2.4.0 structure", 3.1)."""
    while data[:3] == b"ID3":
        a, b, c, d = data[6:10]
        length = (a << 21 | b << 14 | c << 7 | d) + (20 if data[5] & 0x10 else 10)
        data = data[length:].lstrip(b"\0")
    if data[-128:-125] == b"TAG":
        data = data[:-128]
    if data[-32:-24] == b"APETAGEX":
        length, has_header = struct.unpack_from("<I", data, len(data) - 20)[0], data[-9] & 0x80
        data = data[: len(data) - length - (32 if has_header else 0)]
    return data


def flac(data: bytes) -> bytes:
    """With what a player needs alone (RFC 9639: STREAMINFO, SEEKTABLE)."""
    kept, at, is_last = [], 4, False
    while not is_last:
        head = struct.unpack_from(">I", data, at)[0]
        is_last, kind, end = bool(head >> 31), head >> 24 & 0x7F, at + 4 + (head & 0xFFFFFF)
        if kind in {0, 3}:
            kept.append(bytes([kind]) + data[at + 1 : end])
        at = end
    kept[-1] = bytes([kept[-1][0] | 0x80]) + kept[-1][1:]
    return b"".join((data[:4], *kept, data[at:]))


def webm(data: bytes) -> bytes:
    """A WebM or MKV whose tags, title and attachments are empty elements, as long as before."""
    made = bytearray(data)
    for segment in (each for each in _ebml(data, 0, len(data)) if each.kind == _SEGMENT):
        for element in _ebml(data, segment.content, segment.end):
            inner = _ebml(data, element.content, element.end) if element.kind == _INFO else ()
            for told in (element, *inner):
                _void(made, told)
    return bytes(made)


def _void(made: bytearray, told: _Part) -> None:
    """Put an element that says nothing in the place of one that tells of the file (RFC 8794, EBML Void)."""
    if told.kind in _EBML_TOLD:
        whole = told.end - told.start
        size = whole - 2 if whole - 2 < 0x7F else whole - 9
        head = bytes([0xEC, 0x80 | size]) if size == whole - 2 else b"\xec\x01" + size.to_bytes(7, "big")
        made[told.start : told.end] = head + bytes(size)


def _ebml(data: bytes, at: int, end: int) -> Iterator[_Part]:
    while at < end:
        start, first = at, data[at]
        width = 9 - first.bit_length()
        kind = data[at : at + width]
        at += width
        length_width = 9 - data[at].bit_length()
        length = int.from_bytes(data[at : at + length_width], "big") & (1 << 7 * length_width) - 1
        at += length_width
        stop = end if length == (1 << 7 * length_width) - 1 else at + length
        if stop > end or width > 4:
            raise ValueError("a film that is cut off")
        yield _Part(kind, start, at, stop)
        at = stop


IMAGES: tuple[tuple[re.Pattern[bytes], Callable[[bytes], bytes]], ...] = (
    (re.compile(rb"\xff\xd8\xff"), jpeg),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), png),
    (re.compile(rb"GIF8[79]a"), gif),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), webp),
)
"""How images begin, and what takes one apart."""


def without_metadata(data: bytes) -> bytes:
    """The bytes of a JPEG, PNG, GIF or WebP without metadata, and those of anything else. Raises ValueError."""
    clean = next((clean for begin, clean in IMAGES if begin.match(data)), None)
    try:
        return clean(data) if clean else data
    except BROKEN as error:
        raise ValueError("an image that is cut off") from error
