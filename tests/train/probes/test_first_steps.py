"""The lengths of first steps, held to the closed forms of a constant gradient and to Keras's Adam."""

import numpy as np
import pytest

from coursekit.errors import ConfigError
from coursekit.train.backends import tensorflow_is_available
from coursekit.train.jobs import read_job
from coursekit.train.probes.first_steps import FirstSteps, Rule
from coursekit.train.streams import Stream
from tests.train.probes.conftest import measured

SHOWN = np.array([1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000])


def column(probe: FirstSteps, name: str, seed: int = 0) -> list[float]:
    return [float(row[name] or 0) for row in measured(probe, seed)[0]]


@pytest.mark.parametrize(
    ("rule", "lengths"),
    [
        ("sgd", SHOWN * 0 + 1.0),
        ("momentum", (1 - 0.9**SHOWN) / (1 - 0.9)),
        ("rmsprop", 1 / (1 - 0.99**SHOWN) ** 0.5),
        ("adam", SHOWN * 0 + 1.0),
        ("adam without correction", (1 - 0.9**SHOWN) / (1 - 0.99**SHOWN) ** 0.5),
    ],
)
def test_a_constant_gradient_gives_the_lengths_of_the_closed_form(rule: Rule, lengths: np.ndarray) -> None:
    probe = FirstSteps(rule=rule, beta_2=0.99, epsilon=1e-15)

    scale = 1e6 if rule in ("sgd", "momentum") else 1
    assert column(probe, "usual") == pytest.approx(lengths.tolist(), rel=1e-6)
    assert column(probe, "huge") == pytest.approx((lengths * scale).tolist(), rel=1e-6)


def test_the_values_are_taken_over_all_steps_and_sizes() -> None:
    values = measured(FirstSteps(rule="adam without correction", epsilon=1e-15))[1]

    steps = np.arange(1, 1001)
    longest = ((1 - 0.9**steps) / (1 - 0.999**steps) ** 0.5).max()
    assert values["first_step"] == pytest.approx(0.1 / 0.001**0.5, rel=1e-6)
    assert values["longest_step"] == pytest.approx(longest, rel=1e-6)
    assert values["shortest_step"] == pytest.approx((1 - 0.9**1000) / (1 - 0.999**1000) ** 0.5, rel=1e-6)


def test_alternating_gradients_cancel_in_the_mean() -> None:
    values = measured(FirstSteps(gradients="alternating", epsilon=1e-15))[1]

    assert values["first_step"] == pytest.approx(1)
    assert values["shortest_step"] == pytest.approx(0.1 / 1.9, rel=0.01)  # of m <- 0.9 m + 0.1 (-1)^t in the long run


@pytest.mark.slow
@pytest.mark.skipif(not tensorflow_is_available(), reason="TensorFlow is not installed")
@pytest.mark.filterwarnings("ignore")
def test_adam_steps_as_keras_does() -> None:
    import keras

    grads = Stream(5, "batches").normal((1000,))
    optimizer, place = keras.optimizers.Adam(1.0, epsilon=1e-3), keras.Variable(0.0)
    lengths, before = list[float](), 0.0
    for grad in grads[:10]:
        optimizer.apply([keras.ops.convert_to_tensor(grad, "float32")], [place])
        lengths.append(abs(float(place.numpy()) - before))  # pyright: ignore[reportAttributeAccessIssue]
        before = float(place.numpy())  # pyright: ignore[reportAttributeAccessIssue]

    ours = column(FirstSteps(gradients="noisy", epsilon=1e-3), "usual", 5)
    assert ours[:5] == pytest.approx([lengths[step - 1] for step in SHOWN[:5]], rel=1e-3)


def test_the_same_seed_measures_the_same_and_another_does_not() -> None:
    noisy = FirstSteps(gradients="noisy")

    assert measured(noisy, 3) == measured(noisy, 3)
    assert measured(noisy, 3) != measured(noisy, 4)


def test_a_wrong_option_is_told_what_is_allowed() -> None:
    with pytest.raises(ConfigError, match=r"probe\.beta_2 must be a number of at least 0 and below 1"):
        read_job({"probe": {"name": "first-steps", "beta_2": 1}})
