"""A learning curve: how well a model does on new images after training on more and more of the digits.

{"name": "learning-curve", "model": "mlp", "examples": 100, "shifted_copies": 0}
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, TypeAlias, final

from coursekit.train.config import Backend, TrainingConfig
from coursekit.train.probes import Probe, Trial, Values
from coursekit.train.ranges import Range

if TYPE_CHECKING:
    from coursekit.train.arrays import Array  # they load NumPy
    from coursekit.train.problem import Problem

Told: TypeAlias = "Callable[[Array, Array], float]"

_SIZES = (25, 50, 100, 200, 400, 800, 1437)
_WAYS = ((0, 1), (1, 0), (0, -1), (-1, 0))  # rows down, columns to the right
_STEPS = 500
_RUN = {
    "data": "digits",
    "optimizer": "sgd",
    "learning_rate": 0.3,
    "batch_size": 32,
    "steps": _STEPS,
    "eval_every": _STEPS,
}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class LearningCurve(Probe):
    """Train for 500 steps of 32 on some of the digits, for several numbers of them, and measure on 360 others.

    `shifted_copies` adds to each training image copies that are moved by one pixel: to the right, down, to the left
    and up, in this order. What leaves the frame is lost. `validation_accuracy` is the share told right of the 360
    images as they are; for `shifted_accuracy` each of them is moved by one pixel, one way or another by chance.
    `training_accuracy` is that on the training images without their copies.
    """

    needs: ClassVar[Backend] = "numpy"
    values: ClassVar[tuple[str, ...]] = ("examples", "training_accuracy", "validation_accuracy", "shifted_accuracy")
    trials_at_most: ClassVar[int] = len(_SIZES) + 1
    curve: ClassVar[tuple[str, str] | None] = ("examples", "new")

    model: Literal["softmax", "mlp"] = "mlp"
    examples: Annotated[int, Range(at_least=10, at_most=1437)] = 100
    shifted_copies: Annotated[int, Range(at_least=0, at_most=len(_WAYS))] = 0

    def trials(self, seed: int) -> Generator[Trial, None, Values]:
        """Measure at some numbers of examples, from few to all, and at the one that is set."""
        from coursekit.train.problem import prepare
        from coursekit.train.streams import Stream

        config = TrainingConfig.from_json({**_RUN, "model": self.model, "seed": seed})
        problem, stream = prepare(config), Stream(seed, "data")
        order = stream.permutation(len(problem.split.x_train))
        moved = _one_way_each(problem.split.x_validation, stream.choices(len(problem.split.x_validation)) % len(_WAYS))
        values: dict[str, float] = {}
        for size in sorted({*_SIZES, self.examples}):
            row = self._row(config, problem, order[:size], moved)
            yield row
            if size == self.examples:
                values = dict(zip(self.values, row.values(), strict=True))
        return values

    def _row(self, config: TrainingConfig, problem: "Problem", rows: "Array", moved: "Array") -> dict[str, float]:
        """Train on some rows and their copies; return a row of the table, `values` by shorter names."""
        import numpy as np

        data = problem.split
        x, y, copies = data.x_train[rows], data.y_train[rows], self.shifted_copies
        seen = np.concatenate([x, *(shifted(x, *way) for way in _WAYS[:copies])])
        told = _trained(config, problem, seen, np.tile(y, (copies + 1, 1)))
        return {
            "examples": len(x),
            "training": told(x, y),
            "new": told(data.x_validation, data.y_validation),
            "moved": told(moved, data.y_validation),
        }


def shifted(x: "Array", down: int, right: int) -> "Array":
    """Move images (n, 64) by a pixel at most; what leaves the frame is lost, and zeros come in."""
    import numpy as np

    padded = np.pad(x.reshape(-1, 8, 8), ((0, 0), (1, 1), (1, 1)))
    return padded[:, 1 - down : 9 - down, 1 - right : 9 - right].reshape(-1, 64)


def _one_way_each(x: "Array", ways: "Array") -> "Array":
    import numpy as np

    return np.stack([shifted(x, *way) for way in _WAYS])[ways, np.arange(len(x))]


def _trained(config: TrainingConfig, problem: "Problem", x: "Array", y: "Array") -> Told:
    """Train on these rows; return a function of images and targets: the share that is then told right."""
    import numpy as np

    from coursekit.train.arrays import split
    from coursekit.train.backends import start
    from coursekit.train.fit import follow

    data = replace(problem.split, x_train=x, y_train=y)
    run = start(replace(problem, split=data), config.backend)
    for _ in follow(config, replace(problem, split=data), run):
        pass
    params = split(run.params, problem.shapes, np)

    def told(images: "Array", targets: "Array") -> float:
        right = problem.model.evaluate(params, images, targets, np)[1]
        return float(right.mean()) if right is not None else float("nan")

    return told


PLUGIN = LearningCurve
