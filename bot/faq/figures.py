"""The numbers and dates that answers mention: read from the dated tables, never typed into an answer."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from string import Formatter
from typing import Any

from bot.benefits import jht_rules, participation_rules, pension_rules, programme_rules, rates, tax
from bot.benefits.tables import DatedTable, YearlyTable
from bot.formatting import long_date, month_name, percent, rupiah

Show = Callable[[Any, str], object]
"""How a value reads in a language."""


@dataclass(frozen=True)
class Figure:
    """One number of an answer: the table it comes from, and how it is written."""

    table: DatedTable[Any] | YearlyTable[Any]
    show: Show
    of_row: Callable[[Any, date], Any] = lambda table, day: table.on(day).value


def number(value: Any) -> str:
    """A percentage without its sign."""
    return percent(value).removesuffix("%")


def _plain(value: Any, _: str) -> object:
    return value


def _rupiah(part: Callable[[Any], int] = lambda value: value) -> Show:
    return lambda value, _: rupiah(part(value))


def _percent(part: Callable[[Any], Any] = lambda value: value) -> Show:
    return lambda value, _: number(part(value))


def _part(part: Callable[[Any], object]) -> Show:
    return lambda value, _: part(value)


def _since(table: DatedTable[Any]) -> Figure:
    """The first day of the rule of the day."""
    return Figure(table, long_date, lambda table, day: table.on(day).valid_from)


def _month_since(table: DatedTable[Any]) -> Figure:
    show: Show = lambda day, language: f"{month_name(day.month, language)} {day.year}"  # noqa: E731
    return Figure(table, show, lambda table, day: table.on(day).valid_from)


def _until(table: DatedTable[Any]) -> Figure:
    """The last day of the rule of the day; the day itself while no end is known."""
    return Figure(table, long_date, lambda table, day: table.ends(day) or day)


def _before(table: DatedTable[Any], show: Show) -> Figure:
    """The value that the rule of the day replaced; its own where it is the first."""
    return Figure(
        table, show, lambda table, day: ([table.first, *(row for row in table if row.valid_from <= day)][-2]).value
    )


def _hours(value: jht_rules.ServiceHours, _: str) -> str:
    return f"{value.opens:%H.%M}–{value.closes:%H.%M}"


def _list_of_rupiah(value: tuple[int, ...], language: str) -> str:
    joiner = " or " if language == "en" else " atau "
    return ", ".join(map(rupiah, value[:-1])) + joiner + rupiah(value[-1])


def _list_of(value: tuple[int, ...], language: str) -> str:
    return ", ".join(map(str, value[:-1])) + (" or " if language == "en" else " atau ") + str(value[-1])


def _brackets(tariff: tax.ProgressiveTariff, _: str) -> str:
    return f"{number(tariff.brackets[0].percent)}–{number(tariff.brackets[-1].percent)}"


def _last_return(table: YearlyTable[jht_rules.AnnualReturn], day: date) -> Any:
    """The newest return known on that day of which both kinds were published."""
    return [figure for figure in table if figure.year < day.year and figure.value.syariah is not None][-1]


FIGURES: dict[str, Figure] = {
    "jht_total": Figure(rates.JHT_PU, _percent(lambda rate: rate.total)),
    "jht_employer": Figure(rates.JHT_PU, _percent(lambda rate: rate.employer)),
    "jht_worker": Figure(rates.JHT_PU, _percent(lambda rate: rate.worker)),
    "jht_bpu": Figure(rates.JHT_BPU, _percent(lambda rate: rate.total)),
    "return_year": Figure(jht_rules.ANNUAL_RETURNS, _part(lambda figure: figure.year), _last_return),
    "return_rate": Figure(jht_rules.ANNUAL_RETURNS, _percent(lambda figure: figure.value.conventional), _last_return),
    "return_syariah": Figure(jht_rules.ANNUAL_RETURNS, _percent(lambda figure: figure.value.syariah), _last_return),
    "jht_age": Figure(jht_rules.JHT_AGE, _plain),
    "jmo_limit": Figure(jht_rules.JMO_BALANCE_LIMIT, _rupiah()),
    "jmo_limit_since": _month_since(jht_rules.JMO_BALANCE_LIMIT),
    "jmo_limit_before": _before(jht_rules.JMO_BALANCE_LIMIT, _rupiah()),
    "jmo_hours": Figure(jht_rules.JMO_CLAIM_HOURS, _hours),
    "old_cards_since": _month_since(jht_rules.JMO_OLD_CARDS),
    "old_cards_year": Figure(jht_rules.JMO_OLD_CARDS, _part(lambda day: day.year)),
    "waiting_months": Figure(jht_rules.WAITING_MONTHS, _plain),
    "claim_days": Figure(jht_rules.CLAIM_WORKING_DAYS, _plain),
    "small_claim_days": Figure(jht_rules.SMALL_CLAIM_WORKING_DAYS, _plain),
    "partial_years": Figure(jht_rules.PARTIAL_CLAIM, _part(lambda rule: rule.years_of_membership)),
    "partial_small": Figure(jht_rules.PARTIAL_CLAIM, _part(lambda rule: rule.retirement_preparation_percent)),
    "partial_home": Figure(jht_rules.PARTIAL_CLAIM, _part(lambda rule: rule.home_purchase_percent)),
    "tax_free": Figure(tax.FINAL_TARIFF, _rupiah(lambda tariff: tariff.free_up_to)),
    "tax_percent": Figure(tax.FINAL_TARIFF, _percent(lambda tariff: tariff.percent_above)),
    "tax_months": Figure(tax.FINAL_TARIFF_MONTHS, _plain),
    "tax_brackets": Figure(tax.PROGRESSIVE_TARIFF, _brackets),
    "jp_total": Figure(rates.JP, _percent(lambda rate: rate.total)),
    "jp_employer": Figure(rates.JP, _percent(lambda rate: rate.employer)),
    "jp_worker": Figure(rates.JP, _percent(lambda rate: rate.worker)),
    "jp_ceiling": Figure(pension_rules.JP_CEILING, _rupiah()),
    "jp_ceiling_since": _since(pension_rules.JP_CEILING),
    "jp_age": Figure(pension_rules.JP_AGE, _plain),
    "jp_age_next": Figure(pension_rules.JP_AGE, _plain, lambda table, day: (_next_row(table, day)).value),
    "jp_age_next_year": Figure(
        pension_rules.JP_AGE, _plain, lambda table, day: (_next_row(table, day)).valid_from.year
    ),
    "jp_age_highest": Figure(pension_rules.JP_AGE, _plain, lambda table, day: table.latest.value),
    "jp_age_highest_year": Figure(pension_rules.JP_AGE, _plain, lambda table, day: table.latest.valid_from.year),
    "jp_years": Figure(programme_rules.JP_YEARS_FOR_MONTHLY_PAY, _plain),
    "jp_widow_share": Figure(participation_rules.JP_FAMILY, _part(lambda rule: rule.widow_percent)),
    "jp_child_share": Figure(participation_rules.JP_FAMILY, _part(lambda rule: rule.child_percent)),
    "jp_parent_share": Figure(participation_rules.JP_FAMILY, _part(lambda rule: rule.parent_percent)),
    "jp_children": Figure(participation_rules.JP_FAMILY, _part(lambda rule: rule.children)),
    "jp_child_age": Figure(participation_rules.JP_FAMILY, _part(lambda rule: rule.child_up_to_age)),
    "jp_join_months": Figure(participation_rules.JP_JOIN_MONTHS, _plain),
    "jp_accrual": Figure(participation_rules.JP_ACCRUAL, _percent()),
    "jp_claim_days": Figure(participation_rules.JP_CLAIM_DAYS, _plain),
    "jp_confirm_months": Figure(participation_rules.JP_CONFIRM_MONTHS, _plain),
    "jp_defer_years": Figure(participation_rules.JP_DEFER_YEARS, _plain),
    "jkk_lowest": Figure(rates.JKK_PU, _percent(min)),
    "jkk_highest": Figure(rates.JKK_PU, _percent(max)),
    "jkk_bpu": Figure(rates.JKK_BPU, _percent()),
    "jkm": Figure(rates.JKM_PU, _percent()),
    "jkm_bpu": Figure(rates.JKM_BPU, _rupiah()),
    "jkm_benefit": Figure(programme_rules.JKM_BENEFIT, _rupiah(lambda benefit: benefit.total)),
    "jkm_compensation": Figure(programme_rules.JKM_BENEFIT, _rupiah(lambda benefit: benefit.compensation)),
    "jkm_monthly": Figure(
        programme_rules.JKM_BENEFIT, _rupiah(lambda benefit: benefit.monthly * benefit.monthly_times)
    ),
    "jkm_burial": Figure(programme_rules.JKM_BENEFIT, _rupiah(lambda benefit: benefit.burial)),
    "jkm_scholarship_years": Figure(programme_rules.JKM_BENEFIT, _part(lambda rule: rule.scholarship_after_years)),
    "jkm_claim_days": Figure(participation_rules.JKM_CLAIM_DAYS, _plain),
    "jkp_rate": Figure(rates.JKP, _percent(lambda rate: rate.total)),
    "jkp_government": Figure(rates.JKP, _percent(lambda rate: rate.government)),
    "jkp_out_of_jkk": Figure(rates.JKP, _percent(lambda rate: rate.out_of_jkk)),
    "jkp_percent": Figure(programme_rules.JKP_BENEFIT, _part(lambda rule: rule.percent_of_wage)),
    "jkp_cap": Figure(programme_rules.JKP_BENEFIT, _rupiah(lambda rule: rule.wage_cap)),
    "jkp_months": Figure(programme_rules.JKP_BENEFIT, _part(lambda rule: rule.months)),
    "jkp_membership": Figure(programme_rules.JKP_BENEFIT, _part(lambda rule: rule.membership_months)),
    "jkp_within": Figure(programme_rules.JKP_BENEFIT, _part(lambda rule: rule.within_months)),
    "jkp_claim_within": Figure(programme_rules.JKP_BENEFIT, _part(lambda rule: rule.claim_within_months)),
    "jkp_times": Figure(participation_rules.JKP_PRACTICE, _part(lambda rule: rule.times)),
    "jkp_report_days": Figure(participation_rules.JKP_PRACTICE, _part(lambda rule: rule.report_work_within_days)),
    "jkp_applications": Figure(participation_rules.JKP_PRACTICE, _part(lambda rule: rule.applications)),
    "jkp_paid_days": Figure(participation_rules.JKP_PRACTICE, _part(lambda rule: rule.paid_within_working_days)),
    "bpu_base": Figure(rates.JHT_BPU_LOWEST_BASE, _rupiah()),
    "bpu_age": Figure(participation_rules.BPU, _part(lambda rule: rule.below_age)),
    "bpu_jobs": Figure(participation_rules.BPU, _part(lambda rule: rule.jobs)),
    "bpu_arrears": Figure(participation_rules.BPU, _part(lambda rule: rule.arrears_months)),
    "bpu_prepay": Figure(participation_rules.BPU, lambda rule, language: _list_of(rule.prepaid_months, language)),
    "bpu_discount": Figure(rates.BPU_DISCOUNT, _percent()),
    "bpu_discount_until": _until(rates.BPU_DISCOUNT),
    "bpu_transport_discount": Figure(rates.BPU_TRANSPORT_DISCOUNT, _percent()),
    "bpu_transport_discount_until": _until(rates.BPU_TRANSPORT_DISCOUNT),
    "pmi_before": Figure(rates.JKK_JKM_PMI, _rupiah(lambda fees: fees.before_work)),
    "pmi_6": Figure(rates.JKK_JKM_PMI, _rupiah(lambda fees: fees.during_and_after[6])),
    "pmi_12": Figure(rates.JKK_JKM_PMI, _rupiah(lambda fees: fees.during_and_after[12])),
    "pmi_24": Figure(rates.JKK_JKM_PMI, _rupiah(lambda fees: fees.during_and_after[24])),
    "pmi_contracts": Figure(
        rates.JKK_JKM_PMI, lambda fees, language: _list_of(tuple(sorted(fees.during_and_after)), language)
    ),
    "pmi_extension": Figure(rates.JKK_JKM_PMI, _rupiah(lambda fees: fees.extension_per_month)),
    "pmi_jht": Figure(rates.JHT_PMI_CHOICES, _list_of_rupiah),
    "pmi_accident_death": Figure(participation_rules.PMI, _rupiah(lambda rule: rule.accident_death)),
    "pmi_no_departure": Figure(participation_rules.PMI, _rupiah(lambda rule: rule.no_departure)),
    "pmi_no_placement": Figure(participation_rules.PMI, _rupiah(lambda rule: rule.no_placement)),
    "pmi_rape": Figure(participation_rules.PMI, _rupiah(lambda rule: rule.rape)),
    "pmi_claim_years": Figure(participation_rules.PMI, _part(lambda rule: rule.claim_within_years)),
    "pmi_before_months": Figure(participation_rules.PMI, _part(lambda rule: rule.months_before_work)),
    "pmi_after_months": Figure(participation_rules.PMI, _part(lambda rule: rule.months_after_work)),
    "due_day": Figure(participation_rules.CONTRIBUTIONS, _part(lambda rule: rule.due_day)),
    "late_fine": Figure(participation_rules.CONTRIBUTIONS, _percent(lambda rule: rule.late_percent_a_month)),
    "days_a_month": Figure(participation_rules.CONTRIBUTIONS, _part(lambda rule: rule.daily_wages_a_month)),
    "piece_months": Figure(participation_rules.CONTRIBUTIONS, _part(lambda rule: rule.piecework_mean_of_months)),
    "foreigner_months": Figure(participation_rules.CONTRIBUTIONS, _part(lambda rule: rule.foreigners_after_months)),
    "card_days": Figure(participation_rules.CARDS, _part(lambda rule: rule.issued_within_working_days)),
    "card_hand_out_days": Figure(participation_rules.CARDS, _part(lambda rule: rule.handed_out_within_working_days)),
    "data_change_days": Figure(participation_rules.CARDS, _part(lambda rule: rule.report_changes_within_days)),
    "login_tries": Figure(participation_rules.JMO_ACCOUNT, _part(lambda rule: rule.tries)),
    "login_hours": Figure(participation_rules.JMO_ACCOUNT, _part(lambda rule: rule.locked_hours)),
    "branch_hours": Figure(participation_rules.BRANCH_HOURS, _hours),
}
"""What answers may mention, by the name of its place."""


def _next_row(table: DatedTable[Any], day: date) -> Any:
    return next((row for row in table if row.valid_from > day), table.latest)


class _FiguresOfADay(Mapping[str, object]):
    """Figures that are read when they are asked for: a rule may not have begun on that day."""

    def __init__(self, day: date, language: str) -> None:
        self._day, self._language = day, language

    def __getitem__(self, name: str) -> object:
        figure = FIGURES[name]
        return figure.show(figure.of_row(figure.table, self._day), self._language)

    def __iter__(self) -> Iterator[str]:
        return iter(FIGURES)

    def __len__(self) -> int:
        return len(FIGURES)


@lru_cache(maxsize=16)
def figures(day: date, language: str) -> Mapping[str, object]:
    """What answers may mention on that day, by the name of its place."""
    return _FiguresOfADay(day, language)


def places(text: str) -> frozenset[str]:
    """The places of a text that figures fill."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)
