"""The way that a run took through its landscape, as data for a picture: a path in a plane, and the loss around it.

    landscape = trajectory(config)
    landscape.path       # (points, 2), the last of them the end of the run
    landscape.losses     # (resolution, resolution), the training loss on a grid around the path
    landscape.remaining  # the share of the way that lies outside of the plane

With two parameters the plane is all there is, and its axes are the parameters. With more, its axes are the directions
in which the run moved most: Li et al., Visualizing the Loss Landscape of Neural Nets, 2018,
https://arxiv.org/abs/1712.09913, section 7.
"""

from dataclasses import dataclass
from math import isfinite
from typing import Any, final

import numpy as np

from coursekit.errors import ConfigError
from coursekit.train.arrays import Array, split
from coursekit.train.backends import start
from coursekit.train.config import TrainingConfig
from coursekit.train.fit import follow
from coursekit.train.problem import Problem, prepare

_MARGIN = 0.25  # of the path's extent, on each side of it
_FARTHEST = 1e100  # beyond it a run has diverged, and distances would overflow


@final
@dataclass(frozen=True, slots=True)
class Landscape:
    """A run seen in a plane: parameters near it are `origin + a directions[0] + b directions[1]`."""

    steps: Array  # (points,), whole numbers: 0 is before the first step
    path: Array  # (points, 2), the run's parameters in the plane
    first: Array  # (resolution,), where the grid is along the first direction
    second: Array  # (resolution,), and along the second
    losses: Array  # (resolution, resolution), a row for each of `second`; nan or inf where the loss is
    origin: Array  # (P,)
    directions: Array  # (2, P), orthonormal
    explained: float  # share of the squared distances from the end that the plane shows, in [0, 1]

    @property
    def remaining(self) -> float:
        """The share that the plane does not show, in [0, 1]."""
        return 1 - self.explained

    def to_json(self) -> dict[str, Any]:
        """Return what a picture needs, as lists, without the plane's place among P parameters; no loss is null."""
        names = ("steps", "path", "first", "second")
        lists = {name: getattr(self, name).tolist() for name in names}
        losses = [[loss if isfinite(loss) else None for loss in row] for row in self.losses.tolist()]
        return {**lists, "losses": losses, "explained": self.explained, "remaining": self.remaining}


def trajectory(
    config: TrainingConfig, *, points: int = 100, resolution: int = 25, rows: int | None = None
) -> Landscape:
    """Train on NumPy and return the way that the parameters took, and the loss around it.

    At most `points` steps are kept, evenly spaced, besides the start and the end. The grid takes resolution^2 losses,
    each over the whole training set or its first `rows`. A run that diverges is shown as far as its parameters stay
    below 1e100. Raises ConfigError for a model with a single parameter, ValueError for too small a number.
    """
    _check(points, resolution, rows)
    with np.errstate(all="ignore"):  # a loss of inf or nan is a result, not a warning
        problem = prepare(config)
        if problem.params.size < 2:
            raise ConfigError("model: a landscape needs at least two parameters, and this model has one.")
        steps, params = _record(config, problem, points)
        origin, directions, explained = _plane(params)
        path = (params - origin) @ directions.T
        first, second = _axes(path, resolution)
        grid = origin + second[:, None, None] * directions[1] + first[None, :, None] * directions[0]
        losses = _losses(problem, grid.reshape(resolution**2, -1), rows).reshape(resolution, resolution)
    return Landscape(steps, path, first, second, losses, origin, directions, explained)


def principal_directions(moves: Array) -> tuple[Array, float]:
    """Return the two orthonormal directions (2, P) along which moves (points, P) are largest, and what they explain.

    Moves are counted from the end of the run, as the paper has it, not from their mean. The share that is explained is
    one of sums of squares. Signs are such that the first move has no negative coordinate.
    """
    if len(moves) < 2 or not moves.any():
        return np.eye(2, moves.shape[1]), 1.0
    _, sizes, directions = np.linalg.svd(moves, full_matrices=False)
    shares = (sizes / sizes[0]) ** 2
    signs = np.where(directions[:2] @ moves[0] < 0, -1, 1)
    return signs[:, None] * directions[:2], float(shares[:2].sum() / shares.sum())


def _check(points: int, resolution: int, rows: int | None) -> None:
    for name, number, least in (("points", points, 1), ("resolution", resolution, 2), ("rows", rows, 1)):
        if number is not None and number < least:
            raise ValueError(f"{name} must be at least {least}, got {number}.")


def _record(config: TrainingConfig, problem: Problem, points: int) -> tuple[Array, Array]:
    """Return steps (points,) and the parameters after them (points, P), as long as these can be drawn."""
    every = -(-config.steps // points)
    run = start(problem, "numpy")
    kept, last = {0: problem.params}, 0
    for step in follow(config, problem, run, at_once=1):
        last = step.step
        if last % every == 0:
            kept[last] = run.params
    kept[last] = run.params
    drawn = {step: params for step, params in kept.items() if step == 0 or float(np.abs(params).max()) <= _FARTHEST}
    return np.array(list(drawn)), np.array(list(drawn.values()), np.float64)


def _plane(params: Array) -> tuple[Array, Array, float]:
    """Return origin (P,), directions (2, P) and the share explained."""
    if params.shape[1] == 2:
        return np.zeros(2), np.eye(2), 1.0
    origin = params[-1]
    return origin, *principal_directions(params - origin)


def _axes(path: Array, resolution: int) -> tuple[Array, Array]:
    """Return the grid's coordinates along both directions; a path that is nearly straight gets some width."""
    low, high = path.min(axis=0), path.max(axis=0)
    width = np.maximum(high - low, (high - low).max() / 4)
    width = np.where(width > 0, width, 1.0) * (0.5 + _MARGIN)
    middle = low + (high - low) / 2
    axis = np.linspace(-1, 1, resolution)
    return middle[0] + width[0] * axis, middle[1] + width[1] * axis


def _losses(problem: Problem, points: Array, rows: int | None) -> Array:
    """Return the training loss at each of these parameters (points, P)."""
    x, y = problem.split.x_train[:rows], problem.split.y_train[:rows]
    flats = points.astype(problem.params.dtype)
    return np.array([problem.model.loss(split(flat, problem.shapes, np), x, y, np) for flat in flats], np.float64)
