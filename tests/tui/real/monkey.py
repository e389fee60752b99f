"""Somebody who presses anything: the real command under a pty, held to what must always be so.

It goes on until it has done so much; when a key leaves the app, it begins again with the same record.
"""

import fcntl
import os
import re
import signal
import struct
import sys
import termios
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from random import Random
from time import monotonic
from typing import final

from coursekit.course import open_course
from coursekit.model import Attempt
from coursekit.store.place import exists
from tests.tui.conftest import Terminal, environment
from tests.tui.real.acts import Act, Size, acts
from tests.tui.real.watching import (
    Born,
    Modes,
    descendants,
    is_cooked,
    marked,
    memory_bytes,
    record_of,
    still_there,
)

LOOKS_EVERY = 200  # acts
REPAINT_SECONDS = 10.0
END_SECONDS = 20.0
_MODERATE, _OTHER = (100, 30), (90, 28)
_QUIET_SECONDS, _MOST_SECONDS = 0.25, 3.0
_PAUSES = (0.0, 0.002, 0.01, 0.03)  # seconds between acts: as a program sends them, as a hand does
_SCORE = re.compile(r"(?:✓ right|≈ partly right|✗ wrong) +([\d.]+) of (\d+) points?")
_TRACE = "Traceback (most recent call last)"
_CHAINED = f"\n\nDuring handling of the above exception, another exception occurred:\n\n{_TRACE}"
_AT_START = """\
import faulthandler, os, signal, sys
sys.modules['tensorflow'] = None  # half a gigabyte, and not what is tried here
faulthandler.register(signal.SIGUSR1, open(os.environ['STACKS'], 'a'))
"""


@final
class Monkey:
    """Plays acts of a seed on the app with a course and a learner's folder, and looks at it now and then."""

    def __init__(self, course: Path, scratch: Path, seed: int, python_path: str = "") -> None:
        self.seed, self.done, self.left = seed, 0, 0
        self.memory: list[list[int]] = []  # bytes, for each start at each look
        self.slowest_seconds = 0.0
        self.attempts: tuple[Attempt, ...] = ()
        self._course, self._home, self._scratch = course, scratch / "home", scratch
        self._env = _environment(scratch, python_path)
        opened = open_course(course)
        self._id = opened.id
        self._titles = {entry.title: entry.id for topic in opened.topics for entry in topic.entries.values()}
        self._scored, self._verdict = set[str](), ""
        self._last: deque[str] = deque(maxlen=60)
        self._timing = Random(seed)
        self._size: Size = _MODERATE
        self._start()

    def play(self, many: int) -> None:
        """Do so much, look at it every so often, and leave."""
        try:
            for act in islice(acts(Random(self.seed), self._size), many):
                self._do(act)
                self.done += 1
                if self.done % LOOKS_EVERY == 0:
                    self._look()
            self._leave()
        except (AssertionError, OSError) as error:
            error.add_note(self._told())
            raise
        finally:
            self._seen.__exit__()

    def __str__(self) -> str:
        """Say what was done and seen."""
        stays = "; ".join(" ".join(f"{each / 2**20:.0f}" for each in looks) for looks in self.memory if looks)
        return (
            f"seed {self.seed}: {self.done} acts, left {self.left} times, {len(self.attempts)} attempts, "
            f"{len(self._scored)} scores seen, slowest repaint {self.slowest_seconds:.2f} s, MiB at each look: {stays}"
        )

    def growth(self) -> Iterator[int]:
        """Yield by how many bytes each longer stay grew after its first quarter."""
        for looks in self.memory:
            if len(looks) >= 8:
                yield max(looks[-2:]) - max(looks[: len(looks) // 4 + 1])

    def _start(self) -> None:
        command = [sys.executable, "-P", "-m", "coursekit", "--course", str(self._course)]
        away = ["/bin/sh", "-c", 'cd "$0" && exec "$@"', str(self._scratch), *command]
        self._seen = Terminal(away, self._env, *_MODERATE)
        self._modes, self._families = Modes(), set[Born]()
        self.memory.append([])
        self._resize(self._size)
        assert self._paints(lambda: None), "It did not start."

    def _do(self, act: Act) -> None:
        self._last.append(act.name)
        if self._has_ended():
            self._ended()
            self._seen.__exit__()
            self._start()
        if act.size:
            self._resize(act.size)
        self._send(act.sends)
        if not self._draw(pause := self._timing.choice(_PAUSES)) and pause == _PAUSES[-1]:
            self._see_a_verdict()

    def _see_a_verdict(self) -> None:
        """Remember a question whose score is painted, once it stands there for a while: a picture may be half drawn."""
        text = self._text
        lines = {line.strip() for line in text.splitlines()} if _SCORE.search(text) else set[str]()
        verdict = next((self._titles[title] for title in lines & self._titles.keys()), "")
        if verdict and verdict == self._verdict:
            self._scored.add(verdict)
        self._verdict = verdict

    def _send(self, keys: bytes) -> None:
        """Send bytes a few at a time, reading between, so that neither side waits for the other."""
        for at in range(0, len(keys), 512):
            try:
                os.write(self._seen._fd, keys[at : at + 512])
            except OSError:  # nobody is there any more
                return
            self._draw(0)

    def _draw(self, seconds: float) -> bool:
        """Read what comes, for at most so long and so much; say whether there was anything."""
        end, was_any = monotonic() + seconds, False
        while self._seen._is_open and self._seen._draw(max(0.0, end - monotonic())):
            was_any = True
            self._read()
            if monotonic() >= end:
                break
        return was_any

    def _read(self) -> None:
        data, self._seen.raw = self._seen.raw, b""
        self._modes.read(data)
        assert _TRACE.encode() not in data

    @property
    def _text(self) -> str:
        """What stands on the screen; pyte's own `display` fails where half of a wide sign was written over."""
        screen = self._seen.screen
        rows = ([screen.buffer[y][x].data for x in range(screen.columns)] for y in range(screen.lines))
        return "\n".join("".join(row).rstrip() for row in rows)

    def _resize(self, size: Size) -> None:
        columns, rows = self._size = size
        self._seen.screen.resize(rows, columns)
        fcntl.ioctl(self._seen._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def _settle(self) -> None:
        end = monotonic() + _MOST_SECONDS
        while self._draw(_QUIET_SECONDS) and monotonic() < end:
            pass

    def _look(self) -> None:
        """Let it come to rest; a new size and a key must be seen, and nothing may have gone wrong."""
        if self._has_ended():
            return
        size = self._size
        self._resize(_OTHER)
        self._settle()
        assert self._has_ended() or self._paints(lambda: self._resize(_MODERATE)), (
            f"A new size was not drawn; it is here:\n{self._stacks()}"
        )
        self._settle()
        keys = iter((b"?", b"\x1b", b"?"))
        assert self._has_ended() or any(self._paints(lambda each=each: self._send(each)) for each in keys), (
            f"No key has an effect; it is here:\n{self._stacks()}"
        )
        self._resize(size)
        if not self._has_ended():
            self._families |= descendants(self._seen.pid)
            self.memory[-1].append(memory_bytes(self._seen.pid))
        self._no_crash()

    def _paints(self, do: Callable[[], None]) -> bool:
        """Do something; say whether the screen changes within the bound."""
        before, start = self._text, monotonic()
        do()
        while self._text == before and not self._has_ended():
            if monotonic() > start + REPAINT_SECONDS:
                return False
            self._draw(0.05)
        self.slowest_seconds = max(self.slowest_seconds, monotonic() - start)
        return True

    def _leave(self) -> None:
        if not self._has_ended():
            self._look()
            self._send(b"\x11")
        end = monotonic() + END_SECONDS
        while not self._has_ended():
            assert monotonic() < end, "ctrl+q does not leave."
            self._draw(0.05)
        self._ended()

    def _has_ended(self) -> bool:
        return self._seen._has_ended()

    def _ended(self) -> None:
        """Hold what is left behind to what must be."""
        while self._draw(0.1):
            pass
        self._no_crash()
        assert self._seen.status == 0, f"It ended with {self._seen.status}."
        assert self._modes.left_behind() == []
        assert is_cooked(self._seen._fd)
        self._nobody_is_left()
        self._no_trace()
        self._nothing_is_lost()
        self.left += 1

    def _nobody_is_left(self) -> None:
        end = monotonic() + END_SECONDS
        while left := [*still_there(self._families), *marked(self._home)]:
            assert monotonic() < end, f"These go on: {left}"

    def _no_crash(self) -> None:
        log = self._home / "logs" / "crash.log"
        assert not log.exists(), log.read_text(encoding="utf-8")

    def _no_trace(self) -> None:
        """See that no child failed; one that is stopped while it starts says where it was."""
        for log in (self._home / "logs").glob("trainer.log"):
            _, *traces = log.read_text(encoding="utf-8", errors="replace").replace(_CHAINED, "").split(_TRACE)
            assert [each for each in traces if "KeyboardInterrupt" not in each] == []

    def _nothing_is_lost(self) -> None:
        if exists(self._home):
            before, self.attempts = self.attempts, record_of(self._home, self._id)
            assert self.attempts[: len(before)] == before
        assert self._scored <= {each.question for each in self.attempts}

    def _stacks(self) -> str:
        """Return where all threads of the app are."""
        self._seen.signal(signal.SIGUSR1)
        self._draw(1)
        return (self._scratch / "stacks.txt").read_text(encoding="utf-8")

    def _told(self) -> str:
        last = ", ".join(self._last)
        return f"seed {self.seed}, act {self.done} after {self.left} starts; the last:\n{last}\n{self._text}"


def _environment(scratch: Path, python_path: str) -> Mapping[str, str]:
    """Make a place of its own, whose editor and browser do nothing."""
    (scratch / "home").mkdir()
    (scratch / "path").mkdir()
    (scratch / "path" / "sitecustomize.py").write_text(_AT_START, encoding="utf-8")
    env = environment(scratch / "home")
    path = os.pathsep.join((str(scratch / "path"), python_path or env["PYTHONPATH"]))
    quiet = dict.fromkeys(("VISUAL", "EDITOR", "BROWSER"), "true")
    return env | quiet | {"PYTHONPATH": path, "STACKS": str(scratch / "stacks.txt"), "TMPDIR": str(scratch)}
