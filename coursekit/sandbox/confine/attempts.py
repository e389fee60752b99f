"""Attempts at getting out, made by a child that has confined itself: each must fail before it may begin."""

import errno
import os
import sys
from collections.abc import Callable
from functools import cache

_FIRST = 9  # a container's processes are counted from 1
_REFUSED = {errno.EPERM, errno.EACCES, errno.EROFS}


def escapes(outside: str, *, has_processes: bool) -> list[str]:
    """Return what could be done that must not be possible; `outside` is a file that is there."""
    above = os.path.join(os.path.dirname(os.getcwd()), f"coursekit-sandbox-{os.getpid()}")
    attempts: dict[str, Callable[[], object]] = {
        "it could read a file": lambda: os.close(os.open(outside, os.O_RDONLY)),
        "it could write a file": lambda: _write(above),
        "it could open a socket": _connect,
        "it could start a program": lambda: os.execv(sys.executable, (sys.executable, "-c", "raise SystemExit(97)")),
    }
    if not has_processes:
        attempts["it could start a process"] = _fork
        attempts["it could signal its host"] = lambda: os.kill(os.getppid(), 0)
    return [said for said, attempt in attempts.items() if _succeeds(attempt)]


@cache
def leaks(outside: str) -> tuple[str, ...]:
    """Return what can be seen that a container hides; `outside` is a file that is there without one.

    To be asked before Landlock and seccomp hide it as well.
    """
    import _socket

    seen = {
        "its container hides no files": os.path.exists(outside),
        "its container hides no processes": os.getpid() > _FIRST,
        "its container hides no network": any(name != "lo" for _, name in _socket.if_nameindex()),
    }
    return tuple(said for said, is_seen in seen.items() if is_seen)


def _succeeds(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError as error:
        return error.errno not in _REFUSED
    return True


def _write(path: str) -> None:
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    os.unlink(path)


def _connect() -> None:
    import _socket  # what `socket` imports takes 5 ms

    _socket.socket(_socket.AF_INET, _socket.SOCK_DGRAM).close()


def _fork() -> None:
    if not os.fork():
        os._exit(0)
    os.wait()
