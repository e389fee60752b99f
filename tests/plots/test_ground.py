from math import inf, nan
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.plots.ground import LEVELS, NOWHERE, TEXTURES, Surface, ground_of
from coursekit.plots.heights import heights

AXIS = [number / 8 - 1.5 for number in range(25)]
SADDLE = Surface(AXIS, AXIS, [[x * x / 2 - y * y / 2 + y**4 / 4 for x in AXIS] for y in AXIS])
BOWL = Surface(AXIS, AXIS, [[x * x + 4 * y * y for x in AXIS] for y in AXIS])

losses = st.one_of(st.none(), st.floats(), st.floats(0, 3))
axes = st.lists(st.floats(), max_size=6)
surfaces = st.integers(0, 6).flatmap(
    lambda width: st.builds(Surface, axes, axes, st.lists(st.lists(losses, min_size=width, max_size=width), max_size=6))
)


def text(rows) -> list[str]:
    return ["".join(piece.text for piece in row) for row in rows]


def shown_levels(rows) -> set[int]:
    return {level for row in rows for piece in row for level in (piece.ink, piece.back) if isinstance(level, int)}


@settings(deadline=None)
@given(surfaces, st.integers(0, 60), st.integers(0, 20), st.booleans(), st.text(max_size=6))
def test_every_ground_has_its_size(surface: Surface, width: int, height: int, is_plain: bool, name: str):
    ground = ground_of(surface, width, height, is_plain=is_plain, names=(name, name))

    assert [len(row) for row in text(ground.rows)] == [width] * height
    assert shown_levels(ground.rows) <= set(range(LEVELS))
    assert len("".join(piece.text for piece in heights(ground, width))) == width


@pytest.mark.parametrize("surface", [SADDLE, BOWL])
def test_every_level_is_seen_in_a_small_picture(surface: Surface):
    colours = ground_of(surface, 46, 9)
    textures = ground_of(surface, 46, 9, is_plain=True)

    assert shown_levels(colours.rows) == set(range(LEVELS))
    assert set(TEXTURES) <= set("".join(text(textures.rows)))


def test_upper_row_shows_the_high_end_of_the_second_axis():
    slope = Surface((0.0, 1.0), (0.0, 1.0), ((0.0, 0.0), (9.0, 9.0)))

    ground = ground_of(slope, 20, 8)

    assert ground.cells[0][0].back == LEVELS - 1
    assert ground.cells[-1][0].back == 0


def test_pit_in_a_plateau_is_deeper_than_the_plateau():
    plateau = [[1.0] * 9 for _ in range(9)]
    plateau[4][4] = 0.0

    ground = ground_of(Surface(AXIS[:9], AXIS[:9], plateau), 40, 11)

    levels = [level for row in ground.behind for level in row if level is not None]
    assert levels.count(LEVELS - 1) > len(levels) / 2
    assert min(levels) < LEVELS / 2


def test_plain_has_one_level():
    ground = ground_of(Surface((0.0, 1.0), (0.0, 1.0), ((2.0, 2.0), (2.0, 2.0))), 20, 8)

    assert shown_levels(ground.rows) == {0}
    assert "".join(piece.text for piece in heights(ground, 20)) == "loss 2 everywhere   "


def test_where_there_is_no_loss_is_hatched():
    half = Surface((0.0, 1.0, 2.0), (0.0, 1.0), ((0.0, 1.0, inf), (0.0, None, nan)))

    ground = ground_of(half, 20, 8)

    assert ground.cells[-1][0].text != NOWHERE
    assert ground.cells[-1][-1].text == ground.cells[0][-1].text == NOWHERE


def test_textures_look_as_they_did():
    golden = Path(__file__).parent / "golden" / "ground.txt"

    rows = ground_of(SADDLE, 60, 16, is_plain=True, names=("x", "y")).rows

    assert "\n".join(row.rstrip() for row in text(rows)) + "\n" == golden.read_text(encoding="utf-8")
