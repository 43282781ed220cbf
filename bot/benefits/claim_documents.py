"""What to bring for a claim of JHT at Lapak Asik or a branch. A claim in the chat needs no documents."""

from datetime import date
from enum import StrEnum

from bot.benefits.claim_facts import ClaimFacts, ClaimReason
from bot.benefits.tax import FINAL_TARIFF


class Document(StrEnum):
    MEMBER_CARD = "member_card"
    KTP = "ktp"
    """Or other proof of identity."""
    RESIGNATION_STATEMENT = "resignation_statement"
    """May be the non-active status that the employer reported."""
    LAYOFF_PROOF = "layoff_proof"
    """One of: receipt or copy of the report to the labour office, notice with a statement of not rejecting it,
    joint agreement, court ruling."""
    PASSPORT = "passport"
    NOT_WORKING_STATEMENT = "not_working_statement"
    """That one no longer works in Indonesia."""
    DOCTOR_LETTER = "doctor_letter"
    DEATH_LETTER = "death_letter"
    HEIR_LETTER = "heir_letter"
    HEIR_KTP = "heir_ktp"
    HOME_PURCHASE_PAPERS = "home_purchase_papers"
    """Of the bank for a loan, or the deed or binding agreement of a purchase in cash."""
    FAMILY_CARD = "family_card"
    BANK_BOOK = "bank_book"
    NPWP = "npwp"
    PAKLARING = "paklaring"


_CARD_AND_KTP = (Document.MEMBER_CARD, Document.KTP)

_REQUIRED: dict[ClaimReason, tuple[Document, ...]] = {
    ClaimReason.AGE_56: _CARD_AND_KTP,  # FAQ 233
    ClaimReason.RESIGNED: (*_CARD_AND_KTP, Document.RESIGNATION_STATEMENT),  # FAQ 237
    ClaimReason.LAID_OFF: (*_CARD_AND_KTP, Document.LAYOFF_PROOF),  # FAQ 238
    ClaimReason.CONTRACT_ENDED: _CARD_AND_KTP,  # FAQ 234
    ClaimReason.COMPANY_RETIREMENT: _CARD_AND_KTP,  # FAQ 235
    ClaimReason.BPU_STOPPED: _CARD_AND_KTP,  # FAQ 236
    ClaimReason.LEAVING_INDONESIA: (  # FAQ 239
        Document.MEMBER_CARD,
        Document.PASSPORT,
        Document.NOT_WORKING_STATEMENT,
    ),
    ClaimReason.TOTAL_DISABILITY: (*_CARD_AND_KTP, Document.DOCTOR_LETTER),  # FAQ 242
    ClaimReason.DEATH: (  # FAQ 240
        Document.MEMBER_CARD,
        Document.DEATH_LETTER,
        Document.HEIR_LETTER,
        Document.HEIR_KTP,
    ),
    ClaimReason.PARTIAL_10: _CARD_AND_KTP,  # FAQ 243
    ClaimReason.PARTIAL_30: (*_CARD_AND_KTP, Document.HOME_PURCHASE_PAPERS),  # FAQ 244
}

_USERS_ARE_ASKED_FOR_PAKLARING = frozenset(
    {ClaimReason.RESIGNED, ClaimReason.LAID_OFF, ClaimReason.CONTRACT_ENDED, ClaimReason.COMPANY_RETIREMENT}
)


def required_documents(reason: ClaimReason) -> tuple[Document, ...]:
    """What the official list names for this reason."""
    return _REQUIRED[reason]


def documents_to_bring_too(reason: ClaimReason, facts: ClaimFacts, day: date) -> tuple[Document, ...]:
    """What the official list does not name but the press, or users at a branch, say is asked for."""
    documents = [Document.FAMILY_CARD, Document.BANK_BOOK]
    if _npwp_may_matter(facts, day):
        documents.append(Document.NPWP)
    if reason in _USERS_ARE_ASKED_FOR_PAKLARING:
        documents.append(Document.PAKLARING)
    return tuple(documents)


def _npwp_may_matter(facts: ClaimFacts, day: date) -> bool:
    """Above the sum free of tax or after a partial claim, and also where these aren't known."""
    if facts.balance is None or facts.balance > FINAL_TARIFF.on(day).value.free_up_to:
        return True
    return facts.partial_taken is not False
