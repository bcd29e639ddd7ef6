"""A file that is published as it is says nothing of who made it, where, when or with what; or it is told."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from PIL import Image, PngImagePlugin

from clinic.domain.checks.file_names import never_published
from clinic.rendering.files.metadata import Cleaned, cleaned
from tests.site import CLINICS

WHO = "Zaphodina"
"""Stands in every file, and in none that is published."""
NOISE = Image.effect_noise((80, 60), 50).convert("RGB")
FILM = (CLINICS / "full/images/lacing.mp4").read_bytes()
GPS, ARTIST, ORIENTATION = 0x8825, 0x013B, 0x0112


def exif(turned: int = 1) -> Image.Exif:
    made = Image.Exif()
    made[ARTIST], made[ORIENTATION], made[GPS] = WHO, turned, {1: "N", 2: (50.0, 43.0, 12.0)}
    return made


def saved(kind: str, image: Image.Image = NOISE, **options: object) -> bytes:
    target = BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def texts() -> PngImagePlugin.PngInfo:
    made = PngImagePlugin.PngInfo()
    made.add_text("Author", WHO)
    made.add_itxt("XML:com.adobe.xmp", WHO)
    return made


def moving(kind: str, **options: object) -> bytes:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue", "green")]
    return saved(kind, frames[0], save_all=True, append_images=frames[1:], duration=100, loop=3, **options)


def box(kind: bytes, *inside: bytes) -> bytes:
    data = b"".join(inside)
    return struct.pack(">I4s", 8 + len(data), kind) + data


def film(*inside: bytes) -> bytes:
    """A film with more boxes in its description."""
    at = FILM.index(b"moov") - 4
    length = struct.unpack_from(">I", FILM, at)[0]
    more = b"".join(inside)
    return FILM[:at] + struct.pack(">I", length + len(more)) + FILM[at + 4 : at + length] + more + FILM[at + length :]


def chunk(kind: bytes, data: bytes) -> bytes:
    return kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def wave() -> bytes:
    told = chunk(b"LIST", b"INFO" + chunk(b"IART", WHO.encode())) + chunk(b"bext", WHO.encode())
    body = b"WAVE" + chunk(b"fmt ", b"\1\0\1\0\x40\x1f\0\0\x40\x1f\0\0\1\0\x08\0") + told + chunk(b"data", b"\x80" * 99)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def element(kind: str, data: bytes) -> bytes:
    return bytes.fromhex(kind) + (0x10000000 | len(data)).to_bytes(4, "big") + data


def matroska() -> bytes:
    info = element("1549a966", element("7ba9", WHO.encode()) + element("2ad7b1", b"\x0f\x42\x40"))
    tags = element("1254c367", WHO.encode() * 20)
    return element("1a45dfa3", b"") + element("18538067", info + element("1f43b675", b"pictures") + tags)


def document(**more: str) -> bytes:
    """As Word writes one."""
    target, photo = BytesIO(), saved("JPEG", exif=exif())
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        parts: dict[str, str | bytes] = {
            "docProps/core.xml": f"<a>{WHO}</a>",
            "word/document.xml": "<w:body/>",
            "word/media/a.jpg": photo,
        }
        template = f'<Relationship Target="file:///C:/Users/{WHO}/a.dotm"/>'
        parts |= {"word/_rels/settings.xml.rels": template, "docProps/thumbnail.jpeg": photo}
        for name, data in {"[Content_Types].xml": "<Types/>", **parts, **more}.items():
            archive.writestr(name, data)
    return target.getvalue()


def pdf(*, packing: Any = pikepdf.Name.DCTDecode, notes: Any = (), **options: Any) -> bytes:
    """As word processors write one, with a photograph."""
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(200, 200))
        photo = pikepdf.Stream(made, saved("JPEG", exif=exif()))
        photo.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Filter": packing})
        made.pages[0]["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=photo))
        note = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], T=WHO)
        made.pages[0]["/Annots"] = pikepdf.Array([note, *notes])
        with made.open_metadata() as metadata:
            metadata["dc:creator"] = [WHO]
        made.docinfo["/Author"], made.docinfo["/Title"] = WHO, f"Microsoft Word - {WHO}.docx"
        target = BytesIO()
        made.save(target, object_stream_mode=pikepdf.ObjectStreamMode.disable, **options)
    return target.getvalue()


ID3 = b"ID3\4\0\0\0\0\0\x20" + WHO.encode().ljust(32, b"\0")
SOUND = b"\xff\xfb\x90\0" + b"\1" * 400
FLAC = b"fLaC\0\0\0\x22" + b"\1" * 34 + b"\x84\0\0\x09" + WHO.encode() + b"\xff\xf8frames"
TOLD = {
    "a photograph": saved("JPEG", exif=exif(), comment=WHO.encode()),
    "a photograph in motion": saved("JPEG", exif=exif()) + film(box(b"udta", WHO.encode())),
    "a PNG": saved("PNG", pnginfo=texts(), exif=exif()),
    "a PNG that moves": moving("PNG", pnginfo=texts()),
    "a WebP": saved("WEBP", exif=exif(), xmp=WHO.encode()),
    "a WebP that moves": moving("WEBP", exif=exif()),
    "a GIF that moves": moving("GIF", comment=WHO.encode()),
    "a film": film(box(b"udta", box(b"\xa9xyz", WHO.encode()))),
    "sound as a film": film(box(b"meta", WHO.encode())),
    "a film with notes": film(box(b"trak", box(b"mdia", box(b"hdlr", b"\0" * 8 + b"meta"), WHO.encode()))),
    "a film for browsers": matroska(),
    "sound": ID3 + SOUND + (b"TAG" + WHO.encode()).ljust(128, b"\0"),
    "sound as recorded": wave(),
    "sound without loss": FLAC,
    "a document": document(),
    "a drawing": f'<svg xmlns="http://www.w3.org/2000/svg"><!-- {WHO} --><path d="M0 0h9v9z"/></svg>'.encode(),
    "a drawing in two bytes a letter": f'<svg xmlns="http://www.w3.org/2000/svg"><!-- {WHO} --></svg>'.encode("utf-16"),
    "a PDF": pdf(),
    "a PDF for the web": pdf(linearize=True),
    "a PDF whose photographs have a list of filters": pdf(packing=pikepdf.Array([pikepdf.Name.DCTDecode])),
    "a PDF with notes that are none": pdf(notes=(None, 3)),
}


@pytest.mark.parametrize("kind", TOLD)
def test_nothing_is_said_of_who_made_it(kind: str) -> None:
    data = TOLD[kind]
    made = cleaned(data, "Health form")
    assert made.data
    assert WHO.encode("utf-16-le") not in made.data
    assert (made.told, made.refused) == ((), "")
    inside = made.data
    if kind == "a document":
        assert WHO.encode() not in inside
        with zipfile.ZipFile(BytesIO(inside)) as archive:
            assert archive.testzip() is None
            inside = b"".join(map(archive.read, archive.namelist()))
    assert WHO.encode() not in inside
    assert cleaned(data, "Health form") == made
    again = cleaned(made.data, "Health form")
    assert again == Cleaned()  # what says nothing is published as it is, to the byte


@pytest.mark.parametrize("kind", [kind for kind in TOLD if kind.startswith(("a photo", "a PNG", "a WebP", "a GIF"))])
def test_a_picture_looks_as_before(kind: str) -> None:
    before, after = Image.open(BytesIO(TOLD[kind])), Image.open(BytesIO(cleaned(TOLD[kind], "").data or b""))
    assert after.size == before.size
    assert getattr(after, "n_frames", 1) == getattr(before, "n_frames", 1)
    assert after.info.get("loop") == before.info.get("loop")
    for frame in range(getattr(before, "n_frames", 1)):
        before.seek(frame)
        after.seek(frame)
        assert after.convert("RGBA").tobytes() == before.convert("RGBA").tobytes()
    assert not dict(after.getexif())


def test_a_photograph_stays_upright() -> None:
    made = Image.open(BytesIO(cleaned(saved("JPEG", exif=exif(6)), "").data or b""))
    assert dict(made.getexif()) == {ORIENTATION: 6}


def test_nothing_in_a_film_moves() -> None:
    """What plays it finds pictures by their position in the file."""
    data = TOLD["a film"]
    made = cleaned(data, "").data or b""
    assert len(made) == len(data)
    assert made[: data.index(b"moov")] == data[: data.index(b"moov")]


def test_a_pdf_is_whole_and_has_a_title_for_screen_readers() -> None:
    for options in ({}, {"linearize": True}):
        made = cleaned(pdf(**options), "Health form").data or b""
        with pikepdf.open(BytesIO(made)) as opened:
            assert dict(opened.docinfo) == {"/Title": "Health form"}
            assert len(opened.pages) == 1
            assert opened.pages[0]["/Annots"][0]["/Subtype"] == "/Link"
            assert opened.is_linearized == bool(options)
            assert opened.pages[0]["/Resources"]["/XObject"]["/A"]["/Filter"] == "/DCTDecode"


def test_what_was_deleted_from_a_pdf_is_gone() -> None:
    first = (CLINICS / "full/files/health-form.pdf").read_bytes()
    added = first + b"9 0 obj\n(" + WHO.encode() + b")\nendobj\nxref\n0 1\n0000000000 65535 f \ntrailer\n"
    added += b"<< /Size 10 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (first.rindex(b"xref\n0 4"), len(first))
    assert WHO.encode() not in (cleaned(added, "").data or added)


STAYS = {
    "comments": (document(**{"word/comments.xml": "<w:comments/>"}), "has comments in it"),
    "changes": (document(**{"word/document.xml": '<w:ins w:id="1"/>'}), "has recorded changes in it"),
    "hidden sheets": (document(**{"xl/workbook.xml": '<sheet state="hidden"/>'}), "has hidden sheets in it"),
    "notes": (document(**{"ppt/notesSlides/a.xml": "<a/>"}), "has the speaker's notes in it"),
    "an old document": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99, "holds who wrote it, and often what was deleted"),
    "an archive": (b"PK\3\4", "is locked or broken"),
    "a locked PDF": (
        pdf(encryption=pikepdf.Encryption(owner="a", user="")),
        "is locked with a password",
    ),
    "a closed PDF": (pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "visitors cannot open it"),
    "a broken PDF": (b"%PDF-1.4 /Info", "is no PDF that can be read"),
    "a broken PNG": (saved("PNG")[:99], "is broken"),
    "an unknown kind": (b"\xfe\1\2\xff", "is of an unknown kind"),
}


@pytest.mark.parametrize("kind", STAYS)
def test_what_stays_in_a_file_is_told(kind: str) -> None:
    data, said = STAYS[kind]
    made = cleaned(data, "")
    assert [told for told in made.told if said in told]
    assert not made.refused


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (film(box(b"trak", b"gpmd")), "says where the camera was while it filmed"),
        (saved("TIFF"), "may say where and by whom it was taken"),
        (b"\0\0\0\x18ftypheic", "may say where and by whom it was taken"),
        (saved("AVIF", exif=exif()), "may say where and by whom it was taken"),
        (b'<?xml version="1.0"?><svg', "is not an SVG that can be read"),
        (b"---\nname: Jo\nstatus: draft\n---\nHm\n", "is the source of a page or a comment"),
        (b"a\n-----BEGIN OPENSSH PRIVATE KEY-----\n", "holds a secret key"),
    ],
)
def test_what_cannot_be_taken_out_or_is_secret_is_refused(data: bytes, said: str) -> None:
    assert said in cleaned(data, "").refused


@pytest.mark.parametrize("data", [b"", b"words", "Füße\n---\n".encode(), saved("AVIF"), saved("PNG"), b"wOF2\xff\xfe"])
def test_what_says_nothing_is_published_as_it_is(data: bytes) -> None:
    assert cleaned(data, "") == Cleaned()


@pytest.mark.parametrize(
    "name",
    """x.md x.MD x.markdown x.yaml x.yml x.md~ x.md.bak x.orig .x.md.swp #x.md# ~$x.docx ._x.jpg .~lock.x.odt# .DS_Store
    Thumbs.db x.tmp x.md.txt .env .env.local prod.env id_rsa server.key x.pem x.p12 x.kdbx .htpasswd patients.sql x.mdb
    letter.eml x.msg access.log Link.lnk""".split(),
)
def test_what_is_never_published_is_known_by_its_name(name: str) -> None:
    assert never_published(f"files/{name}")


@pytest.mark.parametrize("path", ["files/x.pdf", "images/my.env.jpg", "static/CNAME", "static/.well-known/a.yaml"])
def test_any_other_name_is_none_of_them(path: str) -> None:
    assert never_published(path) is None
