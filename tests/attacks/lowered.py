"""A process of an ordinary user, started by an administrator: no privilege may be what keeps an attack out.

Where the tests run as an ordinary user this changes nothing. Where an administrator's Python lies in a folder that is
closed to others, the process gets mounts of its own in which that folder is open; they end with it.
"""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_TRY = (sys.executable, "-c", "import coursekit, numpy, yaml")


def lowered(uid: int, hold: Path) -> tuple[list[str], dict[str, Any]] | None:
    """Return what to put before a command, and what to give Popen, so that it runs as this user; None where it cannot.

    `hold` is an empty folder, open to all.
    """
    plain: dict[str, Any] = {"user": uid, "group": uid, "extra_groups": ()}
    if _works([], plain):
        return [], plain
    if not shutil.which("unshare") or not shutil.which("setpriv"):
        return None
    prefix = ["unshare", "--mount", "--propagation", "private", "sh", "-ec", _script(hold), "sh"]
    prefix += ["setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups"]
    return (prefix, {}) if _works(prefix, {}) else None


def _works(prefix: Sequence[str], options: dict[str, Any]) -> bool:
    try:
        command = [*prefix, *_TRY]
        return not subprocess.run(command, **options, capture_output=True, check=False, cwd="/", timeout=60).returncode
    except (OSError, subprocess.TimeoutExpired):
        return False


def _script(hold: Path) -> str:
    """Cover each folder that is closed, and show in it only what the process needs."""
    needed = [Path(path).resolve() for path in (sys.base_prefix, sys.prefix, *_sources())]
    closed = {top: [path for path in needed if top in path.parents] for top in map(_closed, needed) if top}
    lines: list[str] = []
    for number, (top, paths) in enumerate(closed.items()):
        holds = [hold / f"{number}-{i}" for i, _ in enumerate(paths)]
        lines += [f"mkdir -p {_q(at)}; mount --bind {_q(path)} {_q(at)}" for path, at in zip(paths, holds, strict=True)]
        lines += [f"mount -t tmpfs -o mode=755 none {_q(top)}"]
        lines += [
            f"mkdir -p {_q(path)}; mount --bind {_q(at)} {_q(path)}" for path, at in zip(paths, holds, strict=True)
        ]
    return "\n".join([*lines, 'exec "$@"'])


def _sources() -> tuple[Path, ...]:
    import coursekit

    return (Path(coursekit.__file__).parents[1],)


def _closed(path: Path) -> Path | None:
    """Return the outermost folder above a path that others may not enter."""
    above = [*reversed(path.parents), path]
    return next((folder for folder in above if not os.stat(folder).st_mode & 0o001), None)


def _q(path: Path) -> str:
    return shlex.quote(str(path))
