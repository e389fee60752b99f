"""How far from 0 initial weights are: so that values and slopes neither grow nor shrink from layer to layer.

he       2 / inputs, for relu. He et al., Delving Deep into Rectifiers, 2015, https://arxiv.org/abs/1502.01852
glorot   2 / (inputs + outputs), for tanh. Glorot & Bengio, Understanding the difficulty of training deep feedforward
         neural networks, 2010, https://proceedings.mlr.press/v9/glorot10a.html
"""

from collections.abc import Callable
from typing import Literal, TypeAlias

from coursekit.train.arrays import Array, Normal, Shape

By: TypeAlias = Literal["he", "glorot"]
Variance: TypeAlias = Callable[[int, int], float]  # of a weight, by the inputs and outputs of its layer


def _he(inputs: int, _outputs: int) -> float:
    return 2 / inputs


def _glorot(inputs: int, outputs: int) -> float:
    return 2 / (inputs + outputs)


VARIANCES: dict[By, Variance] = {"he": _he, "glorot": _glorot}


def draw(shape: Shape, normal: Normal, variance: Variance) -> Array:
    """Draw a layer's weights (inputs, outputs), normal; a bias (outputs,) is 0."""
    return normal(shape) * variance(*shape) ** 0.5 if len(shape) == 2 else normal(shape) * 0
