"""What a pack holds, wherever it comes from: the files of `content/` and `labs/`, each checked while it is read."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import final

from coursekit.errors import CourseError

ROOMS = ("content", "labs")
FRONT = "content/course.md"
MOST_FILES = 5_000
MOST_BYTES = 200_000_000
MOST_FILE_BYTES = 20_000_000
_JUNK = ("__MACOSX", "__pycache__")


@final
@dataclass(frozen=True, slots=True)
class PackFile:
    """One file: its name from the course's folder on, and what yields its bytes. Raises CourseError."""

    name: str
    chunks: Callable[[], Iterator[bytes]]


@final
@dataclass(frozen=True, slots=True)
class Pack:
    """The files that are taken, sorted by name, and the names of those that are left out."""

    source: Path
    name: str
    """What the pack is called, for a course without an id."""
    files: tuple[PackFile, ...]
    left_out: tuple[str, ...]

    def copy_to(self, folder: Path) -> None:
        """Write every file below a folder that is empty. Raises CourseError when the pack is refused, OSError."""
        total = 0
        for file in self.files:
            path = folder / file.name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as out:
                for chunk in counted(self, file, total):
                    total += out.write(chunk)

    def check(self) -> int:
        """Read every file and keep nothing; return how many bytes there are. Raises CourseError."""
        total = 0
        for file in self.files:
            total += sum(map(len, counted(self, file, total)))
        return total


def counted(pack: Pack, file: PackFile, before: int) -> Iterator[bytes]:
    """Yield a file's bytes, counting them one by one: what a zip says of its sizes is a claim. Raises CourseError."""
    size = 0
    for chunk in file.chunks():
        size += len(chunk)
        if size > MOST_FILE_BYTES:
            raise refused(pack.source, file.name, f"it is larger than {MOST_FILE_BYTES:,} bytes")
        if before + size > MOST_BYTES:
            raise refused(pack.source, file.name, f"with it the course is larger than {MOST_BYTES:,} bytes")
        yield chunk


def is_taken(name: str) -> bool:
    """Say whether a file belongs to a course: in one of its two rooms, and neither hidden nor a system's."""
    parts = name.split("/")
    return len(parts) > 1 and parts[0] in ROOMS and not any(is_hidden(part) for part in parts)


def is_hidden(part: str) -> bool:
    """Say whether a file or folder of this name is never taken."""
    return part.startswith(".") or part in _JUNK


def refuse_crowd(source: Path, files: Iterable[object]) -> None:
    """Raise CourseError when there are more files than a course has."""
    if (many := sum(1 for _ in files)) > MOST_FILES:
        message = f"{source} is refused: it has {many:,} files, and at most {MOST_FILES:,} are read. Split the course."
        raise CourseError(message)


def refused(source: Path, name: str, reason: str) -> CourseError:
    """Make the error for one file of a pack; the caller raises it."""
    shown = name.replace("\n", "\ufffd")
    return CourseError(f"{source} is refused because of '{shown}': {reason}. Mend the course, then pack it again.")


def no_course(source: Path) -> CourseError:
    """Make the error for what holds no course; the caller raises it."""
    return CourseError(f"{source} is no course: it has no {FRONT}. A course has content/ and labs/.")
