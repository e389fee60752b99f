"""What a strange source may use up."""

from dataclasses import dataclass
from typing import final


@final
@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one source; seconds are wall clock, sizes are bytes."""

    seconds_per_call: float = 5.0
    seconds: float = 60.0  # of all calls together
    memory: int = 2 << 30  # address space
    file: int = 16 << 20  # a file may grow to
    folder: int = 256 << 20  # all files in its folder
    files: int = 20_000  # files and folders in its folder
    descriptors: int = 64
    processes: int = 1  # itself included; more than one needs a container
    output: int = 64 << 10  # kept of what one call prints: the first and the last half
    message: int = 64 << 20  # one message
