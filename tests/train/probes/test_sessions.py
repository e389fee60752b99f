"""Training in a session, held to the trainer's own runs, and its slips to TensorFlow's own errors."""

from functools import partial
from math import log

import numpy as np
import pytest

from coursekit.errors import ConfigError
from coursekit.train.backends import tensorflow_is_available
from coursekit.train.config import TrainingConfig
from coursekit.train.fit import fit
from coursekit.train.probing import ProbeConfig
from tests.train.probes.conftest import measured_by_name

pytestmark = pytest.mark.filterwarnings("ignore")  # of TensorFlow's own making
measures = [
    pytest.mark.slow,
    pytest.mark.skipif(not tensorflow_is_available(), reason="TensorFlow is not installed"),
]
STYLES = ("TensorFlow 1", "TensorFlow 2")

measured = partial(measured_by_name, "sessions")


class TestStages:
    pytestmark = measures

    @pytest.mark.parametrize("style", STYLES)
    def test_training_is_that_of_numpy(self, style: str) -> None:
        numpy = {"model": "softmax", "data": "digits", "optimizer": "sgd", "learning_rate": 0.5, "batch_size": 64}
        steps = list(fit(TrainingConfig.from_json({**numpy, "steps": 46, "eval_every": 46, "seed": 5})))

        rows, values = measured(5, style=style, epochs=2)

        losses = [row["loss"] for row in rows if row["stage"].startswith("epoch")]
        assert losses == pytest.approx([np.mean([step.loss for step in steps[at : at + 23]]) for at in (0, 23)])
        assert values == {"accuracy": pytest.approx(steps[-1].accuracy), "epochs": 2, "updates": 46}

    def test_without_the_initialiser_the_first_epoch_fails(self) -> None:
        rows, values = measured(initialiser="left out")

        assert [(row["stage"], row["error"]) for row in rows] == [
            ("build", None),
            ("epoch 1", "FailedPreconditionError"),
        ]
        assert values == {"accuracy": 0, "epochs": 0, "updates": 0}

    def test_a_new_session_knows_nothing_of_the_training(self) -> None:
        rows, values = measured(tested_in="a new session", epochs=1)

        assert (rows[-1]["stage"], rows[-1]["error"]) == ("test", "FailedPreconditionError")
        assert (values["accuracy"], values["updates"]) == (0, 23)

    @pytest.mark.parametrize("style", STYLES)
    def test_the_loss_alone_moves_nothing(self, style: str) -> None:
        rows, values = measured(style=style, fetched="loss", epochs=2)

        assert [row["loss"] for row in rows if row["loss"]] == pytest.approx([log(10)] * 2)
        assert (rows[-1]["steps"], values["updates"]) == (46, 0)

    def test_in_tensorflow_2_initialiser_and_session_do_not_matter(self) -> None:
        plain = measured(style="TensorFlow 2", epochs=1)

        assert measured(style="TensorFlow 2", epochs=1, initialiser="left out", tested_in="a new session") == plain
        assert [row["stage"] for row in plain[0]] == ["build", "epoch 1", "test"]


def test_more_epochs_than_ten_are_refused() -> None:
    with pytest.raises(ConfigError, match=r"probe\.epochs"):
        ProbeConfig.from_json({"probe": {"name": "sessions", "epochs": 11}})
