from math import inf, nan
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.plots.ground import Surface, ground_of
from coursekit.plots.landscape import Arrow, landscape

AXIS = [number / 8 - 1.5 for number in range(25)]
SADDLE = Surface(AXIS, AXIS, [[x * x / 2 - y * y / 2 + y**4 / 4 for x in AXIS] for y in AXIS])
PATH = [(1.0, 0.0), (0.5, 0.0), (0.1, 0.05), (0.0, 0.4), (0.0, 1.0)]
ARROWS = (Arrow("batch", (-0.1, 0.2)), Arrow("full", (-0.2, 0.0)))
GROUND = ground_of(SADDLE, 60, 16, is_plain=True)

numbers = st.one_of(st.floats(), st.floats(-2, 2))
points = st.tuples(numbers, numbers)


def text(rows) -> list[str]:
    return ["".join(piece.text for piece in row) for row in rows]


def signs(rows, style: str) -> str:
    return "".join(piece.text for row in rows for piece in row if piece.ink == style)


@settings(deadline=None)
@given(
    st.lists(points, max_size=8),
    st.one_of(st.none(), st.integers(-3, 10)),
    st.lists(st.builds(Arrow, st.sampled_from(["batch", "full"]), points), max_size=2),
    st.integers(0, 60),
    st.integers(0, 20),
    st.booleans(),
)
def test_every_landscape_has_its_size(path, present, arrows, width: int, height: int, is_plain: bool):
    ground = ground_of(SADDLE, width, height, is_plain=is_plain)

    rows = landscape(ground, path, present, arrows=arrows)

    assert [len(row) for row in text(rows)] == [width] * height


def test_path_looks_as_it_did():
    golden = Path(__file__).parent / "golden" / "landscape.txt"

    rows = landscape(GROUND, PATH, 2, arrows=ARROWS)

    assert "\n".join(row.rstrip() for row in text(rows)) + "\n" == golden.read_text(encoding="utf-8")


def test_start_present_and_end_have_signs():
    rows = landscape(GROUND, PATH, 2)

    assert [signs(rows, style) for style in ("start", "present", "end")] == ["○", "◆", "●"]


def test_present_lies_on_top_of_the_end():
    rows = landscape(GROUND, PATH, 4)

    assert (signs(rows, "present"), signs(rows, "end")) == ("◆", "")


@pytest.mark.parametrize("move", [(0.1, 0.0), (-0.1, 0.0), (0.0, 0.3), (1e-9, 1e-9), (1e300, 1.0), (5.0, 5.0)])
def test_arrows_of_one_direction_both_have_their_letter(move: tuple[float, float]):
    rows = landscape(GROUND, PATH, 2, arrows=(Arrow("batch", move), Arrow("full", move)))

    assert signs(rows, "batch").count("b") == 1
    assert signs(rows, "full").count("f") == 1
    assert signs(rows, "present") == "◆"


@pytest.mark.parametrize("move", [(0.0, 0.0), (nan, 1.0), (inf, 0.0)])
def test_arrow_without_a_direction_is_not_drawn(move: tuple[float, float]):
    rows = landscape(GROUND, PATH, 2, arrows=(Arrow("batch", move),))

    assert rows == landscape(GROUND, PATH, 2)


def test_smaller_gradient_has_the_shorter_arrow():
    rows = landscape(GROUND, PATH, 2, arrows=(Arrow("batch", (0.5, 0.0)), Arrow("full", (-1.0, 0.0))))

    assert len(signs(rows, "batch")) < len(signs(rows, "full"))


def test_way_ahead_is_thinner_than_the_way_so_far():
    before, after = landscape(GROUND, PATH, 0), landscape(GROUND, PATH, 4)

    dots = [
        sum(bin(ord(sign) - 0x2800).count("1") for sign in signs(rows, style) if "⠀" <= sign <= "⣿")
        for rows, style in ((before, "ahead"), (after, "path"))
    ]
    assert 0 < dots[0] < dots[1] / 2


def test_path_that_leaves_the_plane_is_cut():
    rows = landscape(GROUND, [(0.0, 0.0), (1e200, 0.0), (nan, 0.0), (0.0, 1.0)])

    assert len(signs(rows, "path")) > 20
    assert signs(rows, "end") == "●"


def test_signs_take_the_height_behind_them():
    ground = ground_of(SADDLE, 60, 16)

    rows = landscape(ground, PATH, 2)

    assert all(isinstance(piece.back, int) for row in rows for piece in row if piece.ink == "path")
