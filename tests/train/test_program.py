"""The arithmetic in place is the rule that a learner reads: the same numbers."""

from typing import Any

import numpy as np
import pytest

from coursekit import plugins
from coursekit.train.arrays import Array
from coursekit.train.optimizers import Optimizer
from coursekit.train.program import Program
from coursekit.train.rule import Rule
from coursekit.train.streams import Stream

FAMILY = "coursekit.train.optimizers"
OPTIONS: list[tuple[str, dict[str, Any]]] = [
    *((name, {}) for name in plugins.names(FAMILY)),
    ("rmsprop", {"momentum": 0.9}),
    ("rmsprop", {"centered": True}),
    ("rmsprop", {"momentum": 0.9, "centered": True}),
]


@pytest.mark.parametrize("decay", [0.0, 0.1])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(("name", "options"), OPTIONS, ids=lambda value: str(value))
def test_a_program_does_what_its_rule_says(name: str, options: dict[str, Any], dtype: str, decay: float) -> None:
    rule = Rule(optimizer=plugins.load(FAMILY, name)(**options), weight_decay=decay)
    stream = Stream(3, "data")
    params, grads = stream.normal((7,)).astype(dtype), stream.normal((40, 7)).astype(dtype)
    state = rule.init(params)
    moved, grad = params.copy(), np.zeros_like(params)
    program = Program(rule.update, moved, grad, tuple(np.array(part) for part in state))

    for i, each in enumerate(grads):
        lr = np.asarray(0.1 / (1 + i), dtype)
        params, state = rule.update(params, each, state, lr)
        grad[...] = each
        program.run(float(lr))

        # To the last bit, but for Adam: NumPy raises a number and an array of one number to a power by different code.
        np.testing.assert_allclose(
            moved, params, rtol=50 * float(np.finfo(dtype).eps) if name.startswith("adam") else 0
        )


def test_plain_descent_is_two_calls() -> None:
    sgd: Optimizer = plugins.load(FAMILY, "sgd")()
    params = np.ones(3)

    program = Program(sgd.update, params, np.ones(3), ())
    program.run(0.25)

    assert len(program._steps) == 2
    assert params.tolist() == [0.75] * 3


def swap(params: Any, grad: Any, state: tuple[Any, ...], lr: Any) -> tuple[Any, tuple[Any, ...]]:
    """Parameters and the first state change places; the second keeps what the parameters were."""
    return state[0], (params, params)


def twice(params: Any, grad: Any, state: tuple[Any, ...], lr: Any) -> tuple[Any, tuple[Any, ...]]:
    """One new number goes to two places, and is read once more after it was made."""
    new = params - lr * grad
    return new, (new, -new + params)


@pytest.mark.parametrize("rule", [swap, twice])
def test_what_goes_from_one_place_to_another_is_not_overwritten_before(rule: Any) -> None:
    def fresh() -> list[Array]:
        return [np.array([1.0, 2.0]), np.array([5.0, 6.0]), np.array([0.0, 0.0])]

    pure, moved, grad = fresh(), fresh(), np.array([3.0, -1.0])
    program = Program(rule, moved[0], grad, (moved[1], moved[2]))

    for _ in range(3):
        params, state = rule(pure[0], grad, (pure[1], pure[2]), 0.5)
        pure = [params, *state]
        program.run(0.5)

        for was, now in zip(pure, moved, strict=True):
            np.testing.assert_array_equal(now, was)
