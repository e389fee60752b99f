import pytest

from coursekit.train.probes.search_budget import SearchBudget
from tests.train.probes.conftest import measured


def chance_of_a_grid(count: int, good: float) -> float:
    """The chance that one of some middles of equal parts lies in a stretch that begins anywhere, from lengths."""
    covered = 1 - good if good >= 1 / count else count * good - 2 * max(0, good - 0.5 / count)
    return covered / (1 - good)


@pytest.mark.parametrize("matter", [1, 2, 3])
@pytest.mark.parametrize("good_share", [0.1, 0.2])
def test_independent_runs_find_as_often_as_the_complement_of_all_misses_says(matter: int, good_share: float) -> None:
    values = measured(SearchBudget(search="random", matter=matter, good_share=good_share, runs=30))[1]

    assert values["found_share"] == pytest.approx(1 - (1 - good_share**matter) ** 30, abs=0.04)
    assert values["values_tried"] == 30


@pytest.mark.parametrize("matter", [1, 2, 3])
@pytest.mark.parametrize(("runs", "count"), [(27, 3), (63, 3), (64, 4), (216, 6), (1000, 10)])
def test_a_grid_finds_as_often_as_its_few_values_meet_a_stretch(matter: int, runs: int, count: int) -> None:
    values = measured(SearchBudget(matter=matter, good_share=0.1, runs=runs))[1]

    assert values["values_tried"] == count
    assert values["found_share"] == pytest.approx(chance_of_a_grid(count, 0.1) ** matter, abs=0.04)


def test_with_one_hyper_parameter_a_grid_needs_no_more_runs_than_its_values() -> None:
    values = measured(SearchBudget(hyper_parameters=1, matter=3, good_share=0.1, runs=10))[1]

    assert values == {"runs": 10, "values_tried": 10, "found_share": 1.0}


def test_the_table_holds_the_budget_that_is_set_and_depends_on_the_seed() -> None:
    rows, values = measured(SearchBudget(search="random", runs=30))

    assert [row["runs"] for row in rows] == [1, 8, 27, 30, 64, 125, 216, 343]
    assert rows[3]["random"] == values["found_share"]
    assert measured(SearchBudget(), 3) == measured(SearchBudget(), 3)
    assert measured(SearchBudget(), 3) != measured(SearchBudget(), 4)
