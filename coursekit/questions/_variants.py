"""The values of one variant: `params` drawn by a seed, until every condition of `where` holds.

params:
  lr: [0.1, 0.25, 0.5]              one of these
  h: {min: 1, max: 4, step: 0.5}    one of 1, 1.5, ... 4
where: [lr * h < 2]

Seeds that follow each other give different variants, and none comes again before all were seen, where there are few.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import product
from math import isfinite, prod
from random import Random
from typing import cast

from coursekit.fields import Fields
from coursekit.grading.arithmetic import holds

_FEW = 500  # combinations, which are then all listed; of more, the same two hardly follow each other
_TRIES = 1000
_MOST = 10_000  # values of a range
_MOST_PARAMS = 50
_LONGEST_CONDITIONS = 600  # characters of all of them; each is tried for a thousand draws


def draw(fields: Fields, seed: int) -> dict[str, float]:
    """Draw a value for each of the params, in the author's order. Raises ContentError."""
    params = fields.mapping("params")
    _refuse_excess(fields, params)
    choices = {name: _choices(params, name) for name in params}
    many = prod(len(choice) for choice in choices.values())
    return _listed(fields, choices, seed) if many <= _FEW else _drawn(fields, choices, seed)


def _refuse_excess(fields: Fields, params: Fields) -> None:
    if (many := sum(1 for _ in params)) > _MOST_PARAMS:
        raise fields.error("params", f"At most {_MOST_PARAMS} params are drawn; these are {many}. Take some out.")
    if (long := sum(map(len, fields.texts("where")))) > _LONGEST_CONDITIONS:
        message = f"The conditions have {long:,} characters; at most {_LONGEST_CONDITIONS} are read. Shorten them."
        raise fields.error("where", message)


def how_many(fields: Fields) -> int:
    """Count the seeds, from 0, that give different variants; of very many, say so many. Raises ContentError."""
    params = fields.mapping("params")
    _refuse_excess(fields, params)
    choices = {name: _choices(params, name) for name in params}
    many = prod(len(choice) for choice in choices.values())
    return len(_allowed(fields, choices)) if many <= _FEW else many


def _listed(fields: Fields, choices: Mapping[str, tuple[float, ...]], seed: int) -> dict[str, float]:
    allowed = _allowed(fields, choices)
    return dict(zip(choices, allowed[seed % len(allowed)], strict=True))


def _allowed(fields: Fields, choices: Mapping[str, tuple[float, ...]]) -> tuple[tuple[float, ...], ...]:
    try:
        allowed = _combinations(tuple(choices.items()), fields.texts("where"))
    except ValueError as error:
        raise fields.error("where", str(error), code="bad-expression") from None
    if not allowed:
        raise fields.error("where", "This holds for no variant. Widen the params.")
    return allowed


@lru_cache(maxsize=32)  # a check looks at all of them, one after the other
def _combinations(
    choices: tuple[tuple[str, tuple[float, ...]], ...], conditions: tuple[str, ...]
) -> tuple[tuple[float, ...], ...]:
    """List what the conditions allow, shuffled the same way on every machine. Raises ValueError."""
    names = [name for name, _ in choices]
    every = list(product(*(values for _, values in choices)))
    allowed = [v for v in every if all(holds(each, dict(zip(names, v, strict=True))) for each in conditions)]
    Random(0).shuffle(allowed)
    return tuple(allowed)


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
    numbers = [number for number in numbers if isfinite(number)]
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
    steps = (most - least) / step
    if steps >= _MOST:
        many = f"{int(steps) + 1:,}" if steps < 1e15 else "endlessly many"
        raise params.error(name, f"'{name}' has {many} values; at most {_MOST:,} are read. Take a larger 'step'.")
    count = int(steps + 1e-9) + 1
    return tuple(float(f"{least + number * step:.12g}") for number in range(count))


def _pick(values: tuple[float, ...], chance: Callable[[], float]) -> float:
    return values[int(chance() * len(values))]


def _is_allowed(fields: Fields, values: Mapping[str, float]) -> bool:
    try:
        return all(holds(condition, values) for condition in fields.texts("where"))
    except ValueError as error:
        raise fields.error("where", str(error), code="bad-expression") from None
