"""A composition of layers that tells classes apart: as many as are asked for, with weights of their own or shared.

{"name": "stack", "layers": 2, "width": 16, "activation": "tanh", "weights": "own"}
"""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, TypeAlias, final

from coursekit.train.activations import ACTIVATIONS, Activation
from coursekit.train.arrays import Array, Namespace, Normal, Shape
from coursekit.train.data import Sizes, Target
from coursekit.train.losses import CROSS_ENTROPY, Loss
from coursekit.train.models import Predictor, _dense, _init
from coursekit.train.ranges import Range

Bent: TypeAlias = Literal["identity", "tanh", "relu"]

_IDENTITY = Activation(lambda z, _xp: z, lambda _h: 1.0)
_BENT: dict[Bent, Activation] = {"identity": _IDENTITY, "tanh": ACTIVATIONS["tanh"], "relu": ACTIVATIONS["relu"]}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Stack(Predictor):
    """Logits head(f_n(... f_1(x))), each layer f(h) = bent(h W + b) of the same width; cross-entropy on the logits.

    With `weights` own each layer has its W and b. Shared, the first leads from the features to the width, and one more
    is applied again and again, as in a recurrent network. Without layers it is softmax regression. Parameters are
    those of the layers and, last, the head's: (W1, b1, ..., W, b). Initial weights are He's for relu, else LeCun's.
    """

    target: ClassVar[Target | None] = "classes"
    measure: ClassVar[Loss] = CROSS_ENTROPY

    layers: Annotated[int, Range(at_least=0, at_most=16)] = 2
    width: Annotated[int, Range(at_least=1, at_most=1024)] = 16
    activation: Bent = "tanh"
    weights: Literal["own", "shared"] = "own"

    def shapes(self, sizes: Sizes) -> tuple[Shape, ...]:
        """Return ((features, width), (width,), (width, width), (width,), ..., (width, classes), (classes,))."""
        different = min(self.layers, 2) if self.weights == "shared" else self.layers
        return _dense.shapes((sizes.features, *[self.width] * different, sizes.outputs))

    def init(self, sizes: Sizes, normal: Normal) -> tuple[Array, ...]:
        """Return random weights and biases of 0."""
        variance = _init.VARIANCES["he"] if self.activation == "relu" else _lecun
        return tuple(_init.draw(shape, normal, variance) for shape in self.shapes(sizes))

    def outputs(self, params: tuple[Array, ...], x: Array, xp: Namespace) -> Array:
        """Return the logits, (batch, classes)."""
        return _dense.affine(self._composed(params, x, xp)[-1], params[-2], params[-1], xp)

    def loss_and_gradient(
        self, params: tuple[Array, ...], x: Array, y: Array, xp: Namespace
    ) -> tuple[Array, tuple[Array, ...]]:
        """Return the loss and its gradient by back-propagation; that by shared weights is the sum over their uses."""
        values, above = self._composed(params, x, xp), params[-2]
        z = _dense.affine(values[-1], above, params[-1], xp)
        slope = self.measure.slope(z, y, xp)
        grads = [*(param * 0 for param in params[:-2]), values[-1].T @ slope, slope.sum(axis=0)]
        for i in reversed(range(self.layers)):
            at = self._used(i)
            slope = (slope @ above.T) * _BENT[self.activation].slope(values[i + 1])
            grads[at] = grads[at] + values[i].T @ slope
            grads[at + 1] = grads[at + 1] + slope.sum(axis=0)
            above = params[at]
        return self.measure.value(z, y, xp), tuple(grads)

    def _composed(self, params: tuple[Array, ...], x: Array, xp: Namespace) -> list[Array]:
        """Return the input and what each layer makes of the one before, (batch, width)."""
        values, bent = [x], _BENT[self.activation].value
        for i in range(self.layers):
            at = self._used(i)
            values.append(bent(_dense.affine(values[-1], params[at], params[at + 1], xp), xp))
        return values

    def _used(self, layer: int) -> int:
        """Say at which parameter the weights stand that a layer uses, counted from 0; its bias follows."""
        return 2 * (min(layer, 1) if self.weights == "shared" else layer)


def _lecun(inputs: int, _outputs: int) -> float:
    """Return 1 / inputs. LeCun et al., Efficient BackProp, 1998."""
    return 1 / inputs


PLUGIN = Stack
