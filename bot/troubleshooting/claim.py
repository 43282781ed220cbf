"""JMO doesn't take the claim."""

from bot.troubleshooting.options import tried_or_not
from bot.troubleshooting.record import claim_cause
from bot.troubleshooting.trees import CaseNeed, Check, End, Option, Outcome, Question, Switch, Tree

CLAIM = Tree(
    "claim",
    "claim_record",
    {
        "claim_record": Check(
            claim_cause,
            {
                "active": "claim_active",
                "never": "claim_update",
                "mismatch": "claim_mismatch",
                "above_limit": "claim_above_limit",
                "fine": "claim_message",
            },
            unseen="claim_message",
        ),
        "claim_message": Question(
            (
                Option("code040", "claim_code", ("040", "o40", "kode 040", "kode 40", "0 40")),
                Option("refused", "claim_why", ("tidak dapat dilanjutkan", "ditolak", "tolak", "rejected")),
                Option("no_balance", "claim_no_balance", ("saldo tidak tersedia", "tidak ada saldo", "saldo kosong")),
                Option("account", "claim_account", ("rekening", "account"), shown=False),
                Option("server", "claim_tried", ("server", "loading", "koneksi", "terjadi kesalahan"), shown=False),
            )
        ),
        "claim_tried": tried_or_not("claim_server", "claim_officer"),
        "claim_why": Question(
            (
                Option("active", "claim_active", ("aktif", "masih kerja", "masih bekerja")),
                Option("data", "claim_data", ("pengkinian", "data", "ktp")),
                Option(
                    "unknown",
                    "claim_check",
                    ("tidak tahu", "tidak jelas", "tidak dapat dilanjutkan", "ditolak", "unknown"),
                ),
            )
        ),
        "claim_code": End(Outcome.FIX, CaseNeed.APP_PROBLEM, ("claim_conditions",)),
        "claim_active": End(Outcome.FIX, CaseNeed.APP_PROBLEM, ("claim_conditions",)),
        "claim_update": End(Outcome.FIX, CaseNeed.APP_PROBLEM, ("problem_data",)),
        "claim_mismatch": Switch("data", {}),
        "claim_data": Switch("data", {"data_what": "mismatch"}),
        "claim_above_limit": End(Outcome.FIX, CaseNeed.APP_PROBLEM, ("claim",)),
        "claim_check": End(Outcome.CASE, CaseNeed.APP_PROBLEM, ("claim_conditions",)),
        "claim_no_balance": End(Outcome.CASE, CaseNeed.APP_PROBLEM, ("balance",)),
        "claim_account": End(Outcome.FIX, CaseNeed.APP_PROBLEM),
        "claim_server": End(Outcome.FIX, CaseNeed.APP_PROBLEM),
        "claim_officer": End(Outcome.CASE, CaseNeed.APP_PROBLEM),
    },
)

CODE_040 = Tree("code_040", "claim_code", {"claim_code": CLAIM.nodes["claim_code"]})
"""Asked about by its number, the code is explained whatever the record shows."""
