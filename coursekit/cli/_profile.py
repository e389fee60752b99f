"""Profiles: records of their own below one home folder, so that several people, or two tries, do not mix.

profiles/ann/record.sqlite3
"""

import re
from pathlib import Path

from coursekit.errors import UsageError
from coursekit.store.place import exists

_ROOM = "profiles"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)")  # no folders on Windows


def profile_home(home: Path, name: str) -> Path:
    """Return the folder of a profile. Raises UsageError for what is no name."""
    if not _NAME.fullmatch(name) or _DEVICES.fullmatch(name):
        raise UsageError(
            f"'{name}' is no name for a profile. Take up to 32 small letters, digits, '-' and '_', for example 'ann'."
        )
    return home / _ROOM / name


def profiles(home: Path) -> tuple[str, ...]:
    """List the profiles that have a record, in the order of their names."""
    room = home / _ROOM
    found = [path.name for path in room.iterdir()] if room.is_dir() else []
    return tuple(sorted(name for name in found if _NAME.fullmatch(name) and exists(room / name)))
