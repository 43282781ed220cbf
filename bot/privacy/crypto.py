"""Encryption of personal values (AES-256-GCM), blind indexes to look them up, digests of one-time codes."""

import hashlib
import hmac
import os
from base64 import b64decode, b64encode
from collections.abc import Mapping
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.privacy.errors import UnreadableValue

KEY_BYTES = 32
NONCE_BYTES = 12
_SEPARATOR = ":"


class Keyring:
    """The keys of one installation: several for encryption, one of them current, one for all keyed hashes.

    Rotation adds an encryption key and keeps the old ones, so that old values stay readable. The hashing key
    stays: a blind index must find what was stored before.
    """

    def __init__(self, keys: Mapping[str, bytes], current: str, index_key: bytes) -> None:
        if current not in keys:
            raise ValueError("the current key is not among the keys")
        if any(_SEPARATOR in key_id or not key_id for key_id in keys):
            raise ValueError("a key id is not empty and has no colon")
        if any(len(key) != KEY_BYTES for key in (*keys.values(), index_key)):
            raise ValueError(f"every key must have {KEY_BYTES} bytes")
        self.keys = dict(keys)
        self.current = current
        self.index_key = index_key
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self._derived = lru_cache(maxsize=64)(self._derive)

    def __repr__(self) -> str:
        return f"Keyring(current={self.current!r}, keys={sorted(self.keys)})"

    def encrypt(self, text: str, context: str) -> str:
        """Encrypt a text for one place, such as `participants.nik`; gives `key_id:base64`."""
        return self.current + _SEPARATOR + b64encode(self._seal(text.encode(), context)).decode("ascii")

    def decrypt(self, value: str, context: str) -> str:
        """Read what `encrypt` gave for the same place. Raises `UnreadableValue`."""
        key_id, _, sealed = value.partition(_SEPARATOR)
        try:
            raw = b64decode(sealed, validate=True)
        except ValueError:
            raise UnreadableValue(f"a value of {context} is not in the form key_id:base64") from None
        return self._open(key_id, raw, context).decode()

    def encrypt_bytes(self, data: bytes, context: str) -> bytes:
        """Encrypt bytes, such as a photo; gives `key_id:` and the raw ciphertext."""
        return self.current.encode() + _SEPARATOR.encode() + self._seal(data, context)

    def decrypt_bytes(self, value: bytes, context: str) -> bytes:
        """Read what `encrypt_bytes` gave for the same place. Raises `UnreadableValue`."""
        key_id, _, sealed = value.partition(_SEPARATOR.encode())
        return self._open(key_id.decode(errors="replace"), sealed, context)

    def blind_index(self, value: str, kind: str) -> str:
        """A keyed hash under which a value is found without being readable; 64 hex digits.

        Each `kind` ("nik", "kpj", "phone") has a key of its own, so that equal digits of two kinds don't show
        as equal. Give the value in its one normal form (`bot.parsing`).
        """
        return self._keyed_hash(value, f"blind index {kind}")

    def digest(self, secret: str, context: str) -> str:
        """A keyed hash of a short-lived secret, such as a one-time code, bound to what it was issued for."""
        return self._keyed_hash(f"{context}\0{secret}", "digest")

    def digest_matches(self, secret: str, context: str, digest: str) -> bool:
        """Compare in constant time."""
        return hmac.compare_digest(self.digest(secret, context), digest)

    def _seal(self, data: bytes, context: str) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._ciphers[self.current].encrypt(nonce, data, context.encode())

    def _open(self, key_id: str, sealed: bytes, context: str) -> bytes:
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise UnreadableValue(f"a value of {context} needs a key that the key file doesn't hold")
        try:
            return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context.encode())
        except (InvalidTag, ValueError):
            raise UnreadableValue(f"a value of {context} was changed, or belongs to another place") from None

    def _keyed_hash(self, value: str, purpose: str) -> str:
        return hmac.new(self._derived(purpose), value.encode(), hashlib.sha256).hexdigest()

    def _derive(self, purpose: str) -> bytes:
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose.encode()).derive(self.index_key)


def new_key() -> bytes:
    """Fresh random bytes for one key."""
    return os.urandom(KEY_BYTES)
