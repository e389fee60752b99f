"""The files that Python and NumPy still read after they have started: all that a confined child may read."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress

from coursekit.sandbox.limits import Limits

_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib")
# What the standard library and NumPy link to, somewhere. A rule for every library there is would take 15 ms.
_LINKED = """
    libc libm libdl librt libpthread libutil libresolv libgcc_s libstdc++ libgfortran libquadmath libcrypt
    libcrypto libssl libz libbz2 liblzma libzstd libffi libexpat libsqlite3 libmpdec libuuid libreadline
    libncursesw libtinfo libpanelw
"""
_INSTALLED = {"site-packages", "dist-packages"}  # inside the standard library's folder, and strangers to it


def readable(standard: Iterable[str], numpy: str) -> Iterator[str]:
    """Yield files and folders: the standard library, NumPy, and the system's libraries that both link to."""
    yield from (path for folder in standard for path in _inside(folder))
    yield from (numpy, f"{numpy}.libs", "/etc/ld.so.cache")
    for folder in {os.path.realpath(folder) for folder in _LIBRARIES}:
        yield from _shared(folder)
        for inner in _inside(folder):
            if inner.endswith("-linux-gnu"):
                yield from _shared(inner)


def shared(limits: Limits) -> tuple[str, ...]:
    """Return where processes share memory, if there may be several."""
    return ("/dev/shm",) if limits.processes > 1 else ()


def _inside(folder: str) -> Iterator[str]:
    with suppress(OSError), os.scandir(folder) as entries:
        yield from (entry.path for entry in entries if entry.name not in _INSTALLED)


def _shared(folder: str) -> Iterator[str]:
    linked = set(_LINKED.split())
    with suppress(OSError), os.scandir(folder) as entries:
        yield from (entry.path for entry in entries if entry.name.partition(".so")[0] in linked)
