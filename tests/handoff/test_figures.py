"""Times that participants are told are those that rule: no text has them typed."""

import re
from datetime import date, datetime, timedelta

import pytest

from bot.cases.models import Case
from bot.cases.phrasing import photo_refused
from bot.cases.stages import CaseKind, CaseState
from bot.clock import WIB
from bot.handoff import phrasing
from bot.handoff.models import EndReason
from bot.texts import LANGUAGES, texts

RULED = (
    "handoff.are_you_there",
    "handoff.ended",
    "handoff.ended_silent",
    "handoff.cannot_reopen",
    "handoff.not_reached",
    "cases.photo_reminder",
    "visits.too_late",
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", RULED)
def test_no_time_is_typed_into_a_text(name: str, language: str) -> None:
    assert re.findall(r"\d+", texts(language)[name]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_told_of_a_talk_follows_the_times(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phrasing, "PARTICIPANT_SILENT", timedelta(minutes=17))
    monkeypatch.setattr(phrasing, "REOPEN_WITHIN", timedelta(hours=36))
    assert " 17 m" in phrasing.are_you_there("JMO-000001-8", language).text
    for told in (
        phrasing.ended(EndReason.SOLVED, "JMO-000001-8", language),
        phrasing.ended(EndReason.PARTICIPANT_SILENT, "JMO-000001-8", language, rated=False),
        phrasing.not_reached("JMO-000001-8", language),
        phrasing.cannot_reopen(language),
    ):
        assert " 36 " in told.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reminder_of_a_photo_tells_how_long_it_is_waited_for(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cases.phrasing.PHOTO_WAITS_FOR", timedelta(days=9))
    opened = datetime.combine(date(2026, 11, 24), datetime.min.time(), WIB)
    case = Case(
        id=1,
        kind=CaseKind.CLAIM,
        state=CaseState.AGENDA,
        details_json='{"photo_reason": "dark"}',
        opened_at=opened,
        state_since=opened,
    )
    assert " 9 " in photo_refused(case, language, reminder=True).text
