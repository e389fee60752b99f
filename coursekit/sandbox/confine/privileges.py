"""What a process may have above others: an administrator's capabilities, and a life longer than its host's."""

import ctypes
import signal
import sys
from contextlib import suppress

from coursekit.sandbox.confine.system import call

_SET_DEATH_SIGNAL, _SET_DUMPABLE = 1, 4
_VERSION = 0x20080522  # of the kernel's capability structures, the third


def die_with_host() -> None:
    """End when the thread that started this process ends; let no other process look into this one. Linux only."""
    if sys.platform == "linux":
        with suppress(OSError):
            call("prctl", _SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    keep_private()


def keep_private() -> None:
    """Let no other process of this user read this one's memory, nor trace it. Linux only."""
    if sys.platform == "linux":
        with suppress(OSError):
            call("prctl", _SET_DUMPABLE, 0, 0, 0, 0)


def drop() -> None:
    """Give up every capability: also an administrator's child is then a user like others. Raises OSError."""
    head = (ctypes.c_uint32 * 2)(_VERSION, 0)
    nothing = (ctypes.c_uint32 * 6)()
    call("capset", head, nothing)
