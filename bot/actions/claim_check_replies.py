"""The judgement of a claim in words: the verdict first, then conditions, way, documents, time and money."""

from bot.actions.base import button
from bot.benefits.claim_channels import ClaimChannel
from bot.benefits.claim_conditions import Answer, Condition, ConditionState
from bot.benefits.claims import Assessment
from bot.conversation.messages import Button, Reply
from bot.formatting import long_date, rupiah
from bot.texts import say

_SIGNS = {ConditionState.MET: "✅", ConditionState.NOT_MET: "❌", ConditionState.UNKNOWN: "❔"}
_OFFERED = ("resign", "phk", "pkwt", "age56", "partial10")


def judgement(judged: Assessment, language: str) -> Reply:
    """The whole answer to "may I claim"."""
    lines = [_verdict(judged, language)]
    lines += [_condition(condition, language) for condition in judged.conditions]
    if judged.may_claim is not Answer.NO:
        lines += _way(judged, language)
    return Reply("\n".join(lines), _buttons(judged, language))


def reason_buttons(language: str, unknown: str | None = None) -> tuple[Button, ...]:
    """The commonest reasons; or, where a fact is asked, the button of who doesn't know it."""
    if unknown:
        return (Button(say("claim_check.button_unknown", language), f'/inform{{"choice":"{unknown}"}}'),)
    return tuple(
        Button(say(f"claim_check.button_{name}", language), f'/claim_conditions{{"reason":"{name}"}}')
        for name in _OFFERED
    )


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
    if condition.state is ConditionState.NOT_MET and condition.met_from:
        return f"{line} {say('claim_check.met_from', language, day=long_date(condition.met_from, language))}"
    return line


def _way(judged: Assessment, language: str) -> list[str]:
    channel = judged.best_channel
    in_chat = judged.by(ClaimChannel.IN_CHAT)
    lines = []
    if channel is not ClaimChannel.IN_CHAT and in_chat.serves is Answer.UNKNOWN:
        lines.append(say("claim_check.maybe_in_chat", language))
    lines.append(say(f"claim_check.way_{channel}", language))
    documents = [say(f"claim_check.document_{document}", language) for document in judged.documents]
    if channel is not ClaimChannel.IN_CHAT:
        lines.append(say("claim_check.documents", language, documents=", ".join(documents)))
        if judged.bring_too:
            more = [say(f"claim_check.document_{document}", language) for document in judged.bring_too]
            lines.append(say("claim_check.bring_too", language, documents=", ".join(more)))
    lines.append(say("claim_check.time", language, days=judged.by_rule.working_days))
    if money := judged.money:
        amounts = {"gross": rupiah(money.gross), "tax": rupiah(money.tax), "net": rupiah(money.net)}
        lines.append(say("claim_check.money", language, **amounts))
        if money.confirm:
            lines.append(say("claim_check.confirm_tax", language))
    return lines


def _buttons(judged: Assessment, language: str) -> tuple[Button, ...]:
    file = Button(say("claim_check.button_file", language), "/file_claim")
    branch = Button(say("filing.button_branch", language), "/contact_branch")
    may_be_filed = judged.may_claim is Answer.YES and judged.by(ClaimChannel.IN_CHAT).serves is not Answer.NO
    return (*((file,) if may_be_filed else ()), branch, button("menu", "/menu", language))
