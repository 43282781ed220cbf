"""Draws faces that nobody has: shaded ovals with eyes, nose and mouth that the real detectors take for a face."""

from dataclasses import dataclass
from io import BytesIO

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

Color = tuple[int, int, int]

SIDE = 640
LIGHT: Color = (235, 200, 175)
MEDIUM: Color = (205, 160, 130)
BROWN: Color = (140, 95, 70)
DARK: Color = (75, 50, 40)
"""As the same lamp shows them."""
_HAIR: Color = (28, 22, 20)
_GROUND: Color = (150, 160, 170)
_LIPS = (0.8, 0.55, 0.55)


def good_face() -> bytes:
    """A JPEG that passes the check."""
    return jpeg(drawn())


def faceless() -> bytes:
    """A JPEG of a wall and a floor."""
    image = Image.new("RGB", (SIDE, SIDE), _GROUND)
    ImageDraw.Draw(image).rectangle((0, 450, SIDE, SIDE), fill=(120, 90, 60))
    return jpeg(image)


def jpeg(image: Image.Image, **options: object) -> bytes:
    return saved(image, "JPEG", quality=92, **options)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def drawn(skin: Color = MEDIUM) -> Image.Image:
    """A face in even light, 640 × 640, about 325 wide."""
    image = Image.new("RGB", (SIDE, SIDE), _GROUND)
    _Face(ImageDraw.Draw(image), skin).draw()
    return _with_grain(_rounded(image.filter(ImageFilter.GaussianBlur(2.2))))


def blurred(image: Image.Image) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(9))


def lit(image: Image.Image, brightness: float) -> Image.Image:
    """Darker (below 1) or lighter; what gets too bright is white."""
    return ImageEnhance.Brightness(image).enhance(brightness)


def lit_from_the_side(image: Image.Image) -> Image.Image:
    """The left half as it was, the right half with little light."""
    falloff = np.interp(np.arange(SIDE), (SIDE * 0.42, SIDE * 0.58), (1.0, 0.3))
    return _image(np.asarray(image) * falloff[None, :, None])


def beside_another(image: Image.Image) -> Image.Image:
    both = Image.new("RGB", (2 * SIDE, SIDE))
    both.paste(image, (0, 0))
    both.paste(drawn(BROWN), (SIDE, 0))
    return both


def far_away(image: Image.Image) -> Image.Image:
    """A small person in a large room."""
    room = Image.new("RGB", (1280, 1280), _GROUND)
    room.paste(image.resize((320, 320)), (480, 480))
    return room


def tilted(image: Image.Image, degrees: float) -> Image.Image:
    return image.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=_GROUND)


@dataclass
class _Face:
    on: ImageDraw.ImageDraw
    skin: Color

    def draw(self) -> None:
        self._oval(320, 300, 165, 205, _HAIR)
        self.on.rectangle((250, 430, 390, 600), fill=self._tone(0.8))
        self._oval(320, 700, 280, 150, (70, 90, 120))
        self._oval(320, 325, 138, 182, self.skin)
        self._oval(320, 155, 120, 50, _HAIR)
        for side in (-1, 1):
            self._eye(320 + side * 60)
            self._oval(320 + side * 16, 368, 9, 6, self._tone(0.5))
            self._oval(320 + side * 70, 360, 34, 40, self._tone(1.04))
        self._nose()
        self._mouth()

    def _eye(self, x: int) -> None:
        self._oval(x, 282, 42, 26, self._tone(0.78))
        self._oval(x, 288, 27, 12, (235, 232, 228))
        self._oval(x, 288, 12, 12, (45, 28, 20))
        self._oval(x + 3, 285, 3, 3, (250, 250, 250))
        self.on.line((x - 34, 252, x, 243, x + 34, 252), fill=_HAIR, width=11)
        self.on.line((x - 28, 283, x, 274, x + 28, 283), fill=(30, 20, 18), width=4)

    def _nose(self) -> None:
        self._oval(320, 330, 16, 48, self._tone(1.1))
        self._oval(320, 360, 26, 16, self._tone(1.07))
        self._oval(320, 382, 30, 6, self._tone(0.75))

    def _mouth(self) -> None:
        lips = tuple(int(value * part) for value, part in zip(self.skin, _LIPS, strict=True))
        self._oval(320, 428, 52, 16, (lips[0], lips[1], lips[2]))
        self.on.line((268, 426, 372, 426), fill=self._tone(0.4), width=4)
        self._oval(320, 456, 34, 6, self._tone(0.82))

    def _oval(self, x: int, y: int, half_width: int, half_height: int, color: Color) -> None:
        self.on.ellipse((x - half_width, y - half_height, x + half_width, y + half_height), fill=color)

    def _tone(self, factor: float) -> Color:
        red, green, blue = (min(255, int(value * factor)) for value in self.skin)
        return red, green, blue


def _rounded(image: Image.Image) -> Image.Image:
    """Shaded towards the edge of the face, and a shadow around it."""
    y, x = np.mgrid[0:SIDE, 0:SIDE]
    distance = ((x - 320) / 150) ** 2 + ((y - 325) / 195) ** 2
    inside = 1 - 0.35 * np.clip(distance, 0, 1) ** 2
    outside = 0.65 + 0.35 * np.clip((distance - 1) * 3, 0, 1)
    return _image(np.asarray(image) * np.where(distance < 1, inside, outside)[..., None])


def _with_grain(image: Image.Image) -> Image.Image:
    grain = np.random.default_rng(1).normal(0, 4, (SIDE, SIDE))
    return _image(np.asarray(image) + grain[..., None])


def _image(pixels: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Image.Image:
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
