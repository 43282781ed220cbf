"""The face photo fails: advice, three tries, then an officer who resets."""

from bot.troubleshooting.options import worked_or_not
from bot.troubleshooting.record import face_cause
from bot.troubleshooting.trees import CaseNeed, Check, End, Option, Outcome, Question, Tree

FACE = Tree(
    "face",
    "face_record",
    {
        "face_record": Check(
            face_cause,
            {"locked": "face_locked", "0": "face_try1", "1": "face_try2", "2": "face_try3"},
            unseen="face_count",
        ),
        "face_count": Question(
            (
                Option("first", "face_try2", ("1 kali", "1x", "sekali", "pertama", "baru sekali", "once")),
                Option("second", "face_try3", ("2 kali", "2x", "dua kali", "twice")),
                Option(
                    "locked",
                    "face_locked",
                    ("3 kali", "3x", "tiga kali", "berkali", "terkunci", "diblokir", "terblokir", "blokir", "locked"),
                ),
            )
        ),
        "face_try1": worked_or_not("face_worked", "face_try2"),
        "face_try2": worked_or_not("face_worked", "face_try3"),
        "face_try3": worked_or_not("face_worked", "face_locked"),
        "face_worked": End(Outcome.FIX, buttons=("claim", "card")),
        "face_locked": End(Outcome.CASE, CaseNeed.BIOMETRIC_RESET),
    },
)
