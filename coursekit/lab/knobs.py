"""Knobs: the hyper-parameters a learner may turn, each with its range or its choices.

learning_rate: {min: 0.001, max: 4.0, scale: log}
batch_size: {choices: [8, 32, 128]}
momentum: {min: 0, max: 0.99, sets: optimizer.momentum}
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast, final

from coursekit.errors import UsageError
from coursekit.fields import Fields
from coursekit.grading.number import format_number, read_number

KnobValue = float | int | str
_DECADE = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0)


@final
@dataclass(frozen=True, slots=True)
class Knob:
    """One setting: where it goes in the config, where it stands, and where it may go."""

    name: str
    sets: str
    value: KnobValue
    choices: tuple[KnobValue, ...] = ()
    least: float = 0.0
    most: float = 0.0
    is_log: bool = False

    @property
    def is_whole(self) -> bool:
        """Say whether it takes whole numbers only."""
        return isinstance(self.value, int)

    def allowed(self) -> str:
        """Say where it may go.

        >>> Knob("rate", "rate", 0.1, least=0.001, most=2.0).allowed()
        '0.001 to 2'
        """
        if self.choices:
            return ", ".join(show(choice) for choice in self.choices)
        return f"{format_number(self.least)} to {format_number(self.most)}"

    def read(self, text: str) -> KnobValue:
        """Read a setting as typed. Raises UsageError that names the range or the choices."""
        for choice in self.choices:
            if text.strip() == show(choice) or (isinstance(choice, (int, float)) and read_number(text) == choice):
                return choice
        value = None if self.choices else read_number(text)
        if value is None or not self.least <= value <= self.most or (self.is_whole and value != round(value)):
            whole = "a whole number " if self.is_whole and not self.choices else ""
            raise UsageError(f"{self.name} can be {whole}{self.allowed()}; got '{text}'.")
        return int(value) if self.is_whole else value

    def nudge(self, value: KnobValue, direction: int) -> KnobValue:
        """Move one notch down (-1) or up (1), staying in range."""
        stops = self.stops()
        if value in stops:
            return stops[max(0, min(len(stops) - 1, stops.index(value) + direction))]
        numbers = [float(stop) for stop in stops]
        place = bisect_right(numbers, float(value)) if direction > 0 else bisect_left(numbers, float(value)) - 1
        return stops[max(0, min(len(stops) - 1, place))]

    def stops(self) -> tuple[KnobValue, ...]:
        """List the notches, from least to most."""
        if self.choices:
            return self.choices
        values = self._decades() if self.is_log else [self.least + i * (self.most - self.least) / 20 for i in range(21)]
        numbers = (self.least, self.most, *(round(v) if self.is_whole else float(f"{v:.6g}") for v in values))
        stops = sorted({v for v in numbers if self.least <= v <= self.most})
        return tuple(int(v) for v in stops if v == int(v)) if self.is_whole else tuple(stops)

    def share(self, value: KnobValue) -> float:
        """Say how far along its range a value stands, in [0, 1]."""
        if self.choices:
            return self.choices.index(value) / max(1, len(self.choices) - 1)
        scale = math.log if self.is_log else float
        low, high = scale(self.least), scale(self.most)
        return (scale(float(value)) - low) / (high - low)

    def _decades(self) -> list[float]:
        first, last = math.floor(math.log10(self.least)), math.ceil(math.log10(self.most))
        return [float(f"{step * 10.0**power:.6g}") for power in range(first, last + 1) for step in _DECADE]


def show(value: KnobValue | None) -> str:
    """Write a setting for a person.

    >>> show(0.30000000000000004), show(None), show("sgd")
    ('0.3', 'all', 'sgd')
    """
    if value is None:
        return "all"
    return value if isinstance(value, str) else format_number(value)


def read_knobs(fields: Fields, config: Mapping[str, Any]) -> tuple[Knob, ...]:
    """Read the `knobs:` of a lab, each beginning where its config stands. Raises ContentError."""
    return tuple(_knob(name, fields.mapping(name), config) for name in fields)


def turn(config: Mapping[str, Any], turned: Iterable[tuple[Knob, KnobValue]]) -> dict[str, Any]:
    """Return the config with knobs turned, in whatever order they come: a plug-in first, then its options."""
    found = dict(config)
    for knob, value in sorted(turned, key=lambda each: each[0].sets.count(".")):
        found = put(found, knob.sets, value)
    return found


def put(config: Mapping[str, Any], path: str, value: KnobValue) -> dict[str, Any]:
    """Return the config with one entry changed; a plug-in given by name becomes a mapping when it gains an option.

    One that is named again keeps its options, another one begins with its own.

    >>> put({"optimizer": "momentum"}, "optimizer.momentum", 0.5)
    {'optimizer': {'name': 'momentum', 'momentum': 0.5}}
    >>> put({"optimizer": {"name": "momentum", "momentum": 0.5}}, "optimizer", "momentum")
    {'optimizer': {'name': 'momentum', 'momentum': 0.5}}
    """
    first, _, rest = path.partition(".")
    inner = config.get(first, {})
    if not rest:
        is_again = isinstance(inner, Mapping) and cast("Mapping[str, Any]", inner).get("name") == value
        return {**config, first: inner if is_again else value}
    return {**config, first: put({"name": inner} if isinstance(inner, str) else inner, rest, value)}


def standing(config: Mapping[str, Any], path: str) -> Any:  # Any: JSON
    """Return what stands at a path of the config, a plug-in by its name; None when nothing does."""
    first, _, rest = path.partition(".")
    entry: Any = config.get(first)
    if not isinstance(entry, Mapping):
        return None if rest else entry
    return standing(cast("Mapping[str, Any]", entry), rest or "name")


def _knob(name: str, fields: Fields, config: Mapping[str, Any]) -> Knob:
    sets = fields.text("sets", name)
    choices = fields.entries("choices")
    scale = fields.choice("scale", ("linear", "log"), "linear")
    value = standing(config, sets)
    if value is None:
        named = f"Name the field with 'sets: {_field_called(name, config)}', or set '{sets}' in the config."
        raise fields.error("sets", f"The config has no '{sets}' for the knob '{name}' to turn. {named}")
    if choices:
        if not all(isinstance(choice, (int, float, str)) for choice in choices):
            raise fields.error("choices", f"'{name}' needs numbers or words, as in 'choices: [8, 32, 128]'.")
        knob = Knob(name, sets, value, choices)
    else:
        least, most = float(fields.number("min")), float(fields.number("max"))
        if not least < most or (scale == "log" and least <= 0):
            raise fields.error("min", f"'{name}' needs min below max, and min above 0 on a log scale.")
        knob = Knob(name, sets, value, (), least, most, scale == "log")
    fields.refuse_unknown()
    _check_standing(knob, fields)
    return knob


def _field_called(name: str, config: Mapping[str, Any]) -> str:
    """Return where in the config an option of this name stands; else what the path of a field looks like.

    >>> _field_called("mu", {"optimizer": {"name": "momentum", "mu": 0.9}})
    'optimizer.mu'
    """
    found = (f"{plug_in}.{name}" for plug_in in config if standing(config, f"{plug_in}.{name}") is not None)
    return next(found, "learning_rate")


def _check_standing(knob: Knob, fields: Fields) -> None:
    try:
        knob.read(str(knob.value))
    except UsageError as error:
        raise fields.error("choices", f"The config is outside this knob: {error}") from None
