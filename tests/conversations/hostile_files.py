"""Files that must not be taken, made here: nothing hostile is kept in the project. And good ones beside them."""

import io
import struct
import zipfile
import zlib

from PIL import Image

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


def moving(frames: int = 3, size: tuple[int, int] = (40, 30), kind: str = "GIF") -> bytes:
    images = [Image.new("RGB", size, (shade % 256, shade // 256 * 40 % 256, 0)) for shade in range(frames)]
    out = io.BytesIO()
    images[0].save(out, kind, save_all=True, append_images=images[1:], duration=80, loop=0)
    return out.getvalue()


def photo_with_place() -> bytes:
    """A JPEG that says where it was taken, by whom, and that it lies on its side."""
    exif = Image.Exif()
    exif[0x010E] = "SECRET-PLACE"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (52.0, 5.0, 25.0)
    return picture("JPEG", exif=exif, comment=b"SECRET-PLACE")


def archive(entries: dict[str, bytes], first: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        if first:
            file.writestr(zipfile.ZipInfo("mimetype"), first)
        for name, data in entries.items():
            file.writestr(name, data)
    return out.getvalue()


def document(part: str, **more: bytes) -> bytes:
    return archive({"[Content_Types].xml": b"<Types/>", part: b"<x/>"} | more)


def png_that_claims(width: int, height: int) -> bytes:
    """A few bytes that would unpack to width × height pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def bomb() -> bytes:
    """An archive that claims to unpack to more than it may."""
    data = bytearray(archive({"a.txt": b"\0" * 1000}))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 600 * 1024**2)
    return bytes(data)


def zip_with_forged_directory() -> bytes:
    data = bytearray(archive({"a.txt": b"a"}))
    at = data.rfind(b"PK\x05\x06")
    data[at + 12 : at + 16] = struct.pack("<I", 0x7FFFFFFF)
    return bytes(data)


WORD = "word/document.xml"
GOOD = {
    "a.png": picture(),
    "a.jpg": picture("JPEG"),
    "a.JPEG": photo_with_place(),
    "a.gif": picture("GIF"),
    "moving.gif": moving(),
    "a.webp": picture("WEBP"),
    "moving.webp": moving(kind="WEBP"),
    "a.pdf": PDF,
    "a.txt": "Straße, 5 €\r\n".encode(),
    "latin.txt": "Straße".encode("latin-1"),
    "a.csv": b"name;sum\nlogo;5\n",
    "a.docx": document(WORD),
    "a.xlsx": document("xl/workbook.xml"),
    "a.pptx": document("ppt/presentation.xml"),
    "a.odt": archive({"content.xml": b"<x/>"}, first="application/vnd.oasis.opendocument.text"),
    "a.ods": archive({"content.xml": b"<x/>"}, first="application/vnd.oasis.opendocument.spreadsheet"),
    "a.zip": archive({"folder/a.txt": b"a"}),
    "a.mp4": b"\0\0\0\x18ftypisom\0\0\2\0isomiso2" + b"\0" * 64,
}
HOSTILE = {
    "page.html": b"<script>alert(1)</script>",
    "drawing.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "program.exe": b"MZ" + b"\0" * 100,
    "script.js": b"alert(1)",
    "script.sh": b"#!/bin/sh\nrm -rf /",
    "no-extension": b"hello",
    ".png": b"",
    "invoice.pdf.exe": PDF,
    "invoice.png\u202egnp.exe": picture(),
    "page.txt": b"\xef\xbb\xbf  <!DOCTYPE html><script>alert(1)</script>",
    "drawing.txt": b"<svg onload=alert(1)>",
    "shell.txt": b"#!/bin/sh\nrm -rf /",
    "program.txt": b"MZ\x90\0\x03" + b"\0" * 100,
    "picture.txt": picture(),
    "escape.csv": b"a;\x1b]0;owned\x07",
    "page.png": b"<html><script>alert(1)</script>",
    "gif.png": picture("GIF"),
    "png.jpg": picture(),
    "pdf.jpg": PDF,
    "header-only.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 30,
    "header-only.gif": b"GIF89a" + b"\xff" * 30,
    "cut.jpg": picture("JPEG", size=(400, 300))[:400],
    "cut.webp": picture("WEBP", size=(400, 300))[:60],
    "bomb.png": png_that_claims(30_000, 30_000),
    "large.png": png_that_claims(5_000, 5_000),
    "wide.png": png_that_claims(2_000_000_000, 1),
    "short.png": png_that_claims(2_000, 2_000),
    "long.gif": moving(frames=400, size=(8, 8)),
    "page.pdf": b"<html>%PDF-1.4 %%EOF",
    "active.pdf": PDF.replace(b"<<>>", b"<</S/JavaScript/JS(app.alert(1))>>", 1),
    "launch.pdf": PDF.replace(b"<<>>", b"<</S/Launch/F(cmd.exe)>>", 1),
    "cut.pdf": PDF[:20],
    "plain.docx": archive({"a.txt": b"a"}),
    "macro.docx": document(WORD, **{"word/vbaProject.bin": b"\0"}),
    "macro.zip": archive({"x/vbaProject.bin": b"\0"}),
    "sheet.docx": document("xl/workbook.xml"),
    "text.docx": b"hello",
    "word.odt": document(WORD),
    "wrong.odt": archive({}, first="application/vnd.oasis.opendocument.spreadsheet"),
    "long-type.odt": archive({}, first="a" * 1000),
    "slip.zip": archive({"../../etc/passwd": b"x"}),
    "absolute.zip": archive({"/etc/passwd": b"x"}),
    "drive.zip": archive({"C:\\windows\\x": b"x"}),
    "forged.zip": zip_with_forged_directory(),
    "cut.zip": archive({"a.txt": b"a" * 1000})[:60],
    "program.zip": b"MZ" + archive({"a.txt": b"a"}),
    "bomb.zip": bomb(),
    "video.mp4": b"\0\0\0\x18ftypqqqq" + b"\0" * 64,
    "matroska.mp4": b"\x1aE\xdf\xa3" + b"\0" * 64,
}
