"""The functions as they should be, and what judges them."""

import numpy as np


def cut(order, batch_size):
    """Cut row numbers into batches, the last of them perhaps smaller."""
    return [order[start : start + batch_size] for start in range(0, len(order), batch_size)]


def epochs(x, y, batch_size, count, seed):
    """Return epochs of batches, each epoch in a new order."""
    rng = np.random.default_rng(seed)
    drawn = []
    for _ in range(count):
        order = rng.permutation(len(x))
        drawn.append([(x[rows], y[rows]) for rows in cut(order, batch_size)])
    return drawn


def rows_lost(result, x, *_):
    """Return how many rows are missing in the epoch that misses most."""
    return _most(lambda epoch: len(x) - len(set(_numbers(epoch, x) if epoch else [])), result)


def rows_repeated(result, x, *_):
    """Return how many rows come again in the epoch where most do; inf where they stand in for missing ones."""
    return _most(lambda epoch: _repeated(_numbers(epoch, x), len(x)), result)


def pairs_torn(result, x, y, *_):
    """Return 1 where some row stands beside a target that is not its own, else 0."""
    return _most(lambda epoch: np.any(_targets(epoch) != y[np.array(_numbers(epoch, x), int)]), result)


def sizes_wrong(result, x, _y, batch_size, count, _seed):
    """Return how many batches have a size that is not due, and by how many batches and epochs there are too many."""
    due = [min(batch_size, len(x) - start) for start in range(0, len(x), batch_size)]
    return _most(lambda epoch: _unlike([len(batch) for batch, _ in epoch], due), result) + abs(len(result) - count)


def neighbours_kept(result, x, *_):
    """Return the share of rows that follow the same row as in x, in the epoch that has most of them."""
    return _most(lambda epoch: float(np.mean(np.diff(_numbers(epoch, x)) == 1)), result)


def epochs_alike(result, x, _y, _batch_size, count, _seed):
    """Return how many epochs have an order that another has."""
    if len(result) != count:
        raise ValueError(f"{count} epochs were asked for, and there are {len(result)}")
    return float(count - len({tuple(_numbers(epoch, x)) for epoch in result}))


def _most(measure, epochs):
    """Return the largest of what is measured. What is no list of epochs of pairs raises, and is judged no further."""
    return float(max(map(measure, epochs)))


def _numbers(epoch, x):
    """Return which rows of x an epoch holds, in its order."""
    known = {row.tobytes(): number for number, row in enumerate(x)}
    rows = [np.asarray(row, x.dtype).tobytes() for batch, _ in epoch for row in batch]
    if not rows or not known.keys() >= set(rows):
        raise ValueError("an epoch holds no row, or one that x does not have")
    return [known[row] for row in rows]


def _repeated(numbers, rows):
    again = len(numbers) - len(set(numbers))
    return float("inf") if again and len(set(numbers)) < rows else again


def _targets(epoch):
    return np.array([target for _, targets in epoch for target in targets])


def _unlike(sizes, due):
    return abs(len(sizes) - len(due)) + sum(one != two for one, two in zip(sizes, due, strict=False))
