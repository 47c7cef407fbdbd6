"""Which files may be attached: declared types only, and the content must be what the name says. Pure.

Nothing here trusts the type that the browser sent. What is accepted is still served as a download, never shown as
a page; these rules keep out what would be active or harmful on the receiver's own machine.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import BinaryIO

import filetype

from mediation.conversations.errors import EmptyFile, FileTooLarge, WrongContent, WrongKind
from mediation.conversations.rules import archives

HEAD_BYTES = 8_192
NAME_LENGTH = 120

_IMAGES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}
_TYPES = (
    _IMAGES | archives.TYPES | {"pdf": "application/pdf", "txt": "text/plain", "csv": "text/csv", "mp4": "video/mp4"}
)
_NOT_IN_NAMES = re.compile(r'[<>:"|?*]')
_CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_LOOKS_LIKE_A_PAGE = re.compile(
    rb"^\s*(?:\xef\xbb\xbf)?\s*(?:<!doctype|<!--|<\?|<html|<head|<body|<script|<svg|#!)", re.IGNORECASE
)
_ACTIVE_PDF = re.compile(rb"/(?:JavaScript|Launch)\b")
_MP4_BRANDS = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"dash", b"M4V ", b"MSNV"}


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that may be attached: the name to keep and the type that its content proved."""

    name: str
    content_type: str

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")


def allowed_extensions() -> tuple[str, ...]:
    """What the file picker offers, with the dots."""
    return tuple(f".{extension}" for extension in _TYPES)


def clean_name(name: str) -> str:
    """The name without folders, control, invisible and direction-changing characters; at most 120 characters."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(character for character in name if unicodedata.category(character)[0] != "C")
    name = " ".join(_NOT_IN_NAMES.sub("_", name).split())
    stem, dot, extension = name.rpartition(".")
    stem = stem.strip(" .")[: NAME_LENGTH - len(extension) - 1] or "file"
    return f"{stem}{dot}{extension[:10]}" if dot else name[:NAME_LENGTH] or "file"


def check_file(*, name: str, size: int, most_bytes: int, stream: BinaryIO) -> Accepted:
    """What the file is, if it may be attached. Leaves `stream` at its beginning.

    Raises WrongKind, EmptyFile, FileTooLarge, or WrongContent when it is not what its name says.
    """
    name = clean_name(name)
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    content_type = _TYPES.get(extension)
    if content_type is None:
        raise WrongKind
    if size <= 0:
        raise EmptyFile
    if size > most_bytes:
        raise FileTooLarge
    stream.seek(0)
    if not _agrees(extension, stream.read(HEAD_BYTES), stream):
        raise WrongContent
    stream.seek(0)
    return Accepted(name, content_type)


def _agrees(extension: str, head: bytes, stream: BinaryIO) -> bool:
    if extension in _IMAGES:
        return filetype.guess_mime(head) == _IMAGES[extension]
    if extension in ("txt", "csv"):
        return _is_text(head, stream)
    if extension == "pdf":
        return _is_inert_pdf(head, stream)
    if extension == "mp4":
        return head[4:8] == b"ftyp" and head[8:12] in _MP4_BRANDS
    return head.startswith(b"PK\x03\x04") and archives.agrees(extension, stream)


def _is_text(head: bytes, stream: BinaryIO) -> bool:
    if _LOOKS_LIKE_A_PAGE.match(head) or filetype.guess(head) is not None:
        return False
    stream.seek(0)
    return all(_CONTROL_BYTES.search(block) is None for block in iter(lambda: stream.read(1 << 20), b""))


def _is_inert_pdf(head: bytes, stream: BinaryIO) -> bool:
    if not head.startswith(b"%PDF-"):
        return False
    stream.seek(0)
    tail = b""
    for block in iter(lambda: stream.read(1 << 20), b""):
        if _ACTIVE_PDF.search(tail + block):
            return False
        tail = (tail + block)[-1024:]
    return b"%%EOF" in tail
