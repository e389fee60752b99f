from hypothesis import given
from hypothesis import strategies as st

from coursekit.plots.upright import as_text, upright


@given(
    counts=st.lists(st.integers(0, 10_000), min_size=1, max_size=40),
    width=st.integers(1, 100),
    height=st.integers(1, 8),
)
def test_every_row_has_the_width(counts: list[int], width: int, height: int):
    plot = upright(counts, width, height, {0: "today", 7: "in 7 days"})

    assert len(plot.rows) == height + 1
    assert {sum(len(text) for text, _ in row) for row in plot.rows} == {width}


@given(counts=st.lists(st.integers(0, 1000), min_size=1, max_size=28))
def test_what_is_not_nothing_can_be_seen(counts: list[int]):
    bottom = upright(counts, 100, 4, {}).rows[3][1].text

    each = next(each for each in (4, 3, 2, 1) if each * len(counts) <= 100 - len(str(max(counts))) - 2)
    assert [bottom[place * each] != " " for place in range(len(counts))] == [count > 0 for count in counts]


def test_names_stand_below_their_bars_and_do_not_run_into_one_another():
    assert as_text(upright((2, 1, 0, 1), 20, 1, {0: "today", 1: "x", 3: "z"})).splitlines()[1] == "   today       z"
