"""No smartphone, no network, or somebody who can't use either; a phone that is too old for JMO."""

from bot.troubleshooting.options import yes_or_no
from bot.troubleshooting.trees import CaseNeed, End, Option, Outcome, Question, Switch, Tree

NO_PHONE = Tree(
    "no_phone",
    "no_phone_what",
    {
        "no_phone_what": Question(
            (
                Option(
                    "phone",
                    "no_phone_relative",
                    ("tidak punya hp", "tidak ada hp", "tidak pegang hp", "hp biasa", "hp jadul", "nokia", "polos"),
                ),
                Option(
                    "network",
                    "no_phone_network",
                    ("sinyal", "jaringan", "internet", "kuota", "wifi", "signal", "network"),
                ),
                Option(
                    "elderly",
                    "no_phone_elderly",
                    ("orang tua", "bapak", "ibu", "ayah", "nenek", "kakek", "gaptek", "lansia", "parent", "mother"),
                ),
                Option("old", "no_phone_old", ("android", "tidak kompatibel", "ram", "versi"), shown=False),
            )
        ),
        "no_phone_relative": yes_or_no(
            "no_phone_borrow",
            "no_phone_branch",
            ("ada", "keluarga", "anak", "suami", "istri", "punya"),
            ("tidak ada", "tidak punya", "sendiri", "sendirian"),
        ),
        "no_phone_borrow": End(Outcome.FIX, buttons=("balance", "claim")),
        "no_phone_branch": End(Outcome.VISIT, buttons=("plan_visit", "balance")),
        "no_phone_network": End(
            Outcome.VISIT,
            buttons=(
                "light_on",
                "plan_visit",
            ),
        ),
        "no_phone_elderly": End(
            Outcome.VISIT,
            buttons=(
                "plan_visit",
                "light_on",
            ),
        ),
        "no_phone_old": Switch("old_phone", {}),
    },
)

OLD_PHONE = Tree(
    "old_phone",
    "old_phone_version",
    {
        "old_phone_version": Question(
            (
                Option(
                    "old",
                    "old_phone_web",
                    (
                        *(f"android {version}" for version in (5, 6, 7, 8, 9)),
                        *("jadul", "hp lama", "hp lawas", "huawei", "iphone lama", "lollipop", "ram kecil", "too old"),
                        *("tidak kompatibel", "tidak mendukung", "tidak didukung", "tidak support"),
                    ),
                ),
                Option(
                    "new", "old_phone_update", (*(f"android {version}" for version in range(10, 17)), "iphone", "ios")
                ),
                Option("unknown", "old_phone_web", ("tidak tahu", "unknown")),
                Option("full", "old_phone_full", ("memori penuh", "penyimpanan penuh", "storage"), shown=False),
            )
        ),
        "old_phone_web": End(Outcome.FIX, CaseNeed.APP_PROBLEM, ("balance",)),
        "old_phone_full": End(Outcome.FIX, CaseNeed.APP_PROBLEM, ("balance",)),
        "old_phone_update": Switch("app", {"app_what": "crash"}),
    },
)
