"""A small world for attacks: a grader as an ordinary user, things to reach for, and a look at what is left behind."""

import hashlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, final

import yaml

from tests.attacks.corpus import HERE, Attack
from tests.attacks.lowered import lowered

SEED = 7
_CANARY = "untouched"
_LONGEST = 120.0  # seconds that a grade may take on a busy machine
_SETTLES = 5.0  # seconds within which what was killed has to be gone
_OUR_CHILD = b"coursekit.sandbox.child"
_worlds = count()  # of this process, each with a user of its own


@final
class World:
    """The grader is asked with `grade`, `grade_class` and `call`; `left` tells what should not be there."""

    def __init__(self, *, is_lowered: bool = True) -> None:
        self.root = Path(mkdtemp(prefix="coursekit-attacks-"))
        self.root.chmod(0o755)
        self.why_not_lowered = "" if is_lowered else "It was not asked for."
        self.uid = os.geteuid()
        prefix, options = self._user() if is_lowered else ([], {})
        self._furnish()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.setblocking(False)
        places = dict.fromkeys(("TMPDIR", "HOME"), str(self.work))
        environment = {**os.environ, **places, "PYTHONPATH": str(HERE.parents[1]), "ATTACKS_SECRET": "key"}
        self._grader = subprocess.Popen(
            [*prefix, sys.executable, "-B", "-m", "tests.attacks.grader", self.root / "course/labs/step/reference.py"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            cwd=self.root,
            start_new_session=True,
            **options,
        )
        try:
            self.why_not: dict[str, str] = self._ask(do="tiers")
            self._before = self._state()
        except BaseException:
            self.close()
            raise

    @property
    def places(self) -> dict[str, object]:
        """What an attack is told."""
        return {
            "lab": self.root / "course/labs/step",
            "outside": self.outside,
            "port": self._listener.getsockname()[1],
            "grader": self._grader.pid,
            "beside": yaml.__file__,
        }

    def grade(self, lab: str, source: bytes, tier: int, without: Sequence[str] = ()) -> dict[str, Any]:
        """Grade one submission, with some guards switched off."""
        return self._ask(do="grade", lab=self._lab(lab), source=_sent(source), tier=tier, seed=SEED, without=without)

    def grade_pair(self, lab: str, attack: bytes, honest: bytes, tier: int) -> tuple[dict[str, Any], dict[str, Any]]:
        """Grade two submissions at the same time."""
        one, other = self._grade_class(lab, [attack, honest], tier)
        return one, other

    def grade_class(self, sources: list[bytes], tier: int) -> list[dict[str, Any]]:
        """Grade many submissions of the lab `step`, two at a time."""
        return self._grade_class("step", sources, tier)

    def call(self, attack: Attack, tier: int, without: Sequence[str] = (), times: int = 1) -> dict[str, Any]:
        """Call an attack's function, in as many sandboxes one after the other, with some guards switched off."""
        source = _sent(attack.source(self.places))
        return self._ask(do="call", source=source, tier=tier, without=without, times=times)

    def left(self) -> list[str]:
        """Return what is there and should not be, after giving it a moment to go."""
        until = time.monotonic() + _SETTLES
        while (left := self._left()) and time.monotonic() < until:
            time.sleep(0.02)
        return left

    def status(self) -> list[str]:
        """Return what the system tells of the grader."""
        return Path(f"/proc/{self._grader.pid}/status").read_text().splitlines()

    def end_what_is_left(self) -> None:
        """Kill the processes that should not be there."""
        for pid, _ in self._processes():
            os.kill(pid, signal.SIGKILL)

    def close(self) -> None:
        """End the grader and remove everything."""
        for stream in (self._grader.stdin, self._grader.stdout):
            if stream:
                stream.close()
        self._grader.kill()
        self._grader.wait()
        self._listener.close()
        for folder in (self.work, self.outside, self.root / "course"):
            shutil.rmtree(folder, ignore_errors=True)
        for folder in (*self.root.glob("hold/*"), self.root / "hold", self.root):
            with suppress(OSError):
                folder.rmdir()  # not with all that is in it: in the grader's mounts it was this very Python

    def _user(self) -> tuple[list[str], dict[str, Any]]:
        if self.uid:
            return [], {}
        uid = (
            20_000 + (os.getpid() + next(_worlds) * 4001) % 20_000
        )  # nobody's: its processes and files are this grader's
        hold = self.root / "hold"
        hold.mkdir()
        found = lowered(uid, hold)
        if not found:
            self.why_not_lowered = "No ordinary user can run this Python, and no mounts could be made for one."
            return [], {}
        self.uid = uid
        return found

    def _furnish(self) -> None:
        self.work, self.outside = self.root / "work", self.root / "outside"
        self.work.mkdir()
        self.outside.mkdir()
        (self.outside / "canary").write_text(_CANARY)
        shutil.copytree(HERE / "course", self.root / "course")
        for path in (self.work, self.outside, *self.outside.iterdir(), *self.root.glob("course/**/*")):
            os.chown(path, self.uid, -1)

    def _grade_class(self, lab: str, sources: list[bytes], tier: int) -> list[dict[str, Any]]:
        return self._ask(do="class", lab=self._lab(lab), sources=list(map(_sent, sources)), tier=tier, seed=SEED)

    def _lab(self, name: str) -> str:
        return str(self.root / "course/labs" / name / "lab.md")

    def _ask(self, **asked: Any) -> Any:
        assert self._grader.stdin
        assert self._grader.stdout
        self._grader.stdin.write(json.dumps(asked).encode() + b"\n")
        self._grader.stdin.flush()
        if not select.select([self._grader.stdout], [], [], _LONGEST)[0]:
            self._grader.kill()
            raise AssertionError(f"The grader gave no grade within {_LONGEST:g} s.")
        line = self._grader.stdout.readline()
        assert line, f"The grader is gone, with status {self._grader.wait()}."
        reply = json.loads(line)
        assert "error" not in reply, reply["error"]
        return reply

    def _left(self) -> list[str]:
        assert self._grader.poll() is None, "The grader is gone."
        left = [f"the process {pid}: {command}" for pid, command in self._processes()]
        left += [f"a file in its folder: {name}" for name in os.listdir(self.work)]
        left += [f"a connection from {address}" for address in self._connections()]
        now = self._state()
        return left + [
            f"{what}: {self._before[what]} became {now[what]}" for what in now if now[what] != self._before[what]
        ]

    def _state(self) -> dict[str, object]:
        """Return what no attack may change."""
        pid = self._grader.pid
        found: dict[str, Callable[[], object]] = {
            "the canary": lambda: [_facts(path) for path in (self.outside, *sorted(self.outside.iterdir()))],
            "the course": lambda: _digest(self.root / "course"),
            "shared memory": lambda: sorted(path for path in _shared() if self._is_ours(path)),
            "queues and semaphores": lambda: _queues(self.uid),
            "the grader's limits": Path(f"/proc/{pid}/limits").read_text,
            "its priority": lambda: os.getpriority(os.PRIO_PROCESS, pid),
            "its processors": lambda: sorted(os.sched_getaffinity(pid)),
            "its descriptors": lambda: self._ask(do="descriptors"),
        }
        return {what: find() for what, find in found.items()}

    def _is_ours(self, path: str) -> bool:
        with suppress(OSError):
            return "attack" in path or (self.uid != os.geteuid() and os.stat(path).st_uid == self.uid)
        return False

    def _connections(self) -> Iterator[object]:
        with suppress(BlockingIOError):
            while True:
                connection, address = self._listener.accept()
                connection.close()
                yield address

    def _processes(self) -> Iterator[tuple[int, str]]:
        """Find the processes of the grader's user, or its descendants where that is the tests' user too."""
        for pid in map(int, filter(str.isdigit, os.listdir("/proc"))):
            with suppress(OSError):
                command = Path(f"/proc/{pid}/cmdline").read_bytes()
                is_ours = os.stat(f"/proc/{pid}").st_uid == self.uid
                if self.uid == os.geteuid():
                    is_ours = is_ours and _OUR_CHILD in command
                state, parent = _state_and_parent(pid)
                is_gone = state in "ZX" and parent != self._grader.pid  # a dead orphan waits for the system to see it
                if pid != self._grader.pid and not is_gone and (is_ours or parent == self._grader.pid):
                    yield pid, command.replace(b"\0", b" ").decode(errors="replace")[:200]


def _sent(source: bytes) -> str:
    return b64encode(source).decode()


def _facts(path: Path) -> tuple[object, ...]:
    found = path.lstat()
    content = path.read_text() if path.is_file() else ""
    attributes = os.listxattr(path) if hasattr(os, "listxattr") else []
    return (path.name, content, attributes, oct(found.st_mode), found.st_uid, found.st_mtime_ns, found.st_nlink)


def _digest(folder: Path) -> str:
    told = [(str(path), path.read_bytes() if path.is_file() else b"") for path in sorted(folder.rglob("*"))]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _shared() -> list[str]:
    return [f"/dev/shm/{name}" for name in os.listdir("/dev/shm")] if os.path.isdir("/dev/shm") else []


def _queues(uid: int) -> list[str]:
    """Return what this user shares with other processes by System V's calls."""
    rows = (row for kind in ("shm", "sem", "msg") for row in Path(f"/proc/sysvipc/{kind}").read_text().splitlines())
    return [row for row in rows if str(uid) in row.split()]


def _state_and_parent(pid: int) -> tuple[str, int]:
    state, parent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:2]
    return state, int(parent)
