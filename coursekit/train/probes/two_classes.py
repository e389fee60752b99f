"""Two classes and one sigmoid: what a threshold, sharper probabilities and clipped ones do to accuracy and log loss.

{"name": "two-classes", "pair": "3 and 8", "sharpness": 10.0, "clip": 0.0, "threshold": 0.5, "share": 0.5}
"""

from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, final

from coursekit.train.config import Backend
from coursekit.train.probes import Cell, Probe, Trial, Values
from coursekit.train.ranges import Range

if TYPE_CHECKING:
    from coursekit.train.arrays import Array  # they load NumPy

_THRESHOLDS = (0.05, 0.2, 0.5, 0.8, 0.95)
_TRAINED_ON, _STEPS, _RATE = 100, 400, 0.5


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class TwoClasses(Probe):
    """Train logistic regression on 100 images of two digits, and judge its probabilities on the others.

    The second digit of a pair is the positive class. `noise` is the standard deviation of what is added to each pixel,
    whose values go from 0 to 1, so that the images are hard to tell apart. `sharpness` multiplies the logit before the
    sigmoid: which of two images looks more like the positive class stays as it was. `clip` keeps probabilities from
    `clip` to 1 - `clip`. A `share` below a half leaves positive images out of the test, at random, until they are that
    part of it.

    `found` is the share of positive images that are told so, `precise` that of the images told so which are positive.
    Log loss is the mean of -ln of the probability given to the true class, taken from the logits, so that a
    probability which would round to 1 is none; `largest_loss` is that of one image. `others` is the accuracy of
    telling every image the more frequent class.
    """

    needs: ClassVar[Backend] = "numpy"
    values: ClassVar[tuple[str, ...]] = (
        "accuracy",
        "found",
        "largest_loss",
        "log_loss",
        "others",
        "positive_percent",
        "precise",
    )
    trials_at_most: ClassVar[int] = len(_THRESHOLDS) + 2

    pair: Literal["3 and 8", "4 and 9", "1 and 7"] = "3 and 8"
    sharpness: Annotated[float, Range(above=0, at_most=100)] = 1.0
    clip: Annotated[float, Range(at_least=0, below=0.5)] = 0.0
    threshold: Annotated[float, Range(above=0, below=1)] = 0.5
    share: Annotated[float, Range(at_least=0.02, at_most=0.5)] = 0.5
    noise: Annotated[float, Range(at_least=0, at_most=1)] = 0.4

    def trials(self, seed: int) -> Generator[Trial, None, Values]:
        """Judge all images as the more frequent class, then at some thresholds, and then at the one that is set."""
        logits, positive = self._judged(seed)
        each = losses(logits, positive)
        ratio = float(positive.mean())
        yield {"positive_from": "never", "accuracy": 1 - ratio, "found": 0.0, "precise": None, "log_loss": None}
        for threshold in _THRESHOLDS:
            if threshold != self.threshold:
                yield _row(logits, positive, threshold, float(each.mean()))
        row = _row(logits, positive, self.threshold, float(each.mean()))
        yield row
        return {
            **{name: float(row[name] or 0) for name in ("accuracy", "found", "log_loss", "precise")},
            "largest_loss": float(each.max()),
            "others": max(ratio, 1 - ratio),
            "positive_percent": 100 * ratio,
        }

    def _judged(self, seed: int) -> "tuple[Array, Array]":
        """Return the logits of the tested images, sharpened and clipped, and which are positive; (images,) each."""
        import numpy as np

        from coursekit.train.streams import Stream

        x, positive = self._images()
        stream = Stream(seed, "data")
        x = x + self.noise * stream.normal(x.shape)
        order = stream.permutation(len(x))
        trained, tested = order[:_TRAINED_ON], order[_TRAINED_ON:]
        w, b = _trained(x[trained], positive[trained])
        tested = self._thinned(tested, positive[tested])
        logits = self.sharpness * (x[tested] @ w + b)
        edge = np.inf if self.clip == 0 else np.log((1 - self.clip) / self.clip)
        return logits.clip(-edge, edge), positive[tested]

    def _images(self) -> "tuple[Array, Array]":
        """Return all images of the pair (images, pixels) and which of them are positive (images,)."""
        import numpy as np

        from coursekit.train.data.digits import Digits

        data = Digits().split()
        x = np.concatenate([data.x_train, data.x_validation])
        digits = np.concatenate([data.y_train, data.y_validation]).argmax(axis=1)
        negative, positive = (int(digit) for digit in self.pair.split(" and "))
        chosen = (digits == negative) | (digits == positive)
        return x[chosen], digits[chosen] == positive

    def _thinned(self, rows: "Array", positive: "Array") -> "Array":
        """Leave out positive rows, the last ones, until they are the share that is set; they come in random order."""
        import numpy as np

        negatives = rows[~positive]
        kept = rows[positive][: round(len(negatives) * self.share / (1 - self.share))]
        return np.concatenate([negatives, kept])


def _trained(x: "Array", positive: "Array") -> "tuple[Array, float]":
    """Return weights (pixels,) and bias after full-batch gradient descent on the log loss."""
    import numpy as np

    w, b = np.zeros(x.shape[1]), 0.0
    for _ in range(_STEPS):
        slopes = (1 / (1 + np.exp(-(x @ w + b))) - positive) / len(x)
        w, b = w - _RATE * x.T @ slopes, b - _RATE * float(slopes.sum())
    return w, b


def losses(logits: "Array", positive: "Array") -> "Array":
    """Return each image's log loss: ln(1 + exp(-z)) for a positive one, ln(1 + exp(z)) for another."""
    import numpy as np

    signs = 1 - 2 * positive.astype(float)
    return np.logaddexp(0, signs * logits)


def _row(logits: "Array", positive: "Array", threshold: float, log_loss: float) -> dict[str, Cell]:
    """Judge at a threshold; `precise` says nothing where no image is told to be positive."""
    import numpy as np

    told = logits >= np.log(threshold / (1 - threshold))
    right = float((told & positive).sum())
    return {
        "positive_from": threshold,
        "accuracy": float((told == positive).mean()),
        "found": right / float(positive.sum()),
        "precise": right / float(told.sum()) if told.any() else None,
        "log_loss": log_loss,
    }


PLUGIN = TwoClasses
