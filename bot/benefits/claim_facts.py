"""What is known about somebody who asks for their old-age savings (JHT), and why they ask."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ClaimReason(StrEnum):
    AGE_56 = "age_56"
    RESIGNED = "resigned"
    LAID_OFF = "laid_off"
    CONTRACT_ENDED = "contract_ended"
    COMPANY_RETIREMENT = "company_retirement"
    BPU_STOPPED = "bpu_stopped"
    LEAVING_INDONESIA = "leaving_indonesia"
    TOTAL_DISABILITY = "total_disability"
    DEATH = "death"
    PARTIAL_10 = "partial_10"
    PARTIAL_30 = "partial_30"

    @property
    def is_partial(self) -> bool:
        return self in (ClaimReason.PARTIAL_10, ClaimReason.PARTIAL_30)


@dataclass(frozen=True)
class ClaimFacts:
    """Facts about a participant; None means not known, which is never taken for yes or no.

    `balance` is the total of all cards in rupiah. `left_on` is the day of leaving, of being laid off, of the
    contract's end or of stopping a business, and may lie ahead. `still_working` speaks of today and of any employer.
    `member_since` is the first day of the oldest card; `membership_months` serves where only a span is known.
    """

    birth_date: date | None = None
    left_on: date | None = None
    still_working: bool | None = None
    member_since: date | None = None
    membership_months: int | None = None
    balance: int | None = None
    data_updated: bool | None = None
    non_active: bool | None = None
    saw_code_040: bool | None = None
    took_partial: bool | None = None
    partial_claim_on: date | None = None
    has_npwp: bool | None = None
    for_home_purchase: bool | None = None
    foreigner: bool | None = None
    doctor_confirms: bool | None = None
    claimant_is_heir: bool | None = None

    @property
    def partial_taken(self) -> bool | None:
        """Whether part of the savings was taken before; a known day of it says yes."""
        return True if self.partial_claim_on is not None else self.took_partial
