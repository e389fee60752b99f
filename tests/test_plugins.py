from pathlib import Path

import pytest

from coursekit import plugins
from coursekit.errors import UsageError


@pytest.fixture
def family(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A family of two members, one of which cannot be imported, and a helper that is none."""
    package = tmp_path / f"family_of_{tmp_path.name.replace('-', '_')}"
    package.mkdir()
    for name, text in (
        ("__init__", ""),
        ("_helper", "PLUGIN = 'helper'"),
        ("big_step", "PLUGIN = 'a big step'"),
        ("broken", "raise RuntimeError('imported')"),
    ):
        (package / f"{name}.py").write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    return package.name


def test_members_are_listed_without_being_imported(family: str) -> None:
    assert plugins.names(family) == ("big-step", "broken")


def test_a_member_is_loaded_by_its_name(family: str) -> None:
    assert plugins.load(family, "big-step") == "a big step"


def test_a_new_file_is_a_new_member(family: str, tmp_path: Path) -> None:
    (tmp_path / family / "newcomer.py").write_text("PLUGIN = 7")

    assert "newcomer" in plugins.names(family)
    assert plugins.load(family, "newcomer") == 7


@pytest.mark.parametrize("name", ["big-stp", "_helper", "-helper", "__init__", "../big-step", ""])
def test_what_is_no_member_is_refused_with_the_names_that_are(family: str, name: str) -> None:
    with pytest.raises(UsageError, match=r"has no .* There are: big-step, broken\."):
        plugins.load(family, name)


def test_all_six_kinds_of_question_are_found_by_their_files() -> None:
    kinds = {"free-response", "multiple-choice", "numeric", "predict", "single-choice", "true-false"}

    assert kinds <= set(plugins.names("coursekit.questions"))
