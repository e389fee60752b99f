"""Guards that a pack cannot show alone: each was once open."""

import sys
from pathlib import Path

import pytest

from coursekit.clean import clean
from coursekit.course import open_course
from coursekit.grading.arithmetic import holds
from coursekit.grading.rubric import find_group
from coursekit.grading.words import split_words
from coursekit.prose import plain
from coursekit.prose.formula import inline_formula
from tests.hostile.packs._pack import COURSE, GOOD

ENTRY = "[pygments.lexers]\nevil = evil_lexer:Evil\n"
LEXER = "raise SystemExit('a plug-in of a stranger ran')\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Z" + "\u0301" * 1000, "Z" + "\u0301" * 4),
        ("Z" + "\u0301\u0336\u0489" * 400 + "!", "Z\u0301\u0336\u0489\u0301!"),
        ("ก" + "็" * 300, "ก" + "็" * 4),
        ("a" + "\u200d" * 500 + "b", "a" + "\u200d" * 4 + "b"),
        ("naïve x̂ ‖g‖ 👩\u200d👩\u200d👧", "naïve x̂ ‖g‖ 👩\u200d👩\u200d👧"),
    ],
)
def test_marks_do_not_pile_up(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.mark.parametrize("command", ["bar", "overline", "hat", "vec", "not"])
def test_accents_on_accents_stay_short(command: str) -> None:
    assert len(inline_formula(rf"\{command}{{" * 29 + "xy" + "}" * 29)) < 300


def test_an_unknown_language_loads_no_plug_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "evil-1.dist-info").mkdir()
    (tmp_path / "evil-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: evil\nVersion: 1\n")
    (tmp_path / "evil-1.dist-info" / "entry_points.txt").write_text(ENTRY)
    (tmp_path / "evil_lexer.py").write_text(LEXER)
    monkeypatch.syspath_prepend(str(tmp_path))

    assert "x = 1" in plain("```evil-language\nx = 1\n```", 40)
    assert "evil_lexer" not in sys.modules


def test_a_condition_of_any_length_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="longer than 300"):
        holds("1 < " * 100_000 + "2", {})


def test_phrases_are_found_by_their_first_word() -> None:
    words = split_words("A smaller learning rate made the step sizes shrink.")

    assert find_group(words, ("learning rates", "learning speed")) == [2]
    assert find_group(words, ("step* siz*", "st* nothing")) == [6]
    assert find_group(words, ("rate learning", "sizes* not")) == []


def test_labs_of_another_folder_are_not_listed(tmp_path: Path) -> None:
    (tmp_path / "course" / "content").mkdir(parents=True)
    (tmp_path / "course" / "content" / "course.md").write_text(COURSE)
    (tmp_path / "course" / "content" / "1.md").write_text(GOOD)
    (tmp_path / "others" / "theirs").mkdir(parents=True)
    (tmp_path / "others" / "theirs" / "lab.md").write_text("theirs")
    (tmp_path / "course" / "labs").symlink_to("../others")

    assert open_course(tmp_path / "course").lab_names() == ()
