"""How long the first steps of an optimizer are, for gradients of very different size.

{"name": "first-steps", "rule": "adam without correction", "gradients": "constant"}
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, TypeAlias, final

from coursekit.train.config import Backend
from coursekit.train.optimizers import Optimizer
from coursekit.train.optimizers.adam import Adam
from coursekit.train.optimizers.momentum import Momentum
from coursekit.train.optimizers.rmsprop import Rmsprop
from coursekit.train.optimizers.sgd import Sgd
from coursekit.train.probes import Probe, Trial, Values
from coursekit.train.ranges import Range

if TYPE_CHECKING:
    from coursekit.train.arrays import Array  # it loads NumPy

Rule: TypeAlias = Literal["sgd", "momentum", "rmsprop", "adam", "adam without correction"]

_SIZES = {"tiny": 1e-6, "usual": 1.0, "huge": 1e6}  # three parameters, by the size of their gradients
_SHOWN = (1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSteps(Probe):
    """Give a rule the same gradients 1,000 times, in three sizes, and tell how long each step is.

    A length is told in learning rates. `beta_1` is momentum's factor too, `beta_2` is RMSprop's rho. Conventions are
    Keras's. Without correction a step is Adam's without the factor sqrt(1 - beta_2^t) / (1 - beta_1^t): Kingma & Ba,
    Adam, 2014, section 3, https://arxiv.org/abs/1412.6980. The values are taken over all 1,000 steps and all three
    sizes, but for `first_step`, which is that of the usual size.
    """

    needs: ClassVar[Backend] = "numpy"
    values: ClassVar[tuple[str, ...]] = ("first_step", "shortest_step", "longest_step")
    trials_at_most: ClassVar[int] = len(_SHOWN)
    curve: ClassVar[tuple[str, str] | None] = ("step", "usual")

    rule: Rule = "adam"
    beta_1: Annotated[float, Range(at_least=0, below=1)] = 0.9
    beta_2: Annotated[float, Range(at_least=0, below=1)] = 0.999
    epsilon: Annotated[float, Range(above=0, at_most=1)] = 1e-7
    gradients: Literal["constant", "alternating", "noisy"] = "constant"

    def trials(self, seed: int) -> Generator[Trial, None, Values]:
        """Take the steps, with a row for some of them."""
        lengths: list[tuple[float, ...]] = []
        for step, length in enumerate(self._lengths(seed), 1):
            lengths.append(length)
            if step in _SHOWN:
                yield {"step": step, **dict(zip(_SIZES, length, strict=True))}
        return {
            "first_step": lengths[0][1],
            "shortest_step": min(map(min, lengths)),
            "longest_step": max(map(max, lengths)),
        }

    def _lengths(self, seed: int) -> Iterator[tuple[float, ...]]:
        """Yield the length of each step for each size of the gradient."""
        import numpy as np

        optimizer, still = self._optimizer(), np.zeros(len(_SIZES))
        state = optimizer.init(still)
        for step, grad in enumerate(self._gradients(seed), 1):
            moved, state = optimizer.update(still, grad * np.array(list(_SIZES.values())), state, 1.0)
            yield tuple((abs(moved) / self._correction(step)).tolist())

    def _gradients(self, seed: int) -> "Array":
        """Return the gradients of the usual size, (steps,)."""
        import numpy as np

        from coursekit.train.streams import Stream

        steps = np.arange(_SHOWN[-1])
        match self.gradients:
            case "constant":
                return steps * 0.0 + 1
            case "alternating":
                return (-1.0) ** steps
            case "noisy":
                return Stream(seed, "batches").normal(steps.shape)

    def _optimizer(self) -> Optimizer:
        """Return the rule with its options."""
        match self.rule:
            case "sgd":
                return Sgd()
            case "momentum":
                return Momentum(momentum=self.beta_1)
            case "rmsprop":
                return Rmsprop(rho=self.beta_2, epsilon=self.epsilon)
            case "adam" | "adam without correction":
                return Adam(beta_1=self.beta_1, beta_2=self.beta_2, epsilon=self.epsilon)

    def _correction(self, step: int) -> float:
        """Return what a step has been multiplied by that is not to be in it."""
        if self.rule != "adam without correction":
            return 1.0
        return (1 - self.beta_2**step) ** 0.5 / (1 - self.beta_1**step)


PLUGIN = FirstSteps
