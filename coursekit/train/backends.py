"""What carries out the steps of a run: an interface, and its two implementations by name."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from coursekit.errors import ConfigError
from coursekit.train.arrays import Array
from coursekit.train.config import Backend

if TYPE_CHECKING:
    from coursekit.train.batches import Batches  # they load NumPy, which a screen must not
    from coursekit.train.problem import Problem


CHUNK = 100  # most steps that a backend is asked for at once, so that a screen hears of them


class Taken(NamedTuple):
    """What some steps left behind, one number for each."""

    losses: Sequence[float]  # on the batch, before the step
    norms: Sequence[float]  # of the gradient on the batch, before it is clipped


class Measured(NamedTuple):
    """How good the present parameters are on the validation set; without data, on the loss itself."""

    loss: float
    accuracy: float | None  # the share that is told right; None where nothing is right or wrong


class Run(ABC):
    """A run in progress: it holds the parameters and the optimizer's state."""

    at_once: int = CHUNK  # most steps to ask for

    @abstractmethod
    def advance(self, batches: "Batches", rates: Sequence[float]) -> Taken:
        """Take one step for each batch, at its learning rate."""

    @abstractmethod
    def measure(self) -> Measured:
        """Measure the present parameters."""

    @property
    @abstractmethod
    def params(self) -> Array:
        """The present parameters, one NumPy vector (P,)."""


def tensorflow_is_available() -> bool:
    """Say whether TensorFlow is installed, without importing it."""
    return find_spec("tensorflow") is not None


def require(backend: Backend) -> None:
    """See that a backend is installed, without importing it. Raises ConfigError."""
    if backend == "tensorflow" and not tensorflow_is_available():
        raise ConfigError("backend: TensorFlow is not installed here. Use 'numpy', or 'pip install tensorflow'.")


def start(problem: "Problem", backend: Backend) -> Run:
    """Start a run; raises ConfigError when the backend is not installed."""
    return load(backend)(problem)


def load(backend: Backend) -> Callable[["Problem"], Run]:
    """Import a backend; raises ConfigError when it is not installed."""
    if backend == "numpy":
        from coursekit.train.numpy_backend import NumpyRun

        return NumpyRun
    require(backend)
    from coursekit.train.tensorflow_backend import TensorflowRun, set_up  # 5 s

    set_up()
    return TensorflowRun
