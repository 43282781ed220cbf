"""The app itself: each trouble that participants name ends in something to do."""

from collections.abc import Sequence

import pytest

from tests.chat.conftest import Chat


@pytest.mark.parametrize(
    ("messages", "parts"),
    [
        (["jmo ga bisa dibuka", "belum"], ["pasang lagi", "tidak hilang"]),
        (["jmo ga bisa dibuka", "sudah", "android 8"], ["Tidak perlu beli HP baru", "sso.bpjsketenagakerjaan.go.id"]),
        (["jmo ga bisa dibuka", "sudah", "hp baru"], ["perlu dilihat petugas", "lapakasik"]),
        (["aplikasi loading terus", "belum"], ["jam sepi"]),
        (["jmo minta update terus"], ["Play Store"]),
        (["tombol login ga bisa dipencet", "belum"], ["pasang ulang", "sso.bpjsketenagakerjaan.go.id"]),
        (["tombol login ga bisa dipencet", "sudah"], ["bukan akun Anda"]),
        (["lupa kata sandi jmo", "masih"], ["Lupa Kata Sandi", "kode dari e-mail"]),
        (["lupa kata sandi jmo", "tidak", "masih aktif"], ["Lupa Akun"]),
        (["lupa email jmo", "sudah tidak aktif"], ["melihat KTP Anda", "Yang dibawa: KTP"]),
        (["saya lupa sandi sama emailnya juga lupa", "sudah tidak aktif"], ["melihat KTP Anda"]),
        (["akun terkunci salah password 3 kali"], ["2 jam", "pukul"]),
        (["akun masih aktif di perangkat lama", "masih ada"], ["keluar dari akun"]),
        (["akun masih aktif di perangkat lama", "hp lama sudah hilang"], ["dilepas", "Yang dibawa"]),
        (["kode otp tidak masuk", "masih"], ["folder spam", "satu kali"]),
        (["kode otp tidak masuk", "nomornya sudah hangus"], ["nomornya harus diganti", "Yang dibawa"]),
        (["nik sudah terdaftar padahal belum pernah daftar", "masih"], ["Lupa Akun"]),
        (["terlalu sering mengirim otp"], ["Berhenti meminta kode", "1 jam"]),
        (["data kepesertaan tidak ditemukan", "ya"], ["7–14 hari"]),
        (["data kepesertaan tidak ditemukan", "tidak"], ["16 angka NIK"]),
        (["hp jadul android 7 apa masih bisa jmo"], ["Tidak perlu beli HP baru"]),
        (["gabung saldo gagal", "belum"], ["masukkan semua KPJ"]),
        (["lupa nomor kpj"], ["175"]),
        (["kode 040 apa ya"], ["Mei 2026", "belum diumumkan", "lapakasik"]),
        (["JHTA006", "tidak"], ["11 angka KPJ"]),
        (["pastikan nomor rekening anda benar"], ["Nama di rekening"]),
        (["saldo tidak tersedia katanya"], ["tidak hilang"]),
    ],
)
async def test_a_trouble_is_led_to_its_end(chat: Chat, messages: Sequence[str], parts: list[str]) -> None:
    for message in messages:
        await chat.says(message)
    chat.replied(contains=parts)


async def test_the_button_for_troubles_asks_which(chat: Chat) -> None:
    await chat.says("menu")
    await chat.taps("Kendala aplikasi")
    chat.replied(contains="Kendalanya di bagian mana?", buttons=["Tidak bisa login", "Kartu tidak muncul"])
    await chat.taps("Kartu tidak muncul")
    chat.replied(contains=["perbarui JMO", "Apa yang Anda lihat"])


@pytest.mark.parametrize(
    ("verified", "parts"),
    [
        ("Dewi", ["status kepesertaan masih *aktif*"]),
        ("Agus", ["Rp42.000.000", "Rp15.000.000", "lapakasik"]),
        ("Maria", ["Pengkinian Data", "belum selesai"]),
        ("Nur", ["Yang berbeda: *nama*"]),
    ],
    indirect=["verified"],
)
async def test_the_record_says_why_a_claim_is_refused(verified: Chat, parts: list[str]) -> None:
    await verified.says("klaim saya ditolak jmo")
    verified.replied(contains=parts, without="Apa yang tertulis")
