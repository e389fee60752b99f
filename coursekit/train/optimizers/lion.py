"""Lion: every parameter moves by the same amount, up or down.

{"name": "lion", "beta_1": 0.9, "beta_2": 0.99}
"""

from dataclasses import dataclass
from typing import Annotated, final

from coursekit.train.arrays import Array
from coursekit.train.optimizers import Optimizer
from coursekit.train.ranges import Range

# Small, but a normal number in float32, so no processor takes it for 0. There x / (|x| + TINY) is exactly 1 or -1
# for all |x| above 1e-29 (in float64, above 2e-21), and 0 for 0.
TINY = 1e-37


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Lion(Optimizer):
    """w <- w - lr sign(b1 m + (1 - b1) g), then m <- b2 m + (1 - b2) g; state (m,) from 0, of shape (P,).

    Steps have the size lr even at the minimum, so the learning rate should fall in the course of a run, and
    start 3 to 10 times below Adam's. Keras's convention and the paper's: b1 = 0.9, b2 = 0.99; no weight decay.
    Chen et al., Symbolic Discovery of Optimization Algorithms, 2023, https://arxiv.org/abs/2302.06675.

    >>> Lion(beta_1=0.5, beta_2=0.75).update(1.0, 4.0, (-2.0,), 0.5)
    (0.5, (-0.5,))
    """

    beta_1: Annotated[float, Range(at_least=0, below=1)] = 0.9
    beta_2: Annotated[float, Range(at_least=0, below=1)] = 0.99

    def init(self, params: Array) -> tuple[Array, ...]:
        """Return a mean gradient (P,) of 0."""
        return (params * 0,)

    def update(
        self, params: Array, grad: Array, state: tuple[Array, ...], lr: float
    ) -> tuple[Array, tuple[Array, ...]]:
        """Step by the sign of the gradient and its mean together, then renew the mean."""
        (mean,) = state
        direction = self.beta_1 * mean + (1 - self.beta_1) * grad
        sign = direction / (abs(direction) + TINY)
        return params - lr * sign, (self.beta_2 * mean + (1 - self.beta_2) * grad,)


PLUGIN = Lion
