"""What TensorFlow's tape returns, held to derivatives by hand and to what its guide says it returns."""

from functools import partial

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
GOOD = {"runs_as": "tf.function", "called_with": "tensors", "watches": "x as well", "tape": "persistent"}

measured = partial(measured_by_name, "gradient-tape")


class TestTape:
    pytestmark = measures

    @pytest.mark.parametrize("seed", range(3))
    def test_both_derivatives_are_those_of_the_square(self, seed: int) -> None:
        rows, values = measured(seed, **GOOD)

        assert values == {"right": 8, "traces": 1}
        for row in rows:
            assert row["dz_dw"] == pytest.approx(2 * row["w"] * row["x"] ** 2)
            assert row["dz_dx"] == pytest.approx(2 * row["w"] ** 2 * row["x"])

    def test_what_is_no_variable_has_to_be_watched(self) -> None:
        rows = measured(**GOOD | {"watches": "the variable alone"})[0]

        assert {row["dz_dx"] for row in rows} == {"None"}

    def test_a_tape_that_is_not_persistent_tells_one_gradient(self) -> None:
        rows = measured(**GOOD | {"tape": "for one gradient"})[0]

        assert {row["dz_dx"] for row in rows} == {"RuntimeError"}

    def test_integers_and_numpy_break_the_chain(self) -> None:
        plain = {**GOOD, "runs_as": "plain Python"}

        whole, left = (measured(**plain | {"on_its_way": way})[0][0] for way in ("an integer", "through NumPy"))

        assert (whole["dz_dw"], left["dz_dw"]) == ("None", "None")

    def test_a_graph_has_no_numpy(self) -> None:
        rows, values = measured(**GOOD | {"on_its_way": "through NumPy"})

        assert {row["dz_dw"] for row in rows} == {"AttributeError"}
        assert values["right"] == 0


class TestTraces:
    pytestmark = measures

    def test_each_python_number_is_traced_and_all_tensors_once(self) -> None:
        numbers = measured(**GOOD | {"called_with": "Python numbers"})
        plain = measured(**GOOD | {"runs_as": "plain Python"})

        assert numbers[1] == {"right": 8, "traces": 4}
        assert plain[1] == {"right": 8, "traces": 0}
        assert [row["body_ran"] for row in plain[0]] == ["yes"] * 4
        assert [row["body_ran"] for row in measured(**GOOD)[0]] == ["yes", "no", "no", "no"]


def test_an_unknown_way_is_refused_by_name() -> None:
    with pytest.raises(ConfigError, match=r"probe\.on_its_way"):
        ProbeConfig.from_json({"probe": {"name": "gradient-tape", "on_its_way": "a string"}})
