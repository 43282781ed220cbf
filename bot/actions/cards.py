"""How a membership card is said and shown."""

from bot.card_check.tokens import card_link
from bot.clock import WIB
from bot.conversation.messages import Picture
from bot.conversation.turn_context import Turn
from bot.parsing.numbers import mask
from bot.register.core_system import Card, CardStatus
from bot.texts import say


def card_picture(turn: Turn, name: str, card: Card, full: bool = False) -> Picture:
    """The card as a picture; its number is masked unless all of it is wanted.

    Its QR code leads to the page that checks it, where phones reach this server; else to the official card.
    """
    language = turn.language
    day, own = turn.now.astimezone(WIB).date(), turn.conversation.participant_id or ""
    kpj = card.kpj if full else mask(card.kpj)
    data = {
        "name": name,
        "kpj": kpj,
        "employer": employer_of(card, language),
        "segment": str(card.segment),
        "active": card.status is CardStatus.ACTIVE,
        "check": card_link(turn.services.settings.public_url, own, card.kpj, day),
        "language": language,
    }
    return Picture("member_card", data, say("member.card_alt", language, name=name, kpj=kpj))


def employer_of(card: Card, language: str) -> str:
    return card.employer or say("member.self_employed", language)


def status_of(card: Card, language: str) -> str:
    return say("member.status_active" if card.status is CardStatus.ACTIVE else "member.status_non_active", language)
