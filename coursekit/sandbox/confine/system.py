"""Calls into the C library, with errors as OSError."""

import ctypes
import os
from functools import cache
from typing import Any

_SET_NO_NEW_PRIVS = 38


def call(name: str, *arguments: Any) -> int:  # Any: what ctypes takes
    """Call a function of the C library. Raises OSError when it fails, AttributeError when there is none."""
    result: int = getattr(_library(), name)(*arguments)
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
    return result


def no_new_privileges() -> None:
    """Let no program that is executed from here give more rights than there are now. Raises OSError."""
    call("prctl", _SET_NO_NEW_PRIVS, 1, 0, 0, 0)


@cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
