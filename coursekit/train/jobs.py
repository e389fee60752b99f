"""What the training process can be asked to do: train, or measure.

read_job({"probe": "traces"})  ->  ProbeConfig
read_job({"model": "softmax", ...})  ->  TrainingConfig
"""

from collections.abc import Mapping
from typing import Any, TypeAlias

from coursekit.train.config import TrainingConfig
from coursekit.train.probing import ProbeConfig

Job: TypeAlias = TrainingConfig | ProbeConfig


def read_job(mapping: Mapping[str, Any]) -> Job:
    """Read either configuration, a measurement by its 'probe'. Raises ConfigError."""
    return ProbeConfig.from_json(mapping) if _is_probe(mapping) else TrainingConfig.from_json(mapping)


def with_seed(job: Job, seed: int) -> Job:
    """Return the same with another seed."""
    return read_job({**job.to_json(), "seed": seed})


def graded_job(job: Job) -> Job:
    """Return what a grade is made on: NumPy in float64, whatever was watched; a measurement as it is."""
    if isinstance(job, ProbeConfig):
        return job
    return TrainingConfig.from_json({**job.to_json(), "backend": "numpy", "dtype": "float64"})


def _is_probe(mapping: object) -> bool:
    return isinstance(mapping, Mapping) and "probe" in mapping
