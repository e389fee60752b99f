"""One process that reads all packs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.reading import Reader


@pytest.fixture(scope="session")
def packs_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder in which packs are written."""
    return tmp_path_factory.mktemp("packs")


@pytest.fixture(scope="session")
def reader(packs_folder: Path) -> Iterator[Reader]:
    """Return what reads a pack by the real commands."""
    with Reader(packs_folder) as reader:
        yield reader
