import numpy as np
import pytest

from coursekit import plugins
from coursekit.train.arrays import Array, size, split
from coursekit.train.data import Sizes
from coursekit.train.models import Model
from coursekit.train.models.cnn import Cnn
from coursekit.train.models.mlp import Mlp
from coursekit.train.models.stack import Stack
from coursekit.train.streams import Stream

FAMILY = "coursekit.train.models"
MODELS: list[Model] = [plugins.load(FAMILY, name)() for name in plugins.names(FAMILY)]
MODELS += [
    Mlp(hidden=(5, 3, 4)),
    Stack(layers=0),
    Stack(layers=1, width=5, weights="shared"),
    Stack(layers=3, width=5, activation="relu"),
    Stack(layers=4, width=5, weights="shared"),
    Stack(layers=4, width=5, activation="relu", weights="shared"),
    Stack(layers=3, width=5, activation="identity", weights="shared"),
    Cnn(filters=(2,), stride=2),
    Cnn(filters=(2,), padding="same", pool=3),
    Cnn(filters=(2,), stride=2, padding="same", pool=1),
    Cnn(filters=(2, 3), pool=1, hidden=(5,)),
    Cnn(filters=(2, 3), kernel=2, padding="same"),
]
SIZES = Sizes(train=6, validation=1, features=4, outputs=3)
IMAGES = Sizes(train=6, validation=1, features=72, outputs=3, image=(6, 6, 2))


def batch(model: Model) -> tuple[Sizes, Array, Array]:
    """Six rows of data of the kind that the model takes."""
    stream = Stream(3, "data")
    if isinstance(model, Cnn):
        return IMAGES, stream.normal((6, 72)), np.eye(3)[stream.words(6) % np.uint64(3)]
    x, labels = stream.normal((6, 4)), stream.words(6) % np.uint64(3)
    match model.target:
        case "classes":
            return SIZES, x, np.eye(3)[labels]
        case "yes or no":
            return Sizes(6, 1, 4, 1), x, (labels[:, None] > 0) * 1.0
        case "slopes":
            return Sizes(6, 1, 1, 0), x[:, :1], np.zeros((6, 0))
        case "numbers" | None:
            return Sizes(6, 1, 4, 1), x, stream.normal((6, 1))


@pytest.mark.parametrize("model", MODELS, ids=repr)
def test_gradient_agrees_with_finite_differences(model: Model) -> None:
    sizes, x, y = batch(model)
    shapes = model.shapes(sizes)
    flat = Stream(1, "parameters").normal((size(shapes),))

    _, grads = model.loss_and_gradient(split(flat, shapes, np), x, y, np)

    eps = 1e-6
    for i, grad in enumerate(np.concatenate([grad.ravel() for grad in grads])):
        nudge = np.zeros_like(flat)
        nudge[i] = eps
        above = model.loss(split(flat + nudge, shapes, np), x, y, np)
        below = model.loss(split(flat - nudge, shapes, np), x, y, np)
        assert grad == pytest.approx((above - below) / (2 * eps), rel=1e-5, abs=1e-8)


@pytest.mark.parametrize("model", MODELS, ids=repr)
def test_loss_is_the_same_with_and_without_gradient(model: Model) -> None:
    sizes, x, y = batch(model)
    params = model.init(sizes, Stream(1, "parameters").normal)

    loss, grads = model.loss_and_gradient(params, x, y, np)

    assert loss == model.loss(params, x, y, np)
    assert [grad.shape for grad in grads] == list(model.shapes(sizes))


@pytest.mark.parametrize("model", MODELS, ids=repr)
def test_initial_parameters_have_the_announced_shapes(model: Model) -> None:
    sizes, _, _ = batch(model)

    params = model.init(sizes, Stream(1, "parameters").normal)

    assert [array.shape for array in params] == list(model.shapes(sizes))


@pytest.mark.parametrize("model", [model for model in MODELS if model.target is not None], ids=repr)
def test_float32_stays_float32(model: Model) -> None:
    sizes, x, y = batch(model)
    params = tuple(array.astype("float32") for array in model.init(sizes, Stream(1, "parameters").normal))

    loss, grads = model.loss_and_gradient(params, x.astype("float32"), y.astype("float32"), np)

    assert {loss.dtype, *(grad.dtype for grad in grads)} == {np.dtype("float32")}


@pytest.mark.parametrize("scale", [1000, -1000])
@pytest.mark.parametrize("model", [model for model in MODELS if model.target is not None], ids=repr)
def test_huge_logits_give_a_finite_loss(model: Model, scale: float) -> None:
    sizes, x, y = batch(model)
    normal = Stream(1, "parameters").normal
    params = tuple(scale * normal(shape) for shape in model.shapes(sizes))

    loss, grads = model.loss_and_gradient(params, x, y, np)

    assert np.isfinite(loss)
    assert all(np.isfinite(grad).all() for grad in grads)


def test_he_weights_have_variance_2_over_inputs() -> None:
    weights = Mlp(hidden=(400,)).init(Sizes(1, 1, 100, 10), Stream(0, "parameters").normal)[0]

    assert weights.var() == pytest.approx(2 / 100, rel=0.05)


def test_he_kernels_have_variance_2_over_what_enters_a_sum() -> None:
    kernel, bias = Cnn(filters=(400,)).init(Sizes(1, 1, 128, 3, (8, 8, 2)), Stream(0, "parameters").normal)[:2]

    assert kernel.var() == pytest.approx(2 / (3 * 3 * 2), rel=0.05)
    assert not bias.any()
