"""The traces that TensorFlow makes, held to those that the body itself saw, and the losses to sums over the calls."""

from functools import partial
from itertools import pairwise, product

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

SEEDS = range(4)
SIGNATURES = ("none", "any batch", "static 32")
SMALLER = ("as they are", "dropped", "padded")

measured = partial(measured_by_name, "traces")


class TestCalls:
    pytestmark = measures

    def test_there_are_seven_calls_of_five_sizes_in_an_order_of_the_seed(self) -> None:
        calls = {seed: [row["rows"] for row in measured(seed)[0]] for seed in SEEDS}

        assert all(len(rows) == 7 and len(set(rows)) == 5 and rows.count(32) == 3 for rows in calls.values())
        assert len({tuple(rows) for rows in calls.values()}) == len(SEEDS)
        assert [row["rows"] for row in measured(0)[0]] == calls[0]

    def test_the_last_batch_of_an_epoch_comes_after_the_full_ones(self) -> None:
        for seed in SEEDS:
            batches = [row["batch"] for row in measured(seed)[0]]

            assert [batch for batch in batches if batch in ("full", "last of the epoch")][-1] == "last of the epoch"


class TestTraces:
    pytestmark = measures

    @pytest.mark.parametrize("seed", SEEDS)
    def test_without_a_signature_each_new_size_is_traced(self, seed: int) -> None:
        rows, values = measured(seed)

        sizes = list(dict.fromkeys(row["rows"] for row in rows))
        assert [row["traced"] for row in rows if row["traced"]] == [f"({size}, 20)" for size in sizes]
        assert values == {"examples_lost": 0, "padded_rows": 0, "refused": 0, "traces": 5}

    @pytest.mark.parametrize("seed", SEEDS)
    def test_relaxed_the_second_trace_leaves_the_rows_open(self, seed: int) -> None:
        rows, values = measured(seed, retracing="relaxed")

        assert [row["traced"] for row in rows if row["traced"]] == [f"({rows[0]['rows']}, 20)", "(None, 20)"]
        assert values["traces"] == 2

    @pytest.mark.parametrize("seed", SEEDS)
    def test_an_open_signature_needs_one_trace_and_loses_nothing(self, seed: int) -> None:
        rows, values = measured(seed, signature="any batch")

        assert [row["traced"] for row in rows] == ["(None, 20)", *[None] * 6]
        assert values == {"examples_lost": 0, "padded_rows": 0, "refused": 0, "traces": 1}

    @pytest.mark.parametrize("options", [*product(SIGNATURES, ("as it is", "relaxed"), SMALLER)], ids="/".join)
    def test_tensorflow_counts_what_the_body_saw(self, options: tuple[str, str, str]) -> None:
        rows, values = measured(**dict(zip(("signature", "retracing", "smaller_batches"), options, strict=True)))

        counts = [0, *(row["traces"] for row in rows)]
        assert [after - before for before, after in pairwise(counts)] == [row["traced"] is not None for row in rows]
        assert values["traces"] == counts[-1]


class TestCosts:
    pytestmark = measures

    @pytest.mark.parametrize("seed", SEEDS)
    def test_a_static_signature_refuses_every_other_size(self, seed: int) -> None:
        rows, values = measured(seed, signature="static 32")

        refused = [row for row in rows if row["result"] == "refused"]
        assert [row["rows"] == 32 for row in rows] == [row["result"] == "ok" for row in rows]
        assert {row["error"] for row in refused} == {"TypeError"}
        assert (values["refused"], values["examples_lost"]) == (4, sum(row["rows"] for row in refused))

    @pytest.mark.parametrize("signature", SIGNATURES)
    def test_dropping_loses_the_examples_of_small_batches(self, signature: str) -> None:
        rows, values = measured(signature=signature, smaller_batches="dropped")

        lost = sum(row["rows"] for row in rows) - 3 * 32
        assert values == {"examples_lost": lost, "padded_rows": 0, "refused": 0, "traces": 1}

    @pytest.mark.parametrize("signature", SIGNATURES)
    def test_padding_fills_every_batch_up_to_32(self, signature: str) -> None:
        rows, values = measured(signature=signature, smaller_batches="padded")

        padded = 7 * 32 - sum(row["rows"] for row in rows)
        assert values == {"examples_lost": 0, "padded_rows": padded, "refused": 0, "traces": 1}

    def test_only_an_open_signature_with_batches_as_they_are_costs_nothing(self) -> None:
        best = {"examples_lost": 0, "padded_rows": 0, "refused": 0, "traces": 1}

        free = [
            (signature, smaller)
            for signature, smaller in product(SIGNATURES, SMALLER)
            if measured(signature=signature, smaller_batches=smaller)[1] == best
        ]

        assert free == [("any batch", "as they are")]


def test_an_unknown_signature_is_refused_by_name() -> None:
    with pytest.raises(ConfigError, match=r"probe\.signature"):
        ProbeConfig.from_json({"probe": {"name": "traces", "signature": "open"}})
