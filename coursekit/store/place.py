"""Where a learner's record lies: looked at without loading SQLite, which a first visit does not need."""

from pathlib import Path

from coursekit.errors import StoreError

FILE = "record.sqlite3"


def exists(home: Path) -> bool:
    """Say whether there is a record in a folder."""
    return (home / FILE).exists()


def make_home(home: Path) -> None:
    """Make the folder for a record. Raises StoreError when it cannot be made."""
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(home, error.strerror or str(error)) from error


def unwritable(home: Path, reason: str) -> StoreError:
    """Make the error for a folder that takes no record; the caller raises it."""
    return StoreError(
        f"Your record cannot be kept in {home}: {reason}. Choose a folder you can write to with --home DIR "
        "or $COURSEKIT_HOME."
    )
