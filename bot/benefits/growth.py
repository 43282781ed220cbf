"""How much of a balance was earned, as against paid in."""


def growth_of_balance(opening: int, closing: int, paid_in: int, paid_out: int = 0) -> int:
    """The rupiah a balance grew by itself between two days, contributions and claims taken out of the picture."""
    return closing - opening - paid_in + paid_out
