"""What short words refer to."""

import re

import pytest
import yaml

from bot.conversation import follow_ups
from bot.conversation.follow_ups import (
    ASK_WHICH,
    NOT_THAT,
    Asked,
    asked_about,
    asks_what_if,
    follow_up,
    is_only_a_value,
    says_not_that,
    subject_of,
    without_correction,
)
from bot.faq.entries import entry_of
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("terus gimana?", Asked.HOW),
        ("trs caranya gmn min", Asked.HOW),
        ("lalu", Asked.HOW),
        ("what next?", Asked.HOW),
        ("how does it work", Asked.HOW),
        ("syaratnya apa?", Asked.CONDITIONS),
        ("bawa apa aja ya", Asked.CONDITIONS),
        ("what are the requirements", Asked.CONDITIONS),
        ("berapa lama?", Asked.DURATION),
        ("prosesnya berapa hari kak", Asked.DURATION),
        ("how long does it take?", Asked.DURATION),
        ("dimana?", Asked.WHERE),
        ("kantornya dimana", Asked.WHERE),
        ("where do I go", Asked.WHERE),
        ("dapat berapa", Asked.AMOUNT),
        ("how much", Asked.AMOUNT),
        ("yang itu", Asked.AGAIN),
        ("yang tadi", Asked.AGAIN),
        ("that one", Asked.AGAIN),
    ],
)
def test_a_question_without_a_topic(text: str, asked: Asked) -> None:
    assert asked_about(text) == asked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ok",
        "ya",
        "min",
        "berapa saldo saya",
        "kartu saya dimana",
        "gimana cara klaim",
        "5jt",
        "kode 040",
        "lagi",
        "kapan cair",
    ],
)
def test_a_message_that_names_its_topic_or_nothing(text: str) -> None:
    assert asked_about(text) is None


def test_everything_in_the_table_leads_somewhere() -> None:
    intents = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["intents"]
    payloads = {payload for row in follow_ups._TABLE.values() for payload in row.values()}
    assert len(payloads) > 20
    for payload in payloads:
        found = re.fullmatch(r'/(\w+)(?:\{"id":"(\w+)"\})?', payload)
        assert found and found[1] in intents, payload
        assert found[2] is None or entry_of(found[2]), payload


def test_without_a_topic_one_question_is_asked_but_not_in_a_form() -> None:
    assert follow_up("berapa lama?", None, in_form=False) == ASK_WHICH
    assert follow_up("berapa lama?", None, in_form=True) is None


def test_the_topic_decides() -> None:
    assert follow_up("berapa lama?", "/claim_how", in_form=False) == '/faq{"id":"claim_duration"}'
    assert follow_up("berapa lama?", '/faq{"id":"jkm_amount"}', in_form=True) == '/faq{"id":"jkm_time"}'
    assert follow_up("berapa lama?", "/app_error", in_form=False) is None
    assert (
        follow_up("yang tadi", '/claim_conditions{"reason":"phk"}', in_form=False)
        == '/claim_conditions{"reason":"phk"}'
    )


@pytest.mark.parametrize(
    ("payload", "subject"),
    [("/ask_jkp", "ask_jkp"), ('/faq{"id":"jkp_cash"}', "jkp"), ('/faq{"id":"kode_040"}', "kode"), ("/greet", None)],
)
def test_what_a_payload_is_about(payload: str, subject: str | None) -> None:
    assert subject_of(payload) == subject


@pytest.mark.parametrize("text", ["bukan itu", "bukan", "ga nyambung", "salah", "that's wrong", "not that"])
def test_an_answer_is_called_wrong(text: str) -> None:
    assert says_not_that(text)
    assert follow_up(text, "/ask_jkp", in_form=False) == NOT_THAT
    assert follow_up(text, "/ask_jkp", in_form=True) is None


@pytest.mark.parametrize("text", ["tidak", "no", "salah nama di kartu", "bukan peserta", "ga bisa"])
def test_a_no_is_none_of_it(text: str) -> None:
    assert not says_not_that(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("eh bukan, maksudnya saldo saya", "saldo saya"),
        ("salah, 5 juta", "5 juta"),
        ("eh salah 6 tahun", "6 tahun"),
        ("maksud saya kartu digital", "kartu digital"),
        ("ralat: 7 juta", "7 juta"),
        ("bukan itu, cek kartu", "cek kartu"),
        ("no wait, I mean my card", "my card"),
        ("no, 6 years", "6 years"),
        ("salah nama di kartu", "salah nama di kartu"),
        ("bukan peserta aktif", "bukan peserta aktif"),
        ("salah satu kartu hilang", "salah satu kartu hilang"),
        ("maksudnya", "maksudnya"),
    ],
)
def test_what_is_meant_instead(text: str, meant: str) -> None:
    assert without_correction(text) == meant


@pytest.mark.parametrize(
    "text", ["kalau 10 tahun?", "kalo gajinya 7 juta?", "gimana kalau 5 tahun", "what if 10 years"]
)
def test_what_if(text: str) -> None:
    assert asks_what_if(text)


@pytest.mark.parametrize(
    ("text", "only"),
    [("6 juta", True), ("Rp6.000.000", True), ("10 thn ya", True), ("gaji 6 juta", False), ("", False)],
)
def test_a_value_alone(text: str, only: bool) -> None:
    assert is_only_a_value(text) is only


def test_a_wish_is_no_what_if() -> None:
    assert not asks_what_if("simulasi 10 tahun")
