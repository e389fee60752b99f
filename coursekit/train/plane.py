"""The plane in which a run moved most, and where a grid around its path lies."""

import numpy as np

from coursekit.train.arrays import Array

_MARGIN = 0.25  # of the path's extent, on each side of it


def plane(params: Array) -> tuple[Array, Array, float]:
    """Return origin (P,), directions (2, P) and the share explained."""
    if params.shape[1] <= 2:
        return np.zeros(params.shape[1]), np.eye(2, params.shape[1]), 1.0
    origin = params[-1]
    return origin, *principal_directions(params - origin)


def axes(path: Array, columns: int, lines: int) -> tuple[Array, Array]:
    """Return the grid's coordinates along both directions; a path that is nearly straight gets some width."""
    low, high = path.min(axis=0), path.max(axis=0)
    width = np.maximum(high - low, (high - low).max() / 4)
    width = np.where(width > 0, width, 1.0) * (0.5 + _MARGIN)
    middle = low + (high - low) / 2
    return middle[0] + width[0] * np.linspace(-1, 1, columns), middle[1] + width[1] * np.linspace(-1, 1, lines)


@np.errstate(all="ignore")  # a run that diverges overflows
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
