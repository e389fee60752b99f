"""One line of words for each picture of a run, for those who do not see it.

>>> of_path((1.0, 0.0), (0.02, -0.98), steps=400, losses=(0.5, -0.25))
'From (1, 0) the run went to (0.02, -0.98) in 400 steps; the loss fell from 0.5 to -0.25.'
>>> of_step(40, 400, loss=0.52, batch=0.31, full=0.22, angle=41.2)
"Step 40 of 400: loss 0.52; this batch's gradient is 0.31 long, the full one 0.22, 41° apart."
>>> of_quantity([(1, 0.01), (80, 0.1), (400, 0.0)], "learning rate")
'The learning rate rises from 0.01 to 0.1 by step 80, then falls to 0.'
>>> of_runs((("run 1", 0.278), ("run 3", 0.141), ("now", 0.16)))
'Lowest validation loss at the end: run 3 with 0.141; run 1 0.278, now 0.16.'
"""

from collections.abc import Sequence
from itertools import pairwise
from math import isfinite, isnan
from statistics import median

from coursekit.plots.axis import label, step_label
from coursekit.plots.sentence import FEWEST
from coursekit.plots.smooth import Point
from coursekit.words import count

_TURN = 0.25  # of the range; what goes back by less is no turn
_LEVEL = 0.02  # of the size; what changes by less stays


def of_path(
    start: tuple[float, float],
    end: tuple[float, float],
    *,
    steps: int,
    losses: tuple[float, float],
    shown: float | None = None,
) -> str:
    """Say where a run went in its landscape; `shown` is the share of the way, in [0, 1], that a projection shows."""
    way = f"From {_pair(start)} the run went to {_pair(end)} in {count(steps, 'step')}; the loss {_change(*losses)}."
    if shown is None:
        return way
    return f"{way} This is a projection; it shows {_percent(shown)} of the run's movement, in squared distances."


def of_value(start: float, end: float, *, steps: int, losses: tuple[float, float]) -> str:
    """Say where a run went along its one parameter.

    >>> of_value(-0.9, 0.0, steps=30, losses=(0.81, 0.0))
    'From -0.9 the run went to 0 in 30 steps; the loss fell from 0.81 to 0.'
    """
    return f"From {value(start)} the run went to {value(end)} in {count(steps, 'step')}; the loss {_change(*losses)}."


def of_step(
    step: int,
    steps: int,
    *,
    loss: float,
    batch: float | None = None,
    full: float | None = None,
    angle: float | None = None,
) -> str:
    """Say where a run stands: its loss, how long both gradients are, and the angle between them in degrees."""
    lengths = [] if batch is None else [f"this batch's gradient is {value(batch)} long"]
    if full is not None:
        lengths.append(f"the full one {value(full)}" if lengths else f"the full gradient is {value(full)} long")
    if angle is not None and isfinite(angle):
        lengths.append(f"{angle:.0f}° apart")
    return f"Step {step} of {steps}: loss {value(loss)}{'; ' if lengths else ''}{', '.join(lengths)}."


def of_quantity(points: Sequence[Point], name: str) -> str:
    """Say how a quantity went over a run, such as the gradient's length or the learning rate.

    Of one that jitters, the medians of its tenths are compared. What goes back by less than a quarter of the range is
    no turn.

    >>> of_quantity([(1, 2.1), (400, 0.03)], "gradient's length")
    "The gradient's length falls from 2.1 to 0.03."
    >>> of_quantity([(1, 0.1), (400, 0.1)], "learning rate")
    'The learning rate stays at 0.1.'
    """
    finite = [(x, y) for x, y in points if isfinite(y)]
    if not finite:
        return f"The {name} has no values yet."
    ended = "" if len(finite) == len(points) else _broken(points)
    if not _jitters(finite):
        return f"The {name} {_course(finite)}{ended}."
    return f"The {name} {_course(_tenths(finite))}, jittering from batch to batch{ended}."


def of_runs(ends: Sequence[tuple[str, float]], metric: str = "validation loss") -> str:
    """Say which of several runs (name, loss at the end) ended lowest."""
    finite = [(loss, name) for name, loss in ends if isfinite(loss)]
    if not finite:
        return f"No run ended with a {metric}."
    best, winner = min(finite, key=lambda end: end[0])
    others = ", ".join(f"{name} {value(loss)}" for name, loss in ends if name != winner)
    return f"Lowest {metric} at the end: {winner} with {value(best)}{'; ' if others else ''}{others}."


def value(number: float) -> str:
    """Write a number as an axis does, and what is not finite in words.

    >>> value(0.5213), value(float("inf")), value(float("nan"))
    ('0.521', 'infinite', 'not a number')
    """
    return label(number) if isfinite(number) else "not a number" if isnan(number) else "infinite"


def _pair(place: tuple[float, float]) -> str:
    return f"({value(place[0])}, {value(place[1])})"


def _change(first: float, last: float) -> str:
    if not isfinite(last):
        return f"went from {value(first)} and is {value(last)} at the end"
    if value(first) == value(last):
        return f"stayed at {value(last)}"
    return f"{'fell' if last < first else 'rose'} from {value(first)} to {value(last)}"


def _percent(share: float) -> str:
    """Write a share; what is not all never looks like it."""
    return f"{min(share * 100, 99.9) if share < 1 else 100:.3g} %"


def _broken(points: Sequence[Point]) -> str:
    step, found = next((x, y) for x, y in points if not isfinite(y))
    return f" and is {value(found)} at step {step_label(step)}"


def _course(points: Sequence[Point]) -> str:
    (_, first), (_, last) = points[0], points[-1]
    low, high = min(y for _, y in points), max(y for _, y in points)
    if high - low <= _LEVEL * max(abs(low), abs(high)):
        return f"stays at {value(last)}"
    turns = _turns(points, _TURN * (high - low))
    if not turns:
        return f"{'falls' if last < first else 'rises'} from {value(first)} to {value(last)}"
    if len(turns) > 1:
        return f"goes up and down between {value(low)} and {value(high)}, and ends at {value(last)}"
    (step, turn), *_ = turns
    begin, then = ("rises", "falls") if turn > last else ("falls", "rises")
    return f"{begin} from {value(first)} to {value(turn)} by step {step_label(step)}, then {then} to {value(last)}"


def _turns(points: Sequence[Point], least: float) -> list[Point]:
    """List the points where a curve turns and goes back by at least `least`."""
    turns: list[Point] = []
    top = bottom = points[0]
    sign = 0  # 1 while it rises, -1 while it falls
    for point in points[1:]:
        top, bottom = max(top, point, key=_height), min(bottom, point, key=_height)
        if sign >= 0 and top[1] - point[1] >= least:
            turns += [top] if sign else []
            sign, bottom = -1, point
        elif sign <= 0 and point[1] - bottom[1] >= least:
            turns += [bottom] if sign else []
            sign, top = 1, point
    return turns


def _tenths(points: Sequence[Point]) -> list[Point]:
    """Give the middle step and the median value of each tenth."""
    parts = (points[round(part * len(points) / 10) : round((part + 1) * len(points) / 10)] for part in range(10))
    return [(part[len(part) // 2][0], median(y for _, y in part)) for part in parts if part]


def _jitters(points: Sequence[Point]) -> bool:
    """Say whether a curve changes its direction more often than at every fourth point."""
    values = [y for _, y in points]
    if len(values) < FEWEST:
        return False
    moves = [b - a for a, b in pairwise(values)]
    return sum((a < 0 < b) or (b < 0 < a) for a, b in pairwise(moves)) > len(values) / 4


def _height(point: Point) -> float:
    return point[1]
