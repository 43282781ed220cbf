"""The judgement of a claim in words: the verdict first, then conditions, way, documents, time and money."""

from bot.actions.base import button
from bot.benefits.claim_channels import ChannelAssessment, ClaimChannel
from bot.benefits.claim_conditions import Answer, Condition, ConditionKind, ConditionState
from bot.benefits.claims import Assessment
from bot.conversation.messages import Button, Reply
from bot.formatting import long_date, rupiah
from bot.texts import say

_SIGNS = {ConditionState.MET: "✅", ConditionState.NOT_MET: "❌", ConditionState.UNKNOWN: "❔"}
_OFFERED = ("resign", "phk", "pkwt", "other")
_OTHERS = ("age56", "partial10", "partial30", "retired", "bpu", "disability", "abroad", "death")
_FILED = ("resign", "phk", "pkwt", "retired")
_TO_BE_DONE = (ConditionKind.STOPPED_WORKING, ConditionKind.STILL_WORKING, ConditionKind.NO_EARLIER_PARTIAL)
"""Conditions that time alone doesn't meet."""
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
    lines += [_condition(condition, language) for condition in judged.conditions]
    if judged.instead:
        instead = say(f"filing.reason_{judged.instead}", language)
        lines.append(say("claim_check.instead", language, reason=instead))
    if judged.may_claim is not Answer.NO:
        lines += [*_in_this_chat(judged, language), *way(judged, language)]
    return Reply("\n".join(lines), _buttons(judged, language))


def reason_buttons(language: str) -> tuple[Button, ...]:
    """The commonest reasons, and the way to the others."""
    return tuple(_reason_button(name, language) for name in _OFFERED)


def other_reason_buttons(language: str) -> tuple[Button, ...]:
    return tuple(_reason_button(name, language) for name in _OTHERS)


def filing_reason_buttons(language: str) -> tuple[Button, ...]:
    """The reasons for which a claim can be filed in the chat; the others are understood when they are typed."""
    return tuple(
        Button(say(f"claim_check.button_{name}", language), f'/inform{{"reason":"{name}"}}') for name in _FILED
    )


def unknown_button(asked: str, language: str) -> Button:
    """For who doesn't know what is asked; tapped twice, it doesn't answer the next question as well."""
    return Button(say("claim_check.button_unknown", language), f'/inform{{"choice":"unknown.{asked}"}}')


def _reason_button(name: str, language: str) -> Button:
    return Button(say(f"claim_check.button_{name}", language), f'/claim_conditions{{"reason":"{name}"}}')


def _verdict(judged: Assessment, language: str) -> str:
    reason = say(f"filing.reason_{judged.reason}", language)
    if judged.may_claim is Answer.YES:
        return say("claim_check.may", language, reason=reason)
    if judged.may_claim is Answer.UNKNOWN:
        return say("claim_check.perhaps", language, reason=reason)
    if judged.claimable_from:
        return say("claim_check.from_day", language, reason=reason, day=long_date(judged.claimable_from, language))
    return say("claim_check.may_not", language, reason=reason)


def _condition(condition: Condition, language: str) -> str:
    line = f"{_SIGNS[condition.state]} {say(f'claim_check.condition_{condition.kind}', language)}"
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
    lines = [say(f"claim_check.way_{channel}", language)]
    documents = [say(f"claim_check.document_{document}", language) for document in judged.documents]
    if channel is not ClaimChannel.IN_CHAT:
        lines.append(say("claim_check.documents", language, documents=", ".join(documents)))
        if judged.bring_too:
            more = [say(f"claim_check.document_{document}", language) for document in judged.bring_too]
            lines.append(say("claim_check.bring_too", language, documents=", ".join(more)))
    lines.append(say("claim_check.time", language, days=judged.by_rule.working_days))
    if judged.usual:
        lines.append(say("claim_check.usual", language, days=judged.usual.working_days))
    if money := judged.money:
        amounts = {"gross": rupiah(money.gross), "tax": rupiah(money.tax), "net": rupiah(money.net)}
        lines.append(say("claim_check.money", language, **amounts))
        if money.confirm:
            lines.append(say("claim_check.confirm_tax", language))
    return lines


def _why_not_here(in_chat: ChannelAssessment) -> list[str]:
    """What stands in the way; what can be mended isn't worth telling where something can't."""
    failed = [condition.kind for condition in in_chat.conditions if condition.state is ConditionState.NOT_MET]
    final = [kind for kind in failed if kind in (ConditionKind.REASON_SERVED, ConditionKind.WITHIN_JMO_LIMIT)]
    return [_WHY_NOT_HERE[kind] for kind in final[:1] or failed]


def _buttons(judged: Assessment, language: str) -> tuple[Button, ...]:
    file = Button(say("claim_check.button_file", language), "/file_claim")
    branch = Button(say("filing.button_branch", language), "/contact_branch")
    may_be_filed = judged.may_claim is Answer.YES and judged.by(ClaimChannel.IN_CHAT).serves is not Answer.NO
    return (*((file,) if may_be_filed else ()), branch, button("menu", "/menu", language))
