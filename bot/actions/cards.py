"""How a membership card is said and shown."""

from bot.conversation.messages import Picture
from bot.parsing.numbers import mask
from bot.register.core_system import Card, CardStatus
from bot.texts import say


def card_picture(name: str, card: Card, language: str, full: bool = False) -> Picture:
    """The card as a picture; its number is masked unless all of it is wanted."""
    kpj = card.kpj if full else mask(card.kpj)
    data = {
        "name": name,
        "kpj": kpj,
        "employer": employer_of(card, language),
        "segment": str(card.segment),
        "active": card.status is CardStatus.ACTIVE,
        "language": language,
    }
    return Picture("member_card", data, say("member.card_alt", language, name=name, kpj=kpj))


def employer_of(card: Card, language: str) -> str:
    return card.employer or say("member.self_employed", language)


def status_of(card: Card, language: str) -> str:
    return say("member.status_active" if card.status is CardStatus.ACTIVE else "member.status_non_active", language)
