"""How much of a balance was earned, as against paid in."""


def growth_of_balance(opening: int, closing: int, paid_in: int, paid_out: int = 0) -> int:
    """The rupiah by which a balance grew of itself, contributions and claims left out."""
    return closing - opening - paid_in + paid_out
