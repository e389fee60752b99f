"""What Keras does by itself, held to a loop by hand and to numbers that follow from its definitions."""

from functools import partial
from math import e, log

import pytest

from coursekit.errors import ConfigError
from coursekit.train.backends import tensorflow_is_available
from coursekit.train.probing import ProbeConfig
from tests.train.probes.conftest import measured_by_name

pytestmark = pytest.mark.filterwarnings("ignore")  # of TensorFlow's own making
measures = [
    pytest.mark.slow,
    pytest.mark.skipif(not tensorflow_is_available(), reason="TensorFlow is not installed"),
]

measured = partial(measured_by_name, "high-level")


class TestTraining:
    pytestmark = measures

    @pytest.mark.parametrize("last", ["logits", "softmax"])
    def test_fit_is_the_loop_that_can_be_written_by_hand(self, last: str) -> None:
        expects = "logits" if last == "logits" else "probabilities"

        fit, loop = (
            measured(trained_by=by, last_layer=last, loss_expects=expects)[1] for by in ("fit", "a loop by hand")
        )

        assert fit == pytest.approx(loop, rel=1e-3)
        assert fit["accuracy"] > 0.88

    def test_neither_the_way_of_writing_nor_a_metric_changes_what_is_learned(self) -> None:
        plain = measured(trained_by="a loop by hand")[1]
        other = measured(trained_by="a loop by hand", written_as="functional", metric="accuracy")[1]

        assert plain == pytest.approx(other, rel=1e-5)

    @pytest.mark.parametrize("hidden", [4, 32])
    def test_parameters_are_weights_and_biases(self, hidden: int) -> None:
        values = measured(trained_by="a loop by hand", hidden=hidden)[1]

        assert values["parameters"] == 64 * hidden + hidden + 10 * hidden + 10


class TestLogits:
    pytestmark = measures

    def test_logits_that_are_taken_for_probabilities_teach_little(self) -> None:
        values = measured(loss_expects="probabilities")[1]

        assert values["accuracy"] < 0.6
        assert values["cross_entropy"] > 2

    def test_keras_finds_the_logits_behind_a_softmax_and_warns_but_not_behind_plain_numbers(self) -> None:
        rows, values = measured(last_layer="softmax", loss_expects="logits")
        right = measured(last_layer="softmax", loss_expects="probabilities")[1]

        assert rows[0]["warned"] == "yes"
        assert values["cross_entropy"] == pytest.approx(right["cross_entropy"], rel=1e-3)
        assert values["reported"] > -log(e / (e + 9))  # the least that a second softmax leaves of ten classes


def test_a_layer_without_units_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"probe\.hidden"):
        ProbeConfig.from_json({"probe": {"name": "high-level", "hidden": 0}})
