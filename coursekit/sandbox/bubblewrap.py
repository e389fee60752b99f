"""A container around a child: no network, no home, no other processes, and a small disk that is gone with it.

https://github.com/containers/bubblewrap: one command, no service, no rights of an administrator.
"""

import os
import shutil
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from pathlib import Path

from coursekit.errors import UsageError
from coursekit.sandbox.limits import Limits
from coursekit.sandbox.process import import_paths

_SYSTEM = ("/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib", "/lib64", "/etc/ld.so.cache")
_INSTALLED = ("site-packages", "dist-packages")
SHARED = "/dev/shm"


def is_installed() -> bool:
    """Say whether there is a bubblewrap at all."""
    return shutil.which("bwrap") is not None


def contained(command: Sequence[str], folder: str, limits: Limits) -> list[str]:
    """Return the command inside a container. Raises UsageError when bubblewrap is not installed."""
    bwrap = shutil.which("bwrap")
    if not bwrap:
        raise UsageError("bubblewrap is not installed. Its command is called bwrap, its package bubblewrap.")
    base: str = getattr(sys, "_base_executable", None) or sys.executable
    executable = os.path.realpath(base)
    shared = ("--size", str(limits.folder), "--tmpfs", SHARED) if limits.processes > 1 else ()
    return [
        *(bwrap, "--unshare-all", "--unshare-user", "--die-with-parent", "--cap-drop", "ALL"),
        *_files(executable),
        *("--size", str(limits.folder), "--tmpfs", folder, *shared, "--chdir", folder),
        *("--remount-ro", "/"),
        executable,
        *command[1:],
    ]


def _files(executable: str) -> Iterator[str]:
    """Yield the options that show Python, NumPy and this package, and nothing else that is installed."""
    standard = {sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")}
    base = Path(sys.base_prefix, "lib")
    for path in (*_SYSTEM, executable, *map(str, base.glob("libpython*")), *sorted(standard)):
        yield from _shown(path)
    for hidden in (Path(folder, name) for folder in sorted(standard) for name in _INSTALLED):
        if hidden.is_dir():
            yield from ("--tmpfs", str(hidden))
    numpy, coursekit = import_paths()
    for path in (f"{numpy}/numpy", f"{numpy}/numpy.libs", f"{coursekit}/coursekit/__init__.py"):
        yield from _shown(path)
    yield from _shown(f"{coursekit}/coursekit/sandbox")


def _shown(path: str) -> tuple[str, ...]:
    if os.path.islink(path):
        return ("--symlink", os.readlink(path), path)
    return ("--ro-bind", path, path) if os.path.exists(path) else ()
