"""Who takes part: ours and those we are held against, by name."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import final

from training import floor, jax_scan, keras_fit, ours, pytorch, scikit
from training.problems import Problem, has_xla
from training.runner import Clock, Runner


@final
@dataclass(frozen=True, slots=True)
class Contender:
    """A way to train; `start` sets it up for a problem without training yet."""

    name: str
    group: str  # what --only and --no name
    package: str
    start: Callable[[Problem, Clock], Runner]


CONTENDERS = (
    Contender("floor", "floor", "numpy", floor.floor),
    Contender("NumPy", "numpy", "numpy", ours.numpy_run),
    Contender("TensorFlow", "tensorflow", "tensorflow", ours.tensorflow_run),
    Contender("TensorFlow, XLA", "tensorflow", "tensorflow", ours.xla_run),
    Contender("keras fit", "keras", "keras", keras_fit.default),
    Contender("keras fit, XLA x 100", "keras", "keras", keras_fit.fused),
    Contender("PyTorch eager", "pytorch", "torch", pytorch.eager),
    Contender("JAX scan", "jax", "jax", jax_scan.scan),
    Contender("scikit-learn MLP", "scikit", "sklearn", scikit.mlp),
)
GROUPS = tuple(dict.fromkeys(contender.group for contender in CONTENDERS))


def present(groups: set[str]) -> list[Contender]:
    """Return those of the groups that can take part here, and say who cannot."""
    wanted = [contender for contender in CONTENDERS if contender.group in groups]
    for contender in wanted:
        if not find_spec(contender.package):
            print(f"{contender.name} is left out: {contender.package} is not installed.")
        elif _lacks_xla(contender):
            print(f"{contender.name} is left out: TrainingConfig has no field 'xla'.")
    return [contender for contender in wanted if find_spec(contender.package) and not _lacks_xla(contender)]


def takes(contender: Contender, problem: Problem) -> bool:
    """Say whether a contender can do a problem: scikit-learn has hidden layers only, our scan dense ones."""
    if contender.group == "jax":
        return not problem.is_image
    return contender.group != "scikit" or bool(problem.hidden)


def _lacks_xla(contender: Contender) -> bool:
    return contender.start is ours.xla_run and not has_xla()
