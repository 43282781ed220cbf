"""Column types for personal data."""

from datetime import date

from sqlalchemy import Dialect, LargeBinary, Text, TypeDecorator

from bot.privacy.keys import keyring


class Encrypted(TypeDecorator[str]):
    """A text that is encrypted where it rests; `context` names its place, such as `participants.nik`.

    Equal texts are stored differently each time: to look one up, keep its blind index beside it.
    """

    impl = Text
    cache_ok = True

    def __init__(self, context: str) -> None:
        super().__init__()
        self.context = context

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else keyring().encrypt(value, self.context)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else keyring().decrypt(value, self.context)


class EncryptedDate(TypeDecorator[date]):
    """A date, such as a birth date, that is encrypted where it rests."""

    impl = Text
    cache_ok = True

    def __init__(self, context: str) -> None:
        super().__init__()
        self.context = context

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else keyring().encrypt(value.isoformat(), self.context)

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(keyring().decrypt(value, self.context))


class EncryptedBytes(TypeDecorator[bytes]):
    """Bytes, such as a photo, that are encrypted where they rest."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, context: str) -> None:
        super().__init__()
        self.context = context

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return None if value is None else keyring().encrypt_bytes(value, self.context)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return None if value is None else keyring().decrypt_bytes(value, self.context)
