"""Answers and error messages as people type them."""

import pytest

from bot.troubleshooting.answers import answer_in, opening_answers
from bot.troubleshooting.catalogue import TREES
from bot.troubleshooting.messages import MESSAGES, error_message_in
from bot.troubleshooting.trees import Question, reached


def question(tree: str, name: str) -> Question:
    node = TREES[tree].nodes[name]
    assert isinstance(node, Question)
    return node


@pytest.mark.parametrize(
    ("tree", "name", "text", "intent", "key"),
    [
        ("login", "login_what", "lpa sandi", "inform", "password"),
        ("login", "login_what", "tombolnya ga bisa dipencet tombol mati", "inform", "dead"),
        ("login", "login_what", "2", "inform", "password"),
        ("login", "login_what", "terblokr", "nlu_fallback", "locked"),
        ("login", "login_mailbox", "ya", "affirm", "have"),
        ("login", "login_mailbox", "ga", "deny", "lost"),
        ("login", "login_mailbox", "udah gak aktif", "nlu_fallback", "lost"),
        ("data", "data_field", "tgl lahir", "inform", "birth_date"),
        ("data", "data_working", "sudah tidak bekerja", "nlu_fallback", "no"),
        ("face", "face_try1", "tetep gagal", "biometric_failed", "fails"),
        ("face", "face_try1", "tidak berhasil", "nlu_fallback", "fails"),
        ("face", "face_try1", "alhamdulillah berhasil", "praise", "worked"),
        ("no_phone", "no_phone_what", "bapak saya gaptek", "no_smartphone", "elderly"),
        ("app", "app_phone", "android 8", "compatibility", "old"),
        ("app", "app_phone", "android 13", "compatibility", "new"),
    ],
)
def test_an_answer_in_ones_own_words(tree: str, name: str, text: str, intent: str, key: str) -> None:
    assert answer_in(question(tree, name), text, intent, free=True) == key


@pytest.mark.parametrize("text", ["apakah klaim kena pajak kalau data saya salah?", "gimana cara cek nama bank"])
def test_a_question_about_something_else_is_no_answer(text: str) -> None:
    assert answer_in(question("data", "data_field"), text, "ask_tax", free=False) is None


def test_a_place_beyond_the_options_is_no_answer() -> None:
    assert answer_in(question("login", "login_mailbox"), "3", "inform", free=True) is None


@pytest.mark.parametrize(
    ("tree", "text", "place"),
    [
        ("login", "lupa password jmo min", "login_mailbox"),
        ("face", "foto wajah sudah 3x gagal", "face_locked"),
        ("registration", "otp tidak masuk", "registration_number"),
        ("card", "kartu lama saya tidak muncul", "card_added"),
        ("old_phone", "android 7 apa masih bisa", "old_phone_web"),
        ("login", "tidak bisa login", "login_what"),
    ],
)
def test_the_first_message_answers_what_it_says(tree: str, text: str, place: str) -> None:
    answers = opening_answers(TREES[tree], None, {}, text)
    assert reached(TREES[tree], None, answers).name == place


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("pengajuan klaim JHT Anda tidak dapat dilanjutkan pada aplikasi JMO", "claim_refused"),
        ("knp muncul kode 040 ya", "code_040"),
        ("kodr o40 apaan", "code_040"),
        ("040, 05", "code_040"),
        ("saldo tidak tersedia", "no_balance"),
        ("tidak ada saldo yang dapat dicairkan", "no_balance"),
        ("Tidak dapat terhubung ke server", "server"),
        ("pengkinian data tidak dapat terhubung ke server", "update_server"),
        ("Pastikan data diri sesuai dengan e-KTP", "data_differ"),
        ("pastikan nomor rekening Anda benar", "wrong_account"),
        ("Data kepesertaan tidak ditemukan", "member_not_found"),
        ("data kpj tdk ditemukn", "member_not_found"),
        ("JHTA006", "member_not_found"),
        ("jhta 004", "claim_under_way"),
        ("NIK sudah terdaftar", "nik_known"),
        ("nik udh terdaftr tapi email belum terdaftar", "nik_known"),
        ("Nomor KPJ tidak terdaftar", "member_not_found"),
        ("Terjadi kesalahan, silahkan coba beberapa saat lagi", "server"),
        ("Anda terlalu sering mengirim OTP", "too_many_codes"),
        ("akun masih aktif di perangkat lama", "old_device"),
        ("JMO terus berhenti", "stopped"),
    ],
)
def test_messages_of_jmo_are_recognised(text: str, name: str) -> None:
    found = error_message_in(text)
    assert found and found.name == name


@pytest.mark.parametrize("text", ["cek saldo saya", "gaji 5.040.000", "Rp40.000", "saya lahir 04-04-1990", "kartu"])
def test_other_texts_hold_no_message(text: str) -> None:
    assert error_message_in(text) is None


def test_every_message_leads_to_a_place_of_its_tree() -> None:
    for message in MESSAGES:
        tree = TREES[message.tree]
        for node, key in message.answers.items():
            asked = tree.nodes[node]
            assert isinstance(asked, Question) and asked.option(key), message.name
