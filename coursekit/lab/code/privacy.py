"""A grader that no other process can look into: what is expected, and the hidden cases, stand in its memory."""

import sys
from contextlib import suppress

_SET_DUMPABLE = 4


def keep_private() -> None:
    """Let no other process of this user read this one's memory, nor trace it. Linux only."""
    from coursekit.sandbox.confine.system import call  # ctypes, so only when something is graded

    if sys.platform == "linux":
        with suppress(OSError):
            call("prctl", _SET_DUMPABLE, 0, 0, 0, 0)
