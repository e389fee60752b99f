import numpy as np
import pytest

from coursekit.train.data import Image, Sizes
from coursekit.train.models import _conv
from coursekit.train.models.cnn import Cnn


def sizes(image: Image = (8, 8, 2)) -> Sizes:
    return Sizes(train=5, validation=1, features=image[0] * image[1] * image[2], outputs=3, image=image)


def test_shapes_are_those_of_the_digits_example() -> None:
    shapes = Cnn().shapes(Sizes(1437, 360, 64, 10, (8, 8, 1)))

    assert shapes == ((3, 3, 1, 8), (8,), (72, 10), (10,))


@pytest.mark.parametrize(
    ("model", "data", "message"),
    [
        (Cnn(), Sizes(5, 1, 4, 3), "filters need data of images, .* this data has none"),
        (Cnn(), sizes((8, 6, 1)), "filters need square images; those of this data are 8x6"),
        (
            Cnn(filters=(2, 2), pool=6),
            sizes(),
            "padding leaves nothing: layer 2 gets an image of 1x1 for a kernel of 3x3.",
        ),
        (Cnn(filters=(2, 2)), sizes(), "pool leaves nothing: layer 2 pools an image of 1x1 by windows of 2x2. "),
        (Cnn(kernel=9), sizes(), "padding leaves nothing: layer 1 gets an image of 8x8 for a kernel of 9x9. Use padd"),
        (Cnn(pool=7), sizes(), "pool leaves nothing: layer 1 pools an image of 6x6 by windows of 7x7. Use a smaller"),
    ],
)
def test_what_cannot_be_is_said_with_the_field_first(model: Cnn, data: Sizes, message: str) -> None:
    with pytest.raises(ValueError, match=f"^({message})"):
        model.shapes(data)


def test_the_gradient_goes_to_the_first_of_several_maxima() -> None:
    x = np.array([[5, 1, 2, 2], [5, 5, 2, 2], [0, 3, 1, 0], [3, 3, 0, 1]], float).reshape(1, 4, 4, 1)

    grad = _conv.max_pool_backward(x, np.array([1, 2, 3, 4]).reshape(1, 2, 2, 1), 2, np)

    assert grad[0, :, :, 0].tolist() == [[1, 0, 2, 0], [0, 0, 0, 0], [0, 3, 4, 0], [0, 0, 0, 0]]
