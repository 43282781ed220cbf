"""The key file, and the keyring that the running process uses."""

import json
import os
import tempfile
from base64 import b64decode, b64encode
from pathlib import Path

from bot.errors import SettingsError
from bot.privacy.crypto import Keyring, new_key

_active: Keyring | None = None


def use_keyring(ring: Keyring) -> None:
    """Make this keyring the one of the process; encrypted columns use it."""
    global _active
    _active = ring


def keyring() -> Keyring:
    """The keyring of the process. Raises `SettingsError` when none was chosen."""
    if _active is None:
        raise SettingsError("no keys are loaded: personal data can be touched only after use_keyring(...)")
    return _active


def load_keyring(path: Path, create: bool) -> Keyring:
    """Read the key file; make it when it is missing and `create` (demo mode). Raises `SettingsError`."""
    if not path.exists():
        if not create:
            raise SettingsError(f"the key file {path} doesn't exist; make one with: jmo keys new {path}")
        make_key_file(path)
    return _read(path)


def make_key_file(path: Path) -> Keyring:
    """Make a key file with fresh keys, for its owner alone. Raises `SettingsError` if there is one."""
    ring = _fresh_keyring()
    _write(path, ring, replace=False)
    return ring


def rotate(path: Path) -> Keyring:
    """Add a key and make it the current one; old values stay readable. Raises `SettingsError`."""
    old = load_keyring(path, create=False)
    key_id = _next_id(old)
    ring = Keyring({**old.keys, key_id: new_key()}, current=key_id, index_key=old.index_key)
    _write(path, ring, replace=True)
    return ring


def _fresh_keyring() -> Keyring:
    return Keyring({"k1": new_key()}, current="k1", index_key=new_key())


def _next_id(ring: Keyring) -> str:
    number = len(ring.keys) + 1
    while f"k{number}" in ring.keys:
        number += 1
    return f"k{number}"


def _read(path: Path) -> Keyring:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        keys = {key_id: b64decode(key, validate=True) for key_id, key in content["keys"].items()}
        ring = Keyring(keys, content["current"], b64decode(content["index_key"], validate=True))
    except OSError as error:
        raise SettingsError(f"the key file {path} can't be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise SettingsError(
            f"the key file {path} is damaged: restore it from its backup (a new one can't read stored data)"
        ) from None
    if path.stat().st_mode & 0o077:
        raise SettingsError(f"the key file {path} can be read by others; run: chmod 600 {path}")
    return ring


def _write(path: Path, ring: Keyring, replace: bool) -> None:
    """Write beside the file and put it in place in one step, so that no reader ever sees half a file."""
    content = {
        "current": ring.current,
        "keys": {key_id: _text(key) for key_id, key in ring.keys.items()},
        "index_key": _text(ring.index_key),
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(content, file, indent=2)
                file.flush()
                os.fsync(file.fileno())
            if replace:
                os.replace(beside, path)
            else:
                os.link(beside, path)
        finally:
            Path(beside).unlink(missing_ok=True)
    except FileExistsError:
        raise SettingsError(f"{path} exists already and is not overwritten: its keys may be in use") from None
    except OSError as error:
        raise SettingsError(f"the key file {path} can't be written: {error.strerror}") from None


def _text(key: bytes) -> str:
    return b64encode(key).decode("ascii")
