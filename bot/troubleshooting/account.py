"""The JMO account: logging in, registering, an old phone."""

from bot.troubleshooting.options import tried_or_not, yes_or_no
from bot.troubleshooting.record import is_in_app
from bot.troubleshooting.trees import CaseNeed, Check, End, Option, Outcome, Question, Switch, Tree

_HAVE = ("masih", "ada", "bisa", "aktif")
_LOST = ("hilang", "mati", "hangus", "dijual", "rusak", "ganti nomor", "tidak aktif", "tidak ada", "tidak bisa", "lost")


def _still_have(have: str, lost: str) -> Question:
    """The lost one first: "sudah tidak aktif" says "aktif" too."""
    return Question((Option("have", have, _HAVE), Option("lost", lost, _LOST)))


LOGIN = Tree(
    "login",
    "login_record",
    {
        "login_record": Check(is_in_app, {"yes": "login_what", "no": "login_no_account"}, unseen="login_what"),
        "login_what": Question(
            (
                Option("dead", "login_tried", ("tombol", "tidak merespon", "dipencet", "diklik", "button")),
                Option(
                    "password",
                    "login_mailbox",
                    ("lupa sandi", "sandi salah", "reset sandi", "ganti sandi", "lupa kata"),
                ),
                Option(
                    "email",
                    "login_number",
                    ("lupa email", "lupa email sandi", "lupa akun", "email hilang", "email tidak aktif"),
                ),
                Option(
                    "locked",
                    "login_wait",
                    (
                        "3 kali",
                        "3x",
                        "tiga kali",
                        "salah sandi 3 kali",
                        "terkunci",
                        "terblokir",
                        "diblokir",
                        "blokir",
                        "2 jam",
                        "blocked",
                    ),
                ),
                Option("device", "login_device", ("perangkat", "device", "hp lama"), shown=False),
            )
        ),
        "login_tried": tried_or_not("login_button", "login_officer"),
        "login_mailbox": _still_have("login_password", "login_number"),
        "login_number": _still_have("login_account", "login_branch"),
        "login_no_account": End(Outcome.FIX, CaseNeed.APP_PROBLEM, ("problem_otp",)),
        "login_button": End(Outcome.FIX, CaseNeed.APP_PROBLEM),
        "login_officer": End(Outcome.CASE, CaseNeed.APP_PROBLEM, ("balance",)),
        "login_password": End(Outcome.FIX, CaseNeed.APP_PROBLEM),
        "login_account": End(Outcome.FIX, CaseNeed.APP_PROBLEM),
        "login_wait": End(Outcome.FIX, CaseNeed.APP_PROBLEM, ("balance",)),
        "login_branch": End(Outcome.VISIT, buttons=("plan_visit", "balance")),
        "login_device": Switch("device", {}),
    },
)

DEVICE = Tree(
    "device",
    "device_phone",
    {
        "device_phone": _still_have("device_leave", "device_officer"),
        "device_leave": End(Outcome.FIX, CaseNeed.APP_PROBLEM),
        "device_officer": End(Outcome.CASE, CaseNeed.APP_PROBLEM, ("balance",)),
    },
)

REGISTRATION = Tree(
    "registration",
    "registration_what",
    {
        "registration_what": Question(
            (
                Option("code", "registration_number", ("otp", "kode verifikasi", "kode tidak", "sms", "code")),
                Option(
                    "known", "registration_old", ("nik sudah terdaftar", "sudah terdaftar", "email sudah", "registered")
                ),
                Option(
                    "not_found",
                    "registration_new",
                    ("tidak ditemukan", "tidak terdaftar", "belum terdaftar", "tidak dikenali", "not found"),
                ),
                Option("often", "registration_wait", ("terlalu sering", "too often", "too many"), shown=False),
                Option("how", "registration_how", ("cara daftar", "cara buat akun", "how to register"), shown=False),
            )
        ),
        "registration_number": _still_have("registration_code", "registration_change_number"),
        "registration_old": _still_have("login_account", "login_branch"),
        "registration_new": yes_or_no("registration_days", "registration_check", ("baru",), ("lama", "tahun")),
        "registration_code": End(Outcome.FIX, CaseNeed.APP_PROBLEM),
        "registration_change_number": End(Outcome.VISIT, buttons=("plan_visit",)),
        "login_account": End(Outcome.FIX, CaseNeed.APP_PROBLEM),
        "login_branch": End(Outcome.VISIT, buttons=("plan_visit", "balance")),
        "registration_days": End(Outcome.FIX),
        "registration_check": End(Outcome.FIX, CaseNeed.CARD_CHECK, ("card",)),
        "registration_wait": End(Outcome.FIX, CaseNeed.APP_PROBLEM),
        "registration_how": End(Outcome.FIX, CaseNeed.APP_PROBLEM),
    },
)
