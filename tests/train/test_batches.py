from itertools import islice, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.train.batches import BatchOrder, Shuffle, batches

# Rows of the first batches of seed 7, five examples in batches of two. A change here changes every run there has been.
GOLDEN: dict[Shuffle, list[list[int]]] = {
    "each epoch": [[2, 4], [3, 1], [0], [2, 0], [3, 4], [1]],
    "once": [[2, 4], [3, 1], [0], [2, 4], [3, 1], [0]],
    "never": [[0, 1], [2, 3], [4], [0, 1], [2, 3], [4]],
    "with replacement": [[4, 4], [1, 3], [2], [4, 4], [2, 4], [4]],
}
every_shuffle = pytest.mark.parametrize("shuffle", GOLDEN)


@every_shuffle
def test_the_order_stays_what_it_was(shuffle: Shuffle) -> None:
    order = BatchOrder(7, 5, 2, shuffle)

    assert [rows.tolist() for rows in order.take(6)] == GOLDEN[shuffle]


@every_shuffle
@pytest.mark.parametrize("drop_last", [False, True])
@given(
    examples=st.integers(1, 40),
    size=st.integers(1, 40),
    counts=st.lists(st.integers(1, 9), min_size=1, max_size=6),
)
def test_it_does_not_matter_how_many_are_taken_at_once(
    shuffle: Shuffle, drop_last: bool, examples: int, size: int, counts: list[int]
) -> None:
    size = min(size, examples)
    one_by_one = BatchOrder(3, examples, size, shuffle, drop_last=drop_last)
    some = BatchOrder(3, examples, size, shuffle, drop_last=drop_last)

    taken = [rows.tolist() for count in counts for rows in some.take(count)]

    assert taken == [rows.tolist() for _ in range(sum(counts)) for rows in one_by_one.take(1)]


@pytest.mark.parametrize("shuffle", ["each epoch", "once", "never"])
@given(examples=st.integers(1, 60), size=st.integers(1, 60))
def test_an_epoch_takes_every_example_once(shuffle: Shuffle, examples: int, size: int) -> None:
    order = BatchOrder(1, examples, min(size, examples), shuffle)
    per_epoch = -(-examples // min(size, examples))

    for _ in range(3):
        assert sorted(order.take(per_epoch).rows) == list(range(examples))


@given(examples=st.integers(1, 60), size=st.integers(1, 60))
def test_with_replacement_draws_from_all_and_fills_no_fewer_batches(examples: int, size: int) -> None:
    rows = BatchOrder(1, examples, min(size, examples), "with replacement").take(20).rows

    assert rows.min() >= 0
    assert rows.max() < examples


def test_with_replacement_draws_some_twice_and_all_alike_often() -> None:
    rows = BatchOrder(2, 50, 50, "with replacement").take(400).rows

    assert len(set(rows[:50].tolist())) < 50
    counts = np.bincount(rows, minlength=50)
    assert counts.min() > 300
    assert counts.max() < 500


def test_a_dropped_batch_is_the_one_that_is_not_full() -> None:
    order = BatchOrder(7, 5, 2, drop_last=True)

    assert [rows.tolist() for rows in order.take(4)] == [[2, 4], [3, 1], [2, 0], [3, 4]]


def test_batches_of_one_size_come_in_stretches() -> None:
    taken = BatchOrder(7, 5, 2).take(6)

    assert [rows.tolist() for rows in taken.alike()] == [[[2, 4], [3, 1]], [[0]], [[2, 0], [3, 4]], [[1]]]
    assert list(taken.bounds) == list(pairwise((0, *taken.ends)))


def test_the_generator_yields_the_same_batches() -> None:
    assert [rows.tolist() for rows in islice(batches(7, 5, 2), 6)] == GOLDEN["each epoch"]
