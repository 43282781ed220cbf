"""Who decides whether a face is the participant's: an interface for a recogniser, and the default, an officer.

To connect a recogniser, write a class with `verify` and give it to the assistant's `Services`. It gets the
register's own id of the participant, by which it finds the picture to compare with (e.g. that of the population
register), and the photo as a JPEG that passed `bot.photos.quality`. It decides MATCH only when it is also sure of a
living person; when it is unsure, slow or out of reach it answers NEEDS_OFFICER rather than raising, for a
participant must never be refused because a machine failed. It runs inside a turn: a few seconds at most. The photo
and its features are personal data of a special kind: neither may be kept or logged by the recogniser.
"""

from enum import StrEnum
from typing import Protocol


class FaceDecision(StrEnum):
    MATCH = "match"
    NO_MATCH = "no_match"
    NEEDS_OFFICER = "needs_officer"
    """A person looks at the photo."""


class FaceVerifier(Protocol):
    """Compares a photo with the face known of a participant."""

    async def verify(self, participant_id: str, photo: bytes) -> FaceDecision: ...


class OfficerDecides:
    """Recognises nobody: every photo is put before an officer."""

    async def verify(self, participant_id: str, photo: bytes) -> FaceDecision:
        return FaceDecision.NEEDS_OFFICER
