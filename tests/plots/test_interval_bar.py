from hypothesis import given
from hypothesis import strategies as st

from coursekit.plots.interval_bar import interval_bar

SHARES = st.lists(st.floats(0, 1), min_size=3, max_size=3).map(sorted)


@given(shares=SHARES, width=st.integers(1, 60))
def test_parts_stand_in_their_order_and_fill_the_width(shares: list[float], width: int):
    drawn = interval_bar(shares[0], shares[1], shares[2], width)

    assert len(drawn) == width
    assert list(drawn) == sorted(drawn, key="█▓░·".index)


@given(shares=SHARES, width=st.integers(2, 60))
def test_what_is_neither_nothing_nor_all_never_looks_like_it(shares: list[float], width: int):
    drawn = interval_bar(shares[0], shares[1], shares[2], width)

    filled = sum(sign in "█▓" for sign in drawn)
    assert (filled == 0) == (shares[1] == 0)
    assert (filled == width) == (shares[1] == 1)
