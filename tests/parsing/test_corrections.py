"""Old rules and press errors, as participants repeat them, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parsing.corrections import Correction, correction_in

REPEATED = {
    Correction.PARTIAL_IN_JMO: [
        "10 % lewat JMO bisa kan",
        "mau ambil 10% di jmo",
        "klaim 30 persen dari aplikasi gmn caranya",
        "katanya 10%/30% sampai 15jt lewat jmo",
        "sepuluh persen lewat jimo",
    ],
    Correction.WAIT_UNTIL_59: [
        "harus tunggu usia 59 dulu ya",
        "jht baru bisa diambil umur 59",
        "nunggu sampai umur 59",
        "usia pensiun jht 59 kan?",
        "kata berita usia 59 baru bisa cair",
        "jht hrs nunggu 59 tahun ya min",
        "tunggu usia 59",
    ],
    Correction.WAIT_UNTIL_56_PERMENAKER_2_2022: [
        "harus nunggu umur 56 ya baru bisa cair",
        "kata orang jht ditahan sampai usia 56 tahun",
        "permenaker 2 tahun 2022",
        "menurut Permenaker No. 2/2022 ga bisa diambil",
        "resign tp hrs tunggu 56 tahun",
        "umur 56 baru bisa klaim jht",
    ],
    Correction.PAKLARING_REQUIRED: [
        "wajib paklaring",
        "apa wajib paklaring?",
        "klaim harus pake paklaring",
        "gak ada paklaring gimana",
        "syaratnya parklaring ya",
        "bisa klaim tanpa packlaring ga",
        "perlu surat pengalaman kerja?",
    ],
    Correction.LIMIT_10_MILLION: [
        "batas jmo 10 juta kan",
        "jmo cuma bisa buat saldo dibawah 10jt",
        "saldo di atas 10 juta gak bisa lewat jmo",
        "maksimal klaim di aplikasi sepuluh juta ya",
        "limit jmo Rp10.000.000",
    ],
    Correction.CENTRE_175_TAKES_CLAIMS: [
        "klaim lewat 175",
        "bisa klaim jht lewat call center?",
        "cairkan jht via 175 aja",
        "175 bisa klaim jht kan",
        "telpon 175 buat klaim",
        "pencairan melalui telepon 175",
    ],
}
INNOCENT = [
    "",
    "10%",
    "klaim 10% lewat lapak asik bukan jmo",
    "mau klaim 10 persen",
    "umur saya 59 mau klaim jht",
    "saya 59 tahun baru resign",
    "usia saya 59 tahun, harus gimana",
    "jaminan pensiun harus tunggu usia 59 ya",
    "jp baru bisa diambil umur 59",
    "saldo saya 59 juta",
    "saya sudah usia 56 mau klaim",
    "umur saya 56",
    "klaim usia 56",
    "saya 56 tahun baru berhenti kerja",
    "sampai 56 juta kena pajak?",
    "permenaker 4 tahun 2022",
    "permenaker 20 tahun 2022",
    "cara buat paklaring",
    "paklaring itu apa",
    "saldo saya di bawah 10 juta",
    "mengklaim saldo jht di bawah 10jt, apakah di kenakan pajak?",
    "saldo saya 10 juta apa bisa lewat jmo",
    "simulasi gaji 10 juta",
    "cek status klaim lewat 175",
    "sudah telpon 175 soal klaim saya belum cair",
    "nomor call center 175",
    "saldo saya 175 juta bisa klaim?",
    "knp sy gak bisa buka apk ini? pdhl sdh download",
    "saldo 15 JT g bisa di klaim ya",
    "mau cairin BPJS ketenaga kerjaan taun 2013 bisa gk",
]


@pytest.mark.parametrize(
    ("text", "correction"), [(text, correction) for correction, texts in REPEATED.items() for text in texts]
)
def test_an_old_rule_is_recognised_in_the_words_of_participants(text: str, correction: Correction) -> None:
    assert correction_in(text) is correction
    assert correction_in(f"  {text.upper()}  ") is correction


@pytest.mark.parametrize("text", INNOCENT)
def test_what_says_something_else_is_left_alone(text: str) -> None:
    assert correction_in(text) is None


def test_every_correction_has_examples() -> None:
    assert set(REPEATED) == set(Correction)


@given(st.text(max_size=600))
def test_no_text_makes_it_raise(text: str) -> None:
    assert correction_in(text) in {None, *Correction}
