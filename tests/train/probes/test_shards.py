"""What a team makes of a batch, held to NumPy's gradients in float64 and to what a wrong sum must come to."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import coursekit
from coursekit.errors import ConfigError
from coursekit.train.arrays import split
from coursekit.train.backends import tensorflow_is_available
from coursekit.train.batches import BatchOrder
from coursekit.train.config import TrainingConfig
from coursekit.train.data_parallel import averaged_gradient, shards
from coursekit.train.jobs import read_job
from coursekit.train.probes.shards import Shards
from coursekit.train.problem import prepare
from tests.train.probes.conftest import measured

ROOT = Path(coursekit.__file__).parents[1]
measures = [
    pytest.mark.slow,
    pytest.mark.skipif(not tensorflow_is_available(), reason="TensorFlow is not installed"),
]
pytestmark = pytest.mark.filterwarnings("ignore")  # of TensorFlow's own making


def python(code: str, *arguments: str) -> list[Any]:
    """Run code in a process of its own, since logical devices are made before TensorFlow runs; read its JSON lines."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env={**os.environ, "CUDA_VISIBLE_DEVICES": ""},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def unweighted_difference(workers: int | tuple[int, ...], seed: int) -> float:
    """Work out on NumPy how far the plain mean is from the gradient of the first batch, relative to its length."""
    config = {"model": {"name": "mlp", "hidden": [32]}, "data": "digits", "optimizer": "sgd", "learning_rate": 0.3}
    problem = prepare(TrainingConfig.from_json({**config, "batch_size": 64, "steps": 1, "seed": seed}))
    (rows,) = BatchOrder(seed, 1437, 64).take(1)
    params, data = split(problem.params, problem.shapes, np), problem.split
    parts = [(data.x_train[part], data.y_train[part]) for part in shards(rows, workers)]
    _, plain = averaged_gradient(problem.model, params, parts, weighted=False)
    _, whole = problem.model.loss_and_gradient(params, data.x_train[rows], data.y_train[rows], np)
    ours, theirs = (np.concatenate([part.ravel() for part in grads]) for grads in (plain, whole))
    return float(np.linalg.norm(ours - theirs) / np.linalg.norm(theirs))


@pytest.mark.parametrize(
    "right", [{"combine": "weighted mean"}, {"combine": "sum", "loss_over": "whole batch"}], ids=lambda o: o["combine"]
)
@pytest.mark.parametrize("workers", [2, 3, 8], ids=str)
class TestARightTeam:
    pytestmark = measures

    def test_has_the_gradient_of_the_batch_to_rounding(self, right: dict[str, Any], workers: int) -> None:
        rows, values = measured(Shards(workers=workers, **right))

        assert len(rows) == 2 * (workers + 4)
        assert max(values["even_difference"], values["uneven_difference"]) < 1e-6
        assert values["loss_difference"] < 1e-5


@pytest.mark.parametrize(
    ("workers", "shares", "share"),
    [(4, "even", 4), (4, "uneven", (9, 1, 1, 1)), (8, "uneven", (21, *[1] * 7)), (3, "even", 3)],
)
class TestThePlainMean:
    pytestmark = measures

    def test_is_as_wrong_as_numpy_says(self, workers: int, shares: str, share: Any) -> None:
        rows, _ = measured(Shards(workers=workers), seed=5)

        first = next(row for row in rows if row["worker"] == "all" and row["shares"] == shares)
        assert first["difference"] == pytest.approx(unweighted_difference(share, 5), rel=1e-4, abs=1e-6)


@pytest.mark.parametrize(
    ("options", "factor"),
    [
        ({"combine": "sum"}, 4),
        ({"combine": "mean", "loss_over": "whole batch"}, 1 / 4),
        ({"combine": "weighted mean", "loss_over": "whole batch"}, 1 / 4),
    ],
)
class TestEvenSharesWithAWrongFactor:
    pytestmark = measures

    def test_give_a_multiple_of_the_gradient(self, options: dict[str, Any], factor: float) -> None:
        rows, values = measured(Shards(workers=4, **options))

        whole = measured(Shards(workers=4))[0][4]["gradient_length"]
        assert rows[4]["gradient_length"] == pytest.approx(factor * whole, rel=1e-5)
        assert values["even_difference"] == pytest.approx(abs(factor - 1), rel=1e-5)


class TestShares:
    pytestmark = measures

    def test_are_all_rows_of_the_batch_and_three_quarters_go_to_the_first(self) -> None:
        rows, _ = measured(Shards(workers=4, combine="weighted mean"))

        workers = [row for row in rows if row["worker"] != "all"]
        assert [row["rows"] for row in workers] == [16, 16, 16, 16, 48, 5, 5, 6]
        assert [row["weight"] for row in workers[4:]] == [48 / 64, 5 / 64, 5 / 64, 6 / 64]

    def test_the_same_seed_measures_the_same_and_another_does_not(self) -> None:
        one = Shards(workers=2)

        assert measured(one, 3) == measured(one, 3)
        assert measured(one, 3)[1] != measured(one, 4)[1]


TEAMS = """
import json, sys
from coursekit.train.probes.shards import Shards
for workers in (2, 8):  # one team after another in the same process
    for by in ("tf.distribute", "taking turns"):
        trials = Shards(workers=workers, carried_out_by=by, combine=sys.argv[1]).trials(0)
        print(json.dumps(list(trials)))
"""
TOO_LATE = """
import json, sys
import tensorflow as tf
tf.constant(1.0)
from coursekit.errors import ConfigError
from coursekit.train.probes.shards import Shards
list(Shards(workers=4).trials(0))
try:
    list(Shards(workers=4, carried_out_by="tf.distribute").trials(0))
except ConfigError as error:
    print(json.dumps(str(error)))
"""


@pytest.mark.parametrize("combine", ["mean", "weighted mean"])
class TestTfDistribute:
    pytestmark = measures

    def test_finds_what_workers_find_in_turn_on_devices_of_its_own(self, combine: str) -> None:
        found = python(TEAMS, combine)

        for workers, apart, in_turn in zip((2, 8), found[::2], found[1::2], strict=True):
            assert [row["device"] for row in apart[:workers]] == [f"CPU:{number}" for number in range(workers)]
            assert {row["device"] for row in in_turn[:workers]} == {"CPU:0"}
            for name in ("gradient_length", "difference"):
                lengths = [row[name] for row in apart]
                assert lengths == pytest.approx([row[name] for row in in_turn], rel=1e-4, abs=1e-6)


class TestTensorflowThatRunsAlready:
    pytestmark = measures

    def test_is_told_to_begin_anew_or_to_take_turns(self) -> None:
        (said,) = python(TOO_LATE)

        assert said.startswith("probe.carried_out_by: TensorFlow runs here already, with 1 of the 4 CPU devices")


def test_a_measurement_is_read_from_json_and_written_to_it() -> None:
    options = {"workers": 8, "loss_over": "whole batch", "combine": "sum", "carried_out_by": "tf.distribute"}
    whole = {"probe": {"name": "shards", **options}, "seed": 7}

    job = read_job(whole)

    assert (job.to_json(), job.backend) == (whole, "tensorflow")


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ({"workers": 1}, "probe.workers must be a whole number from 2 to 8"),
        ({"combine": "average"}, "probe.combine must be 'mean' or 'weighted mean' or 'sum'"),
    ],
)
def test_a_wrong_measurement_is_told_what_is_allowed(option: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        read_job({"probe": {"name": "shards", **option}})
