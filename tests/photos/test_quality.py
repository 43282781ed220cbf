"""Photos of drawn faces, good ones and what goes wrong with a phone in the hand."""

import struct
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path

import matplotlib
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.photos.decoding import BYTES_LIMIT, Unreadable, decoded
from bot.photos.faces import frontal
from bot.photos.phrasing import advice, what_to_do
from bot.photos.quality import PhotoVerdict, check_face, checked, shrunk, shrunk_for_keeping
from bot.photos.verifier import FaceDecision, OfficerDecides
from bot.texts import LANGUAGES
from tests.photos import faces
from tests.photos.faces import BROWN, DARK, LIGHT, MEDIUM, drawn, good_face, jpeg, saved

ORIENTATION, MAKER, PLACE = 0x0112, 0x010F, 0x8825
LYING = 6
"""The camera was held sideways: turn by 90 degrees to see the picture upright."""
SKINS = {"light": LIGHT, "medium": MEDIUM, "brown": BROWN, "dark": DARK}


@pytest.mark.parametrize("skin", SKINS.values(), ids=SKINS)
@pytest.mark.parametrize("brightness", [0.8, 1.0, 1.15])
def test_every_colour_of_skin_passes_in_ordinary_light(skin: faces.Color, brightness: float) -> None:
    assert check_face(jpeg(faces.lit(drawn(skin), brightness))) == PhotoVerdict.OK


def test_a_real_portrait_passes() -> None:
    """Rear Admiral Grace Hopper; a work of the U.S. Navy without copyright, which Matplotlib carries as a sample."""
    portrait = Path(matplotlib.get_data_path(), "sample_data", "grace_hopper.jpg")
    assert check_face(portrait.read_bytes()) == PhotoVerdict.OK


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_usual_format_passes(kind: str) -> None:
    assert check_face(saved(drawn(), kind)) == PhotoVerdict.OK


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "CMYK", "1"])
def test_odd_kinds_of_colours_are_read(mode: str) -> None:
    image = drawn().convert(mode)
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert check_face(saved(image, kind)) is not PhotoVerdict.UNREADABLE


@pytest.mark.parametrize("skin", SKINS.values(), ids=SKINS)
def test_a_face_without_light_is_too_dark(skin: faces.Color) -> None:
    assert check_face(jpeg(faces.lit(drawn(skin), 0.12))) == PhotoVerdict.TOO_DARK


@pytest.mark.parametrize("skin", [LIGHT, MEDIUM, BROWN], ids=["light", "medium", "brown"])
def test_a_face_that_is_half_white_is_too_bright(skin: faces.Color) -> None:
    assert check_face(jpeg(faces.lit(drawn(skin), 400 / max(skin)))) == PhotoVerdict.TOO_BRIGHT


@pytest.mark.parametrize("skin", [LIGHT, MEDIUM, BROWN], ids=["light", "medium", "brown"])
def test_a_face_lit_from_one_side_is_uneven(skin: faces.Color) -> None:
    assert check_face(jpeg(faces.lit_from_the_side(drawn(skin)))) == PhotoVerdict.UNEVEN_LIGHT


@pytest.mark.parametrize("skin", SKINS.values(), ids=SKINS)
def test_an_unsteady_hand_blurs(skin: faces.Color) -> None:
    assert check_face(jpeg(faces.blurred(drawn(skin)))) == PhotoVerdict.BLURRED


def test_two_people_are_too_many() -> None:
    assert check_face(jpeg(faces.beside_another(drawn()))) == PhotoVerdict.SEVERAL_FACES


def test_nobody_is_in_the_photo() -> None:
    assert check_face(faces.faceless()) == PhotoVerdict.NO_FACE


@pytest.mark.parametrize("degrees", [-35, 35, 90, -90, 180])
def test_a_tilted_head_is_not_frontal(degrees: float) -> None:
    assert check_face(jpeg(faces.tilted(drawn(), degrees))) == PhotoVerdict.NOT_FRONTAL


def test_the_eyes_tell_of_a_tilt_that_the_detector_tolerates() -> None:
    tilted = jpeg(faces.tilted(drawn(), 20))
    assert len(frontal(decoded(tilted))) == 1
    assert check_face(tilted) == PhotoVerdict.NOT_FRONTAL


def test_a_head_held_a_little_askew_passes() -> None:
    assert check_face(jpeg(faces.tilted(drawn(), 8))) == PhotoVerdict.OK


def test_a_face_far_away_is_too_small() -> None:
    assert check_face(jpeg(faces.far_away(drawn()))) == PhotoVerdict.TOO_SMALL


def test_a_tiny_photo_is_too_small() -> None:
    assert check_face(jpeg(drawn().resize((120, 120)))) == PhotoVerdict.TOO_SMALL


def test_a_photo_taken_sideways_is_turned_upright_first() -> None:
    lying = drawn().transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[ORIENTATION] = LYING
    assert check_face(jpeg(lying, exif=exif)) == PhotoVerdict.OK
    assert check_face(jpeg(lying)) == PhotoVerdict.NOT_FRONTAL


def test_the_detector_finds_the_drawn_face_where_it_is() -> None:
    (face,) = frontal(np.asarray(drawn()))
    x, y, width, height = face.box
    assert abs(x + width / 2 - 320) < 25 and abs(y + height / 2 - 325) < 25
    assert 276 < width < 380


def test_what_is_no_photo_is_unreadable() -> None:
    heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(500)
    for data in (b"", b"Selamat siang", good_face()[:2000], saved(drawn(), "GIF"), saved(drawn(), "BMP"), heic):
        assert check_face(data) == PhotoVerdict.UNREADABLE


def test_more_bytes_than_any_phone_makes_are_not_even_opened() -> None:
    assert check_face(good_face() + bytes(BYTES_LIMIT)) == PhotoVerdict.UNREADABLE


def test_a_small_file_that_unpacks_to_gigabytes_is_not_unpacked() -> None:
    assert check_face(png_that_says(60_000, 60_000)) == PhotoVerdict.UNREADABLE
    with pytest.raises(Unreadable, match="megapixels"):
        decoded(png_that_says(9_000, 9_000))


def test_a_photo_of_fifty_megapixels_is_read() -> None:
    assert check_face(jpeg(drawn().resize((7000, 7000)))) == PhotoVerdict.OK


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 5000), st.binary(min_size=1, max_size=40))
def test_a_damaged_file_gets_a_verdict_too(at: int, noise: bytes) -> None:
    data = GOOD[:at] + noise + GOOD[at + len(noise) :]
    assert check_face(data) in PhotoVerdict


GOOD = good_face()


async def test_it_is_checked_beside_the_event_loop() -> None:
    assert await checked(good_face()) == PhotoVerdict.OK
    assert await shrunk_for_keeping(good_face()) == shrunk(good_face())


def test_the_kept_copy_is_small_upright_and_tells_no_place() -> None:
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = LYING, "a phone"
    exif.get_ifd(PLACE)[1] = "N"
    original = jpeg(drawn().resize((3000, 2000)), exif=exif)
    assert b"a phone" in original
    kept = shrunk(original)
    with Image.open(BytesIO(kept)) as image:
        assert (image.format, image.size) == ("JPEG", (853, 1280))
        assert not image.getexif()
    assert b"Exif" not in kept and b"a phone" not in kept


def test_what_is_no_photo_is_not_kept() -> None:
    with pytest.raises(Unreadable):
        shrunk(b"Selamat siang")


async def test_an_officer_decides_as_long_as_no_recogniser_is_connected() -> None:
    assert await OfficerDecides().verify("1", good_face()) is FaceDecision.NEEDS_OFFICER


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verdict_has_its_own_words(language: str) -> None:
    said = {what_to_do(verdict, language) for verdict in PhotoVerdict}
    assert len(said | {advice(language)}) == len(PhotoVerdict) + 1


def test_opencv_waits_for_the_first_photo() -> None:
    """It takes time and memory that most conversations never need."""
    program = "import sys, bot.app, bot.photos.quality, bot.photos.phrasing; print('cv2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False"]


def png_that_says(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(b"")) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
