"""Every path of the desk has its rule, and refuses whoever has no business there."""

import re

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from bot.desk.routes import RULES, desk_routes
from bot.desk.visit import PREFIX, DeskParts, DeskRoute, OpenRoute
from bot.handoff.models import Role
from tests.desk.conftest import Browser

pytestmark = pytest.mark.asyncio

EXPECTED = {
    ("GET", "/masuk"): None,
    ("POST", "/masuk"): None,
    ("GET", "/static/{name}"): None,
    ("POST", "/keluar"): Role.OFFICER,
    ("GET", ""): Role.OFFICER,
    ("GET", "/antrean"): Role.OFFICER,
    ("POST", "/hadir"): Role.OFFICER,
    ("GET", "/sandi"): Role.OFFICER,
    ("POST", "/sandi"): Role.OFFICER,
    ("GET", "/papan"): Role.SUPERVISOR,
    ("GET", "/papan/kini"): Role.SUPERVISOR,
    ("GET", "/papan/ekspor"): Role.SUPERVISOR,
    ("POST", "/papan/{handoff:int}/beri"): Role.SUPERVISOR,
    ("GET", "/belajar"): Role.SUPERVISOR,
    ("POST", "/belajar"): Role.SUPERVISOR,
    ("GET", "/jadwal"): Role.SUPERVISOR,
    ("POST", "/jadwal"): Role.SUPERVISOR,
    ("POST", "/jadwal/tutup"): Role.SUPERVISOR,
    ("POST", "/jadwal/buka"): Role.SUPERVISOR,
    ("GET", "/gangguan"): Role.SUPERVISOR,
    ("POST", "/gangguan"): Role.SUPERVISOR,
    ("POST", "/gangguan/{incident:int}/selesai"): Role.SUPERVISOR,
    ("GET", "/asisten"): Role.SUPERVISOR,
    ("POST", "/asisten/hentikan"): Role.SUPERVISOR,
    ("POST", "/asisten/lanjutkan"): Role.SUPERVISOR,
    ("GET", "/akun"): Role.ADMIN,
    ("POST", "/akun"): Role.ADMIN,
    ("GET", "/akun/{officer:int}"): Role.ADMIN,
    ("POST", "/akun/{officer:int}/sandi"): Role.ADMIN,
    ("POST", "/akun/{officer:int}/peran"): Role.ADMIN,
    ("POST", "/akun/{officer:int}/tutup"): Role.ADMIN,
    ("POST", "/akun/{officer:int}/buka"): Role.ADMIN,
    ("POST", "/akun/{officer:int}/lepas"): Role.ADMIN,
    ("GET", "/jejak"): Role.ADMIN,
    ("GET", "/antrean/ringkas"): Role.OFFICER,
    ("GET", "/percakapan/{handoff:int}"): Role.OFFICER,
    ("GET", "/percakapan/{handoff:int}/baru"): Role.OFFICER,
    ("GET", "/percakapan/{handoff:int}/lama"): Role.OFFICER,
    ("POST", "/percakapan/{handoff:int}/ambil"): Role.OFFICER,
    ("POST", "/percakapan/{handoff:int}/kirim"): Role.OFFICER,
    ("POST", "/percakapan/{handoff:int}/catatan"): Role.OFFICER,
    ("POST", "/percakapan/{handoff:int}/pindah"): Role.OFFICER,
    ("POST", "/percakapan/{handoff:int}/kembali"): Role.OFFICER,
    ("POST", "/percakapan/{handoff:int}/tutup"): Role.OFFICER,
    ("POST", "/percakapan/{handoff:int}/mengetik"): Role.OFFICER,
    ("GET", "/peristiwa"): Role.OFFICER,
    ("GET", "/percakapan/{handoff:int}/samping"): Role.OFFICER,
    ("POST", "/percakapan/{handoff:int}/tampilkan"): Role.OFFICER,
    ("POST", "/percakapan/{handoff:int}/telepon"): Role.OFFICER,
    ("GET", "/kasus"): Role.OFFICER,
    ("GET", "/kasus/{number}"): Role.OFFICER,
    ("GET", "/kasus/{number}/foto"): Role.OFFICER,
    ("POST", "/kasus/{number}/tampilkan"): Role.OFFICER,
    ("POST", "/kasus/{number}/foto/terima"): Role.OFFICER,
    ("POST", "/kasus/{number}/foto/tolak"): Role.OFFICER,
    ("POST", "/kasus/{number}/wawancara"): Role.OFFICER,
    ("POST", "/kasus/{number}/reset"): Role.OFFICER,
    ("POST", "/kasus/{number}/koreksi"): Role.OFFICER,
    ("POST", "/kasus/{number}/jawab"): Role.OFFICER,
    ("POST", "/kasus/{number}/maju"): Role.OFFICER,
    ("POST", "/kasus/{number}/tolak"): Role.OFFICER,
    ("POST", "/kasus/{number}/catatan"): Role.OFFICER,
    ("POST", "/kasus/{number}/hubungi"): Role.OFFICER,
    ("GET", "/berkas/{message:int}"): Role.OFFICER,
    ("GET", "/percakapan/{handoff:int}/balasan"): Role.OFFICER,
    ("GET", "/balasan"): Role.SUPERVISOR,
    ("POST", "/balasan"): Role.SUPERVISOR,
    ("POST", "/balasan/contoh"): Role.SUPERVISOR,
    ("POST", "/balasan/{reply:int}/hapus"): Role.SUPERVISOR,
    ("GET", "/cari"): Role.OFFICER,
    ("POST", "/cari"): Role.OFFICER,
}
"""Who may use what; None is everybody. A route without a line here fails the first test."""

ABOVE = {Role.OFFICER: None, Role.SUPERVISOR: "rina", Role.ADMIN: "budi"}
"""A demo officer whose role is just below the one that is needed."""
BELOW = {Role.OFFICER: "rina", Role.SUPERVISOR: "budi", Role.ADMIN: "dewi"}

guarded = [rule for rule in RULES if isinstance(rule, DeskRoute)]


def path_of(rule: DeskRoute | OpenRoute) -> str:
    return PREFIX + re.sub(r"\{[^}]+\}", "1", rule.path)


async def test_every_route_has_a_rule_and_every_rule_a_route(parts: DeskParts) -> None:
    rules = {(rule.method, rule.path): rule.role if isinstance(rule, DeskRoute) else None for rule in RULES}
    assert rules == EXPECTED
    served = {
        (method, route.path.removeprefix(PREFIX))
        for route in Starlette(routes=desk_routes(parts)).routes
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}
    }
    assert served == set(EXPECTED)


@pytest.mark.parametrize("rule", guarded, ids=lambda rule: f"{rule.method} {rule.path}")
async def test_whoever_is_not_signed_in_is_refused(rule: DeskRoute, browser: Browser) -> None:
    answer = await browser.request(rule.method, path_of(rule), headers={"accept": "*/*"})
    assert answer.status_code == 401
    assert answer.text == ""


@pytest.mark.parametrize("rule", guarded, ids=lambda rule: f"{rule.method} {rule.path}")
async def test_the_wrong_role_is_refused(rule: DeskRoute, browser: Browser) -> None:
    below = ABOVE[rule.role]
    if below is None:  # no role is below an officer's
        return
    await browser.signs_in(below)
    answer = await browser.request(rule.method, path_of(rule), headers={"x-csrf": browser.csrf})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.method == "POST"], ids=lambda rule: f"{rule.method} {rule.path}"
)
async def test_other_sites_are_refused(rule: DeskRoute | OpenRoute, browser: Browser) -> None:
    await browser.signs_in("dewi")
    for foreign in ({"origin": "https://elsewhere.example"}, {"sec-fetch-site": "cross-site"}):
        answer = await browser.post(path_of(rule), headers={"x-csrf": browser.csrf, **foreign})
        assert answer.status_code == 403


@pytest.mark.parametrize(
    "rule", [rule for rule in guarded if rule.method == "POST"], ids=lambda rule: f"{rule.method} {rule.path}"
)
async def test_a_form_without_the_token_of_the_session_is_refused(rule: DeskRoute, browser: Browser) -> None:
    await browser.signs_in("dewi")
    for token in ("", "x" * 43):
        answer = await browser.post(path_of(rule), data={"csrf": token})
        assert answer.status_code == 403
