"""The digital card doesn't show; cards that are to be added or merged."""

from bot.troubleshooting.options import tried_or_not, yes_or_no
from bot.troubleshooting.record import card_cause, has_hidden_card
from bot.troubleshooting.trees import CaseNeed, Check, End, Option, Outcome, Question, Tree

CARD = Tree(
    "card",
    "card_record",
    {
        "card_record": Check(
            card_cause,
            {
                "unlinked": "card_unlinked",
                "mismatch": "card_mismatch",
                "not_posted": "card_not_posted",
                "old": "card_old",
                "fine": "card_fine",
            },
            unseen="card_which",
        ),
        "card_which": Question(
            (
                Option("all", "card_new", ("kosong", "tidak ada sama sekali", "belum dapat", "belum terbit", "none")),
                Option(
                    "some",
                    "card_added",
                    (
                        "kartu lama",
                        "lama hilang",
                        "sebagian",
                        "cuma satu",
                        "hanya satu",
                        "cuma muncul",
                        "cuma tampil",
                        "tidak lengkap",
                        "some",
                    ),
                ),
                Option("loading", "card_network", ("loading", "blank", "putih", "memuat", "dimuat", "eror", "sinyal")),
                Option(
                    "print",
                    "card_print",
                    (
                        "cetak",
                        "print",
                        "kartu fisik",
                        "kartu plastik",
                        "patah",
                        "kecopetan",
                        "rusak",
                        "download",
                        "pdf",
                    ),
                    shown=False,
                ),
            )
        ),
        "card_new": yes_or_no("card_wait", "card_added", ("baru", "minggu lalu", "bulan ini"), ("lama", "tahun")),
        "card_added": yes_or_no(
            "card_officer", "card_add", ("sudah", "tetap", "gagal"), ("belum", "belum pernah", "tidak tahu")
        ),
        "card_fine": tried_or_not("card_network", "card_officer"),
        "card_unlinked": End(Outcome.FIX, CaseNeed.CARD_CHECK, card=True),
        "card_mismatch": End(Outcome.FIX, CaseNeed.CARD_CHECK, ("problem_data",)),
        "card_not_posted": End(Outcome.FIX, CaseNeed.CARD_CHECK, ("contributions",)),
        "card_old": End(Outcome.FIX, CaseNeed.CARD_CHECK, card=True),
        "card_network": End(Outcome.FIX, CaseNeed.CARD_CHECK, ("card",), card=True),
        "card_print": End(Outcome.FIX, CaseNeed.CARD_CHECK, ("card",), card=True),
        "card_wait": End(Outcome.FIX, CaseNeed.CARD_CHECK),
        "card_add": End(Outcome.FIX, CaseNeed.CARD_CHECK),
        "card_officer": End(Outcome.CASE, CaseNeed.CARD_CHECK, card=True),
    },
)

MERGE = Tree(
    "merge",
    "merge_record",
    {
        "merge_record": Check(has_hidden_card, {"yes": "merge_hidden", "no": "merge_what"}, unseen="merge_what"),
        "merge_what": Question(
            (
                Option("add", "merge_add_tried", ("tambah kpj", "tambah kartu", "nambah", "hubungkan", "link", "add")),
                Option(
                    "merge", "merge_tried", ("gabung", "gabungkan", "menggabungkan", "amalgamasi", "satukan", "merge")
                ),
                Option("forgot", "merge_forgot", ("lupa", "tidak tahu", "dibintangi", "disamarkan", "cari nomor")),
                Option(
                    "foreign", "merge_foreign", ("orang lain", "bukan punya saya", "kpj asing", "not mine"), shown=False
                ),
            )
        ),
        "merge_add_tried": tried_or_not("card_add", "card_officer"),
        "merge_tried": tried_or_not("merge_how", "card_officer"),
        "merge_hidden": End(Outcome.FIX, CaseNeed.CARD_CHECK, card=True),
        "card_add": End(Outcome.FIX, CaseNeed.CARD_CHECK),
        "merge_how": End(Outcome.FIX, CaseNeed.CARD_CHECK),
        "merge_forgot": End(Outcome.FIX, CaseNeed.CARD_CHECK, ("card",)),
        "merge_foreign": End(Outcome.CASE, CaseNeed.CARD_CHECK),
        "card_officer": End(Outcome.CASE, CaseNeed.CARD_CHECK, card=True),
    },
)
