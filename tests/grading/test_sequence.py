from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.grading.sequence import disordered, in_order, longest_common, shuffled

KEY = ("1", "2", "3", "4", "5", "6")
ORDERS = st.permutations(KEY).map(tuple)
WORDS = st.text("abc", max_size=6)


def is_part(part: tuple[str, ...], whole: str) -> bool:
    rest = iter(whole)
    return all(item in rest for item in part)


@given(one=WORDS, other=WORDS)
def test_the_longest_common_subsequence_is_the_longest_that_search_finds(one: str, other: str) -> None:
    parts = {tuple(c for i, c in enumerate(one) if picked >> i & 1) for picked in range(2 ** len(one))}

    assert longest_common(one, other) == max(len(part) for part in parts if is_part(part, other))


@pytest.mark.parametrize(
    ("order", "share"), [("123456", 1), ("654321", 0), ("213456", 0.8), ("234561", 0.8), ("456123", 0.4)]
)
def test_a_share_counts_the_steps_that_are_in_order(order: str, share: float) -> None:
    assert in_order(tuple(order), KEY) == pytest.approx(share)


def test_only_the_key_earns_all_and_only_the_reversed_order_nothing() -> None:
    shares = {order: in_order(order, KEY[:5]) for order in permutations(KEY[:5])}

    assert [order for order, share in shares.items() if share == 1] == [KEY[:5]]
    assert [order for order, share in shares.items() if share == 0] == [KEY[4::-1]]


@given(order=ORDERS, place=st.integers(0, 4))
def test_two_neighbours_put_right_are_never_worth_less(order: tuple[str, ...], place: int) -> None:
    one, two = sorted(order[place : place + 2])
    better = (*order[:place], one, two, *order[place + 2 :])

    assert in_order(better, KEY) >= in_order(order, KEY)


@pytest.mark.parametrize("order", [(), ("1",), ("1",) * 6, KEY[:5], (*KEY, "7"), (*KEY, "1")])
def test_what_is_no_order_of_all_items_earns_nothing(order: tuple[str, ...]) -> None:
    assert in_order(order, KEY) == 0


@given(count=st.integers(2, 9), seed=st.integers(0, 2**40))
def test_a_shuffle_has_every_number_and_never_their_own_order(count: int, seed: int) -> None:
    order = shuffled(count, seed)

    assert sorted(order) == list(range(1, count + 1))
    assert order != tuple(range(1, count + 1))
    assert order == shuffled(count, seed)


def test_seeds_reach_every_other_order() -> None:
    assert {shuffled(3, seed) for seed in range(200)} == set(permutations((1, 2, 3))) - {(1, 2, 3)}


def test_a_seed_gives_the_same_order_for_ever() -> None:
    assert [shuffled(5, seed) for seed in range(3)] == [(4, 3, 5, 2, 1), (1, 4, 5, 3, 2), (3, 4, 5, 2, 1)]


@given(st.integers(3, 7), st.integers(0, 500))
def test_what_is_disordered_has_little_in_order(count: int, seed: int) -> None:
    order = [str(number) for number in disordered(count, seed)]
    right = [str(number) for number in range(1, count + 1)]

    assert sorted(order) == right
    assert order != right
    assert longest_common(order, right) <= 3


@pytest.mark.parametrize("seed", range(100))
def test_of_five_no_three_stand_in_order(seed: int) -> None:
    assert longest_common([*map(str, disordered(5, seed))], ["1", "2", "3", "4", "5"]) <= 2


def test_what_is_disordered_is_seldom_reversed_and_differs_by_seed() -> None:
    orders = [disordered(5, seed) for seed in range(200)]

    assert len(set(orders)) > 25
    assert orders.count((5, 4, 3, 2, 1)) < 20
    assert disordered(5, 7) == disordered(5, 7)
