"""The end of a zip -> its entries: what each is called, where it lies, what it claims. Nothing is unpacked.

APPNOTE.TXT, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.12 and 4.3.16.
"""

import os
import stat
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, final

from coursekit.errors import CourseError
from coursekit.packs.pack import MOST_BYTES, MOST_FILES, refused

_MOST_DIRECTORY_BYTES = 4_000_000
_MOST_COMMENT_BYTES = 0xFFFF
_END = struct.Struct("<4s4H2IH")
_ENTRY = struct.Struct("<4s6H3I5H2I")
_ENCRYPTED, _UTF8 = 0x2061, 0x800  # of the flags: encrypted, patched, strong or masked; a name in UTF-8
_IS_REPARSE_POINT = 0x400  # Windows' link
_METHODS = (0, 8)


@final
@dataclass(frozen=True, slots=True)
class Entry:
    """One file or folder as the directory has it; sizes are claims."""

    name: str
    raw_name: bytes
    is_folder: bool
    method: int
    crc: int
    packed_bytes: int
    size: int
    offset: int


def read_directory(source: Path, opened: BinaryIO) -> tuple[tuple[Entry, ...], int]:
    """Return the entries, and where the directory begins. Raises CourseError for what a course's zip has not."""
    size = opened.seek(0, os.SEEK_END)
    if size > MOST_BYTES:
        raise CourseError(f"{source} is refused: it is larger than {MOST_BYTES:,} bytes. Split the course.")
    end, record = _end_record(source, opened, size)
    _, disk, first_disk, here, count, directory_bytes, start, _ = record
    if count > MOST_FILES:
        raise _unreadable(source, f"it has more than {MOST_FILES:,} entries")
    if (disk, first_disk, here) != (0, 0, count) or directory_bytes > _MOST_DIRECTORY_BYTES:
        raise _unreadable(source, "it is in several parts or its directory is too large")
    if start + directory_bytes != end:
        raise _unreadable(source, "its directory does not lie where it says (damaged, ZIP64, or something put before)")
    opened.seek(start)
    return tuple(_entries(source, opened.read(directory_bytes), count)), start


def _end_record(source: Path, opened: BinaryIO, size: int) -> tuple[int, tuple[int, ...]]:
    """Find the one record that ends the file; a second one hidden in a comment would be another zip."""
    before = max(0, size - _END.size - _MOST_COMMENT_BYTES)
    opened.seek(before)
    tail = opened.read()
    found: list[tuple[int, tuple[int, ...]]] = []
    at = tail.find(b"PK\5\6")
    while at >= 0:
        if at + _END.size <= len(tail):
            record = _END.unpack_from(tail, at)
            if at + _END.size + record[-1] == len(tail):
                found.append((before + at, record))
        at = tail.find(b"PK\5\6", at + 1)
    if len(found) != 1:
        raise _unreadable(source, "it has two ends" if found else "it is no zip, or damaged")
    return found[0]


def _entries(source: Path, directory: bytes, count: int) -> Iterator[Entry]:
    at = 0
    for _ in range(count):
        if at + _ENTRY.size > len(directory) or directory[at : at + 4] != b"PK\1\2":
            raise _unreadable(source, "its directory is damaged")
        record = _ENTRY.unpack_from(directory, at)
        name_bytes, extra_bytes, comment_bytes = record[10:13]
        start, at = at + _ENTRY.size, at + _ENTRY.size + name_bytes + extra_bytes + comment_bytes
        if at > len(directory):
            raise _unreadable(source, "its directory is damaged")
        yield _entry(source, directory[start : start + name_bytes], record)
    if at != len(directory):
        raise _unreadable(source, "its directory holds more than it says")


def _entry(source: Path, raw_name: bytes, record: tuple[int, ...]) -> Entry:
    _, _, _, flags, method, _, _, crc, packed_bytes, size, _, _, _, disk, _, attributes, offset = record
    written = _text(raw_name, flags)
    mode = attributes >> 16
    is_folder = written.endswith("/")
    reason = _what_is_wrong(flags, method, mode, attributes)
    if reason is None and (disk or 0xFFFFFFFF in (packed_bytes, size, offset)):
        reason = "it is written in several parts or as ZIP64"
    if reason is None and is_folder and (size or packed_bytes or stat.S_ISREG(mode)):
        reason = "it is a folder with content of its own"
    if reason is None and not is_folder and stat.S_ISDIR(mode):
        reason = "it is a folder by its mode and a file by its name"
    if reason:
        raise refused(source, written, reason)
    return Entry(written.removesuffix("/"), raw_name, is_folder, method, crc, packed_bytes, size, offset)


def _what_is_wrong(flags: int, method: int, mode: int, attributes: int) -> str | None:
    if stat.S_ISLNK(mode) or attributes & _IS_REPARSE_POINT:
        return "it is a link, which can point anywhere"
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "it is a device, a pipe or a socket"
    if flags & _ENCRYPTED:
        return "it is encrypted"
    return None if method in _METHODS else f"it is packed by method {method}, and only stored and deflated are read"


def _text(raw_name: bytes, flags: int) -> str:
    """Read a name: UTF-8 where it says so or is such, else what DOS wrote. A byte that is neither is seen later."""
    try:
        return raw_name.decode("utf-8")
    except UnicodeDecodeError:
        return raw_name.decode("utf-8", "surrogateescape") if flags & _UTF8 else raw_name.decode("cp437")


def _unreadable(source: Path, reason: str) -> CourseError:
    return CourseError(f"{source} is refused: {reason}. Make the pack with 'coursekit build'.")
