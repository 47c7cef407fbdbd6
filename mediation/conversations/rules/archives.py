"""ZIP files, and the documents that are ZIP files inside: looked at, never unpacked. Pure."""

import zipfile
from typing import BinaryIO

MAX_DIRECTORY_BYTES = 1024 * 1024  # of the archive's table of contents
MAX_UNPACKED_BYTES = 512 * 1024 * 1024

_OFFICE = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "word/document.xml"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xl/workbook.xml"),
    "pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "ppt/presentation.xml"),
}
_OPEN_DOCUMENT = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
TYPES = {name: kind for name, (kind, _) in _OFFICE.items()} | _OPEN_DOCUMENT | {"zip": "application/zip"}


def agrees(extension: str, stream: BinaryIO) -> bool:
    """Whether this is a harmless archive of that kind: no macros, no path that leads outside, no bomb."""
    try:
        if not _has_small_directory(stream):
            return False
        with zipfile.ZipFile(stream) as archive:
            return _is_harmless(archive) and _is(extension, archive)
    except Exception:  # zipfile raises a dozen kinds on hostile input; each means the same
        return False


def _is(extension: str, archive: zipfile.ZipFile) -> bool:
    names = set(archive.namelist())
    if extension in _OFFICE:
        return {"[Content_Types].xml", _OFFICE[extension][1]} <= names
    if extension in _OPEN_DOCUMENT:
        if "mimetype" not in names or archive.getinfo("mimetype").file_size > 100:
            return False
        return archive.read("mimetype").strip() == _OPEN_DOCUMENT[extension].encode()
    return True


def _is_harmless(archive: zipfile.ZipFile) -> bool:
    entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        return False
    return not any(_leads_outside(entry.filename) or _is_macro(entry.filename) for entry in entries)


def _leads_outside(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or parts[0] == "" or ":" in parts[0]


def _is_macro(name: str) -> bool:
    return name.lower().endswith("vbaproject.bin")


def _has_small_directory(stream: BinaryIO) -> bool:
    """A forged table of contents would fill the memory before anything could be counted."""
    end = stream.seek(0, 2)
    stream.seek(max(0, end - 66_000))
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    return at >= 0 and int.from_bytes(tail[at + 12 : at + 16], "little") <= MAX_DIRECTORY_BYTES
