import pickle
from io import BytesIO

import numpy as np
import pytest

from coursekit.train.config import TrainingConfig
from coursekit.train.fit import fit
from coursekit.train.probes.pickled_parts import PickledParts, parts
from tests.train.probes.conftest import measured


def test_parts_come_back_as_they_were_pickled_and_again_from_the_beginning() -> None:
    file, written = BytesIO(), np.arange(12.0).reshape(6, 2)
    for first in (0, 4):
        pickle.dump(written[first : first + 4], file)

    assert [len(part) for part in parts(file)] == [4, 2]
    assert np.array_equal(np.concatenate([*parts(file)]), written)


def test_rows_read_as_they_were_mixed_train_as_well_as_rows_in_memory() -> None:
    """Three passes in batches of 20 are 216 steps of the trainer."""
    plain = {"model": "softmax", "data": "digits", "optimizer": "sgd", "learning_rate": 0.3, "batch_size": 20}

    values = measured(PickledParts(written="mixed", passes=3))[1]

    accuracy = [*fit(TrainingConfig.from_json({**plain, "steps": 216}))][-1].accuracy or 0
    assert abs(values["validation_accuracy"] - accuracy) < 0.03
    assert values["rows_in_memory"] == 101


def test_a_buffer_for_all_rows_mixes_them_as_a_draw_without_replacement_does() -> None:
    """A batch of 20 of 1,437 rows lacks a class of n rows with the chance of the hypergeometric distribution."""
    from coursekit.train.data.digits import Digits

    values = measured(PickledParts(buffer=1437, passes=10))[1]

    sizes = Digits().split().y_train.sum(axis=0)
    lacking = [np.prod([(1437 - n - k) / (1437 - k) for k in range(20)]) for n in sizes]
    assert values["classes_in_a_batch"] == pytest.approx(10 - sum(lacking), abs=0.2)


def test_sorted_rows_without_a_buffer_hardly_ever_share_a_batch() -> None:
    rows, values = measured(PickledParts(part=30, buffer=1, passes=2))

    assert [row["passes"] for row in rows] == [1, 2]
    assert values["classes_in_a_batch"] == pytest.approx(1 + 9 / 72)  # nine borders of classes in 72 batches
    assert values["validation_accuracy"] < 0.5
    assert values["rows_in_memory"] == 31
