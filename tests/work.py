"""How much work a call is, counted instead of timed: the same on a busy machine as on a free one."""

import sys
from collections.abc import Callable
from types import FrameType


def work(call: Callable[[], object]) -> int:
    """Count the functions that are entered and left meanwhile, Python's own too.

    What a single regular expression does inside is not seen; one that never ends is.
    """
    count = 0

    def note(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        call()
    finally:
        sys.setprofile(before)
    return count
