"""The values of one variant: `params` drawn by a seed, until every condition of `where` holds.

params:
  lr: [0.1, 0.25, 0.5]              one of these
  h: {min: 1, max: 4, step: 0.5}    one of 1, 1.5, ... 4
where: [lr * h < 2]

Seeds that follow each other give different variants, and none comes again before all were seen, where there are few.
"""

from collections.abc import Callable, Mapping
from itertools import product
from math import prod
from random import Random
from typing import cast

from coursekit.fields import Fields
from coursekit.grading.arithmetic import holds

_FEW = 500  # combinations, which are then all listed; of more, the same two hardly follow each other
_TRIES = 1000
_MOST = 10_000  # values of a range


def draw(fields: Fields, seed: int) -> dict[str, float]:
    """Draw a value for each of the params, in the author's order. Raises ContentError."""
    params = fields.mapping("params")
    choices = {name: _choices(params, name) for name in params}
    many = prod(len(choice) for choice in choices.values())
    return _listed(fields, choices, seed) if many <= _FEW else _drawn(fields, choices, seed)


def _listed(fields: Fields, choices: Mapping[str, tuple[float, ...]], seed: int) -> dict[str, float]:
    every = (dict(zip(choices, values, strict=True)) for values in product(*choices.values()))
    allowed = [values for values in every if _is_allowed(fields, values)]
    if not allowed:
        raise fields.error("where", "This holds for no variant. Widen the params.")
    Random(0).shuffle(allowed)
    return allowed[seed % len(allowed)]


def _drawn(fields: Fields, choices: Mapping[str, tuple[float, ...]], seed: int) -> dict[str, float]:
    rng = Random(seed)
    for _ in range(_TRIES):
        values = {name: _pick(choice, rng.random) for name, choice in choices.items()}
        if _is_allowed(fields, values):
            return values
    raise fields.error("where", f"No variant was found in {_TRIES} draws for which this holds. Widen the params.")


def _choices(params: Fields, name: str) -> tuple[float, ...]:
    value = params.value(name)
    if isinstance(value, Fields):
        return _range(params, name, value)
    values = cast("tuple[object, ...]", value) if isinstance(value, tuple) else ()
    numbers = [float(entry) for entry in values if isinstance(entry, int | float) and not isinstance(entry, bool)]
    if not values or len(numbers) < len(values):
        message = (
            f"'{name}' needs a list of numbers, as in '{name}: [0.1, 0.2]', or '{name}: {{min: 1, max: 4, step: 1}}'."
        )
        raise params.error(name, message)
    return tuple(dict.fromkeys(numbers))


def _range(params: Fields, name: str, bounds: Fields) -> tuple[float, ...]:
    least, most, step = (float(bounds.number(part)) for part in ("min", "max", "step"))
    bounds.refuse_unknown()
    if not (step > 0 and least < most):
        raise params.error(name, f"'{name}' needs 'min' below 'max' and a 'step' above 0.")
    count = int((most - least) / step + 1e-9) + 1
    if count > _MOST:
        raise params.error(name, f"'{name}' has {count:,} values; at most {_MOST:,} are read. Take a larger 'step'.")
    return tuple(float(f"{least + number * step:.12g}") for number in range(count))


def _pick(values: tuple[float, ...], chance: Callable[[], float]) -> float:
    return values[int(chance() * len(values))]


def _is_allowed(fields: Fields, values: Mapping[str, float]) -> bool:
    try:
        return all(holds(condition, values) for condition in fields.texts("where"))
    except ValueError as error:
        raise fields.error("where", str(error)) from None
