"""A calm line through noise, and fewer points that look the same.

>>> calm = smoothed([(step, float(step % 2)) for step in range(1000)])
>>> calm[500][0], round(calm[500][1], 2), round(calm[501][1], 2)
(500, 0.49, 0.51)
"""

from collections.abc import Sequence
from itertools import groupby
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]

_MANY = 1000
_WINDOWS = 25  # to a curve, about the width of two cells each


def smoothed(points: Sequence[Point]) -> tuple[Point, ...]:
    """Take the exponential mean, in both directions, over a 25th of the points; fewer than 50 stay as they are.

    In one direction a mean m of y decays by b = 1 - 2 / (window + 1), as pandas' `ewm(span=window)`, and is divided by
    1 - b^t, so that it does not start at 0: Kingma & Ba, https://arxiv.org/abs/1412.6980, section 3. It lags behind a
    loss that falls; the mean of both directions does not. A value that is not finite stays, and parts what it divides.
    Of over a thousand points the means of equal parts are taken first, each at the middle of its part.
    """
    if len(points) > _MANY:
        points = _parts(points, -(-len(points) // _MANY))
    window = len(points) // _WINDOWS
    if window < 2:
        return tuple(points)
    values = [y for _, y in points]
    pairs = zip(points, _means(values, window), _means(values[::-1], window)[::-1], strict=True)
    return tuple((point[0], ahead / 2 + back / 2) for point, ahead, back in pairs)


def _parts(points: Sequence[Point], size: int) -> list[Point]:
    values = [y for _, y in points]
    begins = range(0, len(points), size)
    parts = [values[begin : begin + size] for begin in begins]
    return [
        (points[begin + len(part) // 2][0], sum(part) / len(part)) for begin, part in zip(begins, parts, strict=True)
    ]


def _means(values: Sequence[float], window: int) -> list[float]:
    new = 2 / (window + 1)
    kept, total, weight = 1 - new, 0.0, 0.0
    means: list[float] = []
    for y in values:
        if y - y == 0.0:
            total, weight = total * kept + y * new, weight * kept + new
            means.append(total / weight)
        else:
            total = weight = 0.0
            means.append(y)
    return means


def thinned(points: Sequence[Point], columns: int) -> tuple[Point, ...]:
    """Keep the first, lowest, highest and last point of each of `columns` shares, for a run that has ended.

    A picture of fewer columns looks almost the same: Jugel et al., M4, VLDB 2014,
    https://doi.org/10.14778/2732951.2732953. Of values that are not finite one is kept where the line breaks.

    >>> thinned([(1, 2.0), (2, 5.0), (3, 1.0), (4, 3.0), (5, 4.0), (6, 2.0)], 1)
    ((1, 2.0), (2, 5.0), (3, 1.0), (6, 2.0))
    """
    size = -(-len(points) // max(1, columns))
    if size <= 4:
        return tuple(points)
    shares = (points[begin : begin + size] for begin in range(0, len(points), size))
    return tuple(point for share in shares for _, run in groupby(share, key=_is_finite) for point in _corners([*run]))


def _corners(run: Sequence[Point]) -> list[Point]:
    if not _is_finite(run[0]):
        return [run[0]]
    values = [y for _, y in run]
    kept = {0, values.index(min(values)), values.index(max(values)), len(run) - 1}
    return [run[index] for index in sorted(kept)]


def _is_finite(point: Point) -> bool:
    return point[1] - point[1] == 0.0
