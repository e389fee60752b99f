"""The seed of a grade's cases."""

from random import Random

_LARGEST_SEED = 1_000_000


def draw_seed(chance: Random) -> int:
    """Return a seed that nobody could write to."""
    return chance.randrange(1, _LARGEST_SEED)
