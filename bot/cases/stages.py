"""The kinds of cases and the way each goes."""

from dataclasses import dataclass
from enum import StrEnum


class CaseKind(StrEnum):
    CLAIM = "claim"
    DATA_CORRECTION = "data_correction"
    BIOMETRIC_RESET = "biometric_reset"
    CARD_CHECK = "card_check"
    APP_PROBLEM = "app_problem"
    VISIT = "visit"
    """A branch is to be visited: the participant's plan, of which they are reminded."""
    CONVERSATION = "conversation"
    """Whatever a person was asked for that is none of the others."""


class CaseState(StrEnum):
    OPEN = "open"
    IN_PROGRESS = "in_progress"
    READY = "ready"
    """The office did its part; the participant has to try."""
    # The stages of a claim, which JMO's tracking calls Agenda Klaim, Penetapan, Persetujuan, Pembayaran, Selesai.
    AGENDA = "agenda"
    DETERMINATION = "determination"
    APPROVAL = "approval"
    PAYMENT = "payment"
    DONE = "done"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


CLOSED = frozenset({CaseState.DONE, CaseState.REJECTED, CaseState.WITHDRAWN})


@dataclass(frozen=True)
class Way:
    """The stages of a kind in their order, and until where it can be withdrawn."""

    stages: tuple[CaseState, ...]
    withdrawable: frozenset[CaseState]

    def after(self, state: CaseState) -> CaseState | None:
        """The next stage; None at the end."""
        if state not in self.stages[:-1]:
            return None
        return self.stages[self.stages.index(state) + 1]


_CLAIM = (CaseState.AGENDA, CaseState.DETERMINATION, CaseState.APPROVAL, CaseState.PAYMENT, CaseState.DONE)
_CORRECTED_FIRST = (CaseState.OPEN, CaseState.IN_PROGRESS, CaseState.READY, CaseState.DONE)
_PLAIN = (CaseState.OPEN, CaseState.IN_PROGRESS, CaseState.DONE)
_PLAN = (CaseState.OPEN, CaseState.DONE)
_RESET = (CaseState.OPEN, CaseState.READY, CaseState.DONE)

WAYS = {
    # A claim can be withdrawn until it is approved: from then on the money is on its way.
    CaseKind.CLAIM: Way(_CLAIM, frozenset({CaseState.AGENDA, CaseState.DETERMINATION})),
    CaseKind.DATA_CORRECTION: Way(_CORRECTED_FIRST, frozenset({CaseState.OPEN, CaseState.IN_PROGRESS})),
    CaseKind.BIOMETRIC_RESET: Way(_RESET, frozenset({CaseState.OPEN})),
    CaseKind.CARD_CHECK: Way(_PLAIN, frozenset({CaseState.OPEN, CaseState.IN_PROGRESS})),
    CaseKind.APP_PROBLEM: Way(_PLAIN, frozenset({CaseState.OPEN, CaseState.IN_PROGRESS})),
    CaseKind.VISIT: Way(_PLAN, frozenset({CaseState.OPEN})),
    CaseKind.CONVERSATION: Way(_PLAIN, frozenset({CaseState.OPEN, CaseState.IN_PROGRESS})),
}
