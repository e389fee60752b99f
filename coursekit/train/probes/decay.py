"""What weight decay leaves of weights whose gradients differ in size, written into the gradient or beside it.

{"name": "decay", "rule": "adam", "decay": "in the gradient"}
"""

from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, final

from coursekit.train.config import Backend
from coursekit.train.optimizers import Optimizer
from coursekit.train.optimizers.adam import Adam
from coursekit.train.optimizers.adamw import Adamw
from coursekit.train.optimizers.sgd import Sgd
from coursekit.train.probes import Probe, Trial, Values
from coursekit.train.ranges import Range

if TYPE_CHECKING:
    from coursekit.train.arrays import Array  # it loads NumPy

_SIZES = (0.01, 0.1, 1.0, 10.0)  # of the gradients, a weight each
_PAIRS = 100  # of copies, with opposite noise


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Decay(Probe):
    """Start four weights at 1 and let them decay for 1,000 steps, while noise of four sizes is all their gradient.

    In the gradient, weight_decay * w is added to it before the rule sees it (L2 regularisation). Beside the step, each
    weight loses lr * weight_decay of itself and then steps by its gradient alone, as in AdamW: Loshchilov & Hutter,
    Decoupled Weight Decay Regularization, 2017, https://arxiv.org/abs/1711.05101. `left` is the mean of a weight
    over 200 copies of it, half of which get the same noise with the other sign, so that it moves none of them on the
    whole; `left_least` and `left_most` are the extremes over the four sizes.
    """

    needs: ClassVar[Backend] = "numpy"
    values: ClassVar[tuple[str, ...]] = ("left_least", "left_most")
    trials_at_most: ClassVar[int] = len(_SIZES)

    rule: Literal["sgd", "adam"] = "adam"
    decay: Literal["none", "in the gradient", "beside the step"] = "in the gradient"
    weight_decay: Annotated[float, Range(at_least=0, at_most=1)] = 0.1
    learning_rate: Annotated[float, Range(above=0, at_most=0.1)] = 0.01
    steps: Annotated[int, Range(at_least=1, at_most=2000)] = 1000

    def trials(self, seed: int) -> Generator[Trial, None, Values]:
        """Yield what is left of each weight."""
        left = self._weights(seed).mean(axis=0).tolist()
        yield from ({"gradient": size, "left": part} for size, part in zip(_SIZES, left, strict=True))
        return {"left_least": min(left), "left_most": max(left)}

    def _weights(self, seed: int) -> "Array":
        """Return the weights after the last step, (copies, sizes)."""
        import numpy as np

        from coursekit.train.streams import Stream

        stream, optimizer = Stream(seed, "batches"), self._optimizer()
        inside = self.weight_decay if self.decay == "in the gradient" else 0.0
        beside = self.weight_decay if self.decay == "beside the step" and self.rule == "sgd" else 0.0
        weights = np.ones((2 * _PAIRS, len(_SIZES)))
        state = optimizer.init(weights.ravel())
        for _ in range(self.steps):
            noise = stream.normal((_PAIRS, len(_SIZES))) * _SIZES
            grad = np.concatenate([noise, -noise]) + inside * weights
            weights = weights - self.learning_rate * beside * weights
            flat, state = optimizer.update(weights.ravel(), grad.ravel(), state, self.learning_rate)
            weights = flat.reshape(weights.shape)
        return weights

    def _optimizer(self) -> Optimizer:
        """Return the rule; decay beside Adam's step is AdamW's own."""
        if self.rule == "sgd":
            return Sgd()
        return Adamw(weight_decay=self.weight_decay) if self.decay == "beside the step" else Adam()


PLUGIN = Decay
