"""Orders: how much of one is right, and a shuffle of another."""

from collections.abc import Sequence
from random import Random


def longest_common(one: Sequence[str], other: Sequence[str]) -> int:
    """Length of the longest subsequence of both; its items need not be neighbours.

    >>> longest_common("abcd", "badc")
    2
    """
    lengths = [0] * (len(other) + 1)
    for item in one:
        above = lengths[:]
        for i, wanted in enumerate(other, 1):
            lengths[i] = above[i - 1] + 1 if item == wanted else max(above[i], lengths[i - 1])
    return lengths[-1]


def in_order(response: Sequence[str], key: Sequence[str]) -> float:
    """Share of steps that stand in the key's order among themselves, beyond the one that always does.

    Any order of different items, even the reversed one, has a common subsequence of length 1; so 1 earns nothing.

    >>> in_order("dcba", "abcd"), in_order("abdc", "abcd"), in_order("abcd", "abcd")
    (0.0, 0.6666666666666666, 1.0)
    """
    if sorted(response) != sorted(key) or len(key) < 2:
        return 0.0
    return (longest_common(response, key) - 1) / (len(key) - 1)


def shuffled(count: int, seed: int) -> tuple[int, ...]:
    """Put the numbers from 1 in an order drawn by `seed`, never in their own.

    Python promises the same `random()` for a seed in every version, and `shuffle` it does not.
    """
    chance = Random(seed).random
    numbers = range(1, count + 1)
    order = tuple(sorted(numbers, key=lambda _: chance()))
    return order if order != tuple(numbers) else (*order[1:], *order[:1])


def disordered(count: int, seed: int) -> tuple[int, ...]:
    """Put the numbers from 1, at least three, in an order that is right in as little as possible.

    Of forty shuffles the first of which no three stand in order, or else the best of them: so whoever moves one item
    has little from luck. The reversed order is no likelier than others.
    """
    chance = Random(seed).random
    right = tuple(range(1, count + 1))
    orders = [tuple(sorted(right, key=lambda _: chance())) for _ in range(40)]
    order = min(orders, key=lambda order: max(2, longest_common([*map(str, order)], [*map(str, right)])))
    return order if order != right else (*order[1:], *order[:1])
