"""How well a strange source is confined."""

from dataclasses import dataclass
from enum import IntEnum
from typing import final


@final
class Tier(IntEnum):
    """The higher, the less a source can do."""

    PROCESS = 1  # a process of its own, with limits
    CONFINED = 2  # and Landlock and seccomp: no files, no network, no other process
    CONTAINED = 3  # and inside a container of bubblewrap


@final
@dataclass(frozen=True, slots=True)
class TierReport:
    """Whether a tier holds on this machine; `why_not` is a sentence, empty when it does."""

    tier: Tier
    is_available: bool
    why_not: str
