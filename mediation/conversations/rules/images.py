"""Pictures without what the camera wrote beside them, and small versions for the page. Pure."""

import io
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageOps

from mediation.conversations.errors import MovingPictureTooLong, PictureTooLarge, WrongContent
from mediation.core.errors import Refused

MAX_PIXELS = {"JPEG": 40_000_000}  # what is encoded anew within about two seconds and 200 MiB
MAX_PIXELS_OF_OTHERS = 24_000_000
MAX_MOVING_PIXELS = 24_000_000  # all frames together
MAX_FRAMES = 300
THUMBNAIL_SIDE = 480  # the page shows them at most 7 rem high
_ENCODING: dict[str, dict[str, object]] = {
    "JPEG": {"quality": 92},
    "WEBP": {"quality": 90, "method": 0},
    "PNG": {"compress_level": 1},
}
_ORIENTATION = 0x0112
_KEPT = {"transparency", "duration", "loop", "background", "disposal", "gamma", "icc_profile"}
_TURNED = {5, 6, 7, 8}  # values of the orientation tag that swap width and height


@dataclass(frozen=True, slots=True)
class Picture:
    """An encoded picture and its size in pixels, as it is seen."""

    data: bytes
    width: int
    height: int


def without_metadata(stream: BinaryIO, content_type: str) -> Picture:
    """The picture encoded anew: no place, no camera, no thumbnails of earlier states, nothing appended to the file.

    Raises WrongContent for a damaged picture, PictureTooLarge or MovingPictureTooLong for one not safe to open.
    """
    kind = content_type.removeprefix("image/").upper()
    try:
        with Image.open(stream, formats=[kind]) as image:
            _check_size(image)
            return _encoded(image, kind)
    except Refused:
        raise
    except Exception as problem:  # decoders raise anything on hostile input; each means the same
        raise WrongContent from problem


def thumbnail(stream: BinaryIO) -> Picture:
    """A still WebP that fits into 480 × 480 pixels, upright. Raises whatever the decoder raises."""
    with Image.open(stream, formats=["PNG", "JPEG", "GIF", "WEBP"]) as image:
        _check_size(image)
        image.draft("RGB", (THUMBNAIL_SIDE * 2, THUMBNAIL_SIDE * 2))
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
        small = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
        out = io.BytesIO()
        small.save(out, "WEBP", quality=80, method=3)
        return Picture(out.getvalue(), *small.size)


def _check_size(image: Image.Image) -> None:
    pixels = image.width * image.height
    if pixels > MAX_PIXELS.get(image.format or "", MAX_PIXELS_OF_OTHERS):
        raise PictureTooLarge
    frames = getattr(image, "n_frames", 1)
    if frames > 1 and (frames > MAX_FRAMES or frames * pixels > MAX_MOVING_PIXELS):
        raise MovingPictureTooLong


def _encoded(image: Image.Image, kind: str) -> Picture:
    turn = image.getexif().get(_ORIENTATION, 1)
    options = dict(_ENCODING.get(kind, {}))
    if getattr(image, "n_frames", 1) > 1:
        options |= {"save_all": True, "loop": image.info.get("loop", 0)}
    elif turn in range(2, 9):
        exif = Image.Exif()
        exif[_ORIENTATION] = turn
        options["exif"] = exif
    width, height = image.size
    for name in [name for name in image.info if name not in _KEPT]:
        del image.info[name]
    out = io.BytesIO()
    image.save(out, kind, **options)
    return Picture(out.getvalue(), *((height, width) if turn in _TURNED else (width, height)))
