"""Recognises the error messages of JMO by their words or code, and knows where each leads."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.troubleshooting.words import says


@dataclass(frozen=True)
class JmoMessage:
    """A message that JMO shows, and the place in a tree that it leads to."""

    name: str
    tree: str
    answers: Mapping[str, str] = field(default_factory=dict)
    codes: tuple[str, ...] = ()
    """Regular expressions that match only this code."""
    phrases: tuple[str, ...] = ()


MESSAGES = (
    JmoMessage("code_040", "code_040", {}, (r"(?<![\d.,])[0o]\s?4\s?[0o](?![\d.,]*\d)",)),
    JmoMessage("too_many_codes", "registration", {"registration_what": "often"}, (), ("terlalu sering mengirim otp",)),
    JmoMessage("old_device", "device", {}, (), ("akun masih aktif perangkat", "user masih aktif perangkat")),
    JmoMessage(
        "member_not_found",
        "registration",
        {"registration_what": "not_found"},
        (r"\bjhta\s?0*06\b",),
        ("data kepesertaan tidak ditemukan", "data kpj tidak ditemukan", "nomor kpj tidak terdaftar"),
    ),
    JmoMessage(
        "nik_known",
        "registration",
        {"registration_what": "known"},
        (),
        ("nik sudah terdaftar", "nik telah terdaftar", "email belum terdaftar"),
    ),
    JmoMessage(
        "claim_under_way",
        "data",
        {"data_what": "claiming"},
        (r"\bjhta\s?0*04\b",),
        ("pengkinian masih dalam proses klaim",),
    ),
    JmoMessage(
        "claim_refused",
        "claim",
        {"claim_message": "refused"},
        (),
        ("pengajuan klaim tidak dapat dilanjutkan", "klaim tidak dapat dilanjutkan jmo"),
    ),
    JmoMessage(
        "no_balance",
        "claim",
        {"claim_message": "no_balance"},
        (),
        ("saldo tidak tersedia", "tidak ada saldo dicairkan", "tidak ada saldo dapat dicairkan"),
    ),
    JmoMessage("wrong_account", "claim", {"claim_message": "account"}, (), ("pastikan nomor rekening",)),
    JmoMessage(
        "data_differ",
        "data",
        {"data_what": "mismatch"},
        (),
        ("pastikan data diri sesuai", "data tidak sesuai dukcapil"),
    ),
    JmoMessage(
        "update_server",
        "data",
        {"data_what": "server"},
        (),
        ("pengkinian tidak dapat terhubung server", "pengkinian gagal terhubung server"),
    ),
    JmoMessage(
        "server",
        "app",
        {"app_what": "loading"},
        (),
        ("tidak dapat terhubung server", "terjadi kesalahan silahkan coba", "terjadi kesalahan coba"),
    ),
    JmoMessage("stopped", "app", {"app_what": "crash"}, (), ("jmo terus berhenti",)),
)
"""The more particular before the more general."""


def error_message_in(text: str) -> JmoMessage | None:
    """The message of JMO that a text or a caption holds."""
    return next((message for message in MESSAGES if _is_in(message, text)), None)


def _is_in(message: JmoMessage, text: str) -> bool:
    coded = any(re.search(code, text, re.IGNORECASE) for code in message.codes)
    return coded or says(text, message.phrases)
