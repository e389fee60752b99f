"""A zip -> a Pack. A strict reader of our own: what two programs could read differently is refused, not guessed.

Only the central directory names files; each local header must agree with it, and no two entries may share a byte,
which is what a zip bomb without nesting does (Fifield, https://www.usenix.org/conference/woot19/presentation/fifield).
Python's `zipfile` would load a directory of any size first, and trusts it.
"""

import struct
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from coursekit.errors import CourseError
from coursekit.packs._directory import Entry, read_directory
from coursekit.packs.names import Claims, what_is_wrong
from coursekit.packs.pack import FRONT, Pack, PackFile, is_taken, no_course, refused

_CHUNK = 1 << 16
_FREE_BYTES = 1_000_000  # of a file may come from however little: a table of zeros is no bomb
_MOST_RATIO = 200
_LOCAL = struct.Struct("<4s5H3I2H")


def read_archive(source: Path, opened: BinaryIO) -> Pack:
    """List what a zip holds, all of its entries checked. Raises CourseError."""
    entries, end = read_directory(source, opened)
    if not entries:
        raise no_course(source)
    _refuse_names(source, entries)
    _refuse_overlaps(source, opened, entries, end)
    top = _top(source, entries)
    inside = {entry.name.removeprefix(top): entry for entry in entries if entry.name.startswith(top)}
    taken = {name: entry for name, entry in inside.items() if is_taken(name) and not entry.is_folder}
    files = tuple(PackFile(name, partial(_inflated, source, opened, taken[name])) for name in sorted(taken))
    kept = {entry.name for entry in taken.values()}
    left_out = tuple(e.name for e in entries if e.name not in kept and not e.is_folder)
    return Pack(source, top.rstrip("/") or source.stem, files, left_out)


def _refuse_names(source: Path, entries: tuple[Entry, ...]) -> None:
    claims = Claims()
    for entry in entries:
        reason = what_is_wrong(entry.name) or claims.what_collides(entry.name, is_folder=entry.is_folder)
        if reason:
            raise refused(source, entry.name, reason)


def _refuse_overlaps(source: Path, opened: BinaryIO, entries: tuple[Entry, ...], end: int) -> None:
    """Hold each entry to the bytes before the next one."""
    in_order = sorted(entries, key=lambda entry: entry.offset)
    limits = [*(entry.offset for entry in in_order[1:]), end]
    for entry, limit in zip(in_order, limits, strict=True):
        if _data_start(source, opened, entry) + entry.packed_bytes > limit:
            raise refused(source, entry.name, "it shares bytes with another entry, as a zip bomb does")


def _data_start(source: Path, opened: BinaryIO, entry: Entry) -> int:
    """Return where an entry's data begin; its local header must say what the directory says."""
    opened.seek(entry.offset)
    header = opened.read(_LOCAL.size)
    if len(header) < _LOCAL.size or not header.startswith(b"PK\3\4"):
        raise refused(source, entry.name, "it has no header where the zip says")
    _, _, flags, method, _, _, _, _, _, name_bytes, extra_bytes = _LOCAL.unpack(header)
    if (opened.read(name_bytes), method, flags & 1) != (entry.raw_name, entry.method, 0):
        raise refused(source, entry.name, "its header and the zip's directory do not agree")
    return entry.offset + _LOCAL.size + name_bytes + extra_bytes


def _top(source: Path, entries: tuple[Entry, ...]) -> str:
    """Return the folder that the course is in, with its slash; '' when it is in none."""
    tops = [e.name.removesuffix(FRONT) for e in entries if e.name == FRONT or e.name.endswith(f"/{FRONT}")]
    near = [top for top in tops if top.count("/") <= 1]
    if "" in near:
        return ""
    if len(near) > 1:
        message = f"{source} is refused: it holds several courses ({', '.join(near)}). Pack each one by itself."
        raise CourseError(message)
    if not near:
        raise no_course(source)
    return near[0]


def _inflated(source: Path, opened: BinaryIO, entry: Entry) -> Iterator[bytes]:
    """Yield an entry's bytes as they come out; what comes out is counted, and held to what was said."""
    size, crc = 0, 0
    for chunk in _raw(source, opened, entry):
        size, crc = size + len(chunk), zlib.crc32(chunk, crc)
        if size > entry.size:
            raise refused(source, entry.name, f"it is larger than the {entry.size:,} bytes that the zip says")
        if size > _FREE_BYTES and size > _MOST_RATIO * entry.packed_bytes:
            raise refused(source, entry.name, f"it unpacks to more than {_MOST_RATIO} times its size, as a bomb does")
        yield chunk
    if (size, crc) != (entry.size, entry.crc):
        raise refused(source, entry.name, "it is damaged: its size or checksum is not what the zip says")


def _raw(source: Path, opened: BinaryIO, entry: Entry) -> Iterator[bytes]:
    start = _data_start(source, opened, entry)
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    for at in range(start, start + entry.packed_bytes, _CHUNK):
        opened.seek(at)  # another entry may have been read in between
        packed = opened.read(min(_CHUNK, start + entry.packed_bytes - at))
        if not entry.method:
            yield packed
            continue
        try:
            while packed:
                yield unpacker.decompress(packed, _CHUNK)
                packed = unpacker.unconsumed_tail
        except zlib.error:
            raise refused(source, entry.name, "it is damaged and cannot be unpacked") from None
    while entry.method and (rest := unpacker.decompress(b"", _CHUNK)):  # what was read, and did not fit yet
        yield rest
    if entry.method and (not unpacker.eof or unpacker.unused_data):
        raise refused(source, entry.name, "it is damaged: its data end too early or go on")
