"""Whether a photo of a face is good enough to be compared with an identity: a check of quality, not recognition.

It can tell a dark, blurred, turned, crowded or empty photo, so that the participant takes a better one at once.
It can't tell whose face it is, whether it is a living person or a photo of a photo, nor whether glasses, a mask or
hair cover a part that matters; a head turned to a three-quarter view may pass. Of faces that OpenCV's
detectors don't know well (covered ones, dark skin in poor light) it may say that there is none; so after a few tries
a person should look at the photo instead of refusing it.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.photos.decoding import Pixels

_WORKER = ThreadPoolExecutor(1, "photos")
"""One photo at a time: an unpacked photo is large and the detectors take a whole core."""


class PhotoVerdict(StrEnum):
    """Fine, or the first thing that the participant should change."""

    OK = "ok"
    UNREADABLE = "unreadable"
    TOO_SMALL = "too_small"
    NO_FACE = "no_face"
    SEVERAL_FACES = "several_faces"
    NOT_FRONTAL = "not_frontal"
    TOO_DARK = "too_dark"
    TOO_BRIGHT = "too_bright"
    UNEVEN_LIGHT = "uneven_light"
    BLURRED = "blurred"


async def checked(photo: bytes) -> PhotoVerdict:
    """Check a photo beside the event loop; a fraction of a second."""
    return await asyncio.get_running_loop().run_in_executor(_WORKER, check_face, photo)


async def shrunk_for_keeping(photo: bytes) -> bytes:
    """The copy to keep, made beside the event loop; see `shrunk`."""
    return await asyncio.get_running_loop().run_in_executor(_WORKER, shrunk, photo)


def check_face(data: bytes) -> PhotoVerdict:
    """Look at a JPEG, PNG or WebP; whatever else the bytes are, the verdict says so and nothing is raised."""
    from bot.photos import decoding, faces, light

    try:
        photo = decoding.decoded(data)
    except decoding.Unreadable:
        return PhotoVerdict.UNREADABLE
    if min(photo.shape[:2]) < decoding.SHORTEST_SIDE:
        return PhotoVerdict.TOO_SMALL
    found = faces.frontal(photo)
    if not found:
        return _why_none(photo)
    if len(found) > 1:
        return PhotoVerdict.SEVERAL_FACES
    face = found[0]
    if face.is_too_small:
        return PhotoVerdict.TOO_SMALL
    if face.is_turned:
        return PhotoVerdict.NOT_FRONTAL
    return PhotoVerdict(light.problem(face.skin) or faces.blur(face) or PhotoVerdict.OK)


def shrunk(data: bytes) -> bytes:
    """A JPEG of at most 1280 pixels a side, upright and without what a phone writes beside the picture (place, time).

    Raises `bot.photos.decoding.Unreadable` for what `check_face` finds unreadable.
    """
    from bot.photos import decoding

    return decoding.as_jpeg(decoding.decoded(data))


def _why_none(photo: "Pixels") -> PhotoVerdict:
    from bot.photos import faces, light

    if problem := light.problem_of_scene(photo):
        return PhotoVerdict(problem)
    return PhotoVerdict.NOT_FRONTAL if faces.has_turned(photo) else PhotoVerdict.NO_FACE
