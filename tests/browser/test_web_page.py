"""The web chat in a real browser, from a first word to a lost network."""

import json
from io import BytesIO

import pytest
from PIL import Image
from playwright.async_api import BrowserContext, FilePayload, Page, Response, Route, expect

from bot.channels.uploads import FILE_LIMIT
from bot.conversation.messages import Button, Document, IncomingMessage, Kind, Picture, Reply
from tests.browser.chat_page import answers, bubbles, field, has_ticks, shows, tap, write
from tests.browser.conftest import Site

pytestmark = pytest.mark.asyncio(loop_scope="session")

GREETING = "Halo! Ada yang bisa kami bantu? Pilih salah satu, atau tulis pertanyaan Anda."


def balance_with_choices(message: IncomingMessage) -> list[Reply]:
    if message.kind is Kind.BUTTON:
        return [Reply(f"Anda memilih {message.text}")]
    return [Reply("Saldo Anda *Rp9.850.000*.", (Button("Rincian iuran", "/details"), Button("Simulasi", "/simulate")))]


async def test_a_message_is_answered(page: Page) -> None:
    await write(page, "saldo jht sy brp ya")
    await answers(page, "Anda menulis: saldo jht sy brp ya")
    await shows(page, "saldo jht sy brp ya", author="mine")
    await has_ticks(page, "answered")


async def test_the_first_visit_says_who_speaks_and_what_is_never_asked(page: Page) -> None:
    await expect(page.get_by_role("heading", name="Asisten JMO")).to_be_visible()
    await expect(page.get_by_text("Kami tidak pernah meminta kata sandi, PIN, atau nama ibu kandung")).to_be_visible()
    await shows(page, GREETING)


async def test_a_starter_opens_the_chat(page: Page, site: Site) -> None:
    await tap(page, "💰 Cek saldo JHT")
    await shows(page, "💰 Cek saldo JHT", author="mine")
    await shows(page, GREETING, "Anda menulis: /check_balance")
    assert site.gateway.accepted[0].kind is Kind.BUTTON


async def test_a_tapped_button_speaks_for_the_participant_and_is_used_up(page: Page, site: Site) -> None:
    site.gateway.answer = balance_with_choices
    await write(page, "saldo")
    await tap(page, "Rincian iuran")
    await shows(page, "saldo", "Rincian iuran", author="mine")
    await answers(page, "Anda memilih /details")
    await expect(page.get_by_role("button", name="Simulasi", exact=True)).to_be_disabled()


async def test_a_command_that_comes_back_under_another_title_is_shown_once(page: Page, site: Site) -> None:
    site.gateway.titles = {"/check_balance": "Saldo JHT", "/menu": "Menu utama"}
    await write(page, "/saldo")
    await tap(page, "Menu")
    await has_ticks(page, "answered", "answered")
    await shows(page, "/saldo", "Menu", author="mine")


async def test_the_menu_is_one_tap_away(page: Page, site: Site) -> None:
    await tap(page, "Menu")
    await shows(page, "Menu", author="mine")
    await answers(page, "Anda menulis: /menu")


async def test_dots_show_that_an_answer_is_coming(page: Page, site: Site) -> None:
    site.gateway.hold()
    await write(page, "halo")
    await has_ticks(page, "sent")
    await expect(page.locator("#typing")).to_be_visible()
    site.gateway.go_on()
    await answers(page, "Anda menulis: halo")
    await expect(page.locator("#typing")).to_be_hidden()
    await has_ticks(page, "answered")


async def test_after_a_lost_network_the_missed_is_shown_and_the_queued_is_sent_once(
    page: Page, context: BrowserContext, site: Site
) -> None:
    await write(page, "satu")
    await has_ticks(page, "answered")
    await context.set_offline(True)
    await expect(page.get_by_role("status")).to_contain_text("Tidak ada jaringan")
    await write(page, "dua")
    await has_ticks(page, "answered", "waiting")
    site.gateway.say("web", site.chat_id, Reply("Klaim Anda sudah disetujui."))
    await context.set_offline(False)
    await expect(page.get_by_text("Klaim Anda sudah disetujui.")).to_have_count(1)
    await expect(page.get_by_text("Anda menulis: dua")).to_have_count(1)
    await has_ticks(page, "answered", "answered")
    await expect(page.get_by_role("status")).to_be_empty()
    assert site.texts == ["satu", "dua"]


async def test_a_request_that_hangs_on_a_lost_network_is_sent_anew_at_once(
    page: Page, context: BrowserContext, site: Site
) -> None:
    hanging: list[Route] = []

    async def hang_once(route: Route) -> None:
        if hanging:
            await route.continue_()
        else:
            hanging.append(route)

    await page.route("**/chat/messages", hang_once)
    await write(page, "satu")
    await has_ticks(page, "waiting")
    await context.set_offline(True)
    await context.set_offline(False)
    await has_ticks(page, "answered")
    assert hanging and site.texts == ["satu"]


async def test_a_receipt_that_comes_after_the_answer_leaves_nothing_waiting(page: Page, site: Site) -> None:
    await write(page, "satu")
    await has_ticks(page, "answered")

    async def hold_the_receipt(route: Route) -> None:
        receipt = await route.fetch()
        await answers(page, "Anda menulis: dua")
        await route.fulfill(response=receipt)

    await page.route("**/chat/messages", hold_the_receipt)
    await write(page, "dua")
    await has_ticks(page, "answered", "answered")
    assert site.texts == ["satu", "dua"]


async def test_a_message_whose_receipt_got_lost_is_not_doubled(page: Page, site: Site) -> None:
    lost: list[int] = []

    async def lose_first_receipt(route: Route) -> None:
        if lost:
            await route.continue_()
        else:
            lost.append((await route.fetch()).status)
            await route.abort()

    await page.route("**/chat/messages", lose_first_receipt)
    await write(page, "satu kali saja")
    await has_ticks(page, "answered")
    await shows(page, "satu kali saja", author="mine")
    assert lost == [202]
    assert site.texts == ["satu kali saja"]


async def test_a_restarted_server_is_found_again(page: Page, site: Site) -> None:
    await write(page, "satu")
    await has_ticks(page, "answered")
    await site.stop()
    await write(page, "dua")
    await has_ticks(page, "answered", "waiting")
    await site.start()
    await has_ticks(page, "answered", "answered")
    await answers(page, "Anda menulis: dua")
    assert site.texts == ["satu", "dua"]


async def test_an_unsent_message_survives_a_reload(page: Page, site: Site) -> None:
    await page.route("**/chat/messages", lambda route: route.abort())
    await write(page, "jangan hilang")
    await has_ticks(page, "waiting")
    await page.unroute("**/chat/messages")
    await page.reload()
    await shows(page, "jangan hilang", author="mine")
    await has_ticks(page, "answered")
    assert site.texts == ["jangan hilang"]


async def test_without_a_stream_news_are_fetched(context: BrowserContext, site: Site) -> None:
    page = await context.new_page()
    await page.route("**/chat/events*", lambda route: route.abort())
    await page.goto(site.url)
    await write(page, "halo")
    await has_ticks(page, "answered")
    site.gateway.say("web", site.chat_id, Reply("Kabar baru"), author="officer")
    await shows(page, "Kabar baru", author="officer")


async def test_a_reload_keeps_the_chat(page: Page, site: Site) -> None:
    site.gateway.answer = balance_with_choices
    await write(page, "/saldo")
    await write(page, "saldo saya")
    await has_ticks(page, "answered", "answered")
    await page.reload()
    await shows(page, "💰 Cek saldo JHT", "saldo saya", author="mine")
    await has_ticks(page, "answered", "answered")
    await shows(page, "Anda memilih /check_balance", "Saldo Anda Rp9.850.000.")
    await expect(page.get_by_role("button", name="Simulasi", exact=True)).to_be_enabled()


async def test_a_new_chat_shows_nothing_of_the_old_one(page: Page, site: Site) -> None:
    await write(page, "rahasia")
    await has_ticks(page, "answered")
    await tap(page, "Mulai chat baru")
    await tap(page, "Ya, mulai baru")
    await shows(page, GREETING)
    await write(page, "halo")
    await shows(page, "halo", author="mine")
    first, second = site.gateway.accepted
    assert first.chat_id != second.chat_id


async def test_a_photo_is_made_smaller_and_sent(page: Page, site: Site) -> None:
    photo = FilePayload(name="ktp.png", mimeType="image/png", buffer=_photo(3000, 2000))
    await page.locator("#file").set_input_files(photo)
    dialog = page.get_by_role("dialog", name="Kirim foto ini?")
    await dialog.get_by_role("button", name="Kirim").click()
    await has_ticks(page, "answered")
    await expect(page.get_by_role("img", name="Foto yang Anda kirim")).to_be_visible()
    (message,) = site.gateway.accepted
    assert message.kind is Kind.PHOTO and message.attachment
    assert message.attachment.mime == "image/jpeg"
    assert message.attachment.size and message.attachment.size < 200_000


async def test_a_pdf_is_sent_under_its_name(page: Page, site: Site) -> None:
    letter = FilePayload(name="surat.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7 a letter")
    await page.locator("#file").set_input_files(letter)
    await page.get_by_role("dialog", name="Kirim dokumen ini? surat.pdf").get_by_role("button", name="Kirim").click()
    await has_ticks(page, "answered")
    await expect(page.locator(".mine .text")).to_have_text("📎 surat.pdf")
    (message,) = site.gateway.accepted
    assert message.kind is Kind.DOCUMENT and message.attachment
    assert (message.attachment.mime, message.attachment.name) == ("application/pdf", "surat.pdf")


async def test_a_huge_pdf_is_refused_before_it_is_sent(page: Page, site: Site) -> None:
    huge = FilePayload(name="surat.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7".ljust(FILE_LIMIT + 1))
    await page.locator("#file").set_input_files(huge)
    await expect(page.get_by_text("paling besar 5 MB")).to_be_visible()
    assert site.gateway.accepted == []


async def test_what_is_not_a_photo_is_refused_with_a_sentence(page: Page, site: Site) -> None:
    await page.locator("#file").set_input_files(FilePayload(name="x.png", mimeType="image/png", buffer=b"no photo"))
    await expect(page.get_by_text("Foto itu tidak dapat dibaca")).to_be_visible()
    assert site.gateway.accepted == []


async def test_a_picture_has_a_description_and_can_be_enlarged(page: Page, site: Site) -> None:
    picture = Picture("jht_growth", _growth(), "Saldo tumbuh menjadi Rp19.409.470")
    document = Document("statement", {}, "saldo-2025.pdf")
    replies = [Reply("Ini grafiknya.", picture=picture), Reply("Ini berkasnya.", document=document)]
    site.gateway.answer = lambda _: replies
    await write(page, "grafik")
    await page.get_by_role("img", name=picture.alt).click()
    await expect(page.get_by_role("dialog", name=picture.alt)).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    address = await page.get_by_role("link", name="Buka dokumen (PDF): saldo-2025.pdf").get_attribute("href")
    assert address
    assert (await page.request.get(site.url + address)).headers["content-type"] == "application/pdf"


async def test_what_people_write_is_never_taken_as_html(page: Page, site: Site) -> None:
    site.gateway.answer = lambda m: [Reply(f"{m.text} *tebal* https://www.bpjsketenagakerjaan.go.id/tracking.")]
    nasty = "<img src=x onerror=alert(1)> 2*3*4"
    await write(page, nasty)
    await shows(page, nasty, author="mine")
    answer = bubbles(page).last
    await expect(answer).to_have_text(f"{nasty} tebal https://www.bpjsketenagakerjaan.go.id/tracking.")
    await expect(answer.locator("strong")).to_have_text(["tebal"])
    await expect(answer.locator("a")).to_have_attribute("href", "https://www.bpjsketenagakerjaan.go.id/tracking")
    await expect(page.locator("#log img")).to_have_count(0)


async def test_the_agency_s_addresses_are_links_however_they_are_written(page: Page, site: Site) -> None:
    addresses = "Buka lapakasik.bpjsketenagakerjaan.go.id, tulis care@bpjsketenagakerjaan.go.id."
    site.gateway.answer = lambda _: [Reply(addresses)]
    await write(page, "alamat")
    links = bubbles(page).last.locator("a")
    await expect(links).to_have_text(["lapakasik.bpjsketenagakerjaan.go.id", "care@bpjsketenagakerjaan.go.id"])
    await expect(links.first).to_have_attribute("href", "https://lapakasik.bpjsketenagakerjaan.go.id")
    await expect(links.last).to_have_attribute("href", "mailto:care@bpjsketenagakerjaan.go.id")


async def test_everything_can_be_done_by_keyboard(page: Page, site: Site) -> None:
    site.gateway.answer = balance_with_choices
    await field(page).focus()
    await page.keyboard.type("saldo")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("saya")
    await page.keyboard.press("Enter")
    await shows(page, "saldo\nsaya", author="mine")
    await expect(page.get_by_role("button", name="Simulasi", exact=True)).to_be_visible()
    while await _focused(page) != "Simulasi":
        await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Enter")
    await shows(page, "saldo\nsaya", "Simulasi", author="mine")
    await expect(field(page)).to_be_focused()
    while await _focused(page) != "Mulai chat baru":
        await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Batal")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Mulai chat baru")).to_be_focused()


async def test_the_page_speaks_english_on_request_and_keeps_the_draft(page: Page) -> None:
    await field(page).fill("half a sentence")
    await page.get_by_role("link", name="Switch to English").click()
    await expect(page.get_by_role("heading", name="JMO Assistant")).to_be_visible()
    await expect(page.get_by_role("textbox", name="Write a message")).to_have_value("half a sentence")
    await page.reload()
    await expect(page.get_by_role("link", name="Ganti ke Bahasa Indonesia")).to_be_visible()


async def test_the_server_refusing_a_flood_is_explained_and_the_message_comes_later(page: Page, site: Site) -> None:
    refused: list[str] = []

    async def refuse_first(route: Route) -> None:
        if refused:
            await route.continue_()
        else:
            refused.append(route.request.url)
            answer = {"error": "Pesan Anda terlalu cepat.", "wait": 1}
            await route.fulfill(status=429, content_type="application/json", body=json.dumps(answer))

    await page.route("**/chat/messages", refuse_first)
    await write(page, "halo")
    await expect(page.get_by_text("Pesan Anda terlalu cepat.")).to_be_visible()
    await has_ticks(page, "answered")
    assert site.texts == ["halo"]


async def test_the_whole_page_weighs_less_than_50_kb(context: BrowserContext, site: Site) -> None:
    page = await context.new_page()
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    await page.goto(site.url)
    await shows(page, GREETING)
    sizes = {response.url: len(await response.body()) for response in responses}
    assert len(sizes) >= 4
    assert all(url.startswith(site.url) for url in sizes)
    assert sum(sizes.values()) < 50_000  # even before compression


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1280])
async def test_nobody_is_shut_out(page: Page, site: Site, axe: str, scheme: str, width: int) -> None:
    picture = Picture("jht_growth", _growth(), "Saldo tumbuh menjadi Rp19.409.470")
    choices = (Button("Rincian iuran", "/details"), Button("Hitung simulasi dengan upah lain", "/simulate"))
    site.gateway.answer = lambda _: [Reply("*Grafik* saldo: https://www.bpjsketenagakerjaan.go.id", choices, picture)]
    await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    await page.set_viewport_size({"width": width, "height": 740})
    await write(page, "halo")
    await has_ticks(page, "answered")
    await tap(page, "Rincian iuran")
    await has_ticks(page, "answered", "answered")
    await page.evaluate(axe)
    found = await page.evaluate("axe.run().then(result => result.violations)")
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found if v["impact"] in ("serious", "critical")] == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= width


def _photo(width: int, height: int) -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, "PNG")
    return file.getvalue()


def _growth() -> dict[str, object]:
    paid = [{"year": year, "contributions": 3_420_000 * year, "balance": 3_800_000 * year} for year in range(1, 6)]
    return {"rows": paid, "language": "id"}


async def _focused(page: Page) -> str:
    name = "document.activeElement.getAttribute('aria-label') || document.activeElement.textContent.trim()"
    return str(await page.evaluate(name))
