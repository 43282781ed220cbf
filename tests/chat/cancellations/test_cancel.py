"""Batal works everywhere."""

from datetime import datetime

import time_machine

from bot.clock import WIB
from tests.chat.conftest import Chat


async def test_a_simulation_is_left_and_does_not_come_back(chat: Chat) -> None:
    await chat.says("simulasi jht")
    await chat.says("batal")
    chat.replied(contains="saya batalkan", without="Berapa upah")
    await chat.says("halo min")
    chat.replied(contains="Halo", without="Berapa upah")


async def test_a_verification_is_left_by_its_button(chat: Chat) -> None:
    await chat.says("cek saldo jht saya")
    await chat.taps("Batal")
    chat.replied(contains="saya batalkan", without="NIK (16 angka)")


async def test_with_nothing_under_way_there_is_nothing_to_cancel(chat: Chat) -> None:
    await chat.says("batal")
    chat.replied(contains="Tidak ada yang sedang berjalan")


async def test_who_takes_a_call_back_back_is_asked_and_isnt_called(chat: Chat) -> None:
    with time_machine.travel(datetime(2026, 11, 24, 23, 0, tzinfo=WIB)):
        await chat.says("mau bicara dengan petugas")
        chat.replied("JMO-000001-8")
        await chat.says("ga jadi deh")
        chat.replied(["masih akan menghubungi Anda", "JMO-000001-8"], buttons=["Tetap di asisten"])
        await chat.taps("Tetap di asisten")
        await chat.says("ga jadi deh")
        chat.replied("Tidak ada yang sedang berjalan")
