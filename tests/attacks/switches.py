"""Guards of the grader's own process, each with what switches it off; the layers of a child are left out by name.

with switched_off(["nan"]):
    ...     # a nan is now near everything
"""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from coursekit.lab.code import judging
from coursekit.sandbox import bubblewrap, comparing, host, launching, process, wire
from coursekit.sandbox.wire import Frame

LIMITS = {  # of a child, each with so much of it that no attack reaches it
    "memory": 1 << 50,
    "file": 1 << 50,
    "folder": 1 << 50,
    "files": 1_000_000,
    "descriptors": 1000,
    "seconds_per_call": 10.0,
}
_APART = [f"--unshare-{world}" for world in ("user", "ipc", "pid", "net", "uts", "cgroup-try")]
_NOT_DUMPABLE = 4


@contextmanager
def switched_off(names: Sequence[str]) -> Iterator[None]:
    """Switch guards off for a while; what is no guard of this process is left to the child."""
    with ExitStack() as stack:
        for name in names:
            if name in SWITCHES:
                stack.enter_context(SWITCHES[name]())
        yield


def _put(place: Any, name: str, found: Callable[[Any], Any]) -> Callable[[], AbstractContextManager[None]]:
    """Return what puts another thing in the place of a thing that it is made from."""

    @contextmanager
    def put() -> Iterator[None]:
        held = getattr(place, name)
        setattr(place, name, found(held))
        try:
            yield
        finally:
            setattr(place, name, held)

    return put


@contextmanager
def _one_folder() -> Iterator[None]:
    """Give all children the same folder."""
    path = os.path.join(os.environ["TMPDIR"], "one")
    os.mkdir(path, 0o700)
    one = SimpleNamespace(path=path, remove=lambda: None, is_over=lambda *_: False)
    try:
        with _put(host, "Folder", lambda _: lambda: one)():
            yield
    finally:
        shutil.rmtree(path)


@contextmanager
def _private() -> Iterator[None]:
    """Let others look into this process, as before it was a grader's."""
    from coursekit.sandbox.confine.system import call

    call("prctl", _NOT_DUMPABLE, 1, 0, 0, 0)
    try:
        yield
    finally:
        call("prctl", _NOT_DUMPABLE, 0, 0, 0, 0)


def _inheriting(start: Any, command: Any, *, pass_fds: Sequence[int], **options: Any) -> Any:
    for descriptor in pass_fds:
        os.set_inheritable(descriptor, True)
    return start(command, close_fds=False, **options)


def _any_fields(read: Any, frame: Frame, *rest: Any) -> Any:
    known = {key: frame.header.get(key) for key in ("id", "is", "value", "arguments")}
    return read(Frame(known, frame.body), *rest)


def _agree(comparison: Any, expected: Any, got: Any) -> Any:
    with np.errstate(all="ignore"):
        return ~(np.abs(np.asarray(got) - np.asarray(expected)) > comparison.tolerance.absolute + 1e-9)


def _without(option: str, many: int, command: list[str]) -> list[str]:
    at = command.index(option)
    return command[:at] + command[at + many :]


def _together(command: list[str], shared: str) -> list[str]:
    """Leave one of a container's own worlds out."""
    at = command.index("--unshare-all")
    return [*command[:at], *(apart for apart in _APART if apart != shared), *command[at + 1 :]]


def _showing(command: list[str]) -> list[str]:
    """Show a container the course too."""
    at, course = command.index("--remount-ro"), str(Path(os.environ["HOME"]).parent / "course")
    return [*command[:at], "--ro-bind", course, course, *command[at:]]


def _contained(change: Callable[[list[str]], list[str]]) -> Callable[[], AbstractContextManager[None]]:
    return _put(bubblewrap, "contained", lambda real: lambda *given: change(real(*given)))


SWITCHES: dict[str, Callable[[], AbstractContextManager[None]]] = {
    "isolation": _put(
        launching, "python_command", lambda real: lambda plan: [each for each in real(plan) if each != "-I"]
    ),
    "environment": _put(launching, "clean_environment", lambda real: lambda folder: {**os.environ, **real(folder)}),
    "private folder": _one_folder,
    "closed descriptors": _put(
        process,
        "subprocess",
        lambda real: SimpleNamespace(Popen=partial(_inheriting, real.Popen), DEVNULL=subprocess.DEVNULL),
    ),
    "group": _put(process.Process, "kill", lambda _: lambda child: child._process.kill()),
    "privacy": _private,
    "arguments": _put(judging, "_changed", lambda _: lambda *_: None),
    "nan": _put(comparing._Comparison, "_agree", lambda _: _agree),
    "exact fields": _put(host, "read_returned", lambda real: partial(_any_fields, real)),
    "lengths": _put(wire.Reader, "_checked", lambda _: lambda _, lengths: lengths),
    "id": _put(host, "secrets", lambda _: SimpleNamespace(token_hex=lambda many: "0" * 2 * many)),
    "container's network": _contained(partial(_together, shared="--unshare-net")),
    "container's processes": _contained(partial(_together, shared="--unshare-pid")),
    "container's files": _contained(_showing),
    "container's disk": _contained(partial(_without, "--size", 2)),
}


def beside(reference: str, source: bytes) -> bytes:
    """Return a submission that runs in one process with the reference, as if the oracle were not apart."""
    told = (
        f"import sys, types; sys.modules['reference'] = types.ModuleType('reference'); exec({json.dumps(reference)}, "
    )
    return f"{told}vars(sys.modules['reference']))\n".encode() + source
