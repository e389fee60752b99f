r"""Data-parallel training with `tf.distribute`, in a process of its own that tells it as JSON lines on stdout.

    python -m coursekit.train.tensorflow_parallel \
        '{"strategy": "mirrored", "workers": [1, 1], "config": {"model": "softmax", ...}}'

    {"type": "start", "strategy": "mirrored", "workers": [1, 1], "worker": 0, "config": {...}, ...}
    {"type": "step", "step": 1, "loss": 2.303, ..., "seconds": 0.12}
    {"type": "end", "outcome": "finished"}

`workers` has the share of each in a batch, as `data_parallel.shards` takes them. "mirrored" makes them logical CPUs of
this process. "multi-worker" is one process for each; this one learns who it is from TF_CONFIG, as on any cluster:

    TF_CONFIG='{"cluster": {"worker": ["127.0.0.1:40001", "127.0.0.1:40002"]}, "task": {"type": "worker", "index": 0}}'

All of them tell the same steps. One waits for the others as long as it takes and does not heed SIGTERM meanwhile, so
whoever starts them ends them by SIGKILL when time is up. When one dies, the others end with status 1. Numbers, errors
and the status of wrong input are as in `worker`.
"""

# TensorFlow is untyped:
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportMissingModuleSource=false
# pyright: reportUntypedFunctionDecorator=false, reportUnknownLambdaType=false

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, cast, final

from coursekit.errors import ConfigError, CoursekitError
from coursekit.train.arrays import Array, split
from coursekit.train.backends import Measured, Run, Taken, require
from coursekit.train.config import TrainingConfig
from coursekit.train.options import read, write
from coursekit.train.ranges import Range
from coursekit.train.steps import Step, outcome
from coursekit.train.telling import end_with_parent, own_stdout, parse_json, tell, timed, use_one_thread

if TYPE_CHECKING:
    from coursekit.train.batches import Batches  # they load NumPy, whose threads are to be set first
    from coursekit.train.problem import Problem

Share = Annotated[int, Range(at_least=1)]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Who takes part: the kind of strategy, and each worker's share of a batch."""

    strategy: Literal["mirrored", "multi-worker"]
    workers: Annotated[tuple[Share, ...], Range(at_least=1, at_most=64)]

    @classmethod
    def from_json(cls, mapping: Mapping[str, Any]) -> Self:
        """Read it. Raises ConfigError that names the field."""
        return read(cls, mapping)


def main() -> int:
    """Run the job of the command line and return the exit status."""
    end_with_parent()
    out = own_stdout()
    use_one_thread()
    try:
        tell(messages(*_parse(sys.argv[1:])), inf, out)
    except CoursekitError as error:
        tell(iter([{"type": "error", "message": str(error)}]), inf, out)
        return 2
    except BrokenPipeError:  # whoever read is gone; Python would complain once more at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
        return 1
    return 0


def messages(cluster: Cluster, config: TrainingConfig) -> Iterator[dict[str, Any]]:
    """Yield what a run has to tell: start, each step, end. TensorFlow must not be running yet."""
    require("tensorflow")
    index = _index(cluster)
    from coursekit.train.data_parallel import check_workers  # loads NumPy, once its threads are set
    from coursekit.train.fit import follow
    from coursekit.train.problem import prepare
    from coursekit.train.provenance import provenance

    check_workers(config, cluster.workers)
    problem = prepare(config)
    told = {**write(cluster), "worker": index, "config": config.to_json(), **provenance(config, problem.split)}
    yield {"type": "start", **told}
    run = ParallelRun(problem, cluster.workers, _start(cluster))
    last: tuple[Step, ...] = ()
    for step, seconds in timed(follow(config, problem, run)):
        last = (step,)
        yield {"type": "step", **step._asdict(), "seconds": seconds}
    yield {"type": "end", "outcome": outcome(last)}


@final
class ParallelRun(Run):
    """A run under a strategy; each replica holds parameters and state and updates them in the same way."""

    def __init__(self, problem: "Problem", workers: Sequence[int], strategy: Any) -> None:
        import tensorflow as tf  # 5 s, and logical devices are made before it runs

        from coursekit.train.tensorflow_backend import XP

        self._problem = problem
        self._workers = workers
        self._strategy = strategy
        self._step = _compile_step(problem, strategy)
        self._xp = XP
        flat = tf.constant(problem.params)
        state = (tf.convert_to_tensor(part, flat.dtype) for part in problem.rule.init(flat))
        self._flat = self._share(lambda _: flat)
        self._state = tuple(self._share(lambda _, part=part: part) for part in state)

    def advance(self, batches: "Batches", rates: Sequence[float]) -> Taken:
        """Take the steps one by one."""
        told = [self._advance(rows, rate) for rows, rate in zip(batches, rates, strict=True)]
        return Taken([loss for loss, _ in told], [norm for _, norm in told])

    def measure(self) -> Measured:
        """Measure on the whole validation set; every process does, and finds the same."""
        problem, data = self._problem, self._problem.split
        arrays = split(self._local(self._flat), problem.shapes, self._xp)
        loss, is_right = problem.model.evaluate(arrays, data.x_validation, data.y_validation, self._xp)
        return Measured(float(loss), None if is_right is None else float(is_right.numpy().mean()))

    @property
    def params(self) -> Array:
        """The parameters (P,)."""
        return self._local(self._flat).numpy()

    def _advance(self, rows: Array, rate: float) -> tuple[float, float]:
        from coursekit.train.data_parallel import shards, weights

        number = self._problem.params.dtype.type  # TensorFlow would make float32 of Python's
        parts = shards(rows, self._workers)
        factors = [number(factor) for factor in weights([len(part) for part in parts])]
        self._flat, self._state, loss, norm = self._step(
            self._flat, self._state, self._share(parts.__getitem__), self._share(factors.__getitem__), number(rate)
        )
        return float(self._local(loss)), float(self._local(norm))

    def _share(self, value: Callable[[int], Any]) -> Any:
        """Give each replica its own value, by its number among all."""
        import tensorflow as tf

        return self._strategy.experimental_distribute_values_from_function(
            lambda context: tf.convert_to_tensor(value(context.replica_id_in_sync_group))
        )

    def _local(self, value: Any) -> Any:
        """Return the value of this process's first replica."""
        return self._strategy.experimental_local_results(value)[0]


def _compile_step(problem: "Problem", strategy: Any) -> Callable[..., Any]:
    """Make a function of parameters, state, rows and their share of the batch, each per replica, and the rate.

    A replica's mean loss times its share is its sum of losses over the rows of the whole batch: what all of them have
    is added up, never averaged, so shards need not be even.
    """
    import tensorflow as tf

    from coursekit.train.tensorflow_backend import XP

    x, y = tf.constant(problem.split.x_train), tf.constant(problem.split.y_train)

    def replica(flat: Array, state: tuple[Array, ...], rows: Array, factor: Array, lr: Array) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(flat)
            arrays = split(flat, problem.shapes, XP)
            part = factor * problem.model.loss(arrays, tf.gather(x, rows), tf.gather(y, rows), XP)
        parts = [part, tape.gradient(part, flat)]
        loss, grad = tf.distribute.get_replica_context().all_reduce(tf.distribute.ReduceOp.SUM, parts)
        norm = tf.norm(grad)
        if problem.rule.clip_norm:  # the sum's length counts, not that of a replica's part
            grad = tf.where(norm > problem.rule.clip_norm, grad * problem.rule.clipping(norm), grad)
        return *problem.rule.update(flat, grad, state, lr), loss, norm

    @tf.function(reduce_retracing=True)
    def step(flat: Any, state: Any, rows: Any, factor: Any, lr: Array) -> Any:
        return strategy.run(replica, args=(flat, state, rows, factor, lr))

    return step


def _start(cluster: Cluster) -> Any:
    """Start TensorFlow with one thread a device, and return the strategy."""
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    if cluster.strategy == "multi-worker":
        return tf.distribute.MultiWorkerMirroredStrategy()
    (cpu,) = tf.config.list_physical_devices("CPU")
    count = len(cluster.workers)
    tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * count)
    return tf.distribute.MirroredStrategy([f"CPU:{number}" for number in range(count)])


def _index(cluster: Cluster) -> int:
    """Return this process's number among the workers. Raises ConfigError when TF_CONFIG does not fit them."""
    if cluster.strategy == "mirrored":
        return 0
    try:
        told = json.loads(os.environ.get("TF_CONFIG", ""))
        addresses, index = told["cluster"]["worker"], told["task"]["index"]
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigError("strategy: 'multi-worker' needs TF_CONFIG with its cluster of workers and a task.") from error
    if len(addresses) != len(cluster.workers):
        raise ConfigError(f"workers has {len(cluster.workers)} shares, but TF_CONFIG has {len(addresses)} workers.")
    return index


def _parse(arguments: Sequence[str]) -> tuple[Cluster, TrainingConfig]:
    if len(arguments) != 1:
        raise ConfigError("Give one argument, a JSON object with strategy, workers and config.")
    job = parse_json(arguments[0])
    if not isinstance(job, dict) or "config" not in job:
        raise ConfigError("config is missing: give a JSON object with strategy, workers and config.")
    rest = dict(cast("dict[str, Any]", job))
    config = TrainingConfig.from_json(rest.pop("config"))
    return Cluster.from_json(rest), replace(config, backend="tensorflow")


if __name__ == "__main__":
    sys.exit(main())
