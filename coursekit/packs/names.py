"""Names of a pack's files that mean the same on every system: none leaves the folder, and no two are one file.

>>> what_is_wrong("content/../../.bashrc")
"it holds '..', which leaves the folder"
>>> what_is_wrong("content/1-basics/1-steps.md")
"""

import re
from typing import final
from unicodedata import normalize

from coursekit.clean import clean

DEEPEST = 8
LONGEST_BYTES = 255
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>"|?*]')
_TEXT_LIMIT = DEEPEST * (LONGEST_BYTES + 1)


def what_is_wrong(name: str) -> str | None:
    """Say why a path with `/` between its parts cannot be a file of a pack; None when it can."""
    if not name:
        return "it has no name"
    if len(name) > _TEXT_LIMIT:
        return "its name is too long"
    if "\\" in name:
        return "its name holds a backslash, which is a folder on Windows"
    if ":" in name:
        return "its name holds a colon, which is a drive or a stream on Windows"
    if name.startswith("/"):
        return "its name is absolute"
    if clean(name) != name or "\t" in name or "\n" in name:
        return "its name holds a character that cannot be shown"
    parts = name.split("/")
    if len(parts) > DEEPEST:
        return f"it lies {len(parts)} levels deep, and at most {DEEPEST} are read"
    return next((said for part in parts if (said := _wrong_part(part))), None)


def _wrong_part(part: str) -> str | None:
    if not part:
        return "a part of its name is empty"
    if part in (".", ".."):
        return f"it holds '{part}', which leaves the folder" if part == ".." else "it holds '.', which is no name"
    if part[-1] in ". ":
        return f"'{part}' ends with a dot or a space, which Windows drops"
    if _FORBIDDEN.search(part):
        return f"'{part}' holds one of <>\"|?*, which Windows does not take"
    if _RESERVED.fullmatch(part.split(".", 1)[0].rstrip(" ")):
        return f"'{part}' is a device on Windows"
    if len(part.encode()) > LONGEST_BYTES:
        return f"a part of its name is longer than {LONGEST_BYTES} bytes"
    return None


@final
class Claims:
    """The names that are taken, as a system sees them that knows neither case nor how an accent is written."""

    def __init__(self) -> None:
        self._spelled: dict[str, str] = {}
        self._files: set[str] = set()
        self._folders: set[str] = set()
        self._entered: set[str] = set()  # folders that are entries themselves, and not only above one

    def what_collides(self, name: str, *, is_folder: bool) -> str | None:
        """Take a name; say why it cannot be taken, None when it was free."""
        parts = name.split("/")
        paths = ["/".join(parts[: end + 1]) for end in range(len(parts))]
        for path in paths:
            if (spelled := self._spelled.setdefault(folded(path), path)) != path:
                return f"it and '{spelled}' are one name where case does not count"
        if name in (self._entered if is_folder else self._files):
            return "it stands there twice"
        self._folders.update(paths if is_folder else paths[:-1])
        (self._entered if is_folder else self._files).add(name)
        both = next((path for path in paths if path in self._files and path in self._folders), None)
        return both and f"'{both}' is a file and a folder"


def folded(name: str) -> str:
    """Write a name as a system reads it that ignores case and composition."""
    return normalize("NFC", normalize("NFC", name).casefold())
