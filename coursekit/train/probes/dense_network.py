"""A dense network taken apart: the shape and the number of parameters of each layer, and what it learns with them.

{"name": "dense-network", "image": "8 x 8", "hidden_layers": 1, "width": 32}
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, final

from coursekit.train.config import Backend, TrainingConfig
from coursekit.train.probes import Cell, Probe, Trial, Values
from coursekit.train.ranges import Range

if TYPE_CHECKING:
    from coursekit.train.arrays import Array  # they load NumPy
    from coursekit.train.backends import Run
    from coursekit.train.problem import Problem

_SIDES = {"4 x 4": 4, "8 x 8": 8, "28 x 28": 28}
_CLASSES, _OWN_SIDE = 10, 8


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class DenseNetwork(Probe):
    """Train a dense network with relu on the digits; tell of its layers, or of what it makes of one image.

    The images have 8 x 8 pixels. 4 x 4 takes the means of blocks of 2 x 2; 28 x 28, the size of MNIST's, repeats
    pixels, so that there is more to read and nothing more to see. `parameters` counts weights and biases, `accuracy` is
    that on the 360 images for validation, `first_share` the first layer's part of all parameters, in percent.
    """

    needs: ClassVar[Backend] = "numpy"
    values: ClassVar[tuple[str, ...]] = ("accuracy", "first_share", "parameters")
    trials_at_most: ClassVar[int] = _CLASSES

    image: Literal["4 x 4", "8 x 8", "28 x 28"] = "8 x 8"
    hidden_layers: Annotated[int, Range(at_least=0, at_most=3)] = 1
    width: Annotated[int, Range(at_least=1, at_most=500)] = 32
    steps: Annotated[int, Range(at_least=1, at_most=1000)] = 400
    table: Literal["layers", "one image"] = "layers"

    def trials(self, seed: int) -> Generator[Trial, None, Values]:
        """Train, and tell of the layers from the first to the last, or of the ten classes of one image."""
        problem, run, accuracy = self._trained(seed)
        yield from self._layers() if self.table == "layers" else _one_image(problem, run)
        counts = self._counts()
        return {"accuracy": accuracy, "first_share": 100 * counts[0] / sum(counts), "parameters": sum(counts)}

    def _widths(self) -> tuple[int, ...]:
        return _SIDES[self.image] ** 2, *[self.width] * self.hidden_layers, _CLASSES

    def _counts(self) -> list[int]:
        """Count the parameters of each layer: a weight for each input of each unit, and a bias for each unit."""
        return [(inputs + 1) * units for inputs, units in pairwise(self._widths())]

    def _layers(self) -> Iterator[Trial]:
        widths, total = self._widths(), sum(self._counts())
        yield _layer("pixels", "", "", 0, 0, f"(None, {widths[0]})")
        for place, ((inputs, units), count) in enumerate(zip(pairwise(widths), self._counts(), strict=True), start=1):
            name = f"hidden {place}" if place <= self.hidden_layers else "logits"
            yield _layer(name, f"({inputs}, {units})", f"({units},)", count, count / total, f"(None, {units})")
        yield _layer("all", "", "", total, 1, "")

    def _trained(self, seed: int) -> "tuple[Problem, Run, float]":
        """Take the steps; return what was trained on, what came of it, and its accuracy."""
        from coursekit.train.backends import start
        from coursekit.train.fit import follow

        config = self._config(seed)
        problem = self._problem(config)
        run = start(problem, "numpy")
        *_, last = follow(config, problem, run)
        return problem, run, last.accuracy or 0.0

    def _config(self, seed: int) -> TrainingConfig:
        mlp = {"name": "mlp", "hidden": [self.width] * self.hidden_layers}
        config = {
            "model": mlp if self.hidden_layers else "softmax",
            "data": "digits",
            "optimizer": "momentum",
            "learning_rate": 0.05,
            "schedule": "cosine",
            "batch_size": 32,
            "steps": self.steps,
            "eval_every": self.steps,
            "seed": seed,
            "dtype": "float32",
        }
        return TrainingConfig.from_json(config)

    def _problem(self, config: TrainingConfig) -> "Problem":
        """Prepare the run with images of the size that is set."""
        import numpy as np

        from coursekit.train.data import Sizes
        from coursekit.train.problem import prepare
        from coursekit.train.streams import Stream

        problem = prepare(config)
        rows, side = problem.split, _SIDES[self.image]
        sizes = Sizes(train=len(rows.x_train), validation=len(rows.x_validation), features=side**2, outputs=_CLASSES)
        arrays = config.model.init(sizes, Stream(config.seed, "parameters").normal)
        return replace(
            problem,
            split=replace(rows, x_train=resized(rows.x_train, side), x_validation=resized(rows.x_validation, side)),
            shapes=config.model.shapes(sizes),
            params=np.concatenate([array.ravel() for array in arrays]).astype(config.dtype),
        )


def _layer(name: str, weights: str, biases: str, parameters: int, share: float, output: str) -> dict[str, Cell]:
    row: dict[str, Cell] = {"layer": name, "weights": weights or None, "biases": biases or None}
    return {**row, "parameters": parameters, "percent": round(100 * share, 1), "output": output or None}


def _one_image(problem: "Problem", run: "Run") -> Iterator[Trial]:
    """Tell of the image for validation that the network is least sure of: what it makes of it, and what was wanted."""
    import numpy as np

    from coursekit.train.arrays import split

    model: Any = problem.model
    params, data = split(run.params, problem.shapes, np), problem.split
    logits = np.asarray(model.outputs(params, data.x_validation, np), float)
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    at = int(shares.max(axis=1).argmin())
    for digit, (logit, share, wanted) in enumerate(zip(logits[at], shares[at], data.y_validation[at], strict=True)):
        yield {"digit": digit, "logit": float(logit), "softmax": float(share), "one_hot": int(wanted)}


def resized(x: "Array", side: int) -> "Array":
    """Return images of 8 x 8 as (rows, side * side): means of blocks if that is smaller, repeated pixels if larger."""
    import numpy as np

    images = x.reshape(-1, _OWN_SIDE, _OWN_SIDE)
    if side < _OWN_SIDE:
        block = _OWN_SIDE // side
        images = images.reshape(-1, side, block, side, block).mean(axis=(2, 4))
    else:
        near = np.arange(side) * _OWN_SIDE // side
        images = images[:, near][:, :, near]
    return np.ascontiguousarray(images.reshape(len(images), -1))


PLUGIN = DenseNetwork
