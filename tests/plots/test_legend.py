from hypothesis import given
from hypothesis import strategies as st

from coursekit.plots.legend import SIGNS, legend


def text(labels, width: int) -> str:
    return "".join(span.text for span in legend(labels, width))


def test_marks_are_told_apart_without_colour():
    lines = [sign for name, sign in SIGNS.items() if name not in {"path", "start"}]

    assert len(set(lines)) == len(lines)


def test_what_has_no_room_is_cut_with_an_ellipsis():
    labels = (("run1", "run 1 rate 0.3"), ("run2", "run 2 rate 1"))

    assert text(labels, 35) == "+ run 1 rate 0.3   × run 2 rate 1  "
    assert text(labels, 33) == "+ run 1 rate 0.3   × run 2 rate 1"
    assert text(labels, 32) == "+ run 1 rate 0.3   × run 2 rate…"
    assert text(labels, 1) == "…"


@given(st.lists(st.tuples(st.sampled_from(list(SIGNS)), st.text(max_size=20)), max_size=8), st.integers(0, 100))
def test_legend_has_its_width(labels, width: int):
    assert len(text(labels, width)) == width
