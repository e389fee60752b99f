import pytest

from coursekit.words import count


@pytest.mark.parametrize(("number", "said"), [(0, "0 runs"), (1, "1 run"), (2, "2 runs"), (1437, "1437 runs")])
def test_one_is_single_and_the_rest_are_many(number: int, said: str) -> None:
    assert count(number, "run") == said
