"""Personal values: readable only with the key, unchanged, and in their own place."""

from base64 import b64decode, b64encode
from datetime import date

import pytest
from sqlalchemy import Column, MetaData, Table, create_engine, select

from bot.privacy.columns import Encrypted, EncryptedBytes, EncryptedDate
from bot.privacy.crypto import Keyring
from bot.privacy.errors import UnreadableValue
from bot.privacy.keys import use_keyring

NIK = "1199011705940001"
PLACE = "participants.nik"


@pytest.fixture
def ring() -> Keyring:
    return Keyring({"k1": b"1" * 32}, current="k1", index_key=b"i" * 32)


def test_what_was_encrypted_can_be_read_again(ring: Keyring) -> None:
    assert ring.decrypt(ring.encrypt(NIK, PLACE), PLACE) == NIK


def test_a_value_names_its_key_and_hides_its_text(ring: Keyring) -> None:
    key_id, sealed = ring.encrypt(NIK, PLACE).split(":")
    assert key_id == "k1"
    assert NIK.encode() not in b64decode(sealed)


def test_the_same_text_is_encrypted_differently_each_time(ring: Keyring) -> None:
    assert ring.encrypt(NIK, PLACE) != ring.encrypt(NIK, PLACE)


@pytest.mark.parametrize("position", [0, 12, -1], ids=["nonce", "text", "tag"])
def test_a_changed_value_is_refused(ring: Keyring, position: int) -> None:
    raw = bytearray(b64decode(ring.encrypt(NIK, PLACE).removeprefix("k1:")))
    raw[position] ^= 1
    with pytest.raises(UnreadableValue, match="changed"):
        ring.decrypt("k1:" + b64encode(raw).decode(), PLACE)


@pytest.mark.parametrize("value", ["", "k1:", "k1:AAAA", "k1:not base64!", NIK])
def test_something_that_was_never_encrypted_is_refused(ring: Keyring, value: str) -> None:
    with pytest.raises(UnreadableValue):
        ring.decrypt(value, PLACE)


def test_a_value_moved_to_another_column_is_refused(ring: Keyring) -> None:
    with pytest.raises(UnreadableValue, match="another place"):
        ring.decrypt(ring.encrypt(NIK, PLACE), "participants.phone")


def test_a_value_of_an_unknown_key_is_refused(ring: Keyring) -> None:
    with pytest.raises(UnreadableValue, match="key file doesn't hold"):
        ring.decrypt(ring.encrypt(NIK, PLACE).replace("k1:", "k9:"), PLACE)


def test_the_refusal_does_not_repeat_the_value(ring: Keyring) -> None:
    with pytest.raises(UnreadableValue) as refused:
        ring.decrypt(NIK, PLACE)
    assert NIK not in str(refused.value)


def test_bytes_come_back_whatever_they_contain(ring: Keyring) -> None:
    photo = b"k9:\x00\xff:"
    assert ring.decrypt_bytes(ring.encrypt_bytes(photo, "photos"), "photos") == photo


def test_a_blind_index_finds_the_same_value_and_no_other(ring: Keyring) -> None:
    assert ring.blind_index(NIK, "nik") == ring.blind_index(NIK, "nik")
    assert ring.blind_index(NIK, "nik") != ring.blind_index(NIK[:-1] + "2", "nik")


def test_equal_digits_of_two_kinds_have_different_indexes(ring: Keyring) -> None:
    assert ring.blind_index("70000000011", "kpj") != ring.blind_index("70000000011", "phone")


def test_a_blind_index_can_not_be_made_without_the_key(ring: Keyring) -> None:
    other = Keyring(ring.keys, ring.current, index_key=b"j" * 32)
    assert ring.blind_index(NIK, "nik") != other.blind_index(NIK, "nik")


def test_a_code_matches_only_what_it_was_issued_for(ring: Keyring) -> None:
    digest = ring.digest("123456", "verification 7")
    assert ring.digest_matches("123456", "verification 7", digest)
    assert not ring.digest_matches("123457", "verification 7", digest)
    assert not ring.digest_matches("123456", "verification 8", digest)


@pytest.mark.parametrize(
    ("keys", "current", "index_key"),
    [
        ({"k1": b"1" * 32}, "k2", b"i" * 32),
        ({"k1": b"short"}, "k1", b"i" * 32),
        ({"k:1": b"1" * 32}, "k:1", b"i" * 32),
    ],
    ids=["no current key", "short key", "colon in the id"],
)
def test_unusable_keys_are_refused(keys: dict[str, bytes], current: str, index_key: bytes) -> None:
    with pytest.raises(ValueError, match="key"):
        Keyring(keys, current, index_key)


def test_showing_a_keyring_does_not_show_its_keys(ring: Keyring) -> None:
    assert repr(ring) == "Keyring(current='k1', keys=['k1'])"


def test_encrypted_columns_store_ciphertext_and_give_back_the_value(ring: Keyring) -> None:
    use_keyring(ring)
    people = Table(
        "people",
        MetaData(),
        Column("nik", Encrypted("people.nik")),
        Column("born", EncryptedDate("people.born")),
        Column("photo", EncryptedBytes("people.photo")),
    )
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        people.create(connection)
        connection.execute(people.insert(), {"nik": NIK, "born": date(1994, 5, 17), "photo": b"jpeg"})
        connection.execute(people.insert(), {"nik": None, "born": None, "photo": None})
        stored = str(connection.exec_driver_sql("SELECT * FROM people").all())
        read = [tuple(row) for row in connection.execute(select(people))]
    engine.dispose()
    assert read == [(NIK, date(1994, 5, 17), b"jpeg"), (None, None, None)]
    assert not any(clear in stored for clear in (NIK, "1994", "jpeg"))
