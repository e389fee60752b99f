"""Where what a command writes goes: a file that is not replaced unasked, or standard output."""

import os
import sys
from pathlib import Path

from coursekit.files import shown
from coursekit.lab.export import save


def write_out(text: str, out: str | None, *, force: bool) -> None:
    """Write to a file and say so, or to standard output where none or '-' is named. Raises UsageError."""
    if out in (None, "-"):
        sys.stdout.buffer.write(text.encode("utf-8"))  # the same bytes as in a file
        sys.stdout.buffer.flush()
    else:
        path = Path(os.path.expanduser(out))  # pathlib's raises for an unknown user
        save(path, text, force=force)
        print(f"Written: {shown(path)}", file=sys.stderr)
