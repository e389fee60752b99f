import os
from pathlib import PurePosixPath, PureWindowsPath
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.packs.names import Claims, what_is_wrong

PARTS = st.sampled_from(["..", ".", "", "a", "A", "con", "nul.md", "a.", "a ", "C:", "é", "e\u0301", "content", "\x00"])
NAMES = st.text(max_size=30) | st.lists(PARTS, max_size=10).map("/".join) | st.binary(max_size=20).map(os.fsdecode)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "it has no name"),
        ("/etc/passwd", "absolute"),
        ("//server/share", "absolute"),
        ("C:/content/a.md", "a colon, which is a drive"),
        ("content/a.md:stream", "a colon"),
        ("content\\a.md", "a backslash"),
        ("../a.md", "'..', which leaves the folder"),
        ("content/../../a.md", "'..', which leaves the folder"),
        ("content/./a.md", "it holds '.'"),
        ("content//a.md", "a part of its name is empty"),
        ("content/a\x00.md", "cannot be shown"),
        ("content/a\n.md", "cannot be shown"),
        ("content/a\t.md", "cannot be shown"),
        ("content/\u202egpj.md", "cannot be shown"),
        ("content/\udcff.md", "cannot be shown"),
        ("content/NUL", "'NUL' is a device on Windows"),
        ("content/con.tar.md", "is a device on Windows"),
        ("content/Com¹.md", "is a device on Windows"),
        ("content/lpt9 .md", "is a device on Windows"),
        ("content/a.", "ends with a dot or a space"),
        ("content/a /b.md", "ends with a dot or a space"),
        ("content/why?.md", "which Windows does not take"),
        (f"content/{'a' * 256}", "longer than 255 bytes"),
        (f"content/{'é' * 128}", "longer than 255 bytes"),
        ("a/" * 8 + "b", "9 levels deep, and at most 8"),
        ("a/" * 100_000, "its name is too long"),
    ],
)
def test_a_name_that_is_not_one_file_everywhere_is_refused_with_the_reason(name: str, said: str) -> None:
    assert said in (what_is_wrong(name) or "")


@pytest.mark.parametrize(
    "name", ["content/course.md", "labs/bowl/lab.md", "a/b/c/d/e/f/g/h", "content/Größe 2.md", "a..b"]
)
def test_ordinary_names_are_taken(name: str) -> None:
    assert what_is_wrong(name) is None


@pytest.mark.filterwarnings("ignore:pathlib.PurePath.is_reserved:DeprecationWarning")  # our reference here
@given(NAMES)
def test_whatever_is_taken_stays_below_the_folder_on_any_system(name: str) -> None:
    if what_is_wrong(name) is not None:
        return

    for path in (PurePosixPath(name), PureWindowsPath(name)):
        assert not path.is_absolute()
        assert not path.drive
        assert ".." not in path.parts
        assert "/".join(path.parts) == name
    assert os.path.normpath(f"/base/{name}") == f"/base/{name}"
    assert not PureWindowsPath(name).is_reserved()


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["content/a.md", "content/a.md"], "it stands there twice"),
        (["content/a.md", "content/A.md"], "are one name where case does not count"),
        (["content/a.md", "Content/b.md"], "are one name where case does not count"),
        (["content/straße.md", "content/STRASSE.md"], "are one name"),
        (["content/é.md", normalize("NFD", "content/é.md")], "are one name"),
        (["content/a", "content/a/b.md"], "'content/a' is a file and a folder"),
        (["content/a/b.md", "content/a"], "'content/a' is a file and a folder"),
        (["content/a", "content/a/"], "'content/a' is a file and a folder"),
        (["content/a/", "content/a/"], "it stands there twice"),
    ],
)
def test_two_names_that_are_one_somewhere_are_refused(names: list[str], said: str) -> None:
    claims = Claims()

    *before, last = [claims.what_collides(name.rstrip("/"), is_folder=name.endswith("/")) for name in names]

    assert not any(before)
    assert said in (last or "")


def test_a_folder_may_stand_there_before_and_after_its_files() -> None:
    claims = Claims()

    assert claims.what_collides("content/a.md", is_folder=False) is None
    assert claims.what_collides("content", is_folder=True) is None
    assert claims.what_collides("content/b.md", is_folder=False) is None


@given(st.lists(st.lists(st.sampled_from("aAéÉßſKµ"), min_size=1, max_size=3).map("/".join), max_size=6))
def test_names_that_are_taken_together_are_as_many_files_without_case(names: list[str]) -> None:
    claims = Claims()
    taken = [name for name in names if claims.what_collides(name, is_folder=False) is None]

    assert len({normalize("NFC", name).casefold() for name in taken}) == len(taken)
