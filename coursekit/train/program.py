"""A pure rule -> the same arithmetic in place, without an array made in the step.

The rule is run once on values that write down what is done to them; what was written down is then done again, in the
same order and so with the same result, into arrays that were made beforehand:

    params - lr * grad   ->   multiply(lr, grad, out=a); subtract(params, a, out=params)
"""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeAlias, final

import numpy as np

from coursekit.train.arrays import Array

Rule: TypeAlias = Callable[[Any, Any, tuple[Any, ...], Any], tuple[Any, tuple[Any, ...]]]
Operand: TypeAlias = "Value | float"


@final
class Program:
    """A rule with its parameters, gradient, state and learning rate; `run` does one step."""

    def __init__(self, rule: Rule, params: Array, grad: Array, state: tuple[Array, ...]) -> None:
        """Derive the steps of a rule; params (P,) and the state's arrays are changed by `run`, the gradient is read."""
        self._dtype = params.dtype
        self._calls: list[tuple[Any, list[Array]]] = []  # a ufunc; its operands and, last, where the result goes
        self._lr = np.zeros((), params.dtype)
        old = [params, *state]
        values = tuple(Value(self, array) for array in state)
        updated, states = rule(Value(self, params), Value(self, grad), values, self.lr)
        self._store(old, [self.array(value) for value in (updated, *states)])
        self._steps = tuple(partial(call, *arrays) for call, arrays in self._calls)

    @property
    def lr(self) -> "Value":
        """The learning rate as a value to write down."""
        return Value(self, self._lr)

    def run(self, lr: float) -> None:
        """Do one step at a learning rate."""
        self._lr[()] = lr
        for call in self._steps:
            call()

    def array(self, operand: Operand) -> Array:
        """Return the array behind an operand; a number becomes one of the parameters' dtype."""
        return operand.array if isinstance(operand, Value) else np.asarray(operand, self._dtype)

    def record(self, call: Any, *operands: Operand) -> "Value":
        """Write down a call and return its result, an array whose numbers are not there yet."""
        arrays = [self.array(operand) for operand in operands]
        out = np.empty(np.broadcast_shapes(*(array.shape for array in arrays)), self._dtype)
        self._calls.append((call, [*arrays, out]))
        return Value(self, out)

    def _store(self, old: list[Array], new: list[Array]) -> None:
        """Let each new array be computed where the old one is, or copy it there at the end of the step."""
        new = [self._apart(target, source, old) for target, source in zip(old, new, strict=True)]
        for i, target in enumerate(old):
            source = new[i]
            if source is not target and self._redirect(source, target):
                new = [target if array is source else array for array in new]
        self._calls += [
            (np.positive, [source, target]) for target, source in zip(old, new, strict=True) if source is not target
        ]

    def _apart(self, target: Array, source: Array, old: list[Array]) -> Array:
        """Save an old array that is to be another's new one, before it changes."""
        is_other = source is not target and any(source is array for array in old)
        return self.record(np.positive, Value(self, source)).array if is_other else source

    def _redirect(self, source: Array, target: Array) -> bool:
        """Compute `source` into `target`, if nothing reads the target's old numbers afterwards."""
        made = next((i for i, (_, arrays) in enumerate(self._calls) if arrays[-1] is source), None)
        if made is None or source.shape != target.shape:
            return False
        later = self._calls[made + 1 :]
        if any(array is target for _, arrays in later for array in arrays):
            return False
        for _, arrays in self._calls[made:]:
            arrays[:] = [target if array is source else array for array in arrays]
        return True


@final
class Value:
    """An array in a program; operators on it are written down."""

    __slots__ = ("_program", "array")

    def __init__(self, program: Program, array: Array) -> None:
        self._program = program
        self.array = array

    def __add__(self, other: Operand) -> "Value":
        return self._program.record(np.add, self, other)

    def __radd__(self, other: Operand) -> "Value":
        return self._program.record(np.add, other, self)

    def __sub__(self, other: Operand) -> "Value":
        return self._program.record(np.subtract, self, other)

    def __rsub__(self, other: Operand) -> "Value":
        return self._program.record(np.subtract, other, self)

    def __mul__(self, other: Operand) -> "Value":
        return self._program.record(np.multiply, self, other)

    def __rmul__(self, other: Operand) -> "Value":
        return self._program.record(np.multiply, other, self)

    def __truediv__(self, other: Operand) -> "Value":
        return self._program.record(np.divide, self, other)

    def __rtruediv__(self, other: Operand) -> "Value":
        return self._program.record(np.divide, other, self)

    def __pow__(self, other: Operand) -> "Value":
        """As NumPy's own operator, which takes squares and roots by their functions."""
        if isinstance(other, (int, float)) and other in _POWERS:
            return self._program.record(_POWERS[other], self)
        return self._program.record(np.power, self, other)

    def __rpow__(self, other: Operand) -> "Value":
        return self._program.record(np.power, other, self)

    def __neg__(self) -> "Value":
        return self._program.record(np.negative, self)

    def __abs__(self) -> "Value":
        return self._program.record(np.absolute, self)


_POWERS: dict[float, Any] = {2: np.square, 0.5: np.sqrt, -1: np.reciprocal}
