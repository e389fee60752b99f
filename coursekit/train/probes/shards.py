"""Data parallelism, measured: what workers make together of a shared-out batch, held against one who has all of it.

{"name": "shards", "workers": 4, "loss_over": "own rows", "combine": "weighted mean"}
"""

# TensorFlow is untyped:
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportMissingModuleSource=false
# pyright: reportUntypedFunctionDecorator=false, reportUnknownLambdaType=false

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, TypeAlias, final

from coursekit.errors import ConfigError
from coursekit.train.config import Backend, TrainingConfig
from coursekit.train.probes import Cell, Probe, Trial, Values
from coursekit.train.ranges import Range

if TYPE_CHECKING:
    from coursekit.train.arrays import Array  # they load NumPy
    from coursekit.train.problem import Problem

Gradient: TypeAlias = Callable[..., Any]  # of parameters (P,), rows (n,), and a divisor: the loss and its gradient
Team: TypeAlias = Callable[..., Any]  # of parameters (P,) and shards: each worker's gradient, and all combined

_STEPS, _BATCH, _RATE, _TOLD = 20, 64, 0.3, (1, 5, 10, 20)
_RUN = {
    "model": {"name": "mlp", "hidden": [32]},
    "data": "digits",
    "optimizer": "sgd",
    "learning_rate": _RATE,
    "batch_size": _BATCH,
    "steps": _STEPS,
    "dtype": "float32",
}


@final
@dataclass(frozen=True, slots=True)
class Shard:
    """One worker's part of a batch, what its sum of losses is divided by, and what its gradient is multiplied by."""

    rows: "Array"  # (n,)
    divisor: float
    weight: float


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Shards(Probe):
    """Train a network on the digits for 20 steps of 64 images, each batch shared out: evenly, and then unevenly.

    Uneven means that the first worker has three quarters. A worker divides the sum of its losses by the number of its
    own rows or of the whole batch's, and then all gradients are combined. A `difference` is the distance to the whole
    batch's gradient at the same parameters over that gradient's length, the largest of all steps; `loss_difference` is
    the largest one of a batch's loss to that in the run of a single worker, whatever the shares. Numbers are float32.
    """

    needs: ClassVar[Backend] = "tensorflow"
    values: ClassVar[tuple[str, ...]] = ("even_difference", "loss_difference", "uneven_difference")
    trials_at_most: ClassVar[int] = 2 * (8 + len(_TOLD))
    bound: ClassVar[float] = 1.0  # a right gradient differs by rounding alone, which no two processors share

    workers: Annotated[int, Range(at_least=2, at_most=8)] = 4
    loss_over: Literal["own rows", "whole batch"] = "own rows"
    combine: Literal["mean", "weighted mean", "sum"] = "mean"
    carried_out_by: Literal["taking turns", "tf.distribute"] = "taking turns"

    def trials(self, seed: int) -> Generator[Trial, None, Values]:
        """Train alone, then as a team: a row for each worker of the first step, and for some steps."""
        import numpy as np

        from coursekit.train.batches import BatchOrder
        from coursekit.train.problem import prepare
        from coursekit.train.tensorflow_backend import set_up

        set_up()
        problem = prepare(TrainingConfig.from_json({**_RUN, "seed": seed}))
        gradient = _compiled(problem)
        team = _in_turn(gradient) if self.carried_out_by == "taking turns" else _distributed(problem, self.workers)
        batches = BatchOrder(seed, len(problem.split.x_train), _BATCH).take(_STEPS)
        steps = tuple(zip(batches, _alone(gradient, problem.params, batches), strict=True))
        even = yield from self._train(gradient, team, problem.params, steps, "even")
        uneven = yield from self._train(gradient, team, problem.params, steps, "uneven")
        (even_most, loss_even), (uneven_most, loss_uneven) = np.max([even, uneven], axis=1).tolist()
        loss_most = float(np.max([loss_even, loss_uneven]))  # nan, where there is one
        return {"even_difference": even_most, "loss_difference": loss_most, "uneven_difference": uneven_most}

    def _train(
        self, gradient: Gradient, team: Team, params: "Array", steps: Sequence[tuple["Array", float]], shares: str
    ) -> Generator[Trial, None, list[tuple[float, float]]]:
        """Train as a team on batches with the loss of who trains alone; return how far gradient and loss are off."""
        off: list[tuple[float, float]] = []
        for step, (rows, alone) in enumerate(steps, 1):
            shards = self._cut(rows, shares)
            loss, full = gradient(params, rows, _BATCH)
            parts, combined = team(params, shards)
            off.append((_norm(combined - full) / _norm(full), abs(float(loss) - alone)))
            about: dict[str, Cell] = {"shares": shares, "step": step}
            if step == 1:
                yield from ({**about, **_worker(*each, full)} for each in enumerate(zip(shards, parts, strict=True), 1))
            if step in _TOLD:
                yield {**about, **_together(combined), "difference": off[-1][0], "loss_difference": off[-1][1]}
            params = params - _RATE * combined
        return off

    def _cut(self, rows: "Array", shares: str) -> tuple[Shard, ...]:
        """Share a batch out."""
        from coursekit.train.data_parallel import shards

        uneven = (3 * (self.workers - 1), *[1] * (self.workers - 1))
        parts = shards(rows, self.workers if shares == "even" else uneven)
        return tuple(Shard(part, self._divisor(part), self._weight(part)) for part in parts)

    def _divisor(self, part: "Array") -> float:
        return len(part) if self.loss_over == "own rows" else _BATCH

    def _weight(self, part: "Array") -> float:
        return {"mean": 1 / self.workers, "weighted mean": len(part) / _BATCH, "sum": 1.0}[self.combine]


def _in_turn(gradient: Gradient) -> Team:
    """Have one device be all workers, one after another."""

    def team(params: "Array", shards: Sequence[Shard]) -> Any:
        parts = [gradient(params, shard.rows, shard.divisor)[1] for shard in shards]
        return parts, sum(shard.weight * part for shard, part in zip(shards, parts, strict=True))

    return team


def _distributed(problem: "Problem", workers: int) -> Team:
    """Make each worker a replica on a logical CPU of its own. Raises ConfigError where TensorFlow has too few."""
    import tensorflow as tf

    if (devices := len(tf.config.list_logical_devices("CPU"))) < workers:
        raise ConfigError(
            f"probe.carried_out_by: TensorFlow runs here already, with {devices} of the {workers} CPU devices that the "
            "workers need. Close it and begin anew, or choose 'taking turns'."
        )
    strategy = tf.distribute.MirroredStrategy(
        [f"CPU:{number}" for number in range(workers)],
        cross_device_ops=tf.distribute.ReductionToOneDevice(),  # collective ones refuse the process another team size
    )
    gradient, of_one = _gradient(problem), tf.TensorSpec([workers], tf.float32)

    def replica(params: "Array", rows: "Array", cuts: "Array", divisors: "Array", weights: "Array") -> Any:
        context = tf.distribute.get_replica_context()
        own = context.replica_id_in_sync_group
        _, part = gradient(params, rows[cuts[own] : cuts[own + 1]], divisors[own])
        return part, context.all_reduce(tf.distribute.ReduceOp.SUM, weights[own] * part)

    of = (*_signature(problem)[:2], tf.TensorSpec([workers + 1], tf.int32), of_one, of_one)
    step = tf.function(lambda *given: strategy.run(replica, args=given), input_signature=of)

    def team(params: "Array", shards: Sequence[Shard]) -> Any:
        rows = [row for shard in shards for row in shard.rows]
        cuts = list(accumulate((len(shard.rows) for shard in shards), initial=0))
        told = step(params, rows, cuts, [shard.divisor for shard in shards], [shard.weight for shard in shards])
        parts, combined = map(strategy.experimental_local_results, told)
        return parts, combined[0]

    return team


def _compiled(problem: "Problem") -> Gradient:
    """Return the gradient as a graph that takes any number of rows; a GPU would round its products too much."""
    import tensorflow as tf

    gradient = _gradient(problem)

    def on_cpu(*given: Any) -> Any:
        with tf.device("CPU:0"):
            return gradient(*given)

    return tf.function(on_cpu, input_signature=_signature(problem))


def _signature(problem: "Problem") -> tuple[Any, ...]:
    """Say what a gradient is of: parameters, rows and a divisor."""
    import tensorflow as tf

    shapes = ((problem.params.shape, tf.float32), ([None], tf.int32), ([], tf.float32))
    return tuple(tf.TensorSpec(*each) for each in shapes)


def _gradient(problem: "Problem") -> Gradient:
    """Return a function of parameters (P,), rows (n,) and a divisor: the sum of losses over that, and its gradient."""
    import tensorflow as tf

    from coursekit.train.arrays import split
    from coursekit.train.tensorflow_backend import XP

    inputs, targets = tf.constant(problem.split.x_train), tf.constant(problem.split.y_train)

    def gradient(params: "Array", rows: "Array", divisor: "Array") -> Any:
        x, y = tf.gather(inputs, rows), tf.gather(targets, rows)
        with tf.GradientTape() as tape:
            tape.watch(params)
            loss = tf.reduce_sum(problem.model.terms(split(params, problem.shapes, XP), x, y, XP)) / divisor
        return loss, tape.gradient(loss, params)

    return gradient


def _alone(gradient: Gradient, params: "Array", batches: Iterable["Array"]) -> list[float]:
    """Train as a single worker; return the loss on each batch, before its step."""
    losses: list[float] = []
    for rows in batches:
        loss, grad = gradient(params, rows, _BATCH)
        losses.append(float(loss))
        params = params - _RATE * grad
    return losses


def _worker(number: int, work: tuple[Shard, Any], full: Any) -> dict[str, Cell]:
    """Say what one worker did."""
    shard, part = work
    return {
        "worker": str(number),
        "device": part.backing_device.rpartition("device:")[2],
        "rows": len(shard.rows),
        "weight": shard.weight,
        "gradient_length": _norm(part),
        "difference": _norm(part - full) / _norm(full),
        "loss_difference": None,
    }


def _together(combined: Any) -> dict[str, Cell]:
    return {"worker": "all", "device": None, "rows": _BATCH, "weight": None, "gradient_length": _norm(combined)}


def _norm(vector: Any) -> float:
    import tensorflow as tf

    return float(tf.norm(vector))


PLUGIN = Shards
