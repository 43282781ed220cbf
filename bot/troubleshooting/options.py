"""The answers that many questions share."""

from bot.troubleshooting.trees import Option, Question

AFFIRMED = frozenset({"yes", "worked", "tried", "have"})
"""Options that a plain "ya" chooses."""
DENIED = frozenset({"no", "fails", "not_tried", "lost"})
"""Options that a plain "tidak" chooses."""


def yes_or_no(yes: str, no: str, yes_words: tuple[str, ...] = (), no_words: tuple[str, ...] = ()) -> Question:
    return Question((Option("yes", yes, yes_words), Option("no", no, no_words)))


def tried_or_not(not_tried: str, tried: str) -> Question:
    """Whether the advice was followed already."""
    return Question(
        (
            Option("not_tried", not_tried, ("belum",)),
            Option("tried", tried, ("sudah", "tetap", "masih", "already")),
        )
    )


def worked_or_not(worked: str, fails: str) -> Question:
    """Whether it works now."""
    return Question(
        (
            Option("worked", worked, ("berhasil", "bisa lolos", "sudah bisa", "worked", "works")),
            Option(
                "fails", fails, ("gagal", "tidak bisa", "tidak berhasil", "belum", "masih", "tetap", "fails", "failed")
            ),
        )
    )
