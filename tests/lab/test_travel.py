import os
from dataclasses import FrozenInstanceError
from math import hypot
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coursekit.errors import ConfigError, WorkerError
from coursekit.lab.travel import Journey, Travel
from coursekit.train.config import TrainingConfig
from coursekit.train.landscape import trajectory

BOWL: dict[str, Any] = {"model": {"name": "quadratic", "eigenvalues": [1, 10], "start": [1, -2]}}
WELL: dict[str, Any] = {"model": "double-well", "data": {"name": "slopes", "scale": 2}, "batch_size": 4}
MLP: dict[str, Any] = {"model": {"name": "mlp", "hidden": [8]}, "data": "penguins", "batch_size": 32}


def config(run: dict[str, Any], **changes: Any) -> TrainingConfig:
    return TrainingConfig.from_json({"optimizer": "sgd", "learning_rate": 0.05, "steps": 30, **run, **changes})


def journey(run: TrainingConfig, **sizes: int) -> Journey:
    with Travel(run, None, **sizes) as travel:
        *_, last = travel.news()
    assert isinstance(last, Journey)
    return last


def test_shares_grow_until_the_journey_is_there() -> None:
    with Travel(config(MLP), None) as travel:
        *shares, found = travel.news()

    assert isinstance(found, Journey)
    done = [share for share in shares if isinstance(share, float)]
    assert len(done) == len(shares)
    assert done == sorted(done)
    assert shares[-1] == 1


def test_a_journey_along_a_bowl_is_exact() -> None:
    found = journey(config(BOWL), columns=5, rows=4)

    assert found.steps == tuple(range(31))
    assert (len(found.first), len(found.second)) == (5, 4)
    assert [len(row) for row in found.losses] == [5] * 4
    assert (found.explained, found.grid_rows, found.is_line) == (1, 1, False)
    for k, place in enumerate(found.places):
        w1, w2 = 0.95**k, -2 * 0.5**k
        assert place.at == found.path[k] == pytest.approx((w1, w2), rel=1e-12)
        assert place.full is not None
        assert place.full.arrow == pytest.approx((w1, 10 * w2), rel=1e-12)
        assert place.full.length == pytest.approx(hypot(w1, 10 * w2), rel=1e-12)


def test_a_journey_is_the_trainers_landscape() -> None:
    given = config(MLP, schedule="cosine")
    landscape = trajectory(given, points=10, resolution=(6, 5))

    found = journey(given, points=10, columns=6, rows=5)

    assert found.steps == tuple(landscape.steps.tolist())
    np.testing.assert_allclose(np.array(found.losses, float), landscape.losses, rtol=1e-9)
    for mine, other in zip(found.places, landscape.places, strict=True):
        assert mine.full is not None
        assert (mine.loss, mine.full.length) == pytest.approx((other.loss, other.full.length), rel=1e-9)
        assert mine.cosine == (None if other.cosine is None else pytest.approx(other.cosine, abs=1e-9))
        assert mine.rate == other.rate
    end = found.places[-1]
    assert (end.rate, end.batch, end.cosine) == (None, None, None)


def test_a_single_parameter_is_a_line() -> None:
    found = journey(config(WELL), columns=9)

    assert found.is_line
    assert found.second == (0,)
    expected = [w**4 / 4 - w**2 / 2 + 0.2 * w for w in found.first]
    assert found.losses[0] == pytest.approx(expected, rel=1e-9, abs=1e-12)
    assert {place.batch.arrow[1] for place in found.places if place.batch} == {0}


def test_a_diverged_run_is_travelled_as_far_as_it_can_be_drawn() -> None:
    found = journey(config(BOWL, learning_rate=1e60), columns=3, rows=2)

    assert found.steps == (0, 1)
    assert found.places[1].full is not None


def test_a_run_on_tensorflow_is_travelled_on_numpy() -> None:
    watched, taken = config(MLP, backend="tensorflow", steps=3), config(MLP, steps=3)

    assert journey(watched, columns=2, rows=2) == journey(taken, columns=2, rows=2)


def test_a_journey_is_frozen_and_can_be_compared() -> None:
    one, other = (journey(config(BOWL), columns=2, rows=2) for _ in range(2))

    assert hash(one) == hash(other)
    with pytest.raises(FrozenInstanceError):
        one.explained = 0  # pyright: ignore[reportAttributeAccessIssue]


def test_stopping_kills_the_process_and_says_so() -> None:
    with Travel(config(BOWL, steps=1_000_000), None) as travel:
        news = travel.news()
        next(news)
        travel.stop()
        travel.stop()

        with pytest.raises(WorkerError, match="killed by signal 9"):
            list(news)


def test_leaving_ends_the_process() -> None:
    with Travel(config(BOWL, steps=1_000_000), None) as travel:
        next(travel.news())
        pid = travel._process.pid

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_what_the_trainer_refuses_is_a_config_error() -> None:
    given = config(BOWL)
    object.__setattr__(given, "steps", 0)  # as a process of another version might see it

    with Travel(given, None) as travel, pytest.raises(ConfigError, match="steps must be a whole number from 1"):
        list(travel.news())


def test_a_crash_names_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sitecustomize.py").write_text("import os; os.write(2, b'No memory left.\\n'); os._exit(3)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    with (
        Travel(config(BOWL), tmp_path / "lab.log") as travel,
        pytest.raises(WorkerError, match=r"status 3.*No memory left.*lab\.log"),
    ):
        list(travel.news())
