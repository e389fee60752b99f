"""An error of our own: the learner reads one sentence, the traceback goes to a file."""

from datetime import datetime
from pathlib import Path

_SORRY = "coursekit met an error of its own and had to stop. Every attempt you saw a score for is saved."


def keep_crash(home: Path | None, traceback: str, now: datetime) -> str:
    """Write a traceback to `logs/crash.log` in the learner's folder; return what to tell."""
    try:
        if home is None:
            raise OSError
        path = home / "logs" / "crash.log"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{now.isoformat()}\n{traceback}", encoding="utf-8")
    except OSError:
        return f"{_SORRY} Please report how it happened."
    return f"{_SORRY} The details are in {path}; please report them."
