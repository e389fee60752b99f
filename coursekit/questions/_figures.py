"""Figures: what runs of a question's lab came to, put into its texts where the author wrote `{{ name }}`.

figures:
  slow: {run: {learning_rate: 0.01}, gives: validation_loss}
  steps: {run: {learning_rate: 0.3}, gives: steps_to, target: 0.2}
  usual: {run: {learning_rate: 0.3}, gives: accuracy, seeds: 10, digits: 3}

`coursekit lock` makes the runs and keeps what they came to, so that no author types it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite, nan
from typing import Any, final

from coursekit.fields import Fields

STEPS_TO = "steps_to"
_MOST = 20
_MOST_SEEDS = 20


@final
@dataclass(frozen=True, slots=True)
class Figure:
    """The knobs to turn, what is read off the run, and how it is rounded."""

    name: str
    settings: Mapping[str, Any]
    gives: str
    """A metric of the lab or a value of its probe, or `steps_to`."""
    target: float | None
    """For `steps_to`: the loss to be reached."""
    seeds: int
    """The median over so many seeds, from 0."""
    digits: int
    """Significant digits."""

    def kept_as(self, question: str) -> str:
        """Name it among all that a course keeps; an id has no colon."""
        return f"{question}:{self.name}"


def read_figures(fields: Fields) -> tuple[Figure, ...]:
    """Read a question's figures. Raises ContentError."""
    entries = fields.mapping("figures")
    names = tuple(entries)
    if len(names) > _MOST:
        raise fields.error("figures", f"At most {_MOST} figures are kept; these are {len(names)}. Take some out.")
    if taken := [name for name in fields.mapping("params") if name in names]:
        raise entries.error(taken[0], f"'{taken[0]}' is one of the params already. Call the figure something else.")
    return tuple(_figure(entries, name) for name in names)


def values_of(figures: tuple[Figure, ...], question: str, kept: Mapping[str, str]) -> dict[str, float]:
    """Return the value of each by its name; nan for one that no run has made yet."""
    return {figure.name: _number(kept.get(figure.kept_as(question), "nan")) for figure in figures}


def _figure(entries: Fields, name: str) -> Figure:
    if not name.isidentifier():
        raise entries.error(name, f"'{name}' is no name of a figure. Use letters, digits and '_', as in 'slow_end'.")
    entry = entries.mapping(name)
    gives = entry.text("gives")
    figure = Figure(
        name=name,
        settings=entry.mapping("run").data(),
        gives=gives,
        target=_target(entry, gives),
        seeds=_whole(entry, "seeds", 1, _MOST_SEEDS),
        digits=_whole(entry, "digits", 2, 6),
    )
    entry.refuse_unknown()
    return figure


def _target(entry: Fields, gives: str) -> float | None:
    if ("target" in entry) != (gives == STEPS_TO):
        message = (
            "'target' is the loss to be reached: 'gives: steps_to' needs it, as in 'target: 0.01', and nothing else."
        )
        raise entry.error("gives", message)
    return float(entry.number("target", 0)) if "target" in entry else None


def _whole(entry: Fields, name: str, default: int, most: int) -> int:
    value = entry.number(name, default)
    if value != int(value) or not 1 <= value <= most:
        raise entry.error(name, f"'{name}' must be a whole number from 1 to {most}, got {value:g}.")
    return int(value)


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return nan
    return value if isfinite(value) else nan


def unkept(values: Mapping[str, float]) -> Iterator[str]:
    """Name those that have no value yet."""
    return (name for name, value in values.items() if not isfinite(value))
