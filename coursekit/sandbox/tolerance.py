"""How far a number may be off, apart from what compares numbers: reading a lab has no use for NumPy."""

from dataclasses import dataclass
from typing import final


@final
@dataclass(frozen=True, slots=True)
class Tolerance:
    """A number may be off by `absolute + relative * |expected|`."""

    relative: float = 1e-9
    absolute: float = 1e-12


DEFAULT = Tolerance()
"""What the order of additions may do to a float64."""
