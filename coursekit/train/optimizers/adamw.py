"""AdamW: Adam with weight decay that its denominator does not weaken.

{"name": "adamw", "weight_decay": 0.004, "beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-7}
"""

from dataclasses import dataclass
from typing import Annotated, final

from coursekit.train.arrays import Array
from coursekit.train.optimizers import Optimizer
from coursekit.train.optimizers.adam import Adam
from coursekit.train.ranges import Range


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Adamw(Optimizer):
    """w <- w - lr wd w, then Adam's step with the gradient from before; Adam's state (m, v, t).

    The decay is not part of the gradient, so it is the same for each parameter, however large its gradients.
    Keras's convention: wd = 0.004, multiplied with the learning rate; all parameters decay, biases too.
    Loshchilov & Hutter, Decoupled Weight Decay Regularization, 2017, https://arxiv.org/abs/1711.05101.

    >>> Adamw(weight_decay=0.5, beta_1=0.5, beta_2=0.75, epsilon=0.0).update(1.0, 4.0, (0.0, 0.0, 0.0), 0.5)
    (0.25, (2.0, 4.0, 1.0))
    """

    weight_decay: Annotated[float, Range(at_least=0)] = 0.004
    beta_1: Annotated[float, Range(at_least=0, below=1)] = 0.9
    beta_2: Annotated[float, Range(at_least=0, below=1)] = 0.999
    epsilon: Annotated[float, Range(above=0)] = 1e-7

    def init(self, params: Array) -> tuple[Array, ...]:
        """Return Adam's state."""
        return self._adam().init(params)

    def update(
        self, params: Array, grad: Array, state: tuple[Array, ...], lr: float
    ) -> tuple[Array, tuple[Array, ...]]:
        """Shrink the parameters a little, then let Adam step."""
        return self._adam().update(params - lr * self.weight_decay * params, grad, state, lr)

    def _adam(self) -> Adam:
        return Adam(beta_1=self.beta_1, beta_2=self.beta_2, epsilon=self.epsilon)


PLUGIN = Adamw
