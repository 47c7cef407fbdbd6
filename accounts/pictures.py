"""Turns whatever file a person sends as their picture into one small, clean image. Pure."""

from io import BytesIO
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from accounts.rules import PICTURE_EDGE_PIXELS, PICTURE_MAX_BYTES, PICTURE_MAX_PIXELS

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


class NotAPicture(ValueError):
    """The file cannot become a face; the text says what to send instead."""


def face_from(file: BinaryIO, size: int) -> bytes:
    """A square WebP of `PICTURE_EDGE_PIXELS` from an image file of `size` bytes, without any of its metadata.

    Raises `NotAPicture`. The pixels are drawn anew, so nothing that hides behind them in the file survives.
    """
    if size > PICTURE_MAX_BYTES:
        raise NotAPicture(_("This file is too big. Choose one of at most 5 MB."))
    try:
        with Image.open(file, formats=FORMATS) as found:
            if found.width * found.height > PICTURE_MAX_PIXELS:
                raise NotAPicture(_("This picture has too many pixels. Choose a smaller one."))
            return _drawn_anew(found)
    except NotAPicture:
        raise
    except Exception as error:  # Pillow's decoders raise what they like on hostile files
        raise NotAPicture(_("This is not a picture that we can read. Choose a JPEG, PNG, WebP or GIF.")) from error


def _drawn_anew(found: Image.Image) -> bytes:
    found.draft("RGB", (2 * PICTURE_EDGE_PIXELS, 2 * PICTURE_EDGE_PIXELS))
    upright = ImageOps.exif_transpose(found).convert("RGBA")
    square = ImageOps.fit(upright, (PICTURE_EDGE_PIXELS, PICTURE_EDGE_PIXELS), Image.Resampling.LANCZOS)
    clean = Image.new("RGB", square.size, "white")
    clean.paste(square, mask=square)
    out = BytesIO()
    clean.save(out, "WEBP", quality=82, method=4)
    return out.getvalue()
