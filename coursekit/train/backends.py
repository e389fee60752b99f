"""What carries out the steps of a run: an interface, and its two implementations by name."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from coursekit.errors import ConfigError
from coursekit.train.arrays import Array
from coursekit.train.config import Backend

if TYPE_CHECKING:
    from coursekit.train.problem import Problem  # loads NumPy, which a screen must not


class Run(ABC):
    """A run in progress: it holds the parameters and the optimizer's state."""

    __slots__ = ()

    @abstractmethod
    def advance(self, batches: Sequence[Array], rates: Sequence[float]) -> Iterator[tuple[float, float]]:
        """Take one step for each batch of row numbers, at its learning rate.

        Yields the loss on the batch before the step and the gradient's norm.
        """

    @abstractmethod
    def validation_loss(self) -> float:
        """Return the loss on the validation set (without data: the loss) at the present parameters."""


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
    from coursekit.train.tensorflow_backend import TensorflowRun  # 5 s

    return TensorflowRun
