"""Two ways to sit before the app: `seat` drives it in this process, `terminal` starts the real command under a pty."""

import asyncio
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Self, final

import pyte
import pytest
from textual.events import Key
from textual.keys import _character_to_key
from textual.pilot import Pilot

from coursekit.course import Course, open_course
from coursekit.model import Attempt, Confirmation, Response
from coursekit.store.labs import LabRun
from coursekit.store.place import exists
from coursekit.store.store import open_store
from coursekit.tui.app import CoursekitApp

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 30.0
# pyte knows neither the kitty keyboard protocol nor requests for modes; it would draw them as text.
_UNKNOWN = re.compile(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p|\x1bP[^\x1b]*\x1b\\|\x1b\[\?[0-9;]*u")
_COMPLETE = re.compile(rb"\x1b(\[[0-?]*[ -/]*[@-~]|[@-Z\\-_])")

SLOW_LAB = """\
---
title: A long way down
config:
  model: {name: quadratic, eigenvalues: [2.0], start: [1.0]}
  optimizer: sgd
  learning_rate: 0.001
  steps: 5000
knobs:
  learning_rate: {min: 0.0005, max: 0.4, scale: log}
goals:
  - {metric: validation_loss, at_most: 1.0e-2, points: 2}
pace: 100
solution: {learning_rate: 0.4}
wrong:
  - {learning_rate: 0.0005}
---

Fifty seconds of steps, so that there is time to hold and to stop.
"""


@final
class Record:
    """What is on disk for a learner, read as another process would."""

    def __init__(self, home: Path, course: str) -> None:
        self._home, self._course = home, course

    def attempts(self, question: str | None = None) -> tuple[Attempt, ...]:
        with closing(open_store(self._home, self._course, datetime.now(UTC))) as store:
            return store.attempts(question)

    def confirmations(self, attempt: int) -> tuple[Confirmation, ...]:
        with closing(open_store(self._home, self._course, datetime.now(UTC))) as store:
            return store.confirmations(attempt)

    def runs(self) -> tuple[LabRun, ...]:
        with closing(open_store(self._home, self._course, datetime.now(UTC))) as store:
            return store.runs()

    def draft(self, question: str) -> Response:
        with closing(open_store(self._home, self._course, datetime.now(UTC))) as store:
            return store.draft(question)


@final
class Seat:
    """A running app: keys in, what is on the screen and in the record out."""

    def __init__(self, app: CoursekitApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot
        self.record = Record(app.home, app.course.id)

    @property
    def lines(self) -> list[str]:
        """The lines of the topmost screen."""
        return [strip.text.rstrip() for strip in self.app.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def prose(self) -> str:
        """The text with its line breaks undone, those in notices too."""
        return re.sub(r"[\s▌]+", " ", self.text)

    @property
    def bar(self) -> str:
        """The last line: the keys."""
        return self.lines[-1]

    @property
    def screen(self) -> str:
        """The name of the topmost screen's class."""
        return type(self.app.screen).__name__

    async def press(self, *keys: str) -> None:
        """Press keys, each once the one before has had its effect."""
        for key in keys:
            self.app.post_message(_key(key))
            await self.pilot.pause()

    async def write(self, text: str) -> None:
        """Type a text as fast as it goes: no key waits for the one before."""
        for character in text:
            self.app.post_message(_key(character))
        await self.pilot.pause()

    async def click(self, words: str, dx: int = 0) -> None:
        """Click on words of the screen."""
        y = next((y for y, line in enumerate(self.lines) if words in line), None)
        assert y is not None, f"'{words}' is not on the screen:\n{self.text}"
        await self.pilot.click(offset=(self.lines[y].index(words) + dx, y))

    async def until(self, condition: Callable[[], object], seconds: float = PATIENCE_SECONDS) -> None:
        """Wait for a condition; fail with the screen."""
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, f"It did not come to this within {seconds} s:\n{self.text}"
            await asyncio.sleep(0.01)
        await self.pilot.pause()

    async def sees(self, *words: str) -> None:
        """Wait until all these words stand on the screen."""
        await self.until(lambda: all(word in self.text or word in self.prose for word in words))

    async def resize(self, width: int, height: int) -> None:
        await self.pilot.resize_terminal(width, height)
        await self.pilot.pause()


Sit = Callable[..., AbstractAsyncContextManager[Seat]]


@final
class Terminal:
    """A real command on a pty; leaving the context kills it."""

    def __init__(self, argv: list[str], env: Mapping[str, str], columns: int = 80, rows: int = 24) -> None:
        self.screen = pyte.Screen(columns, rows)
        self.raw = b""
        self.status: int | None = None
        self._stream = pyte.ByteStream(self.screen)
        self._rest = b""
        self._is_open = True
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.chdir("/")
            os.execve(argv[0], argv, dict(env))
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        os.close(self._fd)

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    def press(self, keys: str) -> None:
        os.write(self._fd, keys.encode())

    def until(self, condition: Callable[[], object], seconds: float = PATIENCE_SECONDS) -> None:
        """Draw what comes until a condition holds; fail with the screen."""
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, f"It did not come to this within {seconds} s:\n{self.text}"
            self._draw(0.05)

    def sees(self, *words: str, seconds: float = PATIENCE_SECONDS) -> None:
        self.until(lambda: all(word in self.text for word in words), seconds)

    def settle(self, seconds: float = 0.5) -> None:
        """Draw until nothing has come for a while."""
        while self._draw(seconds):
            pass

    def signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def wait(self, seconds: float = PATIENCE_SECONDS) -> int:
        """Draw until the process has ended; return its exit status."""
        self.until(self._has_ended, seconds)
        while self._is_open and self._draw(0.1):
            pass
        assert self.status is not None
        return self.status

    def _has_ended(self) -> bool:
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.status = os.waitstatus_to_exitcode(status) if pid else None
        return self.status is not None

    def _draw(self, seconds: float) -> bool:
        if not self._is_open:
            time.sleep(seconds)
            return False
        if not select.select([self._fd], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:  # the child has closed its side
            self._is_open = False
            return False
        self.raw += data
        data = self._rest + data
        last = data.rfind(b"\x1b")
        cut = last if last >= 0 and len(data) - last < 12 and not _COMPLETE.match(data, last) else len(data)
        self._rest = data[cut:]
        self._stream.feed(_UNKNOWN.sub(b"", data[:cut]))
        return True


OpenTerminal = Callable[..., Terminal]


def environment(home: Path) -> dict[str, str]:
    """A user's environment in which only this home is known."""
    fixed = {"HOME": str(home), "COURSEKIT_HOME": str(home), "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)} | fixed


def _key(name: str) -> Key:
    """Make the event of a key that is given by its character or by its name."""
    if len(name) == 1:
        return Key(_character_to_key(name), name)
    return Key(name, {"space": " ", "question_mark": "?"}.get(name))


def _status(pid: str) -> tuple[str, int]:
    """Return a process's state letter and its parent."""
    rest = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    return rest[0], int(rest[1])


def _trainers(parent: int) -> list[int]:
    found: list[int] = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            state, ppid = _status(pid)
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            continue
        if ppid == parent and state != "Z" and b"coursekit.train.worker" in command:
            found.append(int(pid))
    return found


@pytest.fixture(scope="session")
def trainers() -> Callable[[int], list[int]]:
    """Return what lists the training processes that a process has begun and that still live."""
    return _trainers


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a learner's folder that does not exist yet."""
    return tmp_path / "home"


@pytest.fixture
def slow_lab(course_folder: Path) -> Course:
    """Return the tiny course with one more lab, `slow`, whose run lasts most of a minute."""
    (course_folder / "labs" / "slow").mkdir()
    (course_folder / "labs" / "slow" / "lab.md").write_text(SLOW_LAB, encoding="utf-8")
    return open_course(course_folder)


@pytest.fixture(scope="session")
def shipped_course() -> Course:
    """Return the course that comes with coursekit."""
    return open_course(ROOT)


@pytest.fixture
def sit(course: Course, home: Path) -> Sit:
    """Return what opens the app, by default on the tiny course with an empty record."""

    @asynccontextmanager
    async def opened(
        *ask: str, course: Course = course, home: Path = home, size: tuple[int, int] = (80, 24)
    ) -> AsyncIterator[Seat]:
        app = CoursekitApp(course, home, ask)
        async with app.run_test(size=size, notifications=True) as pilot:
            seat = Seat(app, pilot)
            await seat.until(lambda: seat.bar and seat.screen == ("QuestionScreen" if ask else "HomeScreen"))
            yield seat

    return opened


@pytest.fixture
def terminal(home: Path, course_folder: Path) -> Iterator[OpenTerminal]:
    """Return what starts `coursekit` on the tiny course, or another command, under a pty."""
    home.mkdir()
    opened: list[Terminal] = []

    def start(
        *arguments: str,
        argv: list[str] | None = None,
        size: tuple[int, int] = (80, 24),
        is_first: bool = False,
        **env: str,
    ) -> Terminal:
        if not is_first and not exists(home):
            open_store(home, "tiny", datetime.now(UTC)).close()  # else the first visit's cards come
        command = [sys.executable, "-P", "-m", "coursekit", "--course", str(course_folder), *arguments]
        opened.append(Terminal(argv or command, environment(home) | env, *size))
        return opened[-1]

    yield start
    for each in opened:
        each.__exit__()
