"""An axis that a person can read: round ticks at 1, 2 or 5 times a power of ten, and short labels.

>>> Scale(0.08, 2.31, is_log=True).ticks(4)
(0.1, 1.0)
>>> [label(tick, 0.5) for tick in Scale(0.08, 2.31).ticks(5)]
['0.5', '1.0', '1.5', '2.0']
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10
from typing import final

TINY = 1e-300  # a log scale begins above that: halves of smaller numbers are lost
_HUGE = 1e300  # beyond that, differences overflow


@final
@dataclass(frozen=True, slots=True)
class Scale:
    """The range of an axis, `low` < `high`; both are above 0 when `is_log`."""

    low: float
    high: float
    is_log: bool = False

    def position(self, value: float) -> float:
        """Place `value` in [0, 1], 0 at the low end; what lies outside is put on the edge.

        >>> Scale(0.01, 1.0, is_log=True).position(0.1)
        0.5
        """
        if not self.is_log:
            return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))
        if value <= self.low:
            return 0.0
        low = log10(self.low)
        return min(1.0, (log10(value) - low) / (log10(self.high) - low))

    def rows(self, count: int) -> Callable[[float], int]:
        """Give the function from a value to its row, counted from the top, of `count` rows."""
        return lambda value: round((1.0 - self.position(value)) * (count - 1))

    def ticks(self, most: int) -> tuple[float, ...]:
        """List at most about `most` round values inside the range."""
        found = _log_ticks(self.low, self.high, most) if self.is_log else ()
        return found if len(found) > 1 else _linear_ticks(self.low, self.high, most)


def scale_of(values: Sequence[float], *, is_log: bool) -> Scale:
    """Span a scale over finite values; without any it runs from 0 to 1, in logarithms from 0.1 to 1."""
    shown = [value for value in values if value > TINY] if is_log else values
    ends = (min(shown), max(shown)) if shown else (0.1 if is_log else 0.0, 1.0)
    low, high = (min(_HUGE, max(-_HUGE, end)) for end in ends)
    if high - low > 1e-12 * max(abs(low), abs(high)):
        return Scale(low, high, is_log)
    if is_log:
        return Scale(low / 2, high * 2, is_log=True)
    margin = abs(low) / 2 or 0.5
    return Scale(low - margin, high + margin)


def step_of(low: float, high: float, most: int) -> float:
    """Choose the smallest 1, 2 or 5 times a power of ten that gives at most `most` steps."""
    rough = max((high - low) / max(most, 1), 5e-324)
    power = 10.0 ** floor(log10(rough)) if rough > 1e-300 else rough
    return next((m * power for m in (1, 2, 5) if m * power >= rough * (1 - 1e-9)), 10 * power)


def label(value: float, step: float = 0.0) -> str:
    """Write a value of the axis briefly; `step`, if given, says how many decimals tell ticks apart.

    >>> label(0.15), label(2.3), label(1e-6), label(10_000), label(2.5e7)
    ('0.15', '2.3', '1e-6', '10k', '2.5e7')
    """
    size = abs(value)
    if size < 1e-3 * step or value == 0:
        return "0"
    if size < 1e-3 or size >= 1e6:
        mantissa, exponent = f"{value:.2e}".split("e")
        return f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"
    if size >= 1e4:
        return f"{value / 1000:.4g}k"
    if not step:
        return f"{value:.4g}" if size >= 1000 else f"{value:.3g}"
    return f"{value:.{min(6, max(0, -floor(log10(step) + 1e-9)))}f}"


def step_label(step: float) -> str:
    """Write a step in full: 352, or 0.5 when steps are fractions of an epoch."""
    return f"{step:.0f}" if not isfinite(step) or step == round(step) else f"{step:g}"


def _linear_ticks(low: float, high: float, most: int) -> tuple[float, ...]:
    step = step_of(low, high, most)
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return tuple(number * step for number in range(first, min(last, first + most) + 1))


def _log_ticks(low: float, high: float, most: int) -> tuple[float, ...]:
    """Take 1-2-5 in each decade while they fit, else powers of ten, thinned evenly."""
    powers = range(floor(log10(low)), ceil(log10(high)) + 1)
    fine = [m * 10.0**p for p in powers for m in (1, 2, 5) if low <= m * 10.0**p <= high]
    if len(fine) <= most:
        return tuple(fine)
    whole = [10.0**p for p in powers if low <= 10.0**p <= high]
    return tuple(whole[:: ceil(len(whole) / most)]) if whole else ()
