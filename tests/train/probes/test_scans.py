import numpy as np
import pytest

from coursekit.train.probes.scans import Scans, interpolated
from tests.train.probes.conftest import measured


@pytest.mark.parametrize(("had", "wanted"), [(2.0, 4.0), (5.0, 2.0), (3.0, 3.0)])
@pytest.mark.parametrize("axis", [0, 1, 2])
def test_resampling_is_numpys_interpolation_between_the_middles_of_voxels(had: float, wanted: float, axis: int) -> None:
    volume = np.random.default_rng(0).normal(size=(9, 8, 7))

    ours = np.moveaxis(interpolated(volume, axis, had, wanted), axis, 0)

    n, m = volume.shape[axis], len(ours)
    before, after = ((np.arange(k) + 0.5 - k / 2) * mm for k, mm in ((n, had), (m, wanted)))
    line = np.moveaxis(volume, axis, 0)[:, 3, 4]
    assert m == round(n * had / wanted)
    assert ours[:, 3, 4] == pytest.approx(np.interp(after, before, line))


def test_scans_that_are_read_rightly_are_as_long_as_the_spacing_makes_a_ball() -> None:
    rows, values = measured(Scans(order="position", numbers="Hounsfield"))

    assert values["off"] == 0
    assert values["shapes"] > 1
    for row in rows:  # a ball has as many mm in each direction, so the voxels go as one over their size
        assert float(row["stretch"] or 0) * float(row["mm"] or 0) == pytest.approx(2.75, rel=0.25)


def test_equal_voxels_make_balls_round_and_a_common_box_makes_one_shape() -> None:
    for seed in range(5):
        values = measured(
            Scans(order="position", numbers="Hounsfield", voxel="3 mm", fit="cut and pad", fill="air"), seed
        )[1]

        assert values["worst_stretch"] < 1.4
        assert values["off"] < 10
        assert (values["shapes"], values["kilobytes"]) == (1, 6 * 32**3 * 4 / 1000)


@pytest.mark.parametrize(
    ("slip", "value", "at_least"),
    [
        ({"order": "file name"}, "worst_stretch", 2),
        ({"numbers": "as stored"}, "off", 30),
        ({"voxel": "as it is"}, "worst_stretch", 1.8),
        ({"fit": "as they come"}, "shapes", 2),
        ({"fill": "zeros"}, "off", 15),
    ],
)
def test_each_slip_shows_in_its_value(slip: dict[str, str], value: str, at_least: float) -> None:
    right = {"order": "position", "numbers": "Hounsfield", "voxel": "4 mm", "fit": "cut and pad", "fill": "air"}

    values = measured(Scans(**{**right, **slip}))[1]  # pyright: ignore[reportArgumentType]

    assert values[value] >= at_least
    assert values[value] > measured(Scans(**right))[1][value]  # pyright: ignore[reportArgumentType]


def test_averaged_slices_have_one_shape_and_balls_that_are_not_round() -> None:
    rows, values = measured(Scans(order="position", numbers="Hounsfield", fit="average slices"))

    assert {row["shape"] for row in rows} == {"24 x 32 x 32"}
    assert values["worst_stretch"] > 1.3


def test_the_same_seed_measures_the_same_and_another_does_not() -> None:
    assert measured(Scans(), 3) == measured(Scans(), 3)
    assert measured(Scans(), 3) != measured(Scans(), 4)
