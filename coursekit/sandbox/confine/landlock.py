"""Landlock: from now on only the named files may be opened, whoever asks. Linux 5.13 and later.

https://docs.kernel.org/userspace-api/landlock.html
"""

import os
import struct
from collections.abc import Iterable
from contextlib import suppress

from coursekit.sandbox.confine.system import call, no_new_privileges

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # the same on every architecture
_VERSION, _PATH_BENEATH = 1, 1
_THREAD = 0x00010000

WRITE_FILE, READ_FILE, READ_DIR = 1 << 1, 1 << 2, 1 << 3
_REMOVE_DIR, _REMOVE_FILE, _MAKE_DIR, _MAKE_REG, _MAKE_SYM = 1 << 4, 1 << 5, 1 << 7, 1 << 8, 1 << 12
_REFER, _TRUNCATE = 1 << 13, 1 << 14
_CHANGE = WRITE_FILE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REG | _MAKE_SYM | _REFER | _TRUNCATE
_OF_FILES = WRITE_FILE | READ_FILE | _TRUNCATE
_EVERYTHING = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1}  # what a version can withhold
_NEWEST = (1 << 16) - 1
_NETWORK = 0b11  # bind and connect, since version 4
_SCOPES = 0b11  # abstract sockets and signals of others, since version 6


def version() -> int:
    """Return which Landlock the kernel has. Raises OSError when it has none."""
    try:
        return call("syscall", _CREATE, None, 0, _VERSION)
    except OSError:
        raise OSError("This kernel has no Landlock, or it is switched off; it came with Linux 5.13.") from None


def restrict(readable: Iterable[str], listable: Iterable[str], writable: Iterable[str]) -> None:
    """Leave this process these files and folders, and nothing else. Raises OSError.

    A thread that runs already would stay free, so there must be none.
    """
    call("unshare", _THREAD)  # changes nothing, and fails when there is another thread
    known = version()
    everything = _EVERYTHING.get(known, _NEWEST)
    rules = _ruleset(known, everything)
    try:
        for paths, access in (
            (readable, READ_FILE | READ_DIR),
            (listable, READ_DIR),
            (writable, READ_FILE | READ_DIR | _CHANGE),
        ):
            for path in paths:
                _allow(rules, path, access & everything)
        no_new_privileges()
        call("syscall", _RESTRICT, rules, 0)
    finally:
        os.close(rules)


def _ruleset(known: int, everything: int) -> int:
    told = struct.pack("<Q", everything)
    told += struct.pack("<Q", _NETWORK) if known >= 4 else b""
    told += struct.pack("<Q", _SCOPES) if known >= 6 else b""
    return call("syscall", _CREATE, told, len(told), 0)


def _allow(rules: int, path: str, access: int) -> None:
    """Allow a file, or a folder with all in it; what is not there needs no rule."""
    with suppress(FileNotFoundError, NotADirectoryError):
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            is_folder = os.path.isdir(path)
            told = struct.pack("<Qi", access if is_folder else access & _OF_FILES, opened)
            call("syscall", _ADD, rules, _PATH_BENEATH, told, 0)
        finally:
            os.close(opened)
