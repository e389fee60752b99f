"""What is seen of the app from outside: its memory, its children, the terminal's modes, the record on disk."""

import os
import re
import termios
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias, final

from coursekit.model import Attempt
from coursekit.store.inspecting import inspect
from coursekit.store.place import FILE
from coursekit.store.store import open_store

Born: TypeAlias = tuple[int, str]  # a process's number and when it began

_PAGE = os.sysconf("SC_PAGE_SIZE")
_MODES = re.compile(rb"\x1b\[\?([\d;]+)([hl])")
_OFF = (b"1049", b"1000", b"1002", b"1003", b"1006", b"1015", b"1016", b"2004", b"1004", b"2048")
_ON = (b"25", b"7")


@final
class Modes:
    """The last word on each mode of a terminal, from what was written to it."""

    def __init__(self) -> None:
        self._said: dict[bytes, bytes] = {}
        self._rest = b""

    def read(self, data: bytes) -> None:
        """Take more of what was written."""
        data = self._rest + data
        for numbers, state in _MODES.findall(data):
            self._said |= dict.fromkeys(numbers.split(b";"), state)
        self._rest = data[-16:]

    def left_behind(self) -> list[str]:
        """Return what is not as a shell wants it."""
        on = [f"mode {each.decode()} is on" for each in _OFF if self._said.get(each, b"l") != b"l"]
        return on + [f"mode {each.decode()} is off" for each in _ON if self._said.get(each, b"h") != b"h"]


def is_cooked(descriptor: int) -> bool:
    """Say whether a terminal echoes and reads lines, as it did before the app."""
    flags = termios.tcgetattr(descriptor)[3]
    return bool(flags & termios.ECHO and flags & termios.ICANON and flags & termios.ISIG)


def memory_bytes(pid: int) -> int:
    """Return how much of a process is in memory and its own."""
    resident, shared = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1:3]
    return (int(resident) - int(shared)) * _PAGE


def descendants(pid: int) -> set[Born]:
    """Return all that a process has begun, and what these have."""
    parents = {each: parent for each in filter(str.isdigit, os.listdir("/proc")) if (parent := _parent(each))}
    found, new = set[str](), {str(pid)}
    while new := {each for each, parent in parents.items() if parent in new} - found:
        found |= new
    return {(int(each), began) for each in found if (began := _began(each))}


def still_there(processes: set[Born]) -> list[str]:
    """Return the commands of those that live."""
    return [_command(pid) for pid, began in processes if _began(str(pid)) == began]


def marked(home: Path) -> list[str]:
    """Return the commands of all processes that know a learner's folder."""
    mark, found = f"COURSEKIT_HOME={home}\0".encode(), list[str]()
    for pid in filter(str.isdigit, os.listdir("/proc")):
        with suppress(OSError):
            if mark in Path(f"/proc/{pid}/environ").read_bytes():
                found.append(_command(int(pid)))
    return found


def record_of(home: Path, course: str) -> tuple[Attempt, ...]:
    """Return the attempts of a record, having seen that it is whole and its cards are what the attempts make."""
    assert inspect(home / FILE).problem == ""
    with closing(open_store(home, course, datetime.now(UTC))) as store:
        attempts, cards = store.attempts(), store.cards()
        assert store.notice == ""
        store.reschedule()
        assert store.cards() == cards
    return attempts


def _stat(pid: str) -> list[str]:
    with suppress(OSError):
        said = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        return said if said[0] != "Z" else []
    return []


def _parent(pid: str) -> str:
    return stat[1] if (stat := _stat(pid)) else ""


def _began(pid: str) -> str:
    return stat[19] if (stat := _stat(pid)) else ""


def _command(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return f"process {pid}"
