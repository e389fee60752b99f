import numpy as np
import pytest

from coursekit.train.probes.convolutions import Convolutions, Padding, convolved, pooled
from tests.train.probes.conftest import measured


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize(("kernel", "stride"), [(3, 1), (3, 2), (2, 3), (5, 1)])
@pytest.mark.parametrize("axes", [1, 2, 3])
def test_a_convolution_is_that_of_keras(axes: int, kernel: int, stride: int, padding: Padding) -> None:
    from keras import ops

    numbers = np.random.default_rng(axes)
    maps = numbers.normal(size=(2, *(8, 7, 6)[:axes], 3)).astype("float32")
    weights = numbers.normal(size=(*[kernel] * axes, 3, 4)).astype("float32")

    ours = convolved(maps, weights, stride, padding)

    assert ours == pytest.approx(np.asarray(ops.conv(maps, weights, stride, padding)), abs=1e-4)


@pytest.mark.parametrize("axes", [1, 2, 3])
def test_pooling_is_that_of_keras(axes: int) -> None:
    from keras import ops

    maps = np.random.default_rng(axes).normal(size=(2, *(8, 7, 6)[:axes], 3)).astype("float32")

    assert pooled(maps, 2) == pytest.approx(np.asarray(ops.max_pool(maps, 2, 2, "valid")), abs=1e-6)


@pytest.mark.parametrize("dimensions", ["2D", "3D"])
def test_parameters_and_shapes_are_those_of_layers_of_keras(dimensions: str) -> None:
    import keras

    conv, pool = (
        (keras.layers.Conv3D, keras.layers.MaxPooling3D)
        if dimensions == "3D"
        else (keras.layers.Conv2D, keras.layers.MaxPooling2D)
    )
    shape = (9, 12, 12, 2) if dimensions == "3D" else (12, 12, 18)
    theirs = keras.Sequential([keras.Input(shape), conv(5, 3), pool(2), conv(5, 3), pool(1)])

    probe = Convolutions(dimensions=dimensions, slices=9, side=12, channels=2, filters=5, pool=2, layers=2)  # pyright: ignore[reportArgumentType]
    rows, values = measured(probe)

    assert values["parameters"] == theirs.count_params()
    assert rows[3]["output"] == " x ".join(map(str, theirs.output_shape[1:]))  # pyright: ignore[reportOptionalSubscript]


@pytest.mark.parametrize(
    ("kernel", "stride", "pool", "layers", "reach"),
    # 1 + the sum of (window - 1) times the strides before it (Araujo et al., Distill 2019, equation 2)
    [(3, 1, 1, 1, 3), (3, 1, 1, 3, 7), (7, 1, 1, 1, 7), (3, 2, 1, 3, 15), (3, 1, 2, 2, 10), (5, 2, 1, 2, 13)],
)
def test_the_reach_is_the_receptive_field_of_the_formula(
    kernel: int, stride: int, pool: int, layers: int, reach: int
) -> None:
    probe = Convolutions(side=64, kernel=kernel, stride=stride, pool=pool, layers=layers, padding="same", filters=2)

    assert measured(probe)[1]["reach"] == reach


def test_multiplications_are_places_times_weights_and_memory_four_bytes_a_number() -> None:
    rows, values = measured(Convolutions(side=32, channels=3, kernel=5, filters=8))

    assert rows[1]["multiply_adds"] == values["multiply_adds"] == 28 * 28 * 5 * 5 * 3 * 8
    assert values["kilobytes"] == (32 * 32 * 3 + 28 * 28 * 8) * 4 / 1000


def test_slices_are_channels_of_a_2d_convolution_and_a_line_of_places_for_a_3d_one() -> None:
    flat = measured(Convolutions(slices=10, channels=1, filters=4))
    deep = measured(Convolutions(dimensions="3D", slices=10, channels=1, filters=4))

    assert (flat[0][1]["output"], flat[0][1]["weights"], flat[1]["output_slices"]) == ("30 x 30 x 4", 9 * 10 * 4, 1)
    assert (deep[0][1]["output"], deep[0][1]["weights"], deep[1]["output_slices"]) == ("8 x 30 x 30 x 4", 27 * 4, 8)


def test_a_kernel_that_fits_nowhere_leaves_nothing() -> None:
    rows, values = measured(Convolutions(dimensions="3D", slices=2, kernel=3, layers=3))

    assert [row["output"] for row in rows] == ["2 x 32 x 32 x 3", "nothing"]
    assert (values["output_numbers"], values["output_side"], values["multiply_adds"]) == (0, 0, 0)


def test_each_seed_measures_the_same_since_only_numbers_are_drawn() -> None:
    assert measured(Convolutions(layers=2), 3) == measured(Convolutions(layers=2), 4)
