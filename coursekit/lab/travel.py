"""A journey back along a run that has ended: a child process takes it again and tells what is to be seen on the way.

with Travel(config, log) as travel:
    for news in travel.news():
        ...                     # a share in [0, 1] of what is to be done, and at last a Journey
"""

import json
import signal
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeAlias, final

from coursekit.lab.process import Process
from coursekit.train.config import TrainingConfig

Point: TypeAlias = tuple[float, float]  # along the plane's first direction and along its second


@final
@dataclass(frozen=True, slots=True)
class Gradient:
    """A gradient at a place. It points uphill: a step of plain descent goes the other way."""

    arrow: Point  # its part in the plane
    length: float  # of the whole, among all parameters, before any clipping


@final
@dataclass(frozen=True, slots=True)
class Place:
    """Where the run was, and what it saw there. The end has no next step, so no rate, batch and cosine."""

    step: int  # how many the run has taken
    at: Point
    loss: float | None  # on the whole training set; None where it is not a number
    rate: float | None  # of the next step
    full: Gradient | None  # on the whole training set; None where it is not finite
    batch: Gradient | None  # on the batch of the next step; None where it is not finite
    cosine: float | None  # between these two, among all parameters; None where one has no direction


@final
@dataclass(frozen=True, slots=True)
class Journey:
    """A run seen in a plane, with the training loss on a grid around its path."""

    places: tuple[Place, ...]  # from before the first step; of a run that diverged as far as they can be drawn
    first: tuple[float, ...]  # where the grid's columns are
    second: tuple[float, ...]  # and its rows; a model with a single parameter has one, at 0
    losses: tuple[tuple[float | None, ...], ...]  # a row for each of `second`; None where the loss is no number
    grid_rows: int  # rows of the training set that these losses were taken on
    explained: float  # share of the way that the plane shows, in [0, 1]

    @property
    def steps(self) -> tuple[int, ...]:
        """How many steps the run has taken at each place."""
        return tuple(place.step for place in self.places)

    @property
    def path(self) -> tuple[Point, ...]:
        """The places in the plane."""
        return tuple(place.at for place in self.places)

    @property
    def is_line(self) -> bool:
        """Whether the model has a single parameter, so that only `first` means something."""
        return len(self.second) == 1


@final
class Travel:
    """One journey, one process. Leaving it as a context manager ends it, whatever happened."""

    def __init__(
        self, config: TrainingConfig, log: Path | None, *, points: int = 100, columns: int = 48, rows: int = 24
    ) -> None:
        sizes = ("--points", str(points), "--columns", str(columns), "--rows", str(rows))
        arguments = (json.dumps(config.to_json()), *sizes)
        module = "coursekit.train.travelling"
        self._process = Process(arguments, log, has_tensorflow=False, module=module)  # NumPy, whatever was watched

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.close()

    def news(self) -> Iterator[float | Journey]:
        """Yield shares of the work, then the journey. Raises WorkerError when it ends without one, ConfigError."""
        for record in self._process.records():
            if record["type"] == "progress":
                yield record["share"]
            elif record["type"] == "landscape":
                yield read_journey(record)

    def stop(self) -> None:
        """Kill the process; harmless when it has ended."""
        self._process.signal(signal.SIGKILL)


def read_journey(record: Mapping[str, Any]) -> Journey:
    """Read what the process told."""
    return Journey(
        tuple(_place(place) for place in record["places"]),
        tuple(record["first"]),
        tuple(record["second"]),
        tuple(tuple(row) for row in record["losses"]),
        record["grid_rows"],
        record["explained"],
    )


def _place(record: Mapping[str, Any]) -> Place:
    full, batch = _gradient(record["full"]), _gradient(record["batch"])
    return Place(record["step"], tuple(record["at"]), record["loss"], record["rate"], full, batch, record["cosine"])


def _gradient(record: Mapping[str, Any] | None) -> Gradient | None:
    return None if record is None else Gradient(tuple(record["arrow"]), record["length"])
