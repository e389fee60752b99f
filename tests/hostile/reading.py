"""Read a pack by the real commands and say what is wrong with what they did."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self, final

from tests.hostile.packs import PACKS
from tests.hostile.packs._pack import Pack

MOST_CPU_SECONDS = 2.0
MOST_BYTES = 200_000_000
# What acts on a terminal, turns the writing round, or hides: everything but tab and newline.
ACTING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e0fff]"
)
PILE = re.compile("[\u0300-\u036f\u0483-\u0489]{20}")
_OWN = ("Traceback", "met an error of its own", "MemoryError")


@final
class Told(NamedTuple):
    """What one command did."""

    argv: tuple[str, ...]
    status: int
    out: str
    err: str
    cpu_seconds: float
    peak_bytes: int
    tried: tuple[str, ...]


@final
class Reader:
    """The process that reads, begun once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        command = [sys.executable, "-P", str(Path(__file__).with_name("reader.py"))]
        env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder), "COLUMNS": "200"}
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env)
        self.read(PACKS["lab-is-well"])  # loads what is loaded late

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def read(self, pack: Pack) -> tuple[Told, ...]:
        """Write a pack and run every command on it."""
        folder = self._folder / re.sub(r"\W", "_", pack.name)
        (folder / "course").mkdir(parents=True)
        pack.write(folder / "course")
        asked = [(argv, pack.typed if "ask" in argv else "") for argv in commands(pack)]
        return self.run(folder, asked)

    def run(self, folder: Path, asked: Sequence[tuple[tuple[str, ...], str]]) -> tuple[Told, ...]:
        """Run commands on a folder's `course`, with the learner's record beside it."""
        request = {"folder": str(folder / "course"), "home": str(folder / "home"), "commands": asked}
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        replies: list[dict[str, Any]] = json.loads(self._process.stdout.readline())
        return tuple(
            Told(argv, r["status"], r["out"], r["err"], r["cpu"], r["peak"], tuple(r["tried"]))
            for (argv, _), r in zip(asked, replies, strict=True)
        )


def commands(pack: Pack) -> tuple[tuple[str, ...], ...]:
    """List what is run on a pack."""
    asked = (("ask", "evil", "--plain"), ("ask", "good", "--plain"))
    labs = (("list", "labs"),) if any(name.startswith("lab") for name in pack.files) else ()
    return (("list", "questions"), *labs, ("check",), *asked, *pack.commands)


def wrongs(pack: Pack, told: tuple[Told, ...], folder: Path) -> Iterator[str]:
    """Say everything that does not hold."""
    for each in told:
        yield from (f"{' '.join(each.argv)}: {wrong}" for wrong in _wrongs_of(pack, each))
    said = {each.argv: each.out + each.err for each in told}
    if pack.is_course and "good" not in said["list", "questions"]:
        yield "one bad file hides the good question"
    if pack.is_course and "no harm to the others" not in said["ask", "good", "--plain"]:
        yield f"the good question cannot be asked: {said['ask', 'good', '--plain'][:300]}"
    if pack.finds and not re.search(pack.finds, said["check",]):
        yield f"check does not find {pack.finds}: {said['check',][:400]}"
    if pack.says and not re.search(pack.says, said["ask", "evil", "--plain"]):
        yield f"ask does not say {pack.says}: {said['ask', 'evil', '--plain'][:400]}"
    if found := [*folder.rglob("OWNED*")]:
        yield f"something was run or written: {found}"


def _wrongs_of(pack: Pack, told: Told) -> Iterator[str]:
    text = told.out + told.err
    if told.status not in (0, 1, 2):
        yield f"status {told.status} after {told.cpu_seconds:.1f} s"
    yield from (f"says {word}: {text[-2000:]}" for word in _OWN if word in text)
    if acting := ACTING.search(text):
        yield f"writes {acting[0]!r}: {text[max(0, acting.start() - 60) : acting.end() + 20]!r}"
    if PILE.search(text):
        yield "piles up marks on one letter"
    if told.tried:
        yield f"tried {told.tried}"
    if pack.never and re.search(pack.never, text):
        yield f"says {pack.never}"
    if told.cpu_seconds > 4 * MOST_CPU_SECONDS:  # another machine is slower; the benchmark holds it to the mark
        yield f"takes {told.cpu_seconds:.2f} s"
    if told.peak_bytes > MOST_BYTES:
        yield f"takes {told.peak_bytes / 1e6:.0f} MB"
