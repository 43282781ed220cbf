"""From the bytes of a file to upright pixels and back; never more memory than a phone's largest photo needs."""

from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from bot.errors import BadInput

Pixels = NDArray[np.uint8]
"""Height × width × red, green, blue."""

FORMATS = ("JPEG", "PNG", "WEBP")
BYTES_LIMIT = 20_000_000
PIXELS_LIMIT = 55_000_000
"""A phone of 50 megapixels takes 8160 × 6144; more is a trap for the memory."""
LONGEST_SIDE = 1280
"""Pixels; what Telegram makes of a photo too, and plenty to compare a face."""
SHORTEST_SIDE = 240
"""Pixels; below, no face can have the details to compare."""
JPEG_QUALITY = 88


class Unreadable(BadInput):
    """The file is not a photo that can be opened; ask for another one."""


def decoded(data: bytes) -> Pixels:
    """The photo upright, in colours, at most `LONGEST_SIDE` a side; raises `Unreadable`."""
    if len(data) > BYTES_LIMIT:
        raise Unreadable(f"the photo has more than {BYTES_LIMIT // 1_000_000} MB")
    try:
        return _unpacked(data)
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable("the file is not a whole JPEG, PNG or WebP photo") from error


def as_jpeg(photo: Pixels) -> bytes:
    """The pixels and nothing else."""
    file = BytesIO()
    Image.fromarray(photo).save(file, "JPEG", quality=JPEG_QUALITY)
    return file.getvalue()


def _unpacked(data: bytes) -> Pixels:
    with Image.open(BytesIO(data), formats=FORMATS) as image:
        if image.width * image.height > PIXELS_LIMIT:
            raise Unreadable(f"the photo has more than {PIXELS_LIMIT // 1_000_000} megapixels")
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is unpacked at half or a quarter of its size
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        return np.asarray(_on_white(ImageOps.exif_transpose(image)), dtype=np.uint8)


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    ground = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(ground, layer).convert("RGB")
