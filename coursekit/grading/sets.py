"""Marks for a set of picked options against the set of keys."""

from collections.abc import Set


def each(picked: Set[str], keys: Set[str], options: Set[str]) -> float:
    """Share of options judged rightly, picked or left alone; nothing picked earns nothing.

    >>> each({"1"}, {"1", "2"}, {"1", "2", "3", "4"})
    0.75
    """
    return sum((option in picked) == (option in keys) for option in options) / len(options) if picked else 0.0


def net(picked: Set[str], keys: Set[str]) -> float:
    """Keys picked less distractors picked, as a share of the keys, never below 0.

    >>> net({"1", "3"}, {"1", "2"})
    0.0
    """
    return max(0.0, (len(picked & keys) - len(picked - keys)) / len(keys))


def whole(picked: Set[str], keys: Set[str]) -> float:
    """All or nothing.

    >>> whole({"1"}, {"1", "2"}), whole({"2", "1"}, {"1", "2"})
    (0.0, 1.0)
    """
    return float(picked == keys)
