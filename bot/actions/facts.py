"""The numbers of the day for texts: read from the dated tables, never typed into a text."""

from datetime import date
from functools import lru_cache
from typing import Any

from bot.benefits import jht_rules, pension_rules, programme_rules, rates, tax
from bot.formatting import long_date, percent, rupiah
from bot.texts import say


@lru_cache(maxsize=16)
def facts(day: date, language: str) -> dict[str, Any]:
    """What topic texts may mention, by placeholder."""
    jht, jp, jkk = rates.JHT_PU.on(day).value, rates.JP.on(day).value, rates.JKK_PU.on(day).value
    ceiling = pension_rules.JP_CEILING.on(day)
    final = tax.FINAL_TARIFF.on(day).value
    hours = jht_rules.JMO_CLAIM_HOURS.on(day).value
    latest_return = list(jht_rules.ANNUAL_RETURNS)[-1]

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
        **_programmes(day, language),
        "tax_free": rupiah(final.free_up_to),
        "tax_percent": number(final.percent_above),
    }


def number(value: Any) -> str:
    """A percentage without its sign."""
    return percent(value).removesuffix("%")


def _programmes(day: date, language: str) -> dict[str, Any]:
    jkp, jkm = programme_rules.JKP_BENEFIT.on(day).value, programme_rules.JKM_BENEFIT.on(day).value
    pmi, pmi_jht = rates.JKK_JKM_PMI.on(day).value, rates.JHT_PMI_CHOICES.on(day).value
    return {
        "jp_years": programme_rules.JP_YEARS_FOR_MONTHLY_PAY.on(day).value,
        "jkp_percent": jkp.percent_of_wage,
        "jkp_cap": rupiah(jkp.wage_cap),
        "jkp_months": jkp.months,
        "jkp_membership": jkp.membership_months,
        "jkp_within": jkp.within_months,
        "jkp_claim_within": jkp.claim_within_months,
        "jkm_benefit": rupiah(jkm.total),
        "jkm_scholarship_years": jkm.scholarship_after_years,
        "jkk_bpu": number(rates.JKK_BPU.on(day).value),
        "jkm_bpu": rupiah(rates.JKM_BPU.on(day).value),
        "bpu_base": rupiah(rates.JHT_BPU_LOWEST_BASE.on(day).value),
        "bpu_discount": _bpu_discount(day, language),
        "pmi_before": rupiah(pmi.before_work),
        "pmi_longest": max(pmi.during_and_after),
        "pmi_longest_fee": rupiah(pmi.during_and_after[max(pmi.during_and_after)]),
        "pmi_jht_lowest": rupiah(min(pmi_jht)),
        "pmi_jht_highest": rupiah(max(pmi_jht)),
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
