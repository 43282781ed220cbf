"""The key file: made in demo mode, required elsewhere, never overwritten, kept to its owner."""

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.privacy import keys


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "keys.json"


def test_demo_mode_makes_the_key_file_once(path: Path) -> None:
    made = keys.load_keyring(path, create=True)
    assert keys.load_keyring(path, create=True).keys == made.keys


def test_other_modes_refuse_to_start_without_a_key_file(path: Path) -> None:
    with pytest.raises(SettingsError, match=f"jmo keys new {path}"):
        keys.load_keyring(path, create=False)
    assert not path.exists()


def test_only_the_owner_may_read_the_key_file(path: Path) -> None:
    keys.make_key_file(path)
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_key_file_that_others_may_read_is_refused(path: Path) -> None:
    keys.make_key_file(path)
    path.chmod(0o644)
    with pytest.raises(SettingsError, match="chmod 600"):
        keys.load_keyring(path, create=False)


def test_two_key_files_have_different_keys(tmp_path: Path) -> None:
    one, other = keys.make_key_file(tmp_path / "one"), keys.make_key_file(tmp_path / "other")
    assert one.keys != other.keys
    assert one.index_key != other.index_key


def test_a_key_file_is_never_overwritten(path: Path) -> None:
    made = keys.make_key_file(path)
    with pytest.raises(SettingsError, match="not overwritten"):
        keys.make_key_file(path)
    assert keys.load_keyring(path, create=False).keys == made.keys


def test_after_rotation_old_values_are_read_and_new_ones_use_the_new_key(path: Path) -> None:
    old = keys.make_key_file(path)
    value, index = old.encrypt("0811", "a.b"), old.blind_index("0811", "phone")
    keys.rotate(path)
    new = keys.load_keyring(path, create=False)
    assert new.decrypt(value, "a.b") == "0811"
    assert new.encrypt("0811", "a.b").startswith("k2:")
    assert new.blind_index("0811", "phone") == index


def test_rotating_twice_keeps_all_keys(path: Path) -> None:
    keys.make_key_file(path)
    keys.rotate(path)
    assert sorted(keys.rotate(path).keys) == ["k1", "k2", "k3"]
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"current": "k1", "keys": {"k1": "AAAA"}, "index_key": "AAAA"}'])
def test_a_damaged_key_file_is_named_and_kept(path: Path, content: str) -> None:
    path.parent.mkdir()
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(SettingsError, match="damaged"):
        keys.load_keyring(path, create=True)
    assert path.read_text() == content


def test_a_folder_instead_of_a_key_file_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="can't be read"):
        keys.load_keyring(tmp_path, create=True)


def test_nothing_is_left_beside_the_key_file(path: Path) -> None:
    keys.make_key_file(path)
    keys.rotate(path)
    assert [file.name for file in path.parent.iterdir()] == ["keys.json"]


def test_personal_data_can_not_be_touched_before_keys_are_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_active", None)
    with pytest.raises(SettingsError, match="no keys are loaded"):
        keys.keyring()
