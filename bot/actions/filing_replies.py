"""What is said while a claim is filed."""

import re
from datetime import date, datetime

from bot.actions.base import button
from bot.actions.claim_check_questions import REASONS
from bot.actions.claim_check_replies import way
from bot.actions.facts import facts
from bot.benefits.claim_channels import ClaimChannel
from bot.benefits.claim_conditions import Condition, ConditionKind, ConditionState
from bot.benefits.claim_facts import ClaimReason
from bot.benefits.claim_times import due_on, usually_paid_on
from bot.benefits.claims import Assessment
from bot.benefits.service_hours import day_of
from bot.cases.claim_record import ClaimRecord
from bot.cases.filing import FilingStep, reason_of
from bot.cases.models import Case, ClaimDraft
from bot.clock import WIB
from bot.conversation.messages import Button, Reply
from bot.formatting import long_date, rupiah
from bot.parsing.numbers import mask
from bot.photos import phrasing as photo_texts
from bot.texts import say

BANKS = (
    "BRI", "BCA", "Mandiri", "BNI", "BSI", "BTN", "CIMB Niaga", "Danamon", "Permata", "Bank Aceh", "Bank Jago",
    "SeaBank", "Bank Mega", "OCBC", "Maybank", "Panin", "Sinarmas", "BTPN", "Muamalat", "Bukopin", "Bank DKI", "BJB",
    "Bank Jateng", "Bank Jatim", "Bank Sumut", "Bank Nagari", "Bank Contoh",
)  # fmt: skip
"""Banks by the names that people use; the last one is of the demonstration."""
_OFFERED = ("BRI", "BCA")


_OTHER_BANK = re.compile(r"\s*((?:bank|bpd|bpr) [a-z ]{2,30})\s*", re.IGNORECASE)


def bank_in(text: str) -> str | None:
    """The bank that a text names; any bank of Indonesia will do, so one that isn't listed is taken by its name."""
    if "?" in text:
        return None
    said = f" {re.sub(r'[^a-z]+', ' ', text.lower())} "
    listed = next((bank for bank in BANKS if f" {bank.lower().removeprefix('bank ')} " in said), None)
    other = _OTHER_BANK.fullmatch(text)
    return listed or (other[1].title() if other else None)


def question(step: FilingStep, draft: ClaimDraft, record: ClaimRecord, now: datetime, language: str) -> Reply:
    """What a step asks."""
    if step is FilingStep.REASON:
        return _reason_question(record, now, language)
    cancel = button("cancel", "/cancel", language)
    text = say(f"filing.ask_{step}", language, **_values(draft, record, now, language))
    match step:
        case FilingStep.BIODATA:
            wrong = _button("wrong", "/data_update", language)
            return Reply(text, (_choice("right", "biodata_yes", language), wrong, cancel))
        case FilingStep.BANK:
            registered = record.participant.account
            own = [_choice("registered", "registered", language)] if registered else []
            return Reply(text, (*own, *(_plain(bank) for bank in _OFFERED)))
        case FilingStep.HOLDER:
            return Reply(text, (_choice("own", "holder_yes", language), cancel))
        case FilingStep.NPWP:
            return Reply(text, (_choice("no_npwp", "npwp_none", language), cancel))
        case FilingStep.PHOTO:
            return Reply(f"{text}\n{photo_texts.advice(language)}", (cancel,))
        case FilingStep.CONSENT:
            return Reply(
                text, (_choice("agree", "consent_yes", language), _button("change", "/change_input", language))
            )
        case FilingStep.SEND:
            change = _button("change", "/change_input", language)
            return Reply(text, (_button("send", "/send_claim", language), change, cancel))
    return Reply(text, (cancel,))


def _reason_question(record: ClaimRecord, now: datetime, language: str) -> Reply:
    """Only what the register leaves open is a button; any other reason is typed."""
    names = [name for name, reason in REASONS.items() if reason in record.likely_reasons(now)]
    buttons = (Button(say(f"claim_check.button_{name}", language), _reason(name)) for name in (*names, "other"))
    if record.known_reason:
        known = say(f"filing.reason_{record.known_reason}", language)
        return Reply(say("filing.ask_reason_known", language, reason=known), tuple(buttons))
    return Reply(say("filing.ask_reason", language), tuple(buttons))


def reason_in_words(language: str) -> Reply:
    """Whoever finds their reason on no button writes it."""
    return Reply(say("filing.ask_reason_words", language), (button("cancel", "/cancel", language),))


def refusal(record: ClaimRecord, reason: ClaimReason, now: datetime, language: str) -> Reply:
    """Which condition isn't met, from when it will be, and the way that is open, with what to bring."""
    judged = record.judged(reason, now)
    lines = [say("filing.refused", language)]
    if reason.is_partial:
        lines.append(say("filing.lacks_still_working", language))
    else:
        lines += [_lacks(condition, record, judged.day, language) for condition in _lacking(judged)]
    if not judged.failed and judged.best_channel is not ClaimChannel.IN_CHAT:
        lines += way(judged, language)
    buttons = (
        button("claim_conditions", "/claim_conditions", language),
        _button("branch", "/contact_branch", language),
    )
    return Reply("\n".join(lines), buttons)


def sent(case: Case, now: datetime, language: str) -> Reply:
    """The receipt."""
    day = day_of(now)
    dates = {"usual": long_date(usually_paid_on(day), language), "due": long_date(due_on(day), language)}
    text = say("filing.sent", language, number=case.number, **dates, **facts(day, language))
    return Reply(text, (_button("status", "/claim_status", language), button("menu", "/menu", language)))


def already_filed(case: Case, language: str) -> Reply:
    """There is one open claim, whatever is tapped twice."""
    text = say("filing.already", language, number=case.number)
    return Reply(text, (_button("status", "/claim_status", language), button("menu", "/menu", language)))


def waits(opening: datetime, language: str) -> Reply:
    """Claims are taken at certain hours; the draft waits."""
    local = opening.astimezone(WIB)
    values = {"day": long_date(local.date(), language), "hour": f"{local:%H.%M}"}
    text = say("filing.waits", language, **values, **facts(local.date(), language))
    return Reply(text, (button("menu", "/menu", language),))


def draft_kept(language: str) -> Reply:
    """What was filled in stays until it is sent, deleted or too old."""
    resume, drop = _button("resume", "/file_claim", language), _button("drop", "/drop_claim", language)
    return Reply(say("filing.draft_kept", language), (resume, drop))


def session_over(language: str) -> Reply:
    """Nobody wrote for a while, so who writes now must be verified anew; the draft waits."""
    return Reply(say("filing.session_over", language), (_button("resume", "/file_claim", language),))


_LACKING = {
    ConditionKind.WAITING_MONTH_OVER: "waiting_month",
    ConditionKind.NON_ACTIVE: "active",
    ConditionKind.DATA_UPDATED: "data_update",
    ConditionKind.WITHIN_JMO_LIMIT: "limit",
    ConditionKind.NO_OLD_CARD: "old_card",
    ConditionKind.YEARS_OF_MEMBERSHIP: "years",
    ConditionKind.REASON_SERVED: "reason",
}


def _lacking(judged: Assessment) -> list[Condition]:
    """What the law refuses, and else what the chat can't take."""
    asked_by_chat = judged.by(ClaimChannel.IN_CHAT).conditions
    return [*judged.failed, *(condition for condition in asked_by_chat if condition.state is not ConditionState.MET)]


def _lacks(condition: Condition, record: ClaimRecord, today: date, language: str) -> str:
    day = long_date(condition.met_from, language) if condition.met_from else ""
    name, balance = _LACKING.get(condition.kind, "other"), rupiah(record.facts.balance or 0)
    return say(f"filing.lacks_{name}", language, day=day, balance=balance, **facts(today, language))


def _values(draft: ClaimDraft, record: ClaimRecord, now: datetime, language: str) -> dict[str, str]:
    person, fields = record.participant, draft.fields
    reason = reason_of(draft, record)
    money = record.judged(reason, now).money
    account = person.account
    return {
        "name": person.name,
        "nik": mask(person.nik),
        "born": long_date(person.birth_date, language),
        "phone": mask(person.phone or ""),
        "reason": say(f"filing.reason_{reason}", language),
        "bank": str(fields.get("bank", "")),
        "account": mask(str(fields.get("account", ""))),
        "holder": str(fields.get("holder", "")),
        "registered": f"{account.bank} {mask(account.number)}" if account else "–",
        "gross": rupiah(money.gross if money else 0),
        "tax": rupiah(money.tax if money else 0),
        "net": rupiah(money.net if money else 0),
    }


def _button(name: str, payload: str, language: str) -> Button:
    return Button(say(f"filing.button_{name}", language), payload)


def _choice(name: str, choice: str, language: str) -> Button:
    return _button(name, f'/inform{{"choice":"{choice}"}}', language)


def _reason(name: str) -> str:
    return f'/inform{{"choice":"reason_{name}"}}'


def _plain(bank: str) -> Button:
    return Button(bank, f'/inform{{"choice":"{bank}"}}')
