"""What attacks share: a submission with the line `from tools import …` is handed in with this file's text in its place.

Nothing is secret about the channel between a sandbox and its host: here is how a source finds it.
"""

import ctypes
import fcntl
import json
import os
import platform
import stat
import struct
import sys
from typing import Any


def channel() -> int:
    """Return the descriptor on which the child replies."""
    return _pipe(os.O_WRONLY)


def requests() -> int:
    """Return the descriptor on which the child is asked."""
    return _pipe(os.O_RDONLY)


def say(header: dict[str, Any], body: bytes = b"") -> None:
    """Say a whole message."""
    say_bytes(json.dumps(header).encode(), body)


def say_bytes(header: bytes, body: bytes = b"") -> None:
    """Say a message whose header may be no JSON."""
    os.write(channel(), struct.pack("<II", len(header), len(body)))
    rest = header + body
    while rest:
        rest = rest[os.write(channel(), rest) :]


def request_id() -> str:
    """Return the id of the request that is being replied to."""
    frame = sys._getframe()
    while frame:
        if "header" in frame.f_locals:
            return frame.f_locals["header"]["id"]
        frame = frame.f_back
    raise LookupError("no request")


def told(array: Any) -> tuple[dict[str, Any], bytes]:
    """Return what a message says of an array of float64."""
    return {"array": ["float64", list(array.shape)]}, array.tobytes()


def system_call(numbers: dict[str, int], *arguments: Any, passes: tuple[int, ...] = ()) -> int:
    """Make a system call by its number on this machine. Raises OSError, except for the errors that pass."""
    library = ctypes.CDLL(None, use_errno=True)
    result: int = library.syscall(numbers[platform.machine()], *arguments)
    if result < 0 and ctypes.get_errno() not in passes:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def _pipe(access: int) -> int:
    for descriptor in range(3, 256):
        try:
            is_pipe = stat.S_ISFIFO(os.fstat(descriptor).st_mode)
        except OSError:
            continue
        if is_pipe and fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE == access:
            return descriptor
    raise LookupError("no channel")
