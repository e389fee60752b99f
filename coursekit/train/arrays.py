"""Arrays without a library: what the trainer asks of NumPy and TensorFlow alike.

Models and optimizers are written once, with operators and the few functions of a `Namespace`; NumPy itself is
such a namespace, and the TensorFlow backend brings its own. Parameters travel as one flat vector.
"""

from collections.abc import Callable, Sequence
from math import prod
from typing import Any, TypeAlias

Array: TypeAlias = Any  # Any: a NumPy array or a TensorFlow tensor, whose types share no ancestor
Namespace: TypeAlias = Any  # Any: the module numpy, or the few of its functions that are used
Shape: TypeAlias = tuple[int, ...]
Normal: TypeAlias = Callable[[Shape], Array]  # draws that many standard normal numbers


def size(shapes: Sequence[Shape]) -> int:
    """Count the numbers in arrays of these shapes.

    >>> size([(64, 10), (10,)])
    650
    """
    return sum(prod(shape) for shape in shapes)


def split(flat: Array, shapes: Sequence[Shape], xp: Namespace) -> tuple[Array, ...]:
    """Cut a flat vector (P,) into arrays of these shapes; with NumPy they are views of it.

    >>> import numpy
    >>> [part.tolist() for part in split(numpy.arange(5), [(2, 2), (1,)], numpy)]
    [[[0, 1], [2, 3]], [4]]
    """
    parts: list[Array] = []
    start = 0
    for shape in shapes:
        stop = start + prod(shape)
        parts.append(xp.reshape(flat[start:stop], shape))
        start = stop
    return tuple(parts)
