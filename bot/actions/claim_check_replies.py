"""The judgement of a claim in words: the verdict first, then conditions, way, documents, time and money."""

from collections.abc import Sequence
from datetime import date

from bot.actions.base import button
from bot.actions.claim_check_questions import reason_buttons
from bot.actions.facts import facts
from bot.benefits.claim_channels import ChannelAssessment, ClaimChannel
from bot.benefits.claim_conditions import Answer, Condition, ConditionKind, ConditionState
from bot.benefits.claim_facts import ClaimReason
from bot.benefits.claims import Assessment, ClaimMoney, MoneyDoubt
from bot.conversation.messages import Button, Reply
from bot.formatting import long_date, rupiah
from bot.texts import is_light, say

_SIGNS = {ConditionState.MET: "✅", ConditionState.NOT_MET: "❌", ConditionState.UNKNOWN: "❔"}
_TO_BE_DONE = (
    ConditionKind.STOPPED_WORKING,
    ConditionKind.STILL_WORKING,
    ConditionKind.NO_EARLIER_PARTIAL,
    ConditionKind.HOME_PURCHASE,
    ConditionKind.FOREIGNER,
    ConditionKind.DOCTOR_CONFIRMS,
    ConditionKind.CLAIMANT_IS_HEIR,
)
"""Conditions that time alone doesn't meet."""
_LEFT = ("resign", "phk", "pkwt")
_REASONS_INSTEAD = {
    ConditionKind.STILL_WORKING: _LEFT,
    ConditionKind.FOREIGNER: _LEFT,
    ConditionKind.HOME_PURCHASE: ("partial10",),
}
"""The reasons to try where one doesn't hold."""
_WHY_NOT_HERE = {
    ConditionKind.REASON_SERVED: "reason",
    ConditionKind.DATA_UPDATED: "data_update",
    ConditionKind.NON_ACTIVE: "active",
    ConditionKind.WITHIN_JMO_LIMIT: "limit",
    ConditionKind.NO_OLD_CARD: "old_card",
}


def judgement(judged: Assessment, language: str) -> Reply:
    """The whole answer to "may I claim"."""
    lines = [_verdict(judged, language)]
    lines += _conditions(judged.conditions, judged.day, language)
    if judged.instead:
        instead = say(f"filing.reason_{judged.instead}", language)
        lines.append(say("claim_check.instead", language, reason=instead))
    if judged.may_claim is not Answer.NO:
        lines += [*_in_this_chat(judged, language), *way(judged, language)]
    return Reply("\n".join(lines), _buttons(judged, language))


def _verdict(judged: Assessment, language: str) -> str:
    reason = say(f"filing.reason_{judged.reason}", language)
    if judged.may_claim is Answer.YES:
        return say("claim_check.may", language, reason=reason)
    if judged.may_claim is Answer.UNKNOWN:
        return say("claim_check.perhaps", language, reason=reason)
    if judged.claimable_from:
        return say("claim_check.from_day", language, reason=reason, day=long_date(judged.claimable_from, language))
    return say("claim_check.may_not", language, reason=reason)


def _conditions(conditions: Sequence[Condition], day: date, language: str) -> list[str]:
    """What is met in one line, which is left out where it is to be short; then what isn't, and what isn't known."""
    told = {one: _condition(one, day, language) for one in conditions}
    met = [text for one, text in told.items() if one.state is ConditionState.MET]
    rest = [text for one, text in told.items() if one.state is not ConditionState.MET]
    return [" ".join(met), *rest] if met and not is_light() else rest


def _condition(condition: Condition, day: date, language: str) -> str:
    line = (
        f"{_SIGNS[condition.state]} {say(f'claim_check.condition_{condition.kind}', language, **facts(day, language))}"
    )
    if condition.state is not ConditionState.NOT_MET:
        return line
    if condition.met_from:
        return f"{line} {say('claim_check.met_from', language, day=long_date(condition.met_from, language))}"
    to_do = condition.kind in _TO_BE_DONE
    return f"{line} {say(f'claim_check.do_{condition.kind}', language)}" if to_do else line


def _in_this_chat(judged: Assessment, language: str) -> list[str]:
    in_chat = judged.by(ClaimChannel.IN_CHAT)
    if in_chat.serves is Answer.UNKNOWN:
        return [say("claim_check.maybe_in_chat", language)]
    if in_chat.serves is Answer.NO:
        return [say(f"claim_check.not_here_{why}", language) for why in _why_not_here(in_chat)]
    return []


def way(judged: Assessment, language: str) -> list[str]:
    """The way that surely is open, what to bring, how long it takes, and what is paid."""
    channel = judged.best_channel
    lines = [[say(f"claim_check.way_{channel}", language, **facts(judged.day, language))]]
    if channel is not ClaimChannel.IN_CHAT:
        lines.append(_documents(judged, language))
    lines.append([say("claim_check.time", language, days=judged.by_rule.working_days)])
    if judged.usual:
        lines[-1].append(say("claim_check.usual", language, days=judged.usual.working_days))
    if judged.money:
        lines.append(_money(judged.money, language))
    return [" ".join(line) for line in lines]


def _documents(judged: Assessment, language: str) -> list[str]:
    needed = [say(f"claim_check.document_{document}", language) for document in judged.documents]
    more = [say(f"claim_check.document_{document}", language) for document in judged.bring_too]
    line = [say("claim_check.documents", language, documents=", ".join(needed))]
    return [*line, say("claim_check.bring_too", language, documents=", ".join(more))] if more else line


def _money(money: ClaimMoney, language: str) -> list[str]:
    amounts = {"gross": rupiah(money.gross), "tax": rupiah(money.tax), "net": rupiah(money.net)}
    line = [say("claim_check.money", language, **amounts)]
    if money.doubts == (MoneyDoubt.EARLIER_PARTIAL_CLAIM_UNKNOWN,) and not money.reckoned.confirm:
        return [*line, say("claim_check.tax_after_partial", language)]
    return [*line, say("claim_check.confirm_tax", language)] if money.confirm else line


def _why_not_here(in_chat: ChannelAssessment) -> list[str]:
    """What stands in the way; what can be mended isn't worth telling where something can't."""
    failed = [condition.kind for condition in in_chat.conditions if condition.state is ConditionState.NOT_MET]
    final = [kind for kind in failed if kind in (ConditionKind.REASON_SERVED, ConditionKind.WITHIN_JMO_LIMIT)]
    return [_WHY_NOT_HERE[kind] for kind in final[:1] or failed]


def _buttons(judged: Assessment, language: str) -> tuple[Button, ...]:
    instead = next((_REASONS_INSTEAD[one.kind] for one in judged.failed if one.kind in _REASONS_INSTEAD), None)
    if instead:
        return (*reason_buttons(instead, language), button("menu", "/menu", language))
    file = Button(say("claim_check.button_file", language), "/file_claim")
    branch = Button(say("filing.button_branch", language), "/contact_branch")
    if judged.reason is ClaimReason.DEATH:
        return (branch, Button(say("claim_check.button_jkm", language), "/ask_jkm"), button("menu", "/menu", language))
    may_be_filed = judged.may_claim is Answer.YES and judged.by(ClaimChannel.IN_CHAT).serves is not Answer.NO
    return (*((file,) if may_be_filed else ()), branch, button("menu", "/menu", language))
