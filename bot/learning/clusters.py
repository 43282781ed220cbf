"""Puts messages that say much the same together, so that one decision serves all of them."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np
import numpy.typing as npt

from bot.learning.likeness import CHATTER
from nlu.components.normaliser import words_of

ALIKE = 0.55
"""Cosine from which two messages are together; of sentences of 60 intents, four in five then meet their own kind."""
_PLACES = 512
_PIECES = (3, 4)
"""Characters."""
_FEW = 20
"""Texts; so few tell little about what is common."""
_BLOCK = 256

_Vectors = npt.NDArray[np.float32]


def clusters(texts: Sequence[str], alike: float = ALIKE) -> list[list[int]]:
    """The places of the texts by cluster, the largest first, those of equal size by their first text.

    Each text joins the earlier first text that is most like it, or is the first of a new cluster: the same texts in
    the same order always give the same clusters, and a chain of likenesses joins nothing.
    """
    vectors = _vectors(texts)
    members: list[list[int]] = []
    for start in range(0, len(texts), _BLOCK):
        block = vectors[start : start + _BLOCK]
        known = len(members)
        to_known = block @ vectors[[places[0] for places in members]].T
        to_block = block @ block.T
        for row, place in enumerate(range(start, start + len(block))):
            new = [places[0] - start for places in members[known:]]
            near = np.concatenate([to_known[row], to_block[row, new]])
            best = int(near.argmax()) if members else -1
            if members and near[best] >= alike:
                members[best].append(place)
            else:
                members.append([place])
    return sorted(members, key=lambda places: (-len(places), places[0]))


def _vectors(texts: Sequence[str]) -> _Vectors:
    """One row of length one for each text; what many texts have in common weighs little."""
    pieces = [list(_pieces(text)) for text in texts]
    known_by = np.bincount([piece for found in pieces for piece in found], minlength=_PLACES)
    weights = 1 + np.log((len(texts) + _FEW) / (known_by + _FEW))
    vectors = np.zeros((len(texts), _PLACES), dtype=np.float32)
    for row, found in enumerate(pieces):
        vectors[row, found] = weights[found]
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    of_length_one: _Vectors = vectors / np.maximum(lengths, 1e-6)
    return of_length_one


def _pieces(text: str) -> frozenset[int]:
    words = words_of(text)
    padded = f" {' '.join(word for word in words if word not in CHATTER) or ' '.join(words) or text.lower()} "
    return frozenset(
        crc32(padded[start : start + size].encode()) % _PLACES
        for size in _PIECES
        for start in range(max(len(padded) - size + 1, 1))
    )
