"""What every contender is to the benchmark."""

from collections.abc import Callable
from typing import TypeAlias

Clock: TypeAlias = Callable[[], float]  # seconds
Runner: TypeAlias = Callable[[int], float]  # trains for so many epochs and returns the seconds of a step
