"""Messages that say much the same come together."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.learning.clusters import clusters

SAID = [
    "kode 040 apa min",
    "saldo jht kok hilang",
    "kode 040 artinya apa",
    "saldo jht saya hilang",
    "kode 040 apa kak",
    "alamat kantor cabang bandung",
]


def test_what_is_alike_is_together_the_largest_first() -> None:
    assert clusters(SAID) == [[0, 2, 4], [1, 3], [5]]


def test_abbreviations_and_typing_slips_make_no_difference() -> None:
    assert clusters(["saldo jht saya hilang", "sldo jht sy hilang", "saldooo jht saya hilangg"]) == [[0, 1, 2]]


def test_the_same_texts_give_the_same_clusters() -> None:
    assert clusters(SAID * 200) == clusters(SAID * 200)


def test_nothing_gives_nothing() -> None:
    assert clusters([]) == []


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=20))
def test_every_message_is_in_one_cluster(texts: list[str]) -> None:
    assert sorted(place for places in clusters(texts) for place in places) == list(range(len(texts)))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=20))
def test_equal_messages_are_in_the_same_cluster(texts: list[str]) -> None:
    cluster_of = {place: number for number, places in enumerate(clusters(texts * 2)) for place in places}
    assert all(cluster_of[place] == cluster_of[place + len(texts)] for place in range(len(texts)))
