from typing import Any

import numpy as np
import pytest

from coursekit.sandbox.comparing import describe, differ, shorten, single
from coursekit.sandbox.tolerance import Tolerance

LOOSE = Tolerance(1e-3, 0.0)


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        (1.0, 1.0),
        (1.0, np.array(1.0)),
        (1.0, 1),
        (np.float64(2).reshape(()), 2.0),
        (np.arange(3.0), np.arange(3.0) + 1e-13),
        ([np.zeros(2), "a"], (np.zeros(2), "a")),
        ({"w": np.ones((2, 1))}, {"w": np.ones((2, 1))}),
        (None, None),
        (True, np.array(True)),
        (np.array([np.inf]), np.array([np.inf])),
        (np.zeros((0, 3)), np.zeros((0, 3))),
        (10**30, 10**30),
    ],
)
def test_what_is_the_same_does_not_differ(expected: Any, got: Any):
    assert differ(expected, got, Tolerance()) == ""


@pytest.mark.parametrize(
    ("expected", "got", "says"),
    [
        (1.0, 2.0, "it is 2 where 1 is expected"),
        (1.0, float("nan"), "it holds nan"),
        (float("nan"), float("nan"), "it holds nan"),
        (1.0, float("inf"), "it holds inf"),
        (np.inf, -np.inf, "it holds inf"),
        (np.zeros(3), np.zeros((3, 1)), "it has the shape (3, 1) where (3,) is expected"),
        (np.zeros(1), np.array(0.0), "it has the shape () where (1,) is expected"),
        (np.zeros(1), 0.0, "it has the shape () where (1,) is expected"),
        (np.zeros(2), np.zeros(2, np.float32), "it is float32 where float64 is expected"),
        (np.zeros(2), np.zeros(2, np.int64), "it is int64 where float64 is expected"),
        (1, 1.0, "it is a number where a whole number is expected"),
        (True, 1, "it is a whole number where a truth value is expected"),
        (np.zeros(2), None, "it is None where an array of shape (2,), float64 is expected"),
        ((1.0, 2.0), (1.0,), "it has 1 items where 2 are expected"),
        ((1.0, (2.0, 3.0)), (1.0, (2.0, 4.0)), "[1][1] is 4 where 3 is expected"),
        ({"w": 1.0}, {"b": 1.0}, "it has the names b where w are expected"),
        ({"w": np.eye(2)}, {"w": np.ones((2, 2))}, "['w'][0, 1] is 1 where 0 is expected, and 1 more"),
        ("a", "b", "it is 'b' where 'a' is expected"),
        (np.array([1, 2]), np.array([1, 3]), "[1] is 3 where 2 is expected"),
        (2**62 + 1, 2**62, f"it is {2**62} where {2**62 + 1} is expected"),
    ],
)
def test_what_differs_is_told(expected: Any, got: Any, says: str):
    assert differ(expected, got, Tolerance()) == says


def test_any_number_type_will_do_where_the_author_says_so():
    assert differ(np.ones(2), np.ones(2, np.float32), Tolerance(), any_dtype=True) == ""


def test_a_number_may_be_off_within_the_tolerance():
    assert differ(np.array([1000.0]), np.array([1000.9]), LOOSE) == ""
    assert differ(np.array([1000.0]), np.array([1001.1]), LOOSE) != ""
    assert differ(np.array([0.0]), np.array([1e-9]), LOOSE) != ""


def test_two_nans_are_the_same_only_where_that_is_asked_for():
    both = np.array([np.nan, 1.0])

    assert differ(both, both.copy(), Tolerance(), nan_is_nan=True) == ""
    assert differ(np.array([1.0, 1.0]), both, Tolerance(), nan_is_nan=True) == "it holds nan"


def test_a_value_is_shown_in_short():
    assert shorten(np.arange(1000.0)).startswith("array([  0.,   1.,   2., ..., 997., 998., 999.]")
    assert shorten([1, 2, 3, 4, 5, 6, 7, 8]) == "[1, 2, 3, 4, 5, 6, … 8 in all]"
    assert shorten({"w": np.array(1 / 3), "of": ("a",)}) == "{'w': 0.3333333333, 'of': ('a',)}"
    assert len(shorten("x" * 5000)) < 500
    assert len(shorten(tuple([np.ones((30, 30))] * 6))) < 500


def test_a_value_is_named():
    assert describe(np.zeros((2, 3))) == "an array of shape (2, 3), float64"
    assert describe(np.array(1.5)) == "a single float64"
    assert describe(({},)) == "a tuple of 1"


def test_only_a_single_number_is_one():
    assert single(np.array(2.5)) == 2.5
    assert single(True) == 1.0
    assert single(np.zeros(1)) is None
    assert single("1") is None
    assert single(None) is None


def test_whole_numbers_of_any_length_are_held_together_exactly():
    assert differ(2**1001, 2**1001, Tolerance()) == ""
    assert (
        differ(2**1001, 2**1002, Tolerance())
        == "it is a whole number of 1003 bits where a whole number of 1002 bits is expected"
    )
    assert differ(2**63, 2**63 + 1, Tolerance()) == f"it is {2**63 + 1} where {2**63} is expected"
    assert differ(2**2000, float("inf"), Tolerance())
