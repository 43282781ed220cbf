"""Beside the chat: who it is, everything masked, and one field in clear for a reason that is logged."""

import html
import json
import re
from pathlib import Path

import pytest
import yaml
from sqlalchemy import select

from bot import clock
from bot.cases.models import Claim
from bot.cases.stages import CaseKind
from bot.conversation.models import Conversation
from bot.desk.routes import RULES
from bot.desk.visit import PREFIX, DeskRoute
from bot.errors import CoreSystemUnavailable
from bot.faq.search import search
from bot.formatting import long_date, rupiah
from bot.handoff.models import EndReason, Handoff
from bot.handoff.service import Handoffs
from bot.register.core_system import BankAccount
from bot.register.demo_people import DEMO_PEOPLE, DemoPerson
from bot.register.sql import SqlCoreSystem
from tests.desk.conftest import Browser
from tests.desk.waiting import hears, somebody_waits
from tests.desk.waiting_cases import CLAIM_ACCOUNT, CLAIM_NPWP, Sessions, audited, handed_off, told, waits

pytestmark = pytest.mark.asyncio

DOMAIN = yaml.safe_load((Path(__file__).parents[2] / "domain.yml").read_text(encoding="utf-8"))
NEVER_ENDING = {"/peristiwa"}
PAGES_OF_NOBODY = [
    PREFIX + rule.path
    for rule in RULES
    if isinstance(rule, DeskRoute) and rule.method == "GET" and "{" not in rule.path and rule.path not in NEVER_ENDING
]


def secrets_of(person: DemoPerson) -> list[str]:
    """How a page could give away a person's numbers, name and birth date."""
    phone = person.phone.removeprefix("+62")
    born = person.birth_date
    cards = [person.kpj(card) for card in range(len(person.cards))]
    dates = [long_date(born, "id"), f"{born:%d-%m-%Y}", f"{born:%Y-%m-%d}", f"{born:%d/%m/%Y}"]
    return [person.name, person.nik, *cards, phone, person.account_number, *dates, CLAIM_ACCOUNT, CLAIM_NPWP]


def gives_away(text: str, person: DemoPerson) -> list[str]:
    digits = re.sub(r"[\s.\-]", "", text)
    return [secret for secret in secrets_of(person) if secret in text or (secret.isdigit() and secret in digits)]


async def test_no_page_gives_away_a_number_a_name_or_a_birth_date(browser: Browser, sessions: Sessions) -> None:
    pages = list(PAGES_OF_NOBODY)
    for person in DEMO_PEOPLE:
        waiting = await waits(sessions, CaseKind.CONVERSATION, person.number)
        for kind in (kind for kind in CaseKind if kind is not CaseKind.CONVERSATION):
            details = {"phone": person.phone, "trouble": "face", "fields": ["name"], "failures": 3}
            waiting = await waits(sessions, kind, person.number, **details)
            pages.append(f"/petugas/kasus/{waiting.number}")
        talk = f"/petugas/percakapan/{await handed_off(sessions, waiting.conversation_id)}"
        pages += [talk, f"{talk}/samping"]
    await browser.signs_in("dewi")
    assert len(pages) == len(PAGES_OF_NOBODY) + (len(CaseKind) + 1) * len(DEMO_PEOPLE)
    for path in pages:
        page = await browser.get(path)
        assert page.status_code == 200, path
        found = {person.number: gives_away(page.text, person) for person in DEMO_PEOPLE}
        assert not any(found.values()), f"{path} gives away {found}"


async def test_it_says_who_it_is_and_why_it_came(browser: Browser, sessions: Sessions) -> None:
    waiting = await waits(sessions, CaseKind.CLAIM)
    handoff = await handed_off(sessions, waiting.conversation_id)
    await browser.signs_in("rina")
    page = (await browser.get(f"/petugas/percakapan/{handoff}/samping")).text
    for shown in ("Terverifikasi", "Ra••• Wi•••", "•••0001", "± Rp10 jt", "Nonaktif", waiting.number):
        assert shown in page
    for why in ("beberapa kali tidak mengerti", "status klaim", "pengajuan klaim", "berturut-turut: 2 kali"):
        assert why in page


@pytest.mark.parametrize("form", DOMAIN["forms"])
async def test_whatever_form_was_interrupted_the_panel_opens(browser: Browser, sessions: Sessions, form: str) -> None:
    handoff = await somebody_waits(sessions)
    async with sessions.begin() as session:
        (await session.get_one(Handoff, handoff.id)).tried_json = json.dumps({"form": form})
    await browser.signs_in("rina")
    panel = await browser.get(f"/petugas/percakapan/{handoff.id}/samping")
    assert "Formulir yang terhenti" in panel.text


async def test_who_is_not_verified_is_shown_loudly_and_without_data(browser: Browser, sessions: Sessions) -> None:
    async with sessions.begin() as session:
        chat = Conversation(channel="web", chat_id="somebody")
        session.add(chat)
    handoff = await handed_off(sessions, chat.id)
    await browser.signs_in("rina")
    page = (await browser.get(f"/petugas/percakapan/{handoff}/samping")).text
    assert "BELUM TERVERIFIKASI" in page and "Data kepesertaan" not in page


async def test_a_session_that_is_over_is_said_to_be_over(browser: Browser, sessions: Sessions) -> None:
    waiting = await waits(sessions, CaseKind.CARD_CHECK)
    async with sessions.begin() as session:
        (await session.get_one(Conversation, waiting.conversation_id)).verified_at = None
    handoff = await handed_off(sessions, waiting.conversation_id)
    await browser.signs_in("rina")
    assert "SESI BERAKHIR" in (await browser.get(f"/petugas/percakapan/{handoff}/samping")).text


async def test_a_field_is_shown_for_a_reason_which_is_logged_and_only_then(
    browser: Browser, sessions: Sessions
) -> None:
    waiting = await waits(sessions, CaseKind.CLAIM)
    handoff = await handed_off(sessions, waiting.conversation_id)
    panel = f"/petugas/percakapan/{handoff}"
    await browser.signs_in("rina")
    person = DEMO_PEOPLE[0]
    words = "NIK 1199011705940001"
    shown = await browser.sends(f"{panel}/tampilkan", field="nik", reason="call", words=words, of=person.id)
    assert person.nik in shown.text and shown.headers["cache-control"] == "no-store"
    assert gives_away(shown.text.replace(person.nik, ""), person) == []
    assert await audited(sessions) == [("officer:1", "desk.unmasked", person.id, "nik: call NIK <…>")]
    assert person.nik not in (await browser.get(f"{panel}/samping")).text


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"field": "nik"}, 409),
        ({"field": "nik", "reason": "curious"}, 409),
        ({"field": "nik", "reason": "other", "words": " "}, 409),
        ({"field": "photo", "reason": "call"}, 404),
    ],
)
async def test_without_a_reason_nothing_is_shown(
    browser: Browser, sessions: Sessions, fields: dict[str, str], status: int
) -> None:
    waiting = await waits(sessions, CaseKind.CLAIM)
    handoff = await handed_off(sessions, waiting.conversation_id)
    await browser.signs_in("rina")
    answer = await browser.sends(f"/petugas/percakapan/{handoff}/tampilkan", of="P000001", **fields)
    assert answer.status_code == status and gives_away(answer.text, DEMO_PEOPLE[0]) == []
    assert await audited(sessions) == []


async def test_a_panel_that_is_open_shows_nothing_of_who_came_into_the_chat_since(
    browser: Browser, sessions: Sessions
) -> None:
    waiting = await waits(sessions, CaseKind.CARD_CHECK)
    handoff = await handed_off(sessions, waiting.conversation_id)
    await browser.signs_in("rina")
    seen = await browser.get(f"/petugas/percakapan/{handoff}/samping")
    async with sessions.begin() as session:
        (await session.get_one(Conversation, waiting.conversation_id)).participant_id = DEMO_PEOPLE[1].id
    (of,) = set(re.findall(r'name="of" value="(\w+)"', seen.text))
    answer = await browser.sends(f"/petugas/percakapan/{handoff}/tampilkan", field="nik", reason="call", of=of)
    assert answer.status_code == 409 and "peserta lain" in answer.text
    assert await audited(sessions) == []


@pytest.mark.parametrize(
    ("field", "clear"),
    [
        ("name", "Rahmat Wijaya"),
        ("birth_date", "17 Mei 1994"),
        ("phone", DEMO_PEOPLE[0].phone),
        ("kpj", DEMO_PEOPLE[0].kpj(1)),
        ("employers", "PT Contoh Samudra Jaya"),
        ("balance", rupiah(9_850_000)),
        ("account", BankAccount("Bank Contoh", DEMO_PEOPLE[0].account_number).number),
        ("claim_account", CLAIM_ACCOUNT),
        ("claim_holder", "Rahmat Wijaya"),
        ("claim_npwp", CLAIM_NPWP),
    ],
)
async def test_each_field_can_be_shown_on_a_case_too(
    browser: Browser, sessions: Sessions, field: str, clear: str
) -> None:
    waiting = await waits(sessions, CaseKind.CLAIM)
    await browser.signs_in("sari")
    case = f"/petugas/kasus/{waiting.number}"
    assert clear not in (await browser.get(case)).text
    assert clear in (await browser.sends(f"{case}/tampilkan", field=field, reason="claim", of="P000001")).text
    assert (await audited(sessions))[0][3] == f"{field}: claim"


async def test_the_photo_is_logged_each_time_and_never_kept_by_the_browser(
    browser: Browser, sessions: Sessions
) -> None:
    waiting = await waits(sessions, CaseKind.CLAIM)
    await browser.signs_in("rina")
    photo = await browser.get(f"/petugas/kasus/{waiting.number}/foto")
    async with sessions() as session:
        assert photo.content == (await session.scalars(select(Claim.photo))).one()
    assert photo.headers["cache-control"] == "no-store" and photo.headers["content-type"] == "image/jpeg"
    assert await audited(sessions) == [("officer:1", "desk.photo_shown", "P000001", waiting.number)]
    other = await waits(sessions, CaseKind.CARD_CHECK)
    assert (await browser.get(f"/petugas/kasus/{other.number}/foto")).status_code == 404
    assert (await browser.get("/petugas/kasus/JMO-999999-9")).status_code == 404


async def test_earlier_talks_are_shown_with_their_rating(browser: Browser, sessions: Sessions) -> None:
    waiting = await waits(sessions, CaseKind.CARD_CHECK)
    await handed_off(sessions, waiting.conversation_id)
    async with sessions.begin() as session:
        handoffs = Handoffs(session, clock.now())
        first = (await session.scalars(select(Handoff))).one()
        await handoffs.take(first, 1, "Rina")
        await handoffs.end(first, EndReason.SOLVED, "Rina")
        first.rating, first.solved = 3, True
    second = await handed_off(sessions, waiting.conversation_id)
    await browser.signs_in("rina")
    page = (await browser.get(f"/petugas/percakapan/{second}/samping")).text
    assert "Percakapan sebelumnya" in page and "penilaian: baik" in page


async def test_replies_are_suggested_for_the_last_words(browser: Browser, sessions: Sessions) -> None:
    handoff = await somebody_waits(sessions)
    await hears(sessions, handoff, "apa bedanya jht sama jp ya", "/menu")
    await browser.signs_in("rina")
    page = (await browser.get(f"/petugas/percakapan/{handoff.id}/samping")).text
    assert 1 <= page.count("data-reply=") <= 3
    (first, *_) = search("apa bedanya jht sama jp ya")
    assert html.escape(first.entry.title.id) in page
    await hears(sessions, handoff, "xqzt")
    assert "data-reply=" not in (await browser.get(f"/petugas/percakapan/{handoff.id}/samping")).text


@pytest.mark.parametrize(("reached", "end", "said"), [("yes", "called_back", "selesai"), ("no", "not_reached", "Buka")])
async def test_a_promised_call_ends_with_its_outcome_once(
    browser: Browser, another: Browser, sessions: Sessions, reached: str, end: str, said: str
) -> None:
    waiting = await waits(sessions, CaseKind.CARD_CHECK)
    handoff = await handed_off(sessions, waiting.conversation_id)
    async with sessions.begin() as session:
        chat = await session.get_one(Conversation, waiting.conversation_id)
        await Handoffs(session, clock.now()).call_back(await session.get_one(Handoff, handoff), chat)
    await browser.signs_in("rina")
    panel = f"/petugas/percakapan/{handoff}"
    assert "Dijanjikan dihubungi kembali" in (await browser.get(f"{panel}/samping")).text
    assert (await browser.sends(f"{panel}/telepon", reached=reached)).status_code == 200
    async with sessions() as session:
        over = await session.get_one(Handoff, handoff)
        assert (over.end_reason, over.officer_id, over.due_at) == (end, 1, None)
    assert said in (await told(sessions))[-1]
    assert (await audited(sessions))[-1][1:] == ("desk.call_back", "P000001", end)
    assert (await browser.sends(f"{panel}/telepon", reached=reached)).status_code == 200  # tapped twice
    await another.signs_in("sari")
    late = await another.sends(f"{panel}/telepon", reached=reached)
    assert late.status_code == 409 and "sudah dicatat oleh petugas lain" in late.text
    assert len(await told(sessions)) == 1 and (await audited(sessions))[-1][1] == "desk.call_back"


async def test_a_register_that_does_not_answer_leaves_the_rest(
    browser: Browser, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> None:
        raise CoreSystemUnavailable("away")

    waiting = await waits(sessions, CaseKind.CLAIM)
    handoff = await handed_off(sessions, waiting.conversation_id)
    monkeypatch.setattr(SqlCoreSystem, "participant", away)
    await browser.signs_in("rina")
    page = (await browser.get(f"/petugas/percakapan/{handoff}/samping")).text
    assert "sedang tidak dapat dibuka" in page and waiting.number in page
