import numpy as np

from coursekit.train.config import TrainingConfig
from coursekit.train.fit import fit
from coursekit.train.probes.learning_curve import LearningCurve, shifted
from tests.train.probes.conftest import measured


def test_on_all_examples_without_copies_it_is_an_ordinary_training_run() -> None:
    """All rows in another order and other batches: both runs are good, and nearly as good as each other."""
    plain = {"data": "digits", "optimizer": "sgd", "learning_rate": 0.3, "batch_size": 32, "steps": 500, "model": "mlp"}

    rows, values = measured(LearningCurve(examples=1437))

    accuracy = [*fit(TrainingConfig.from_json(plain))][-1].accuracy or 0
    assert [row["examples"] for row in rows] == [25, 50, 100, 200, 400, 800, 1437]
    assert abs(values["validation_accuracy"] - accuracy) < 0.02


def test_an_image_is_moved_as_numpy_rolls_it_once_its_border_is_empty() -> None:
    images = np.zeros((5, 8, 8))
    images[:, 1:7, 1:7] = np.random.default_rng(0).random((5, 6, 6))

    moved = [shifted(images.reshape(5, 64), *way) for way in ((0, 1), (1, 0), (0, -1), (-1, 0))]

    rolled = [np.roll(images, way, axis=(1, 2)).reshape(5, 64) for way in ((0, 1), (1, 0), (0, -1), (-1, 0))]
    assert np.array_equal(moved, rolled)


def test_what_leaves_the_frame_is_lost() -> None:
    assert shifted(np.ones((1, 64)), 1, 0).reshape(8, 8)[0].tolist() == [0] * 8
    assert shifted(np.ones((1, 64)), 0, -1).sum() == 56


def test_more_examples_help_and_copies_help_where_new_images_are_moved() -> None:
    few, many = measured(LearningCurve(examples=50))[1], measured(LearningCurve(examples=800))[1]
    copies = measured(LearningCurve(examples=200, shifted_copies=4))[1]

    assert many["validation_accuracy"] > few["validation_accuracy"] + 0.1
    assert copies["shifted_accuracy"] > many["shifted_accuracy"] + 0.2
    assert measured(LearningCurve(examples=50), 1)[1] != few
