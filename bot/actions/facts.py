"""The numbers of the day for texts: read from the dated tables, never typed into a text."""

from datetime import date
from functools import lru_cache
from typing import Any

from bot.benefits import jht_rules, pension_rules, rates, tax
from bot.formatting import long_date, percent, rupiah


@lru_cache(maxsize=16)
def facts(day: date, language: str) -> dict[str, Any]:
    """What topic texts may mention, by placeholder."""
    jht, jp, jkk = rates.JHT_PU.on(day).value, rates.JP.on(day).value, rates.JKK_PU.on(day).value
    ceiling = pension_rules.JP_CEILING.on(day)
    final = tax.FINAL_TARIFF.on(day).value
    hours = jht_rules.JMO_CLAIM_HOURS.on(day).value
    latest_return = list(jht_rules.ANNUAL_RETURNS)[-1]

    def number(value: Any) -> str:
        return percent(value).removesuffix("%")

    return {
        "today": long_date(day, language),
        "jht_total": number(jht.total),
        "jht_employer": number(jht.employer),
        "jht_worker": number(jht.worker),
        "jp_total": number(jp.total),
        "jp_employer": number(jp.employer),
        "jp_worker": number(jp.worker),
        "jp_ceiling": rupiah(ceiling.value),
        "jp_ceiling_since": long_date(ceiling.valid_from, language),
        "jp_age": pension_rules.JP_AGE.on(day).value,
        "jht_age": jht_rules.JHT_AGE.on(day).value,
        "jht_bpu": number(rates.JHT_BPU.on(day).value.total),
        "jkk_lowest": number(min(jkk)),
        "jkk_highest": number(max(jkk)),
        "jkm": number(rates.JKM_PU.on(day).value),
        "jmo_limit": rupiah(jht_rules.JMO_BALANCE_LIMIT.on(day).value),
        "jmo_hours": f"{hours.opens:%H.%M}–{hours.closes:%H.%M}",
        "waiting_months": jht_rules.WAITING_MONTHS.on(day).value,
        "partial_years": jht_rules.PARTIAL_CLAIM.on(day).value.years_of_membership,
        "return_year": latest_return.year,
        "return_rate": number(latest_return.value.conventional),
        "tax_free": rupiah(final.free_up_to),
        "tax_percent": number(final.percent_above),
    }
