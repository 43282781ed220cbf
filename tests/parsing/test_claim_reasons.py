"""Why somebody claims, in the words of participants."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parsing.claim_reasons import asks_to_claim_for, claim_reason_in, says_work_is_over

TYPED = {
    "resign": [
        "resign",
        "risain",
        "sy resain bln kmrn",
        "rezign",
        "mengundurkan diri",
        "ngundurin diri dr pt",
        "berhenti sendiri",
        "brenti kerja",
        "keluar dari pabrik",
        "sudah keluar kerja",
        "bukan phk tapi resign",
        "pindah kerja",
        "i quit",
    ],
    "phk": [
        "PHK",
        "di phk",
        "kena phk bulan lalu",
        "P.H.K.",
        "dipecat",
        "di pecat bos",
        "diberhentikan",
        "dikeluarin perusahaan",
        "dirumahkan",
        "pabriknya tutup",
        "perusahaan bangkrut",
        "pt sudah pailit",
        "pengurangan karyawan",
        "efisiensi",
        "layoff",
        "diputus kontrak",
        "bukan resign, saya di phk",
    ],
    "pkwt": [
        "kontrak habis",
        "habis kontrak",
        "abis kontrk",
        "kontrak kerja saya selesai",
        "pkwt",
        "ga diperpanjang",
        "tidak di perpanjang lagi",
        "proyek sudah selesai",
        "my contract ended",
    ],
    "age56": [
        "usia 56",
        "umur saya 58",
        "sudah 56 tahun",
        "udh 57 thn",
        "umur bapak 60",
        "aged 56",
    ],
    "retired": [
        "pensiun dari perusahaan",
        "pensiun perusahaan",
        "sudah pensiun dari pt",
        "pensiun di pabrik",
        "usia pensiun perusahaan",
        "dipensiunkan",
        "purna tugas",
        "pensiun dini",
        "company retirement age",
    ],
    "bpu": [
        "berhenti bpu",
        "peserta mandiri",
        "stop iuran mandiri",
        "udah ga lanjut bpu",
        "berhenti ojol",
        "usaha saya tutup",
        "warung sudah bangkrut",
        "bukan penerima upah",
    ],
    "abroad": [
        "pindah ke luar negeri",
        "mau keluar negeri",
        "ke luar negri selamanya",
        "saya WNA mau pulang",
        "warga asing",
        "meninggalkan Indonesia",
        "pindah kewarganegaraan",
        "leaving indonesia",
    ],
    "disability": [
        "cacat total tetap",
        "cacad",
        "lumpuh",
        "kena stroke ga bisa kerja lagi",
        "disabilitas",
        "berhenti karena cacat",
    ],
    "death": [
        "ahli waris",
        "ahli waris meninggal",
        "bapak saya meninggal mau cairkan jht",
        "suami mninggal",
        "almarhum ayah",
        "alm bapak",
        "ibu sudah wafat",
        "my father died",
    ],
    "partial10": [
        "10%",
        "10 persen",
        "sepuluh persen aja",
        "yang 10 % masih kerja",
        "persiapan pensiun",
        "sudah resign mau ambil 10%",
    ],
    "partial30": [
        "30%",
        "tiga puluh persen",
        "buat dp rumah",
        "beli rumah",
        "kpr",
        "30 prsn utk rumah",
    ],
    "partial": ["masih kerja", "msh aktif bekerja", "sebagian", "belum resign", "still working", "separuh dulu"],
    "older": ["pensiun", "sudah pensiunan", "retired"],
    "other": ["lainnya", "yang lain", "other"],
}
NO_REASON = ["", "halo", "10 juta", "keluarga saya", "rumah sakit", "3 bulan lalu", "tidak tahu", "56 juta", "umur 40"]


@pytest.mark.parametrize(("text", "reason"), [(text, reason) for reason, texts in TYPED.items() for text in texts])
def test_a_typed_reason_is_recognised(text: str, reason: str) -> None:
    assert claim_reason_in(text) == reason
    assert claim_reason_in(f"  {text.upper()}!! ") == reason


@pytest.mark.parametrize("text", NO_REASON)
def test_what_gives_no_reason_is_left_alone(text: str) -> None:
    assert claim_reason_in(text) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("bapak saya meninggal mau cairkan jht", "death"),
        ("ahli waris meninggal", "death"),
        ("pensiun dari perusahaan", "retired"),
        ("saya mau pensiun dari pabrik, dapat apa", "retired"),
        ("ojol mau berhenti jd peserta bpu jht nya bs diambil ga", "bpu"),
        ("suami saya meninggal dapat santunan apa", None),
        ("ahli waris dapat apa kalau peserta meninggal", None),
        ("jaminan pensiun dari perusahaan berapa sebulan", None),
        ("pensiun janda", None),
        ("umur 56 kok jp belum bisa diambil", None),
        ("daftar bpu", None),
        ("mau klaim jht", None),
    ],
)
def test_a_rare_reason_is_told_from_another_programme(text: str, reason: str | None) -> None:
    assert asks_to_claim_for(text) == reason


@given(st.text(max_size=600))
def test_no_text_makes_it_raise(text: str) -> None:
    claim_reason_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "saya keluar dari perusahaan",
        "habis keluar kerja",
        "baru brenti dari pabrik min",
        "udah out dari kantor",
        "sudah tidak kerja lagi",
        "sy udh gk kerja",
        "resign bulan lalu",
        "saya mengundurkan diri",
        "i left my job",
    ],
)
def test_who_speaks_of_the_end_of_work(text: str) -> None:
    assert says_work_is_over(text)


@pytest.mark.parametrize(
    "text",
    [
        "keluar",
        "keluar dari akun",
        "kode otp tidak keluar",
        "aplikasi keluar sendiri",
        "belum keluar kerja",
        "saya masih kerja",
        "tidak bisa kerja lagi",
        "surat keluar kerja hilang",
        "keluar dari kantor cabang",
    ],
)
def test_who_does_not(text: str) -> None:
    assert not says_work_is_over(text)
