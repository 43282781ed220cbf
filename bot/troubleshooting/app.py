"""The JMO app itself: it won't open, or an error shows."""

from bot.troubleshooting.options import tried_or_not
from bot.troubleshooting.trees import CaseNeed, End, Option, Outcome, Question, Switch, Tree

PROBLEMS = Tree(
    "problems",
    "problems_what",
    {
        "problems_what": Question(
            (
                Option("crash", "problems_crash", ("tidak bisa dibuka", "keluar sendiri", "berhenti", "crash")),
                Option("login", "problems_login", ("login", "sandi", "akun")),
                Option("card", "problems_card", ("kartu", "kpj", "card")),
                Option("data", "problems_data", ("pengkinian", "data")),
                Option("face", "problems_face", ("wajah", "foto", "biometrik", "face")),
                Option("otp", "problems_otp", ("otp", "kode", "daftar")),
                Option("no_phone", "problems_no_phone", ("tidak punya hp", "sinyal")),
            )
        ),
        "problems_crash": Switch("app", {"app_what": "crash"}),
        "problems_login": Switch("login", {}),
        "problems_card": Switch("card", {}),
        "problems_data": Switch("data", {}),
        "problems_face": Switch("face", {}),
        "problems_otp": Switch("registration", {}),
        "problems_no_phone": Switch("no_phone", {}),
    },
)

APP = Tree(
    "app",
    "app_what",
    {
        "app_what": Question(
            (
                Option(
                    "crash",
                    "app_crash_tried",
                    (
                        *(
                            "tidak bisa dibuka",
                            "tidak kebuka",
                            "keluar sendiri",
                            "menutup sendiri",
                            "nutup",
                            "berhenti",
                        ),
                        *("crash", "crashes", "crashing", "force close", "langsung keluar", "closes", "blank", "putih"),
                    ),
                ),
                Option(
                    "loading",
                    "app_loading_tried",
                    (
                        "loading",
                        "lemot",
                        "lambat",
                        "muter",
                        "server",
                        "koneksi",
                        "terhubung",
                        "terjadi kesalahan",
                        "slow",
                    ),
                ),
                Option(
                    "update",
                    "app_update",
                    ("update", "perbarui", "diperbarui", "download", "instal", "install", "unduh"),
                ),
            )
        ),
        "app_crash_tried": tried_or_not("app_crash", "app_phone"),
        "app_phone": Question(
            (
                Option(
                    "old",
                    "app_old",
                    (*(f"android {version}" for version in (5, 6, 7, 8, 9)), "lama", "jadul", "huawei"),
                ),
                Option(
                    "new",
                    "app_officer",
                    ("baru", "iphone", "ios", *(f"android {version}" for version in range(10, 17))),
                ),
            )
        ),
        "app_loading_tried": tried_or_not("app_loading", "app_officer"),
        "app_crash": End(Outcome.FIX, CaseNeed.APP_PROBLEM, ("balance",)),
        "app_old": Switch("old_phone", {"old_phone_version": "old"}),
        "app_loading": End(Outcome.FIX, CaseNeed.APP_PROBLEM, ("balance",)),
        "app_update": End(Outcome.FIX, CaseNeed.APP_PROBLEM, ("balance",)),
        "app_officer": End(Outcome.CASE, CaseNeed.APP_PROBLEM, ("balance",)),
    },
)
