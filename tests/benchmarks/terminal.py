"""A command under a pseudo-terminal: what stands on its screen, and what it costs."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import tempfile
import termios
import time
from pathlib import Path
from types import TracebackType
from typing import Self, final

import pyte

# pyte knows neither the kitty keyboard protocol nor requests for modes; these would be drawn as text.
_UNKNOWN = re.compile(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p|\x1bP[^\x1b]*\x1b\\|\x1b\[\?[0-9;]*u")
_COMPLETE = re.compile(rb"\x1b(\[[0-?]*[ -/]*[@-~]|[@-Z\\-_])")


@final
class Terminal:
    """One child on a screen, with an empty home or the folder of a record; leaving the context kills it.

    Times are of `time.perf_counter`.
    """

    def __init__(self, argv: list[str], columns: int = 80, rows: int = 24, record: Path | None = None) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._rest = b""
        self._home = tempfile.TemporaryDirectory()
        self.status: int | None = None
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.execvpe(argv[0], argv, _environment(self._home.name, record))
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None):
        if self.status is None:
            self.end()
        os.close(self._fd)
        self._home.cleanup()

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self._fd, keys.encode())

    def pump(self, timeout: float) -> float | None:
        """Draw what has come within `timeout` seconds; return when it was read, None when nothing came."""
        ready, _, _ = select.select([self._fd], [], [], timeout)
        if not ready:
            return None
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:  # the child has closed its side
            time.sleep(timeout)
            return None
        now = time.perf_counter()
        if b"\x1b[?2026$p" in data:  # may the output be synchronised? as today's terminals say
            os.write(self._fd, b"\x1b[?2026;2$y")
        self._feed(self._rest + data)
        return now

    def text(self) -> str:
        """Return the screen's lines."""
        return "\n".join(self.screen.display)

    def wait_for(self, words: str, seconds: float = 30) -> float:
        """Draw until the words stand on the screen; return when. Raises TimeoutError with the screen."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            when = self.pump(0.05)
            if words in self.text():
                return when or time.perf_counter()
        raise TimeoutError(f"'{words}' never stood on the screen:\n{self.text()}")

    def settle(self, quiet: float = 0.15, limit: float = 3) -> float:
        """Draw until nothing has come for `quiet` seconds; return the CPU seconds that the child had taken by then."""
        end, taken = time.perf_counter() + limit, self.cpu()
        while time.perf_counter() < end and self.pump(quiet):
            taken = self.cpu()
        return taken

    def cpu(self) -> float:
        """Return the CPU seconds of the child so far, all its threads together."""
        times = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(each.read_text(encoding="ascii").split()[0]) for each in times) / 1e9

    def memory(self) -> float:
        """Return the child's resident memory in MiB, its own children not counted."""
        with open(f"/proc/{self.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024

    def end(self) -> float:
        """Kill the child and return the CPU seconds it took."""
        os.kill(self.pid, signal.SIGKILL)
        _, status, usage = os.wait4(self.pid, 0)
        self.status = os.waitstatus_to_exitcode(status)
        return usage.ru_utime + usage.ru_stime

    def drain(self, limit: float = 10) -> None:
        """Draw until the child ends by itself; `status` stays None when it does not."""
        end = time.perf_counter() + limit
        while time.perf_counter() < end and self.status is None:
            self.pump(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)

    def _feed(self, data: bytes) -> None:
        """Draw, but for a sequence whose end has not come yet."""
        last = data.rfind(b"\x1b")
        cut = last if last >= 0 and len(data) - last < 12 and not _COMPLETE.match(data, last) else len(data)
        self._rest = data[cut:]
        self._stream.feed(_UNKNOWN.sub(b"", data[:cut]))


def _environment(home: str, record: Path | None) -> dict[str, str]:
    """A user's environment: a home of its own, compiled modules kept."""
    left_out = ("TMUX", "PYTHONDONTWRITEBYTECODE", "COURSEKIT_HOME", "COURSEKIT_COURSE")
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    fixed = {"HOME": home, "XDG_DATA_HOME": f"{home}/data", "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    named = {"COURSEKIT_HOME": str(record)} if record else {}
    return {**kept, **fixed, **named, "LANG": "C.UTF-8"}
