"""A town alone is enough, and what is said of a place with no known office."""

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.conversation.models import Conversation, InboxRow, OutboxRow
from tests.chat.conftest import Chat

SQUARE = (4.1437218, 96.1286573)


@pytest.mark.parametrize(
    ("words", "office"),
    [
        ("kantor bpjs di meulaboh", "Kantor Cabang Meulaboh"),
        ("alamat cabang langsa", "Kantor Cabang Langsa"),
        ("meulaboh", "Kantor Cabang Meulaboh"),
        ("jogja", "Jl. Urip Sumoharjo No. 106"),
        ("kantor terdekat dari takengon", "Jl. Lebe Kader No. 242"),
        ("alamat kantor bpjs tk di kupang", "Jl. W.J. Lalamentik No. 88"),
        ("cabang banda aceh", "telp. 0651-23045"),
        ("cabang di medan", "Jl. Pattimura No. 334"),
    ],
)
async def test_a_place_is_met_with_its_office(chat: Chat, words: str, office: str) -> None:
    await chat.says(words)
    chat.replied(["Kantor terdekat", office, "maps.google.com"])


async def test_an_address_comes_with_the_advice_to_make_sure_of_it(chat: Chat) -> None:
    await chat.says("cabang di medan")
    chat.replied(["pastikan ke 175 atau situs resmi"])


async def test_the_map_is_searched_by_name_where_only_the_town_is_known(chat: Chat) -> None:
    await chat.says("cabang di kupang")
    chat.replied("q=BPJS+Ketenagakerjaan+Kantor+Cabang+Nusa+Tenggara+Timur+Kupang")


async def test_the_map_leads_to_the_office_where_its_position_is_known(chat: Chat) -> None:
    await chat.says("cabang di cirebon")
    chat.replied("q=-6.741862,108.5420607")


async def test_a_far_office_is_not_named_beside_a_near_one(chat: Chat) -> None:
    await chat.says("kantor bpjs di meulaboh")
    chat.replied("Meulaboh", without=["Lhokseumawe", "Banda Aceh"])


async def test_a_province_without_a_known_office_is_told_so_and_where_the_next_one_is(chat: Chat) -> None:
    await chat.says("alamat kantor bpjs tk di wamena")
    chat.replied(["Wamena", "belum punya data kantor", "175", "Kantor Cabang Papua Mimika", "WIT"])


async def test_a_branch_asked_for_in_a_simulation_is_told_and_the_step_asked_again(chat: Chat) -> None:
    await chat.says("simulasi jht")
    await chat.says("5jt")
    await chat.says("cabang di medan")
    chat.replied(["Kantor Cabang Medan Kota", "Berapa tahun iuran dibayarkan?"])


async def test_a_location_is_kept_nowhere(chat: Chat, sessions: async_sessionmaker[AsyncSession]) -> None:
    await chat.sends_location(*SQUARE)
    chat.replied("Kantor Cabang Meulaboh")
    async with sessions() as session:
        kept = [
            *await session.scalars(select(InboxRow.payload)),
            *await session.scalars(select(OutboxRow.payload)),
            *await session.scalars(select(Conversation.tracker)),
        ]
    assert "Kantor Cabang Meulaboh" in str(kept)
    assert not any(str(degrees) in str(kept) for degrees in SQUARE)
