"""A course as people zip it."""

from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest


@pytest.fixture
def zipped(tmp_path: Path) -> Callable[[Path], Path]:
    """Return what zips a folder as anyone would, with `zipfile`."""

    def zip_it(folder: Path, top: str = "") -> Path:
        target = tmp_path / f"{folder.name}.zip"
        with ZipFile(target, "w", ZIP_DEFLATED) as archive:
            for path in sorted(folder.rglob("*")):
                archive.write(path, f"{top}{path.relative_to(folder)}")
        return target

    return zip_it
