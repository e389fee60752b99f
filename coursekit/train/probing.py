"""One record says everything about a measurement, as `TrainingConfig` does about a training run.

{"probe": {"name": "traces", "signature": "any batch"}, "seed": 0}
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Self, final

from coursekit.train.config import Backend
from coursekit.train.options import check, read, write
from coursekit.train.probes import Probe
from coursekit.train.ranges import Range


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeConfig:
    """A measurement; every way to make one raises ConfigError that names a field which is wrong."""

    probe: Probe
    seed: Annotated[int, Range(at_least=0)] = 0

    def __post_init__(self) -> None:
        check(self)

    @property
    def backend(self) -> Backend:
        """What it measures with, which is the probe's to say."""
        return self.probe.needs

    @property
    def steps(self) -> int:
        """How many trials there are at most."""
        return self.probe.trials_at_most

    @classmethod
    def from_json(cls, mapping: Mapping[str, Any]) -> Self:
        """Read a configuration; a probe is a name or a mapping with its name and options."""
        return read(cls, mapping)

    def to_json(self) -> dict[str, Any]:
        """Return the seed and the probe with all its options."""
        return write(self)
