"""Constants that are found, held to the physics: an integration of its own, finite differences, the noise's size."""

from functools import partial
from math import isnan, sin
from typing import Any

import numpy as np
import pytest

from coursekit.errors import ConfigError
from coursekit.train.backends import tensorflow_is_available
from coursekit.train.jobs import read_job
from tests.train.probes.conftest import measured_by_name

measures = [
    pytest.mark.slow,
    pytest.mark.skipif(not tensorflow_is_available(), reason="TensorFlow is not installed"),
]
pytestmark = pytest.mark.filterwarnings("ignore")  # of TensorFlow's own making
ADAM: dict[str, Any] = {"optimizer": "adam", "learning_rate": 0.3}
SGD: dict[str, Any] = {"optimizer": "sgd", "learning_rate": 1.0}
SECONDS = 0.02

measured = partial(measured_by_name, "pendulum")


def truth(seed: int) -> tuple[float, float]:
    """Find a place's constants from what can be seen there without noise, as near as makes no difference."""
    rows, values = measured(seed, **ADAM, noise=0.0, steps=500)
    assert max(values["gravity_error"], values["friction_error"]) < 1e-6
    return rows[-1]["gravity"], rows[-1]["friction"]


def euler(gravity: float, friction: float) -> Any:
    """Swing in the steps that the probe describes."""
    angle, speed, angles = 1.0, 0.0, list[float]()
    for _ in range(250):
        speed -= SECONDS * (gravity * sin(angle) + friction * speed)
        angle += SECONDS * speed
        angles.append(angle)
    return np.array(angles)


def runge_kutta(gravity: float, friction: float) -> Any:
    """Swing as exactly as one likes: four stages, ten steps from one moment to the next."""

    def slope(state: Any) -> Any:
        return np.array([state[1], -gravity * sin(state[0]) - friction * state[1]])

    state, h, angles = np.array([1.0, 0.0]), SECONDS / 10, list[float]()
    for step in range(2500):
        k1 = slope(state)
        k2 = slope(state + h / 2 * k1)
        k3 = slope(state + h / 2 * k2)
        state = state + h / 6 * (k1 + 2 * k2 + 2 * k3 + slope(state + h * k3))
        if step % 10 == 9:
            angles.append(state[0])
    return np.array(angles)


class TestTheSimulation:
    pytestmark = measures

    def test_is_near_the_physics(self) -> None:
        gravity, friction = truth(3)

        first = measured(3, **SGD, noise=0.0, gravity_guess=7.0, steps=1)[0][0]

        exact = np.mean((runge_kutta(7.0, 0.0) - runge_kutta(gravity, friction)) ** 2)
        assert first == {"step": 0, "loss": pytest.approx(exact, rel=0.05), "gravity": 7.0, "friction": 0.0}

    def test_is_differentiated_as_finite_differences_say(self) -> None:
        there = euler(*truth(3))
        loss = lambda *constants: np.mean((euler(*constants) - there) ** 2)  # noqa: E731

        start, stepped = measured(3, **{**SGD, "learning_rate": 0.01}, noise=0.0, gravity_guess=7.0, steps=1)[0]

        assert start["loss"] == pytest.approx(loss(7.0, 0.0), rel=1e-6)
        slopes = [(start[name] - stepped[name]) / 0.01 for name in ("gravity", "friction")]
        h = 1e-5
        along = [loss(7 + h, 0) - loss(7 - h, 0), loss(7, h) - loss(7, -h)]
        assert slopes == pytest.approx([each / (2 * h) for each in along], rel=1e-5)

    def test_comes_to_the_same_with_either_compiler(self) -> None:
        xla, graph = (measured(1, **ADAM, steps=10, compiler=name)[0] for name in ("XLA", "graph"))

        for one, other in zip(xla, graph, strict=True):
            assert one == {name: pytest.approx(value, rel=1e-9) for name, value in other.items()}


class TestTheDescent:
    pytestmark = measures

    @pytest.mark.parametrize("seed", range(100, 105))
    def test_finds_both_constants_down_to_the_noise(self, seed: int) -> None:
        rows, values = measured(seed, **ADAM, gravity_guess=10.0)

        gravity, friction = truth(seed)
        assert values["gravity_error"] == pytest.approx(abs(rows[-1]["gravity"] / gravity - 1), abs=1e-6)
        assert values["friction_error"] == pytest.approx(abs(rows[-1]["friction"] / friction - 1), abs=1e-5)
        assert values["gravity_error"] < 0.01
        assert values["friction_error"] < 0.1
        assert values["loss"] == pytest.approx(0.05**2, rel=0.25)  # 250 squares of it vary by 9 %
        assert 8 < gravity < 12
        assert 0.2 < friction < 0.4

    def test_stays_in_a_poor_minimum_when_it_begins_too_far_off(self) -> None:
        _, values = measured(0, **SGD, gravity_guess=25.0, steps=500)

        assert values["gravity_error"] > 0.5
        assert values["loss"] > 0.1

    def test_that_diverges_is_a_result(self) -> None:
        rows, values = measured(0, **{**SGD, "learning_rate": 100.0})

        assert len(rows) == 31
        assert all(isnan(value) for value in values.values())

    @pytest.mark.parametrize("steps", [1, 29, 30, 31, 150, 500])
    def test_is_told_in_few_rows_and_to_the_end(self, steps: int) -> None:
        rows, _ = measured(0, **ADAM, steps=steps)

        numbers = [row["step"] for row in rows]
        assert (numbers[0], numbers[-1]) == (0, steps)
        assert len(numbers) == len(set(numbers)) <= 31

    def test_the_same_seed_measures_the_same_and_another_does_not(self) -> None:
        assert measured(3, **ADAM) == measured(3, **ADAM)
        assert measured(3, **ADAM) != measured(4, **ADAM)


def test_a_measurement_is_read_from_json_and_written_to_it() -> None:
    optimizer = {"name": "momentum", "momentum": 0.8}
    options = {"learning_rate": 0.2, "gravity_guess": 9.0, "noise": 0.1, "steps": 40, "compiler": "graph"}
    whole = {"probe": {"name": "pendulum", "optimizer": optimizer, **options}, "seed": 7}

    job = read_job(whole)

    assert (job.to_json(), job.backend) == (whole, "tensorflow")


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ({"gravity_guess": 0}, "probe.gravity_guess must be a number above 0 and of at most 100"),
        ({"compiler": "eager"}, "probe.compiler must be 'XLA' or 'graph'"),
        ({"optimizer": "newton"}, "probe.optimizer has no 'newton'"),
    ],
)
def test_a_wrong_measurement_is_told_what_is_allowed(option: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        read_job({"probe": {"name": "pendulum", "optimizer": "sgd", **option}})
