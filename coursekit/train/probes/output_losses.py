"""A layer that begins confidently wrong, unlearning it: what an output and a loss make of the slope at the logits.

{"name": "output-losses", "output": "softmax", "loss": "squared error", "head_start": 10.0}
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, TypeAlias, final

from coursekit.train.config import Backend
from coursekit.train.probes import Probe, Trial, Values
from coursekit.train.ranges import Range

if TYPE_CHECKING:
    from coursekit.train.arrays import Array  # they load NumPy
    from coursekit.train.data import Split

Output: TypeAlias = Literal["softmax", "none", "softmax twice"]
Loss: TypeAlias = Literal["cross-entropy", "squared error"]

_SOFTMAXES: dict[Output, int] = {"none": 0, "softmax": 1, "softmax twice": 2}
_STEPS, _BATCH, _ENOUGH, _FAR = 300, 32, 0.9, 1e6
_TOLD = (0, 1, 2, 5, 10, 20, 30, 50, 75, 100, 150, 200)
_CLIP = 1e-7  # keras.config.epsilon()


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class OutputLosses(Probe):
    """Train one dense layer on the digits, 32 images a step, with one class ahead of the others at the start.

    A class drawn from the seed begins with a bias of `head_start`. The squared error is summed over the ten outputs.
    Cross-entropy without a softmax does what Keras's does when nobody tells it of logits: it divides each row by its
    sum, and clips. Of one training image a row tells its output for the true class and the slope of its loss by that
    class's logit; `slope` is the mean length of all images' slopes by their logits. It ends when nine tenths of the
    validation images are told right, after 300 steps, or when a weight has grown beyond a million.
    """

    needs: ClassVar[Backend] = "numpy"
    values: ClassVar[tuple[str, ...]] = ("accuracy", "first_slope", "head_start", "steps")
    trials_at_most: ClassVar[int] = len(_TOLD) + 1

    output: Output = "softmax"
    loss: Loss = "cross-entropy"
    head_start: Annotated[float, Range(at_least=0, at_most=20)] = 10.0
    learning_rate: Annotated[float, Range(above=0, at_most=100)] = 0.3

    def trials(self, seed: int) -> Generator[Trial, None, Values]:
        """Train, with a row for some of the steps and the last one; step 0 is the start."""
        from coursekit.train.data.digits import Digits

        data = Digits().split()
        slopes: list[float] = []
        step, accuracy = 0, 0.0
        for step, (w, b) in enumerate(self._descent(data, seed)):
            accuracy = _accuracy(data, w, b)
            ends = accuracy >= _ENOUGH or step == _STEPS or float(abs(w).max()) > _FAR
            if ends or step in _TOLD:
                row = self._row(data, data.x_train @ w + b, _image(data, self._ahead(seed)))
                slopes.append(row["slope"])
                yield {"step": step, **row, "accuracy": accuracy}
            if ends:
                break
        return {"accuracy": accuracy, "first_slope": slopes[0], "head_start": self.head_start, "steps": step}

    def losses(self, z: "Array", t: "Array") -> "Array":
        """Return each image's loss (images,), of logits and targets (images, classes)."""
        import numpy as np

        from coursekit.train.losses import cross_entropy

        outputs = self._outputs(z)
        if self.loss == "squared error":
            return ((outputs[-1] - t) ** 2).sum(axis=1)
        if len(outputs) > 1:
            return cross_entropy(outputs[-2], t, np)
        shares = z / z.sum(axis=1, keepdims=True)
        return -(t * np.log(shares.clip(_CLIP, 1 - _CLIP))).sum(axis=1)

    def slopes(self, z: "Array", t: "Array") -> "Array":
        """Return the derivative of each image's loss by its logits, (images, classes)."""
        import numpy as np

        outputs = self._outputs(z)
        if self.loss == "cross-entropy" and len(outputs) == 1:
            total = z.sum(axis=1, keepdims=True)
            true = (z * t).sum(axis=1, keepdims=True)
            seen = (true / total > _CLIP) & (true / total < 1 - _CLIP)  # a clipped one has no slope
            return np.where(seen, 1 / total - t / true, 0.0)
        slopes = outputs[-1] - t
        if self.loss == "squared error":
            slopes = 2 * slopes
        else:
            outputs = outputs[:-1]  # by what went into the last softmax it is that already
        for p in reversed(outputs[1:]):
            slopes = p * (slopes - (p * slopes).sum(axis=1, keepdims=True))
        return slopes

    def _descent(self, data: "Split", seed: int) -> Iterator[tuple["Array", "Array"]]:
        """Yield weights (pixels, classes) and biases (classes,), from the start on."""
        import numpy as np

        from coursekit.train.batches import batches
        from coursekit.train.streams import Stream

        w, b = 0.01 * Stream(seed, "parameters").normal((64, 10)), self.head_start * np.eye(10)[self._ahead(seed)]
        for rows in batches(seed, len(data.x_train), _BATCH):
            yield w, b
            x, t = data.x_train[rows], data.y_train[rows]
            slopes = self.slopes(x @ w + b, t) / len(rows)
            w, b = w - self.learning_rate * x.T @ slopes, b - self.learning_rate * slopes.sum(axis=0)

    def _ahead(self, seed: int) -> int:
        from coursekit.train.streams import Stream

        return int(Stream(seed, "data").choices(10)[0])

    def _row(self, data: "Split", z: "Array", image: int) -> dict[str, float]:
        """Say what one image sees, and all of them."""
        import numpy as np

        t = data.y_train
        slopes, true = self.slopes(z, t), int(t[image].argmax())
        return {
            "output_true": float(self._outputs(z)[-1][image, true]),
            "slope_true": float(slopes[image, true]),
            "slope": float(np.sqrt((slopes**2).sum(axis=1)).mean()),
            "loss": float(self.losses(z, t).mean()),
        }

    def _outputs(self, z: "Array") -> list["Array"]:
        """Return the logits, and what each softmax makes of what came before it."""
        outputs = [z]
        for _ in range(_SOFTMAXES[self.output]):
            outputs.append(_softmax(outputs[-1]))
        return outputs


def _softmax(z: "Array") -> "Array":
    import numpy as np

    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _image(data: "Split", ahead: int) -> int:
    """Return the number of the first training image of another class than the one that is ahead."""
    return int((data.y_train[:, ahead] == 0).argmax())


def _accuracy(data: "Split", w: "Array", b: "Array") -> float:
    """Return the share of the validation images that are told right; no softmax changes which output is the largest."""
    told = (data.x_validation @ w + b).argmax(axis=1)
    return float((told == data.y_validation.argmax(axis=1)).mean())


PLUGIN = OutputLosses
