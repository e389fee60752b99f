"""A private folder is gone afterwards, whatever was put into it."""

import os
from pathlib import Path

import pytest

from coursekit.sandbox.folder import Folder


@pytest.fixture
def folder():
    folder = Folder()
    yield folder
    folder.remove()


def test_three_thousand_folders_in_one_another_are_removed(folder):
    here = os.open(folder.path, os.O_RDONLY)
    for _ in range(3000):
        os.mkdir("deeper", dir_fd=here)
        inner = os.open("deeper", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)

    folder.remove()

    assert not os.path.exists(folder.path)


def test_folders_that_nobody_may_enter_are_removed(folder):
    inner = Path(folder.path, "closed", "closed too")
    inner.mkdir(parents=True)
    (inner / "file").touch()
    inner.chmod(0)
    Path(folder.path, "half closed", "inner").mkdir(parents=True)
    Path(folder.path, "half closed").chmod(0o400)
    inner.parent.chmod(0)
    os.chmod(folder.path, 0)

    folder.remove()

    assert not os.path.exists(folder.path)


def test_many_small_files_and_names_like_its_own_are_removed(folder):
    for number in range(5000):
        Path(folder.path, f"coursekit-{os.getpid()}-{number}").touch()
    Path(folder.path, "in", "coursekit").mkdir(parents=True)

    folder.remove()

    assert not os.path.exists(folder.path)


def test_a_link_is_removed_and_not_what_it_leads_to(folder, tmp_path):
    (tmp_path / "keep").write_text("kept")
    os.symlink(tmp_path, Path(folder.path, "link"))
    os.mkdir(Path(folder.path, "inner"))
    os.symlink(tmp_path, Path(folder.path, "inner", "link"))

    folder.remove()

    assert (tmp_path / "keep").read_text() == "kept"
    assert not os.path.exists(folder.path)


def test_it_is_over_when_it_has_too_many_bytes_or_files(folder):
    for number in range(10):
        inner = Path(folder.path, str(number))
        inner.mkdir()
        (inner / "file").write_bytes(b"x" * 10_000)

    assert not folder.is_over(200_000, 20)
    assert folder.is_over(200_000, 19)
    assert folder.is_over(99_999, 20)
