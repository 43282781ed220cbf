"""The secret in a card's QR code: whose card it is and when it was shown, readable to this assistant alone."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import date, timedelta

from bot.privacy.errors import UnreadableValue
from bot.privacy.keys import keyring

PATH = "/kartu/"
VALID_FOR = timedelta(days=30)
"""An old picture says nothing about today."""
_CONTEXT = "card_check.token"


@dataclass(frozen=True, slots=True)
class ShownCard:
    """A card as it was shown; its number only as a part of its blind index."""

    participant_id: str
    kpj_index: str
    shown_on: date

    def is_old(self, today: date) -> bool:
        """Whether the picture is too old to say anything."""
        return self.shown_on + VALID_FOR < today


def short_index(kpj: str) -> str:
    """Enough of a number's blind index to tell a person's cards apart; a short address is easily scanned."""
    return keyring().blind_index(kpj, "kpj")[:16]


def card_link(public_url: str, participant_id: str, kpj: str, today: date) -> str | None:
    """The address for the QR code; None where no phone could reach this server."""
    if not public_url:
        return None
    content = f"{short_index(kpj)} {today.toordinal()} {participant_id}"
    token = urlsafe_b64encode(keyring().encrypt_bytes(content.encode(), _CONTEXT)).decode().rstrip("=")
    return f"{public_url.rstrip('/')}{PATH}{token}"


def read_token(token: str) -> ShownCard | None:
    """The card of a QR code; None for one that this assistant didn't make."""
    try:
        sealed = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        kpj_index, day, participant_id = keyring().decrypt_bytes(sealed, _CONTEXT).decode().split(" ", 2)
        return ShownCard(participant_id, kpj_index, date.fromordinal(int(day)))
    except (UnreadableValue, ValueError):
        return None
