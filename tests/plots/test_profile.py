from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.plots.plot import as_text
from coursekit.plots.profile import profile

VALLEY = [(x / 20, (x / 20) ** 2) for x in range(-20, 21)]
PATH = [(-0.9 * 0.8**step, (0.9 * 0.8**step) ** 2) for step in range(10)]

numbers = st.one_of(st.floats(), st.floats(-2, 2))
points = st.lists(st.tuples(numbers, numbers), max_size=20)


@settings(deadline=None)
@given(
    points,
    st.integers(0, 60),
    st.integers(0, 20),
    points,
    st.one_of(st.none(), st.integers(-30, 30)),
    st.lists(st.tuples(st.sampled_from(["batch", "full"]), numbers), max_size=2),
)
def test_every_profile_has_its_size(valley, width: int, height: int, path, present, arrows):
    plot = profile(valley, width, height, path=path, present=present, arrows=arrows)

    assert [sum(len(span.text) for span in row) for row in plot.rows] == [width] * height


def test_profile_looks_as_it_did():
    golden = Path(__file__).parent / "golden" / "profile.txt"

    plot = profile(VALLEY, 60, 14, path=PATH, present=2, arrows=(("batch", 0.5), ("full", 1.0)))

    assert as_text(plot) + "\n" == golden.read_text(encoding="utf-8")


def test_arrows_point_to_their_side_at_any_edge():
    left = as_text(profile(VALLEY, 40, 10, path=[(-1.0, 1.0)], present=0, arrows=(("full", 1.0), ("batch", -1.0))))
    right = as_text(profile(VALLEY, 40, 10, path=[(0.9, 0.81)], present=0, arrows=(("full", -1.0), ("batch", 1.0))))

    assert "◆──" in left
    assert "→f" in left
    assert "b" not in left
    assert "f←" in right
    assert "b" in right
