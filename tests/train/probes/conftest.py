"""A measurement as its tests look at it: all rows at once, and the values at its end."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from coursekit.train.probes import Probe, Values
from coursekit.train.probing import ProbeConfig

Measured: TypeAlias = tuple[list[Mapping[str, Any]], Values]


def measured(probe: Probe, seed: int = 0) -> Measured:
    """Make all trials of a probe; return its rows and its values."""
    rows, trials = list[Mapping[str, Any]](), probe.trials(seed)
    while True:
        try:
            rows.append(next(trials))
        except StopIteration as end:
            return rows, end.value


def measured_by_name(name: str, seed: int = 0, /, **options: object) -> Measured:
    """Measure with a probe as a lab's configuration names it, with its options."""
    config = ProbeConfig.from_json({"probe": {"name": name, **options}, "seed": seed})
    return measured(config.probe, config.seed)
