"""What a declared shape lets in, held to a rule written here: entries that are not None have to be the same."""

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

SEEDS = range(3)
GRAPH, EAGER, FUNCTION = "placeholder in a graph", "placeholder while eager", "tf.function"
SHAPES: dict[str, list[int | None] | None] = {
    "left out": None,
    "[None, None]": [None, None],
    "[None, 4]": [None, 4],
    "[3, 4]": [3, 4],
}
OUTPUTS = {"left out": "nothing", "[None, None]": "(None, 2)", "[None, 4]": "(None, 2)", "[3, 4]": "(3, 2)"}

measured = partial(measured_by_name, "placeholders")


def fits(fed: str, shape: list[int | None] | None) -> bool:
    """Say whether what is fed agrees with a declared shape, where that says something."""
    entries = [int(entry) for entry in fed.strip("()").split(",")]
    return shape is None or (
        len(entries) == len(shape) and all(b is None or a == b for a, b in zip(entries, shape, strict=True))
    )


@pytest.mark.parametrize("style", [GRAPH, FUNCTION])
class TestGraphs:
    pytestmark = measures

    @pytest.mark.parametrize("shape", SHAPES)
    @pytest.mark.parametrize("seed", SEEDS)
    def test_a_batch_that_differs_from_the_declared_shape_is_refused_at_the_door(
        self, style: str, shape: str, seed: int
    ) -> None:
        rows, _ = measured(seed, style=style, shape=shape)

        assert [row["where"] == "at the door" for row in rows] == [not fits(row["fed"], SHAPES[shape]) for row in rows]

    @pytest.mark.parametrize("shape", ["left out", "[None, None]"])
    def test_a_wrong_width_that_gets_in_is_refused_by_the_product(self, style: str, shape: str) -> None:
        rows, values = measured(style=style, shape=shape)

        refused = [row for row in rows if row["result"] == "refused"]
        assert [(row["where"], row["error"]) for row in refused] == [("by an operation", "InvalidArgumentError")]
        assert refused[0]["fed"].endswith("5)")
        assert values == {"accepted": 3, "caught": 0, "known": 0}

    @pytest.mark.parametrize("seed", SEEDS)
    def test_an_open_batch_and_a_known_width_do_everything(self, style: str, seed: int) -> None:
        rows, values = measured(seed, style=style, shape="[None, 4]")

        assert values == {"accepted": 3, "caught": 1, "known": 1}
        assert [row["error"] for row in rows if row["error"]] == ["ValueError" if style == GRAPH else "TypeError"]

    def test_a_full_shape_keeps_good_batches_out(self, style: str) -> None:
        rows, values = measured(style=style, shape="[3, 4]")

        assert [row["fed"] for row in rows if row["result"] == "accepted"] == ["(3, 4)"]
        assert values == {"accepted": 1, "caught": 1, "known": 1}

    @pytest.mark.parametrize("shape", SHAPES)
    def test_the_output_is_known_as_far_as_the_input_is(self, style: str, shape: str) -> None:
        rows, _ = measured(style=style, shape=shape)

        declared = SHAPES[shape]
        assert {row["input_known"] for row in rows} == {str(tuple(declared)) if declared else "nothing"}
        assert {row["output_known"] for row in rows} == {OUTPUTS[shape]}

    def test_no_product_is_built_on_a_vector(self, style: str) -> None:
        rows, values = measured(style=style, shape="[None]")

        assert {(row["where"], row["error"]) for row in rows} == {("while building", "ValueError")}
        assert values == {"accepted": 0, "caught": 0, "known": 0}


class TestEager:
    pytestmark = measures

    @pytest.mark.parametrize("shape", [*SHAPES, "[None]"])
    def test_a_placeholder_raises_where_operations_run_at_once(self, shape: str) -> None:
        rows, values = measured(style=EAGER, shape=shape)

        assert [(row["where"], row["error"]) for row in rows] == [("while building", "RuntimeError")] * 4
        assert values == {"accepted": 0, "caught": 0, "known": 0}

    def test_a_measurement_leaves_tensorflow_eager(self) -> None:
        tf = pytest.importorskip("tensorflow")

        measured(style=GRAPH, shape="[None, 4]")

        assert tf.executing_eagerly()
        assert tf.compat.v1.get_default_session() is None


@pytest.mark.slow
@pytest.mark.skipif(not tensorflow_is_available(), reason="TensorFlow is not installed")
def test_three_good_batches_and_one_too_wide_come_in_an_order_of_the_seed() -> None:
    fed = [[row["fed"] for row in measured(seed, style=GRAPH, shape="left out")[0]] for seed in range(8)]

    assert all({"(1, 4)", "(3, 4)", "(5, 4)"} < set(each) and len(each) == 4 for each in fed)
    assert all(sum(shape.endswith("5)") for shape in each) == 1 for each in fed)
    assert len({tuple(each) for each in fed}) > 1


def test_an_unknown_shape_is_refused_by_name() -> None:
    with pytest.raises(ConfigError, match=r"probe\.shape"):
        ProbeConfig.from_json({"probe": {"name": "placeholders", "shape": "[4]"}})
