"""Fields of a kind that no configuration of a run has by itself; the others are tested in test_config.py."""

from dataclasses import dataclass
from typing import Annotated, Any, final

import pytest

from coursekit.errors import ConfigError
from coursekit.train.options import check, read, write
from coursekit.train.ranges import Range


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Lamp:
    is_on: bool
    is_red: bool | None = None
    watts: Annotated[float, Range(at_least=0)] = 0.0


@pytest.mark.parametrize("value", [True, False])
def test_true_and_false_come_back(value: bool) -> None:
    lamp = read(Lamp, {"is_on": value, "is_red": value})

    assert lamp == Lamp(is_on=value, is_red=value)
    assert read(Lamp, write(lamp)) == lamp


@pytest.mark.parametrize("value", [0, 1, 1.0, "true", None, [True]])
def test_nothing_else_is_true_or_false(value: Any) -> None:
    with pytest.raises(ConfigError) as caught:
        read(Lamp, {"is_on": value})

    assert str(caught.value) == f"is_on must be true or false, got {value!r}."


def test_a_missing_flag_is_described_in_words() -> None:
    with pytest.raises(ConfigError, match=r"^is_on is missing: it must be true or false\.$"):
        read(Lamp, {})
    with pytest.raises(ConfigError, match=r"^is_red must be true or false, or null, got 3\.$"):
        read(Lamp, {"is_on": True, "is_red": 3})


def test_true_is_no_number() -> None:
    with pytest.raises(ConfigError, match="watts must be a number of at least 0, got True"):
        read(Lamp, {"is_on": True, "watts": True})


def test_a_flag_set_in_code_is_checked_too() -> None:
    wrong: Any = "yes"

    with pytest.raises(ConfigError, match=r"lamp\.is_on must be true or false, got 'yes'"):
        check(Lamp(is_on=wrong), "lamp")
