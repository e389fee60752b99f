"""The way that a run took through its landscape, as data for a picture: a path in a plane, and the loss around it.

    landscape = trajectory(config)
    landscape.path       # (points, 2), the last of them the end of the run
    landscape.losses     # (rows, columns), the training loss on a grid around the path
    landscape.places     # what is to be seen at each point of the path: loss, rate, and two gradients
    landscape.remaining  # the share of the way that lies outside of the plane

With two parameters the plane is all there is, and its axes are the parameters. With more, its axes are the directions
in which the run moved most: Li et al., Visualizing the Loss Landscape of Neural Nets, 2018,
https://arxiv.org/abs/1712.09913, section 7. With a single parameter it is a line: `second` has one entry, which is 0.
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Any, TypeAlias, TypeVar, final

import numpy as np

from coursekit.train.arrays import Array
from coursekit.train.config import TrainingConfig
from coursekit.train.keeping import Stop, keep
from coursekit.train.places import Place, Places
from coursekit.train.plane import axes, plane
from coursekit.train.problem import Problem, prepare
from coursekit.train.surface import sampled, surface

Resolution: TypeAlias = int | tuple[int, int]  # of the grid: columns and rows, or both alike

_FARTHEST = 1e100  # beyond it a run has diverged, and distances would overflow
_KEPT = 1 << 22  # numbers: 32 MB of parameters, and as much again for their directions


@final
@dataclass(frozen=True, slots=True)
class Landscape:
    """A run seen in a plane: parameters near it are `origin + a directions[0] + b directions[1]`."""

    places: tuple[Place, ...]  # on the run's path, from before its first step
    first: Array  # (columns,), where the grid is along the first direction
    second: Array  # (rows,), and along the second; of a single parameter (1,), 0
    losses: Array  # (rows, columns), a row for each of `second`; nan or inf where the loss is
    sample: Array  # numbers of the training set's rows on which these losses were taken
    origin: Array  # (P,)
    directions: Array  # (2, P), orthonormal; of a single parameter the second is 0
    explained: float  # share of the squared distances from the end that the plane shows, in [0, 1]

    @property
    def steps(self) -> Array:
        """Steps before each place (points,), whole numbers: 0 is before the first."""
        return np.array([place.step for place in self.places])

    @property
    def path(self) -> Array:
        """The run's parameters in the plane (points, 2)."""
        return np.array([place.at for place in self.places])

    @property
    def remaining(self) -> float:
        """The share that the plane does not show, in [0, 1]."""
        return 1 - self.explained

    def to_json(self) -> dict[str, Any]:
        """Return what a picture needs, as lists, without the plane's place among P parameters.

        What is no number is None. `grid_rows` is how many rows of the training set the grid's losses were taken on.
        """
        return {
            "places": [place.to_json() for place in self.places],
            "first": self.first.tolist(),
            "second": self.second.tolist(),
            "losses": [[loss if isfinite(loss) else None for loss in row] for row in self.losses.tolist()],
            "grid_rows": len(self.sample),
            "explained": self.explained,
            "remaining": self.remaining,
        }


def trajectory(
    config: TrainingConfig, *, points: int = 100, resolution: Resolution = 25, rows: int | None = None
) -> Landscape:
    """Train on NumPy and return the way that the parameters took, and the loss around it.

    At most `points` steps are kept, evenly spaced, besides the start and the end; fewer of a model beyond 40,000
    parameters. At each of them the losses and gradients are those of the whole training set and of the very batch that
    the run took next. The grid is dearer: each of its losses is taken over `rows` of the training set, always the same
    ones, or if that is None over all of it where this is quick, else over some 256. A run that diverges is shown as far
    as its parameters stay below 1e100. Raises ValueError for too small a number.
    """
    stages = survey(config, points=points, resolution=resolution, rows=rows)
    return next(found for found in stages if isinstance(found, Landscape))


def survey(
    config: TrainingConfig, *, points: int = 100, resolution: Resolution = 25, rows: int | None = None
) -> Iterator[float | Landscape]:
    """Do the same, yielding the share of the work that is done, in [0, 1], and at last the landscape."""
    columns, lines = (resolution, resolution) if isinstance(resolution, int) else resolution
    _check(points=(points, 1), resolution=(min(columns, lines), 2), rows=(rows, 1))
    problem = prepare(config)
    stops = yield from _part(0, keep(config, problem, _every(config, problem, points)))
    stops = _drawn(stops)
    origin, directions, explained = plane(_stacked(stops))
    places = yield from _part(1, _visited(stops, Places(problem, origin, directions)))
    first, second = axes(np.array([place.at for place in places]), columns, lines)
    second = second if problem.params.size > 1 else np.zeros(1)
    sample = sampled(problem, rows)
    losses = yield from _part(2, surface(problem, sample, (origin, *directions), first, second))
    yield Landscape(tuple(places), first, second, losses, sample, origin, directions, explained)


def _check(**numbers: tuple[int | None, int]) -> None:
    for name, (number, least) in numbers.items():
        if number is not None and number < least:
            raise ValueError(f"{name} must be at least {least}, got {number}.")


_Found = TypeVar("_Found")


def _part(number: int, work: Generator[float, None, _Found]) -> Generator[float, None, _Found]:
    """Do one of three parts, yielding the share of the whole."""
    while True:
        try:
            share = next(work)
        except StopIteration as end:
            return end.value
        yield (number + share) / 3


def _every(config: TrainingConfig, problem: Problem, points: int) -> int:
    """Return how many steps lie between two places that are kept."""
    return -(-config.steps // max(1, min(points, _KEPT // problem.params.size)))


@np.errstate(all="ignore")
def _drawn(stops: list[Stop]) -> list[Stop]:
    """Return those that can be drawn, the start at any rate."""
    return [stop for stop in stops if stop.step == 0 or float(np.abs(stop.params).max()) <= _FARTHEST]


def _stacked(stops: list[Stop]) -> Array:
    """Return their parameters (points, P)."""
    return np.array([stop.params for stop in stops], np.float64)


def _visited(stops: list[Stop], places: Places) -> Generator[float, None, list[Place]]:
    found: list[Place] = []
    for stop in stops:
        found.append(places.visit(stop))
        yield len(found) / len(stops)
    return found
