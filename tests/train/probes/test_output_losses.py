"""What an output and a loss make of the slope at the logits, held against Keras's losses and TensorFlow's gradients."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from coursekit.errors import ConfigError
from coursekit.train.backends import tensorflow_is_available
from coursekit.train.jobs import read_job
from coursekit.train.probes import Trial
from coursekit.train.probes.output_losses import OutputLosses
from tests.train.probes.conftest import measured

COMBINED = [
    (output, loss) for output in ("softmax", "none", "softmax twice") for loss in ("cross-entropy", "squared error")
]


def column(rows: list[Trial], name: str) -> list[float]:
    return [float(row[name] or 0) for row in rows]


def of_keras(output: Any, loss: Any) -> Callable[[Any, Any], Any]:
    """Return Keras's loss of targets and logits for each image, with the activations that are asked for."""
    import keras

    if (output, loss) == ("none", "cross-entropy"):
        return keras.losses.CategoricalCrossentropy(reduction="none")
    if loss == "cross-entropy":
        inner = keras.losses.CategoricalCrossentropy(from_logits=True, reduction="none")
        return inner if output == "softmax" else lambda t, z: inner(t, keras.ops.softmax(z))
    squared: Any = keras.losses.MeanSquaredError(reduction="none")
    times = {"none": 0, "softmax": 1, "softmax twice": 2}[output]

    def summed(t: Any, z: Any) -> Any:
        for _ in range(times):
            z = keras.ops.softmax(z)
        return 10 * squared(t, z)  # Keras takes the mean over the ten outputs

    return summed


@pytest.mark.slow
@pytest.mark.skipif(not tensorflow_is_available(), reason="TensorFlow is not installed")
@pytest.mark.filterwarnings("ignore")  # of TensorFlow's own making
@pytest.mark.parametrize(("output", "loss"), COMBINED)
def test_losses_and_slopes_are_those_of_keras(output: Any, loss: Any) -> None:
    import tensorflow as tf

    rng = np.random.default_rng(0)
    z, t = rng.normal(size=(40, 10)) * 3, np.eye(10)[rng.integers(10, size=40)]
    probe = OutputLosses(output=output, loss=loss)

    logits = tf.constant(z)
    with tf.GradientTape() as tape:
        tape.watch(logits)
        theirs = of_keras(output, loss)(tf.constant(t), logits)
    slopes: Any = tape.gradient(theirs, logits)

    assert probe.losses(z, t) == pytest.approx(theirs.numpy(), rel=1e-5, abs=1e-6)  # Keras's losses are float32
    assert probe.slopes(z, t) == pytest.approx(slopes.numpy(), rel=1e-4, abs=1e-6)


def test_with_softmax_and_cross_entropy_the_slope_at_the_true_logit_is_the_probability_less_one() -> None:
    rows, _ = measured(OutputLosses())

    assert column(rows, "slope_true") == pytest.approx([p - 1 for p in column(rows, "output_true")])


def test_without_a_softmax_the_slope_of_the_squared_error_is_twice_the_error() -> None:
    rows, _ = measured(OutputLosses(output="none", loss="squared error", learning_rate=0.02))

    assert column(rows, "slope_true") == pytest.approx([2 * (o - 1) for o in column(rows, "output_true")])


def test_a_softmax_that_is_surely_wrong_flattens_the_squared_error_and_not_the_cross_entropy() -> None:
    _, squared = measured(OutputLosses(loss="squared error", learning_rate=1))
    _, crossed = measured(OutputLosses(loss="cross-entropy", learning_rate=1))

    assert squared["first_slope"] < 1e-3 < 1 < crossed["first_slope"]
    assert crossed["steps"] < 80 < 120 < squared["steps"]
    assert crossed["accuracy"] >= 0.9


def test_two_softmaxes_never_get_below_the_loss_of_a_certain_one() -> None:
    z, t = np.array([[900.0, *[0.0] * 9]]), np.eye(10)[:1]

    (loss,) = OutputLosses(output="softmax twice").losses(z, t)

    assert loss == pytest.approx(np.log(np.e + 9) - 1)


def test_a_run_that_grows_beyond_all_bounds_ends() -> None:
    rows, values = measured(OutputLosses(output="none", loss="squared error", learning_rate=100))

    assert values["steps"] < 10
    assert np.isfinite(column(rows, "loss")).all()


def test_the_same_seed_measures_the_same_and_another_does_not() -> None:
    probe = OutputLosses(learning_rate=1)

    assert measured(probe, 3) == measured(probe, 3)
    assert measured(probe, 3)[0] != measured(probe, 4)[0]


def test_a_measurement_is_read_from_json_and_written_to_it() -> None:
    options = {"output": "softmax twice", "loss": "squared error", "head_start": 5.0, "learning_rate": 2.0}
    whole = {"probe": {"name": "output-losses", **options}, "seed": 7}

    job = read_job(whole)

    assert (job.to_json(), job.backend) == (whole, "numpy")


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ({"loss": "sgd"}, "probe.loss must be 'cross-entropy' or 'squared error'"),
        ({"learning_rate": 0}, "probe.learning_rate must be a number above 0"),
    ],
)
def test_a_wrong_measurement_is_told_what_is_allowed(option: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        read_job({"probe": {"name": "output-losses", **option}})
