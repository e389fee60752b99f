"""Say which files of a folder or a zip are no part of a course."""

import sys

from coursekit.clean import clean

_FEW = 5


def say_left_out(names: tuple[str, ...], reason: str = "as no part of a course") -> None:
    """Name some of them, and why, on standard error."""
    if names:
        more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
        said = clean(", ".join(names[:_FEW])).replace("\n", "\ufffd")
        print(f"coursekit: left out, {reason}: {said}{more}", file=sys.stderr)
