"""How a face is lit, told from its skin; the rules hold for every colour of skin.

A face in good light is dark or light by its skin: from about 55 (very dark) to 200 (very light) of 255. So only what
no skin explains counts: light is missing where even the bright parts are dark, and a side is in shadow by its *ratio*
to the other side, in which the colour of the skin cancels out.
"""

from typing import Literal

import numpy as np

from bot.photos.decoding import Pixels

Problem = Literal["too_dark", "too_bright", "uneven_light"]

DARKEST = 30
"""Median brightness; very dark skin in ordinary light has 50 and more, one stop (half the light) below it 35."""
DARKEST_HIGHLIGHT = 48
"""Of the brightest twentieth: eyes, teeth and shine on the skin."""
BRIGHTEST = 235
CLIPPED, CLIPPED_SHARE = 250, 0.25
"""Where pixels are white there is no skin to see any more."""
LARGEST_RATIO = 6.0
"""Of light on one half of the face to the other; a window beside a person gives 2 to 4."""
DARKEST_SCENE, BRIGHTEST_SCENE = 28, 235
"""Means of a whole photo in which no face is found."""


def problem(skin: Pixels) -> Problem | None:
    """What is wrong with the light on the middle of a face; the crop runs from brows to chin, cheek to cheek."""
    brightness = _brightness(skin)
    if np.median(brightness) < DARKEST or np.percentile(brightness, 95) < DARKEST_HIGHLIGHT:
        return "too_dark"
    if np.median(brightness) > BRIGHTEST or np.mean(brightness >= CLIPPED) > CLIPPED_SHARE:
        return "too_bright"
    return "uneven_light" if _ratio_of_halves(brightness) > LARGEST_RATIO else None


def problem_of_scene(photo: Pixels) -> Problem | None:
    """Why there may be a face that can't be seen."""
    mean = float(_brightness(photo).mean())
    if mean < DARKEST_SCENE:
        return "too_dark"
    return "too_bright" if mean > BRIGHTEST_SCENE else None


def _brightness(pixels: Pixels) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """As screens show it (ITU-R BT.601), 0 to 255."""
    brightness: np.ndarray[tuple[int, int], np.dtype[np.float64]] = pixels @ np.array([0.299, 0.587, 0.114])
    return brightness


def _ratio_of_halves(brightness: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> float:
    middle = brightness.shape[1] // 2
    left, right = (_light(float(np.median(half))) for half in (brightness[:, :middle], brightness[:, middle:]))
    return max(left, right) / min(left, right)


def _light(brightness: float) -> float:
    """Physical light, relative; a screen's brightness is about its 2.2th root, and noise hides the darkest parts."""
    linear: float = (max(brightness, 8.0) / 255) ** 2.2
    return linear
