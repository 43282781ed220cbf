"""A verified participant's own balance, contributions, statement and card."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from rasa_sdk import Tracker

from bot import clock
from bot.actions.base import MemberAction, button, entity
from bot.actions.cards import card_picture, employer_of, status_of
from bot.actions.facts import facts
from bot.benefits.contributions import missing_months
from bot.benefits.growth import growth_of_balance
from bot.benefits.months import month_of
from bot.benefits.rates import Segment
from bot.conversation.messages import Document, Picture, Reply
from bot.conversation.turn_context import Turn
from bot.formatting import long_date, month_name, rupiah
from bot.identity.levels import Level
from bot.parsing.numbers import mask
from bot.register.core_system import (
    BalancePoint,
    Card,
    CardStatus,
    Contribution,
    CoreSystem,
    DataUpdate,
    Programme,
)
from bot.texts import is_light, say


class CheckBalance(MemberAction):
    action_name = "action_check_balance"

    async def answer(self, turn: Turn, tracker: Tracker, participant_id: str) -> None:
        core, language, day = _core(turn), turn.language, _today(turn)
        balances = {balance.kpj: balance for balance in await core.balances(participant_id, day)}
        buttons = (
            button("contributions", "/contributions", language),
            button("simulate_jht", "/simulate_jht", language),
            button("claim", "/claim_how", language),
        )
        jp = [say("member.jp_balance", language)] if entity(tracker, "programme") == "jp" else []
        if not balances:
            turn.replies.append(
                Reply("\n".join([*jp, say("member.balance_none", language, **facts(day, language))]), buttons)
            )
            return
        total = rupiah(sum(balance.amount for balance in balances.values()))
        as_of = long_date(max(balance.as_of for balance in balances.values()), language)
        lines = [*jp, say("member.balance_total", language, total=total, as_of=as_of)]
        for card in await core.cards(participant_id):
            lines.append(_balance_line(card, balances.get(card.kpj), language))
        history = await core.balance_history(participant_id)
        paid = await core.contributions(participant_id, Programme.JHT)
        lines += self._growth_lines(history, paid, day, language)
        points = [{"day": point.day.isoformat(), "amount": point.amount} for point in history]
        alt = say("member.balance_alt", language, total=total)
        picture = Picture("balance_history", {"points": points, "language": language}, alt) if points[1:] else None
        turn.replies.append(Reply("\n".join(lines), buttons, picture))

    def _growth_lines(
        self, history: Sequence[BalancePoint], paid: Sequence[Contribution], day: date, language: str
    ) -> list[str]:
        if not paid:
            return []
        last = max(row.month for row in paid)
        lines = [say("member.balance_last_contribution", language, month=_month(last, language))]
        growth = growth_this_year(history, paid, day)
        if growth > 0:
            lines.append(say("member.balance_growth", language, growth=rupiah(growth)))
            lines += [] if is_light() else [say("member.balance_growth_note", language)]
        return lines


class ShowContributions(MemberAction):
    action_name = "action_contributions"

    async def answer(self, turn: Turn, tracker: Tracker, participant_id: str) -> None:
        programme = Programme.JP if entity(tracker, "programme") == "jp" else Programme.JHT
        rows = await _core(turn).contributions(participant_id, programme)
        cards = await _core(turn).cards(participant_id)
        year = _year(tracker)
        lines = (
            _lines_of_year(rows, programme, year, turn.language)
            if year
            else _lines_by_year(rows, programme, _today(turn), turn.language)
        )
        lines += missing_lines(cards, rows, _today(turn), turn.language)
        turn.replies.append(Reply("\n".join(lines), self._buttons(rows, programme, turn.language)))

    def _buttons(self, rows: Sequence[Contribution], programme: Programme, language: str) -> tuple[Any, ...]:
        other = Programme.JHT if programme is Programme.JP else Programme.JP
        buttons = [button(f"contributions_{other}", f'/contributions{{"programme":"{other}"}}', language)]
        if rows:
            year = max(row.month.year for row in rows)
            payload = f'/contributions{{"programme":"{programme}","year":"{year}"}}'
            buttons.append(button("year", payload, language, year=year))
            buttons.append(button("statement", "/statement", language))
        return tuple(buttons)


class SendStatement(MemberAction):
    """The yearly JHT statement as PDF: of the year asked for, else of the last one with contributions."""

    action_name = "action_statement"

    async def answer(self, turn: Turn, tracker: Tracker, participant_id: str) -> None:
        core, language = _core(turn), turn.language
        paid = await core.contributions(participant_id, Programme.JHT)
        year = _year(tracker) or max((row.month.year for row in paid), default=_today(turn).year)
        of_year = [row for row in paid if row.month.year == year]
        if not of_year:
            turn.replies.append(Reply(say("member.statement_none", language, year=year)))
            return
        data = await self._data(core, participant_id, year, of_year, turn)
        document = Document("yearly_statement", data, say("member.statement_filename", language, year=year))
        turn.replies.append(Reply(say("member.statement", language, year=year), document=document))

    async def _data(
        self, core: CoreSystem, own: str, year: int, rows: Sequence[Contribution], turn: Turn
    ) -> dict[str, Any]:
        participant = await core.participant(own)
        until = min(date(year, 12, 31), _today(turn))
        opening = await total_balance(core, own, date(year - 1, 12, 31))
        closing = await total_balance(core, own, until)
        return {
            "name": participant.name if participant else "",
            "kpj": ", ".join(sorted({mask(row.kpj) for row in rows})),
            "year": year,
            "opening": opening,
            "contributions": [
                {"month": row.month.isoformat(), "employer": row.employer_share, "worker": row.worker_share}
                for row in rows
            ],
            "growth": growth_of_balance(opening, closing, sum(row.total for row in rows)),
            "closing": closing,
            "as_of": until.isoformat(),
            "language": turn.language,
        }


class ShowCard(MemberAction):
    """The participant's cards, numbers masked unless asked for with a fresh confirmation."""

    action_name = "action_show_card"

    def level_for(self, tracker: Tracker) -> Level:
        return Level.CONFIRMED if entity(tracker, "full") == "yes" else Level.VERIFIED

    async def answer(self, turn: Turn, tracker: Tracker, participant_id: str) -> None:
        core, language = _core(turn), turn.language
        participant = await core.participant(participant_id)
        cards = await core.cards(participant_id)
        state = await core.app_state(participant_id)
        full = self.level_for(tracker) is Level.CONFIRMED
        lines = [say("member.card", language, name=participant.name if participant else "")]
        for card in cards:
            lines += _card_lines(card, full, _today(turn), language)
        if state and state.data_update is DataUpdate.MISMATCH:
            lines.append(say("member.card_mismatch", language))
        buttons = [button("balance", "/check_balance", language)]
        if not full:
            buttons.insert(0, button("card_full", '/show_card{"full":"yes"}', language))
        name = participant.name if participant else ""
        picture = card_picture(turn, name, cards[-1], full) if cards else None
        turn.replies.append(Reply("\n".join(lines), tuple(buttons), picture))


async def total_balance(core: CoreSystem, participant_id: str, on: date) -> int:
    """The JHT balance of all cards on a day, in rupiah."""
    return sum(balance.amount for balance in await core.balances(participant_id, on))


def growth_this_year(history: Sequence[BalancePoint], paid: Sequence[Contribution], day: date) -> int:
    """What the balance grew this year beyond what was paid in, in rupiah."""
    opening = [point.amount for point in history if point.day.year < day.year]
    closing = [point.amount for point in history if point.day <= day]
    paid_in = sum(row.total for row in paid if row.paid_on.year == day.year)
    return growth_of_balance(opening[-1] if opening else 0, closing[-1] if closing else 0, paid_in)


def missing_lines(cards: Sequence[Card], rows: Sequence[Contribution], today: date, language: str) -> list[str]:
    """Months of the active cards that are due and were not posted, and what to do about them."""
    lines = []
    for card in cards:
        if card.status is not CardStatus.ACTIVE:
            continue
        paid = {row.month for row in rows if row.kpj == card.kpj}
        if not paid:
            continue
        missing = missing_months(paid, min(paid), month_of(today), today)
        if missing:
            name = "contributions_missing_bpu" if card.segment is Segment.BPU else "contributions_missing"
            months = ", ".join(_month(month, language) for month in missing[-12:])
            lines.append(say(f"member.{name}", language, months=months))
    return lines


def _balance_line(card: Card, balance: Any, language: str) -> str:
    values = {"employer": employer_of(card, language), "kpj": mask(card.kpj)}
    if balance is None:
        return say("member.balance_card_none", language, **values)
    return say(
        "member.balance_card", language, amount=rupiah(balance.amount), status=status_of(card, language), **values
    )


def _lines_by_year(rows: Sequence[Contribution], programme: Programme, today: date, language: str) -> list[str]:
    name = programme.upper()
    if not rows:
        return [say("member.contributions_none", language, programme=name)]
    years: dict[int, list[Contribution]] = defaultdict(list)
    for row in rows:
        years[row.month.year].append(row)
    lines = [say("member.contributions_title", language, programme=name, as_of=long_date(today, language))]
    for year in sorted(years, reverse=True):
        of_year = years[year]
        lines.append(
            say(
                "member.contributions_year",
                language,
                year=year,
                total=rupiah(sum(row.total for row in of_year)),
                months=len({row.month for row in of_year}),
                employer=rupiah(sum(row.employer_share for row in of_year)),
                worker=rupiah(sum(row.worker_share for row in of_year)),
            )
        )
    return lines


def _lines_of_year(rows: Sequence[Contribution], programme: Programme, year: int, language: str) -> list[str]:
    of_year = [row for row in rows if row.month.year == year]
    if not of_year:
        return [say("member.contributions_none_year", language, programme=programme.upper(), year=year)]
    total = rupiah(sum(row.total for row in of_year))
    lines = [say("member.contributions_year_title", language, programme=programme.upper(), year=year, total=total)]
    return lines + [
        say("member.contributions_month", language, month=_month(row.month, language), total=rupiah(row.total))
        for row in of_year
    ]


def _card_lines(card: Card, full: bool, day: date, language: str) -> list[str]:
    kpj = card.kpj if full else mask(card.kpj)
    values = {"kpj": kpj, "employer": employer_of(card, language), "status": status_of(card, language)}
    lines = [say("member.card_line", language, **values)]
    if not card.first_contribution_posted:
        lines.append(say("member.card_not_posted", language, **facts(day, language)))
    elif not card.linked_in_app:
        lines.append(say("member.card_not_linked", language))
    return lines


def _year(tracker: Tracker) -> int | None:
    found = entity(tracker, "year")
    return int(found) if found and str(found).isdecimal() else None


def _month(month: date, language: str) -> str:
    return f"{month_name(month.month, language)} {month.year}"


def _core(turn: Turn) -> CoreSystem:
    return turn.services.core(turn.session)


def _today(turn: Turn) -> date:
    return turn.now.astimezone(clock.WIB).date()
