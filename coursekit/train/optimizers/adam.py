"""Adam: momentum, divided by the root of the gradient's mean square.

{"name": "adam", "beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-7}
"""

from dataclasses import dataclass
from typing import Annotated, final

from coursekit.train.arrays import Array
from coursekit.train.optimizers import Optimizer
from coursekit.train.ranges import Range


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Adam(Optimizer):
    """w <- w - lr sqrt(1 - b2^t) / (1 - b1^t) m / (sqrt(v) + eps), with two means that both start from 0.

    m <- m + (1 - b1) (g - m) and v <- v + (1 - b2) (g^2 - v), both of shape (P,); the state is (m, v, t), where
    t is the number of steps taken, a scalar. The factor after lr undoes that the means are too small at first.
    Keras's convention: b1 = 0.9, b2 = 0.999, and eps = 1e-7 is the paper's "epsilon hat", added to the root
    before that correction. Kingma & Ba, Adam, 2014, section 2, https://arxiv.org/abs/1412.6980.

    >>> Adam(beta_1=0.5, beta_2=0.75, epsilon=0.0).update(1.0, 4.0, (0.0, 0.0, 0.0), 0.5)
    (0.5, (2.0, 4.0, 1.0))
    """

    beta_1: Annotated[float, Range(at_least=0, below=1)] = 0.9
    beta_2: Annotated[float, Range(at_least=0, below=1)] = 0.999
    epsilon: Annotated[float, Range(above=0)] = 1e-7

    def init(self, params: Array) -> tuple[Array, ...]:
        """Return both means (P,) and the count, all 0; the count has the parameters' type."""
        return params * 0, params * 0, params[0] * 0

    def update(
        self, params: Array, grad: Array, state: tuple[Array, ...], lr: float
    ) -> tuple[Array, tuple[Array, ...]]:
        """Renew both means and step by their ratio."""
        mean, square, count = state
        count = count + 1.0
        mean = mean + (1 - self.beta_1) * (grad - mean)
        square = square + (1 - self.beta_2) * (grad**2 - square)
        rate = lr * (1 - self.beta_2**count) ** 0.5 / (1 - self.beta_1**count)
        return params - rate * mean / (square**0.5 + self.epsilon), (mean, square, count)


PLUGIN = Adam
