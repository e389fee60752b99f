"""A curve in words, for a screen reader, a pipe, and the line under the chart.

>>> describe(((1, 2.31), (2, 4.6), (3, float("nan"))), "training loss")
'training loss: 2.31 at step 1, lowest 2.31 at step 1, not a number from step 3 on.'
"""

from collections.abc import Sequence
from itertools import takewhile
from math import isfinite, isnan
from statistics import median
from typing import TypeAlias

from coursekit.plots.axis import step_label

Points: TypeAlias = Sequence[tuple[float, float]]

FEWEST = 8  # points; a shape of fewer says nothing


def describe(points: Points, name: str) -> str:
    """Say the first, the lowest and the last value of a curve, and where."""
    finite = _finite(points)
    parts: list[str] = []
    if finite:
        low = min(finite, key=lambda point: point[1])
        parts = [_at(*finite[0]), f"lowest {_at(*low)}"]
    if len(finite) < len(points):
        step, value = points[len(finite)]
        parts.append(f"{'not a number' if isnan(value) else 'infinite'} from step {step_label(step)} on")
    elif len(finite) > 1:
        parts.append(_at(*finite[-1]))
    return f"{name}: {', '.join(parts) or 'no values yet'}."


def caption(points: Points) -> str:
    """Say in one line what the shape of a loss curve tells.

    The values are cut into four quarters in time, and the medians of these are compared:

    - a value that is not finite, or an end above ten times the start: diverges;
    - an end more than a tenth above the start: rises;
    - an end within 2 % of the start: hardly changes;
    - an end half above its lowest quarter, and back by a tenth of its fall: falls, then rises again;
    - the last quarter below the third by over a twentieth of the fall: still falling;
    - else levels off; in both cases fast when the second quarter is past four fifths of the fall;
    - a last quarter that spreads over more than a quarter of its median: jitters.

    >>> caption([(step, 1 / step) for step in range(1, 41)])
    'Falls fast, then levels off.'
    """
    values = [value for _, value in _finite(points)]
    if len(values) < len(points) or (len(values) >= 2 and values[-1] > 10 * abs(values[0])):
        return "Diverges: the loss grows without bound."
    if len(values) < FEWEST:
        return "Too few points to tell a shape."
    quarters = _quarters(values)
    middles = [median(quarter) for quarter in quarters]
    return _shape(values[0], middles) + _jitter(quarters[-1]) + "."


def _shape(start: float, middles: list[float]) -> str:
    end, fall = middles[-1], start - middles[-1]
    if -fall > 0.1 * abs(start):
        return "Rises: it ends above where it began"
    if abs(fall) <= 0.02 * abs(start):
        return "Hardly changes"
    low = min(middles)
    if end > 1.5 * low and end - low > 0.1 * (start - low):
        return "Falls, then rises again"
    speed = "Falls fast" if start - middles[1] > 0.8 * fall else "Falls"
    return f"{speed}, and is still falling" if middles[2] - end > 0.05 * fall else f"{speed}, then levels off"


def _jitter(quarter: Sequence[float]) -> str:
    spread = max(quarter) - min(quarter)
    turns = sum((b - a) * (c - b) < 0 for a, b, c in zip(quarter, quarter[1:], quarter[2:], strict=False))
    is_noisy = spread > 0.25 * abs(median(quarter)) and turns > len(quarter) / 4
    return ", jittering from batch to batch" if is_noisy else ""


def _quarters(values: Sequence[float]) -> list[Sequence[float]]:
    size = len(values) / 4
    return [values[round(part * size) : round((part + 1) * size)] for part in range(4)]


def _finite(points: Points) -> list[tuple[float, float]]:
    """Keep the points before the first value that is not finite."""
    return list(takewhile(lambda point: isfinite(point[1]), points))


def _at(step: float, value: float) -> str:
    return f"{value:.3g} at step {step_label(step)}"
