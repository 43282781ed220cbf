"""The numbers of the day for texts: read from the dated tables, never typed into a text."""

from datetime import date
from functools import lru_cache
from typing import Any

from bot.benefits import rates
from bot.faq.figures import figures, number
from bot.formatting import long_date, rupiah
from bot.texts import say

_SHARED = """
jht_total jht_employer jht_worker jp_total jp_employer jp_worker jp_ceiling jp_ceiling_since jp_age jht_age
jht_bpu jkk_lowest jkk_highest jkm jmo_limit jmo_hours waiting_months partial_years return_year return_rate
tax_free tax_percent jp_years jkp_percent jkp_cap jkp_months jkp_membership jkp_within jkp_claim_within
jkm_benefit jkm_scholarship_years jkk_bpu jkm_bpu bpu_base pmi_before claim_days card_days
""".split()
"""What these texts mention as the knowledge does."""


@lru_cache(maxsize=16)
def facts(day: date, language: str) -> dict[str, Any]:
    """What topic texts may mention, by placeholder."""
    known = figures(day, language)
    return {
        **{name: known[name] for name in _SHARED},
        "today": long_date(day, language),
        "bpu_discount": _bpu_discount(day, language),
        **_of_migrants(day),
    }


def _of_migrants(day: date) -> dict[str, Any]:
    fees, choices = rates.JKK_JKM_PMI.on(day).value, rates.JHT_PMI_CHOICES.on(day).value
    longest = max(fees.during_and_after)
    return {
        "pmi_longest": longest,
        "pmi_longest_fee": rupiah(fees.during_and_after[longest]),
        "pmi_jht_lowest": rupiah(min(choices)),
        "pmi_jht_highest": rupiah(max(choices)),
    }


def _bpu_discount(day: date, language: str) -> str:
    """The discounts that hold on that day, each with its last day; nothing when there is none."""
    tables = {"transport": rates.BPU_TRANSPORT_DISCOUNT, "others": rates.BPU_DISCOUNT}
    running = {who: table for who, table in tables.items() if table.on(day).value}
    return "".join(
        "\n"
        + say(
            f"topics.bpu_discount_{who}",
            language,
            percent=number(table.on(day).value),
            until=long_date(table.ends(day) or day, language),
        )
        for who, table in running.items()
    )
