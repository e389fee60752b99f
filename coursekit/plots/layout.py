"""Where the parts of a plot stand: labels at the left, the drawing, a word at the right, steps below.

0.15 ┼╌╌╌╌╌╌ target        left = 6 cells, across = 6, right = 7
     └┬─────
      0                    below = 2 rows
"""

from dataclasses import dataclass
from math import isfinite
from typing import final

from coursekit.plots.axis import TINY, Scale, label, step_of

TARGET = " target"
NARROWEST = 40  # cells; a narrower plot has no room for the word beside the line
FEWEST_ACROSS = 8  # cells; labels are left out where the drawing would get less


@final
@dataclass(frozen=True, slots=True)
class Layout:
    """The sizes of a plot's parts in cells, and the labels of its rows, counted from the top."""

    left: int
    across: int
    right: int
    down: int
    below: int
    labels: dict[int, str]
    target_row: int | None


def layout(width: int, height: int, scale: Scale, target: float | None) -> Layout:
    """Share `width` x `height` cells among the parts."""
    below = min(2, max(0, height - 2))
    down = max(0, height - below)
    target_row = None if target is None else scale.rows(down)(target)
    labels = _labels(scale, down, target, target_row)
    right = len(TARGET) if target is not None and width >= NARROWEST else 0
    left = max(map(len, labels.values()), default=0) + 2
    if width - left - right < FEWEST_ACROSS:
        left = 1
    return Layout(left, max(0, width - left - right), right, down, below, labels, target_row)


def whole_steps(x_max: float, most: int) -> list[float]:
    """List about `most` round steps from 0 to x_max, at least 1 apart."""
    step = max(1.0, step_of(0, x_max, most))
    return [number * step for number in range(int(x_max / step + 1e-9) + 1)]


def step_ticks(x_max: float, across: int) -> list[tuple[int, str]]:
    """Place whole steps on the lower axis: (cell, label)."""
    steps = whole_steps(x_max, max(2, across // 10))
    return [(min(int(step / x_max * across), across - 1), label(step)) for step in steps]


def value_ticks(scale: Scale, across: int) -> list[tuple[int, str]]:
    """Place round values on the lower axis: (cell, label)."""
    ticks = scale.ticks(max(2, across // 10))
    step = ticks[1] - ticks[0] if len(ticks) > 1 and not scale.is_log else 0.0
    last = max(0, across * 2 - 1)  # in dots, as a line of Braille counts
    return [(round(scale.position(tick) * last) // 2, label(tick, step)) for tick in ticks]


def usable(target: float | None, *, is_log: bool) -> float | None:
    """Leave out a target that has no place on the axis."""
    return target if target is not None and isfinite(target) and (target > TINY or not is_log) else None


def _labels(scale: Scale, down: int, target: float | None, target_row: int | None) -> dict[int, str]:
    ticks = scale.ticks(max(2, down // 2))
    step = 0.0 if scale.is_log or len(ticks) < 2 else ticks[1] - ticks[0]
    row = scale.rows(down)
    labels = {row(tick): label(tick, step) for tick in ticks}
    if not labels.keys() & {0, 1}:
        labels[0] = label(float(f"{scale.high:.2g}"))
    if target is not None and target_row is not None:
        labels[target_row] = label(target)
    return labels
