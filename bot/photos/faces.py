"""Finds faces with the detectors that OpenCV ships. Imports OpenCV: import this module only when a photo is there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Literal

import cv2
import cv2.data
import numpy as np

from bot.photos.decoding import Pixels

SEARCHED_SIDE = 640
"""Pixels; the detectors look for faces of a few dozen pixels, so more only costs time."""
SMALLEST_WIDTH = 110
"""Pixels, of the photo at 1280 a side: below, details of the face are gone."""
SMALLEST_SHARE = 0.2
"""Of the photo's shorter side."""
SEARCHED_SHARE = 0.1
COUNTED_SHARE = 1 / 3
"""Faces much smaller than the first are people far behind, or pictures on a wall."""
LARGEST_SLOPE = 20.0
"""Degrees between the eyes."""
LARGEST_SHIFT = 0.14
"""How far the middle between the eyes may lie from the middle of the face, in widths of the face."""
COMPARED_SIDE = 200
"""Pixels; every face is brought to this width before its eyes and sharpness are judged."""
LEAST_SHARP = 0.003
"""Of `_sharpness`: sharp photos of people had 0.008 to 0.055, the same blurred by 2 % of the face 0.0005 to 0.0025."""

_ONE_AT_A_TIME = Lock()
"""A classifier keeps what it works on."""
_TILTS = (-30, 30, 90, -90, 180)

Box = tuple[int, int, int, int]
"""Left, top, width, height."""
Gray = np.ndarray[tuple[int, int], np.dtype[np.uint8]]


@dataclass(frozen=True)
class Face:
    """A frontal face in a photo."""

    photo: Pixels
    box: Box

    @property
    def is_too_small(self) -> bool:
        return self.box[2] < max(SMALLEST_WIDTH, SMALLEST_SHARE * min(self.photo.shape[:2]))

    @property
    def is_turned(self) -> bool:
        """Tilted or turned away, as far as both eyes are found; closed eyes and glasses tell nothing."""
        eyes = _eyes(self.gray)
        if eyes is None:
            return False
        (left_x, left_y), (right_x, right_y) = eyes
        slope = np.degrees(np.arctan2(right_y - left_y, right_x - left_x))
        shift = (left_x + right_x) / 2 / COMPARED_SIDE - 0.5
        return bool(abs(slope) > LARGEST_SLOPE or abs(shift) > LARGEST_SHIFT)

    @property
    def skin(self) -> Pixels:
        """From the brows to the chin, cheek to cheek, without hair and background."""
        x, y, width, height = self.box
        return self.photo[
            y + round(0.25 * height) : y + round(0.9 * height), x + round(0.2 * width) : x + round(0.8 * width)
        ]

    @property
    def gray(self) -> Gray:
        """The face in grays at the size in which faces are compared."""
        x, y, width, height = self.box
        cut = _gray(self.photo)[y : y + height, x : x + width]
        how = cv2.INTER_AREA if width > COMPARED_SIDE else cv2.INTER_CUBIC
        return _as_gray(cv2.resize(cut, (COMPARED_SIDE, COMPARED_SIDE), interpolation=how))


def frontal(photo: Pixels) -> list[Face]:
    """The faces that look into the camera, the largest first."""
    gray, scale = _for_searching(photo)
    clear = _brightened(gray)
    boxes = _search(gray) or _search(clear) or _search(clear, "frontalface_alt")
    return [Face(photo, _scaled(box, scale)) for box in boxes]


def has_turned(photo: Pixels) -> bool:
    """Whether there is a face from the side, tilted, lying or upside down."""
    gray, _ = _for_searching(photo)
    from_the_side = _detect("profileface", gray, 6) or _detect("profileface", _mirrored(gray), 6)
    return bool(from_the_side) or any(_search(tilted) for tilted in _tilted(gray))


def blur(face: Face) -> Literal["blurred"] | None:
    """Whether the details that tell people apart are washed out."""
    return "blurred" if _sharpness(face.gray) < LEAST_SHARP else None


def _sharpness(gray: Gray) -> float:
    """The variance of the Laplacian of a face of fixed size, relative to its contrast, so that skin doesn't matter.

    A light smoothing first keeps the grain of a photo in the dark from counting as detail.
    """
    middle = cv2.GaussianBlur(gray.astype(np.float32), (0, 0), 1.0)[40:180, 30:170]
    return float(cv2.Laplacian(middle, cv2.CV_32F).var() / max(float(middle.var()), 1.0))


def _search(gray: Gray, detector: str = "frontalface_alt2") -> list[Box]:
    boxes = sorted(_detect(detector, gray, 4), key=lambda box: -box[2])
    return boxes[:1] + _others(gray, boxes)


def _others(gray: Gray, boxes: Sequence[Box]) -> list[Box]:
    """Further faces, counted only when a second detector sees them too: a pattern on a shirt isn't a person."""
    large = [box for box in boxes[1:] if box[2] >= COUNTED_SHARE * boxes[0][2]]
    seen = _detect("frontalface_default", gray, 4) if large else []
    return [box for box in large if any(_overlap(box, other) for other in seen)]


def _eyes(face: Gray) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """The centres of the left and the right eye as one sees them, when exactly one is found on each side."""
    upper = _as_gray(face[: COMPARED_SIDE * 6 // 10])
    centres = [(x + width / 2, y + height / 2) for x, y, width, height in _detect("eye", upper, 5, 0.14)]
    left = [centre for centre in centres if centre[0] < COMPARED_SIDE / 2]
    right = [centre for centre in centres if centre[0] >= COMPARED_SIDE / 2]
    return (left[0], right[0]) if len(left) == len(right) == 1 else None


def _detect(name: str, gray: Gray, neighbours: int, smallest: float = SEARCHED_SHARE) -> list[Box]:
    side = int(smallest * min(gray.shape))
    with _ONE_AT_A_TIME:
        found = _detector(name).detectMultiScale(gray, 1.1, neighbours, minSize=(side, side))
    return [(int(x), int(y), int(width), int(height)) for x, y, width, height in found]


@cache
def _detector(name: str) -> cv2.CascadeClassifier:
    return cv2.CascadeClassifier(f"{cv2.data.haarcascades}haarcascade_{name}.xml")


def _for_searching(photo: Pixels) -> tuple[Gray, float]:
    """The photo in grays at the size for searching, and how many times the photo is larger."""
    gray = _gray(photo)
    scale = max(1.0, max(gray.shape) / SEARCHED_SIDE)
    height, width = gray.shape
    return _as_gray(
        cv2.resize(gray, (round(width / scale), round(height / scale)), interpolation=cv2.INTER_AREA)
    ), scale


def _brightened(gray: Gray) -> Gray:
    """With the contrast of each region brought out: dark faces are found that are lost otherwise."""
    return _as_gray(cv2.createCLAHE(3.0, (4, 4)).apply(gray))


def _mirrored(gray: Gray) -> Gray:
    return _as_gray(cv2.flip(gray, 1))


def _tilted(gray: Gray) -> Iterator[Gray]:
    height, width = gray.shape
    side = max(height, width)
    for degrees in _TILTS:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
        turn[:, 2] += np.array([(side - width) / 2, (side - height) / 2])  # type: ignore[misc]
        yield _as_gray(cv2.warpAffine(gray, turn, (side, side), borderMode=cv2.BORDER_REPLICATE))


def _overlap(one: Box, other: Box) -> bool:
    """Whether the middle of each lies in the other."""
    return _holds_middle(one, other) and _holds_middle(other, one)


def _holds_middle(box: Box, other: Box) -> bool:
    x, y = other[0] + other[2] / 2, other[1] + other[3] / 2
    return box[0] < x < box[0] + box[2] and box[1] < y < box[1] + box[3]


def _scaled(box: Box, scale: float) -> Box:
    x, y, width, height = (round(value * scale) for value in box)
    return x, y, width, height


def _gray(photo: Pixels) -> Gray:
    return _as_gray(cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY))


def _as_gray(matrix: object) -> Gray:
    return np.asarray(matrix, dtype=np.uint8)
