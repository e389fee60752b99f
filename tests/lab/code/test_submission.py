import os
from pathlib import Path

import pytest

from coursekit.course import open_course
from coursekit.errors import UsageError
from coursekit.lab.code.definition import CodeLab, load_code_lab
from coursekit.lab.code.submission import begin, read_submission
from tests.lab.code.conftest import STEP


@pytest.fixture
def lab(code_folder: Path) -> CodeLab:
    return load_code_lab(open_course(code_folder), "step")


def test_a_file_begins_as_the_starter(lab: CodeLab, tmp_path: Path):
    begun = begin(lab, tmp_path / "work" / "here")

    assert begun.path == tmp_path / "work" / "here" / "step.py"
    assert begun.backup is None
    assert begun.path.read_text() == STEP["starter.py"]


def test_a_file_that_is_there_is_never_overwritten(lab: CodeLab, tmp_path: Path):
    path = begin(lab, tmp_path).path
    path.write_text("mine\n")

    with pytest.raises(UsageError, match="is there already and stays as it is"):
        begin(lab, tmp_path)

    assert path.read_text() == "mine\n"


def test_a_reset_keeps_every_earlier_text(lab: CodeLab, tmp_path: Path):
    path = begin(lab, tmp_path).path
    path.write_text("first\n")
    first = begin(lab, tmp_path, reset=True).backup
    path.write_text("second\n")
    second = begin(lab, tmp_path, reset=True).backup

    assert path.read_text() == STEP["starter.py"]
    assert first is not None
    assert second is not None
    assert (first.name, first.read_text()) == ("step.py.backup", "first\n")
    assert (second.name, second.read_text()) == ("step.py.backup-2", "second\n")


def test_a_reset_without_a_file_just_begins(lab: CodeLab, tmp_path: Path):
    assert begin(lab, tmp_path, reset=True).backup is None


def test_a_file_may_have_a_name_of_ones_own(lab: CodeLab, tmp_path: Path):
    begun = begin(lab, tmp_path / "new" / "mine.py")

    assert begun.path == tmp_path / "new" / "mine.py"
    assert begun.path.read_text() == STEP["starter.py"]
    with pytest.raises(UsageError, match="is there already and stays as it is"):
        begin(lab, begun.path)


def test_what_is_no_folder_is_told(lab: CodeLab, tmp_path: Path):
    (tmp_path / "notes").write_text("mine")

    for place in (tmp_path / "notes", tmp_path / "notes" / "deep"):
        with pytest.raises(UsageError, match="is no folder"):
            begin(lab, place)


def test_a_link_is_not_followed(lab: CodeLab, tmp_path: Path):
    (tmp_path / "step.py").symlink_to(tmp_path / "elsewhere.py")

    with pytest.raises(UsageError):
        begin(lab, tmp_path)

    assert not (tmp_path / "elsewhere.py").exists()


def test_only_a_small_ordinary_file_is_read(tmp_path: Path):
    (tmp_path / "good.py").write_bytes("x = 'é'\r\n".encode())
    (tmp_path / "latin.py").write_bytes(b"x = 1\ny = '\xff'\r\n")
    (tmp_path / "large.py").write_bytes(b"#" * 1_000_001)
    os.mkfifo(tmp_path / "pipe.py")

    assert read_submission(tmp_path / "good.py") == "x = 'é'\r\n".encode()
    for name, message in (
        ("large.py", "larger than 1,000,000 bytes"),
        ("pipe.py", "no ordinary file"),
        ("latin.py", "Line 2 of .*latin.py is not in UTF-8"),
        ("gone.py", "cannot be read: No such file or directory"),
        ("", "Is a directory"),
    ):
        with pytest.raises(UsageError, match=message):
            read_submission(tmp_path / name)
