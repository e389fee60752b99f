from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.plots.calendar_map import as_text, calendar_map, legend

MONDAY = date(2026, 1, 5)


def days(counts: list[int]) -> dict[date, int]:
    return {MONDAY + timedelta(days=number): count for number, count in enumerate(counts)}


@given(counts=st.lists(st.integers(0, 500), min_size=1, max_size=371), width=st.integers(5, 80))
def test_every_row_has_the_width_and_nothing_and_something_look_different(counts: list[int], width: int):
    plot = calendar_map(days(counts), width)

    assert len(plot.rows) == 8
    assert {sum(len(text) for text, _ in row) for row in plot.rows} == {width}
    weeks = width - 4
    shown = counts[max(0, -(-len(counts) // 7) - weeks) * 7 :]
    drawn = "".join(row[1].text for row in plot.rows[1:])
    assert drawn.count("·") == shown.count(0)


def test_more_is_darker_and_the_legend_says_how_much():
    drawn = [row[1].text for row in calendar_map(days([0, 1, 3, 6, 8, 0, 0]), 10).rows[1:]]

    assert [text[0] for text in drawn] == ["·", "░", "▒", "▓", "█", "·", "·"]
    assert legend(days([0, 1, 3, 6, 8])) == "· none  ░ 1–2  ▒ 3–4  ▓ 5–6  █ 7–8"
    assert legend(days([0, 0])) == "· none"


def test_months_stand_above_their_first_week():
    text = as_text(calendar_map(days([1] * 90), 20))

    assert text.splitlines()[0] == "    Jan Feb Mar"


@pytest.mark.parametrize("width", [57, 59, 71, 75])
@pytest.mark.parametrize("shift", range(0, 365, 7))
def test_no_month_but_a_short_one_at_an_end_goes_without_its_name(width: int, shift: int):
    first = MONDAY + timedelta(days=shift)
    weeks = [first + timedelta(weeks=number) for number in range(53)]
    named = as_text(calendar_map({first + timedelta(days=n): 1 for n in range(53 * 7)}, width)).splitlines()[0][4:]

    begun = [place for place in range(1, 53) if weeks[place].month != weeks[place - 1].month]
    for place in begun:
        fits = place + 3 <= width - 4
        assert (named[place : place + 3] == f"{weeks[place]:%b}") == fits
    assert named.startswith(f"{first:%b}") == (begun[0] > 3)


def test_a_month_that_has_just_begun_is_named_where_there_is_room():
    counts = days([1] * (7 * 4 + 1))  # up to Monday, 2 February

    assert as_text(calendar_map(counts, 9)).splitlines()[0] == "    Jan"
    assert as_text(calendar_map(counts, 11)).splitlines()[0] == "    Jan Feb"
