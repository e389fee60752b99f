"""Bounds of a number, or of a list's length, that can say themselves in words.

f"steps must be a whole number {Range(at_least=1)}"   ->   steps must be a whole number of at least 1
"""

from dataclasses import dataclass
from math import inf
from typing import final


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Every given bound must hold; a range without any holds every finite number.

    >>> str(Range(at_least=0, below=1))
    'of at least 0 and below 1'
    >>> str(Range(at_least=1, at_most=4096))
    'from 1 to 4,096'
    """

    above: float = -inf
    at_least: float = -inf
    below: float = inf
    at_most: float = inf

    def holds(self, number: float) -> bool:
        """Say whether a number is finite and lies within all bounds."""
        return self.above < number < self.below and self.at_least <= number <= self.at_most

    def __str__(self) -> str:
        if self.at_least > -inf and self.at_most < inf:
            return f"from {self.at_least:,} to {self.at_most:,}"
        bounds = (
            ("above", self.above),
            ("of at least", self.at_least),
            ("below", self.below),
            ("of at most", self.at_most),
        )
        return " and ".join(f"{word} {bound:,}" for word, bound in bounds if abs(bound) < inf)
