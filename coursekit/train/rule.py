"""What one step does to the parameters, once the gradient is known: clipping, decay, the optimizer's own rule."""

from dataclasses import dataclass
from typing import final

from coursekit.train.arrays import Array
from coursekit.train.optimizers import Optimizer


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """An optimizer with the options that go with any: pure, for NumPy arrays and TensorFlow tensors alike."""

    optimizer: Optimizer
    weight_decay: float = 0.0
    clip_norm: float | None = None

    def init(self, params: Array) -> tuple[Array, ...]:
        """Return the optimizer's state for parameters (P,)."""
        return self.optimizer.init(params)

    def update(
        self, params: Array, grad: Array, state: tuple[Array, ...], lr: Array
    ) -> tuple[Array, tuple[Array, ...]]:
        """Let the weights decay by lr times `weight_decay`, then step along the gradient (P,).

        The decay is decoupled from the gradient: Loshchilov & Hutter, Decoupled Weight Decay Regularization, 2019,
        https://arxiv.org/abs/1711.05101. The gradient is clipped before: `clipping` is its factor.
        """
        if self.weight_decay:
            params = params - lr * self.weight_decay * params
        return self.optimizer.update(params, grad, state, lr)

    def clipping(self, norm: Array) -> Array:
        """Return the factor that brings a gradient of this norm to `clip_norm`; to be used above it only.

        Pascanu, Mikolov & Bengio, On the difficulty of training recurrent neural networks, 2013,
        https://arxiv.org/abs/1211.5063.
        """
        return self.clip_norm / norm
