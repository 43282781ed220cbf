"""What the first message about a claim says already, and what it only seems to say."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parsing.claim_openings import Told, told_besides

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("reason", "text", "told"),
    [
        (
            "phk",
            "saya di phk 3 bulan lalu saldo 9jt udah bisa klaim blm",
            {"left_on": "2026-08-24", "balance": 9_000_000},
        ),
        ("resign", "resign kemarin, bulan depan bisa klaim?", {"left_on": "2026-11-23"}),
        ("pkwt", "kontrak selesai bulan depan, kapan boleh mengajukan", {"left_on": "2026-12-31"}),
        ("resign", "saya resign apa bisa klaim bulan depan", {}),
        ("resign", "resign tp hrs tunggu 56 tahun", {}),
        ("resign", "pindah kerja, jht lama mau diambil", {"working": "yes"}),
        ("resign", "resign, belum kerja lagi", {}),
        ("partial10", "masih kerja, sudah jadi peserta 12 tahun mau ambil 10%", {"working": "yes", "years": 12}),
        ("partial10", "sudah resign mau ambil 10%", {"working": "no"}),
        ("partial10", "syarat 10 persen harus peserta 10 tahun ya", {}),
        ("partial30", "30% buat dp rumah", {"home": "yes"}),
        ("partial30", "30 persen buat renovasi rumah", {"home": "no"}),
        ("age56", "umur saya 58 mau ambil", {"age": 58}),
        ("age56", "belum umur 56 apa bisa", {}),
        ("age56", "harus umur 56 dulu ya", {}),
        ("death", "bapak saya meninggal mau cairkan jht", {"heir": "nearest"}),
        ("death", "suami wafat", {"heir": "nearest"}),
        ("death", "jht almarhum ayah", {"heir": "nearest"}),
        ("death", "kakak saya sudah meninggal", {"heir": "family"}),
        ("death", "anak saya meninggal", {"heir": "family"}),
        ("death", "ahli waris meninggal", {}),
        ("phk", "di phk, batas saldo 15 juta ya", {}),
    ],
)
def test_what_is_told_besides_the_reason_is_taken(reason: str, text: str, told: dict[str, Told]) -> None:
    assert told_besides(reason, text, TODAY) == told


@given(st.sampled_from(["resign", "death", "partial30", "age56"]), st.text(max_size=600))
def test_no_text_makes_it_raise(reason: str, text: str) -> None:
    told_besides(reason, text, TODAY)
