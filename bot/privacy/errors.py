"""What can go wrong with encrypted values."""

from bot.errors import JmoError


class UnreadableValue(JmoError):
    """A stored value can't be decrypted: its key is missing, it was changed, or it is of another column."""
