"""Pengkinian data doesn't go through."""

from bot.troubleshooting.options import tried_or_not, yes_or_no
from bot.troubleshooting.record import data_cause
from bot.troubleshooting.trees import CaseNeed, Check, End, Option, Outcome, Question, Switch, Tree

DATA = Tree(
    "data",
    "data_record",
    {
        "data_record": Check(
            data_cause,
            {"hr": "data_hr", "branch": "data_branch", "done": "data_ready", "never": "data_what"},
            unseen="data_what",
        ),
        "data_what": Question(
            (
                Option(
                    "mismatch",
                    "data_field",
                    ("tidak sesuai", "berbeda", "beda", "salah", "tidak cocok", "dukcapil", "mismatch", "wrong"),
                ),
                Option("server", "data_server_tried", ("server", "koneksi", "loading", "terhubung", "jaringan")),
                Option("face", "data_face", ("wajah", "foto", "biometrik", "selfie", "muka", "face")),
                Option("address", "data_address", ("alamat", "kelurahan", "kecamatan", "desa", "address"), shown=False),
                Option("hours", "data_hours", ("jam layanan", "jam operasional", "tutup", "closed"), shown=False),
                Option("claiming", "data_claiming", ("masih proses klaim", "sedang klaim"), shown=False),
            )
        ),
        "data_field": Question(
            (
                Option("name", "data_working", ("nama", "ejaan", "name")),
                Option("nik", "data_working", ("nik", "ktp")),
                Option("birth_date", "data_working", ("tanggal lahir", "tgl lahir", "lahir", "birth")),
                Option("unknown", "data_working", ("tidak tahu", "tidak yakin", "unknown"), shown=False),
            )
        ),
        "data_working": yes_or_no(
            "data_hr",
            "data_branch",
            ("masih kerja", "masih bekerja", "aktif", "working"),
            ("resign", "berhenti", "keluar", "phk", "nonaktif", "tidak kerja", "tidak bekerja", "habis kontrak"),
        ),
        "data_server_tried": tried_or_not("data_server", "data_server_officer"),
        "data_hr": End(Outcome.CASE, CaseNeed.DATA_CORRECTION, forward="hr_message"),
        "data_branch": End(Outcome.CASE, CaseNeed.DATA_CORRECTION),
        "data_ready": End(Outcome.FIX, CaseNeed.APP_PROBLEM, ("claim",)),
        "data_server": End(Outcome.FIX, CaseNeed.APP_PROBLEM),
        "data_server_officer": End(Outcome.CASE, CaseNeed.APP_PROBLEM),
        "data_face": Switch("face", {}),
        "data_address": End(Outcome.FIX, CaseNeed.APP_PROBLEM),
        "data_hours": End(Outcome.FIX, CaseNeed.APP_PROBLEM),
        "data_claiming": End(Outcome.FIX, CaseNeed.APP_PROBLEM, ("claim_status",)),
    },
)
