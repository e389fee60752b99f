"""Records with something in them."""

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coursekit.model import Attempt
from coursekit.store.place import FILE
from coursekit.store.store import open_store

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def _attempt(number: int = 0) -> Attempt:
    return Attempt("q", "f", (f"response {number}",), 1.0, 1.0, False, 0, 0, NOW, NOW + timedelta(days=number))


def _filled(home: Path, count: int = 60) -> Path:
    with closing(open_store(home, "tiny", NOW)) as store:
        for number in range(count):
            store.add_attempt(_attempt(number))
    return home / FILE


@pytest.fixture
def attempt() -> Callable[..., Attempt]:
    """Return what makes an attempt, of some number."""
    return _attempt


@pytest.fixture
def filled() -> Callable[..., Path]:
    """Return what makes a record with so many attempts in a folder, and returns its file."""
    return _filled
