"""A table of runs: its columns, and their order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import inf, nan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.course import Course
from coursekit.errors import UsageError
from coursekit.lab.definition import Lab, load_lab
from coursekit.lab.runs import Column, column_named, columns, run_numbered, sort, strange_knobs
from coursekit.store.labs import LabRun

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
RUN = LabRun(
    lab="bowl",
    config={"backend": "numpy"},
    settings={"learning_rate": 0.4, "steps": 10, "optimizer": "sgd"},
    outcome="finished",
    goals=({"metric": "validation_loss", "value": 0.5}, {"metric": "steps", "value": 9.0}),
    points=2.0,
    out_of=3.0,
    steps=9,
    at=NOW,
    number=1,
)
KNOB = Column("it", "knob", "it")


def with_it(*values: Any) -> tuple[LabRun, ...]:
    """Return runs with a knob that stands so, numbered as they come."""
    return tuple(replace(RUN, settings={"it": value}, number=n) for n, value in enumerate(values, 1))


def order(runs: tuple[LabRun, ...], *, descending: bool = False) -> list[Any]:
    return [run.settings["it"] for run in sort(runs, KNOB, descending)]


@pytest.fixture
def bowl(course: Course) -> Lab:
    return load_lab(course, "bowl")


def test_the_columns_are_the_number_knobs_goals_and_what_a_run_says_of_itself(bowl: Lab):
    found = columns(bowl, (RUN,))

    assert {column.name: column.value(RUN) for column in found} == {
        "run": 1,
        "learning_rate": 0.4,
        "steps": 10,
        "optimizer": "sgd",
        "validation_loss": 0.5,
        "outcome": "finished",
        "points": 2.0,
        "run.steps": 9,
        "backend": "numpy",
        "when": NOW,
    }
    assert found == columns(bowl, ())


def test_what_only_an_older_run_has_is_a_column_too_and_empty_for_the_others(bowl: Lab):
    older = replace(RUN, settings={"momentum": 0.9}, goals=({"metric": "accuracy", "value": None},))

    found = {column.name: column for column in columns(bowl, (older, RUN))}

    assert list(found)[:7] == ["run", "learning_rate", "steps", "optimizer", "momentum", "validation_loss", "accuracy"]
    assert [found["momentum"].value(run) for run in (older, RUN)] == [0.9, None]
    assert [found["validation_loss"].value(run) for run in (older, RUN)] == [None, 0.5]


def test_a_goal_that_is_called_like_a_knob_gives_way(bowl: Lab):
    run = replace(RUN, goals=({"metric": "learning_rate", "value": 0.2},))

    found = {column.name: column.value(run) for column in columns(bowl, (run,))}

    assert (found["learning_rate"], found["goal.learning_rate"]) == (0.4, 0.2)


def test_numbers_go_by_size_then_words_by_letter_and_what_is_missing_is_last_either_way():
    runs = with_it("sgd", 10, None, 9.5, "Adam", nan, inf, -inf, "adam")

    assert order(runs)[:-2] == [-inf, 9.5, 10, inf, "Adam", "adam", "sgd"]
    assert order(runs, descending=True)[:-2] == ["sgd", "adam", "Adam", inf, 10, 9.5, -inf]
    for descending in (False, True):
        assert [run.number for run in sort(runs, KNOB, descending)][-2:] == [3, 6]


@pytest.mark.parametrize("descending", [False, True])
def test_equal_values_stay_as_they_came(descending: bool):
    runs = with_it(1, 1.0, 2, 1, 2)

    numbers = [run.number for run in sort(runs, KNOB, descending)]

    assert numbers == ([3, 5, 1, 2, 4] if descending else [1, 2, 4, 3, 5])


def test_runs_are_sorted_by_time_across_zones():
    runs = tuple(replace(RUN, number=n, at=NOW - timedelta(hours=n)) for n in (1, 2, 3))

    assert [run.number for run in sort(runs, Column("when", "run", "when"))] == [3, 2, 1]


@given(st.lists(st.one_of(st.none(), st.floats(), st.integers(), st.text(), st.booleans())), st.booleans())
def test_sorting_loses_nothing_and_twice_is_once(values: list[Any], descending: bool):
    runs = with_it(*values)

    once = sort(runs, KNOB, descending)

    assert sorted(run.number for run in once) == [run.number for run in runs]
    assert sort(once, KNOB, descending) == once


def test_a_column_or_a_number_that_is_not_there_is_told_with_what_is(bowl: Lab):
    with pytest.raises(UsageError, match=r"no column 'pionts'\. Did you mean 'points'\? There are: backend,"):
        column_named("pionts", columns(bowl, ()))
    with pytest.raises(UsageError, match=r"no run 3\. Its runs are numbered 1 to 1\."):
        run_numbered(3, (RUN,))
    with pytest.raises(UsageError, match=r"no run 1\. It has none yet\."):
        run_numbered(1, ())


def test_knobs_that_changed_since_are_named(bowl: Lab):
    older = replace(RUN, settings={"learning_rate": 5000.0, "optimizer": "sgd", "momentum": 0.9})

    assert strange_knobs(bowl, RUN) == ()
    assert strange_knobs(bowl, older) == ("momentum is gone", "steps is new", "learning_rate no longer goes to 5000.0")
