"""A process that has coursekit loaded and forks for each pack: it runs the real commands and tells what they did.

One JSON request a line: {"folder", "home", "commands": [[argv, typed], …]}. The reply has, for each command, its
status, what it wrote, its CPU time beyond a bare start-up, and what it tried that no reading may do; and for all of
them the peak of memory. It is run as a file, outside of pytest, so that no memory of the tests is counted.
"""

import importlib
import json
import os
import pkgutil
import re
import resource
import signal
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

CPU_SECONDS, WALL_SECONDS, ADDRESS_BYTES = 12, 40, 4 << 30
ROOT = Path(__file__).parents[2]
_FORBIDDEN = (
    *("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.putenv"),
    *("ctypes.", "webbrowser.", "urllib.", "http.", "ftplib.", "smtplib.", "pty.", "os.kill", "os.remove", "shutil."),
)
_READABLE = tuple(os.path.realpath(place) for place in (sys.prefix, sys.base_prefix, ROOT / "coursekit", "/dev/null"))
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_state = SimpleNamespace(is_reading=False, folder="", home="", tried=[])


def serve() -> None:
    """Answer requests until there are no more."""
    sys.addaudithook(_hear)
    for line in sys.stdin:
        reply = _in_child(json.loads(line))
        sys.stdout.write(json.dumps(reply) + "\n")
        sys.stdout.flush()


def _load() -> None:
    """Load what the commands load: a start-up is no cost of reading."""
    import coursekit

    for module in pkgutil.walk_packages(coursekit.__path__, "coursekit."):
        if not re.search(r"\.tui|tensor|__main__", module.name):
            importlib.import_module(module.name)
    for name in ("rich.table", "rich.console", "yaml", "platformdirs", "fsrs", "texicode.pipeline", "pygments.lexers"):
        importlib.import_module(name)


def _in_child(request: dict[str, Any]) -> list[dict[str, Any]]:
    """Run the commands in a forked process; one that ends it, or never ends, has no status."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with os.fdopen(writing, "w") as out:
            for argv, typed in request["commands"]:
                out.write(json.dumps(_run(request, argv, typed)) + "\n")
                out.flush()
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        replies = [json.loads(line) for line in told]
    _, status, usage = os.wait4(child, 0)
    ended = {"status": -status, "out": "", "err": "", "cpu": usage.ru_utime + usage.ru_stime, "tried": []}
    replies += [ended] * (len(request["commands"]) - len(replies))
    return [reply | {"peak": usage.ru_maxrss * 1024} for reply in replies]


def _run(request: dict[str, Any], argv: list[str], typed: str) -> dict[str, Any]:
    from coursekit.cli.main import main

    _limit()
    os.chdir(request["folder"])
    os.environ["COURSEKIT_HOME"] = os.environ["HOME"] = request["home"]
    os.environ["COURSEKIT_COURSE"] = request["folder"]
    given, out, err = (tempfile.TemporaryFile() for _ in range(3))  # noqa: SIM115  the process ends soon
    given.write(typed.encode(errors="surrogateescape"))
    given.seek(0)
    for number, file in enumerate((given, out, err)):
        os.dup2(file.fileno(), number)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  as Python itself opens them
    sys.stdout, sys.stderr = (open(n, "w", encoding="utf-8", closefd=False) for n in (1, 2))  # noqa: SIM115
    _state.folder, _state.home, _state.tried = (*map(os.path.realpath, (request["folder"], request["home"])), [])
    before, _state.is_reading = _cpu(), True
    status = main(argv)
    _state.is_reading = False
    sys.stdout.flush()
    sys.stderr.flush()
    cpu = _cpu() - before
    texts = [_text(file) for file in (out, err)]
    return {"status": status, "out": texts[0], "err": texts[1], "cpu": cpu, "tried": sorted(set(_state.tried))}


def _limit() -> None:
    used = int(_cpu()) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (used + CPU_SECONDS, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_BYTES, ADDRESS_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(WALL_SECONDS)


def _text(file: Any) -> str:
    file.seek(0)
    return file.read().decode(errors="backslashreplace")


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _hear(event: str, values: tuple[Any, ...]) -> None:
    """Note what is tried while files are read; what would reach out of the process does not happen."""
    if not _state.is_reading:
        return
    if event.startswith(_FORBIDDEN):
        _state.tried.append(event)
        raise PermissionError(f"{event} while a course is read")
    if event in ("open", "os.mkdir", "sqlite3.connect", "os.rename"):
        _hold(event, values)


def _hold(event: str, values: tuple[Any, ...]) -> None:
    """Hold what is opened to the course, the learner's folder and Python's own."""
    if not isinstance(values[0], str | bytes | os.PathLike):
        return
    path = os.path.realpath(os.fsdecode(values[0]))
    if f"{os.sep}__pycache__{os.sep}" in path:
        return
    mode, flags = (values[1] or "", values[2]) if event == "open" else ("", 0)
    is_write = event in ("os.mkdir", "sqlite3.connect", "os.rename") or set("wax+") & set(mode) or flags & _WRITING
    roots = (_state.home,) if is_write else (_state.home, _state.folder, *_READABLE)
    if not any(path == root or path.startswith(f"{root}/") for root in roots):
        _state.tried.append(f"{event} {path}")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    _load()
    serve()
