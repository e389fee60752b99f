"""Text from files and from the learner is shown as text: no markup acts, no escape sequence leaves, nothing hides."""

import unicodedata
from pathlib import Path

import pytest

from coursekit.course import Course, open_course
from tests.tui.conftest import OpenTerminal, Seat, Sit

MARKUP = "[@click=app.leave]press[/] [red]red[/]"
EVIL = f"{MARKUP}\x1b]0;owned\x07\x1b[2J\u202etxt.exe\u2066"
YAML = MARKUP + r"\x1b]0;owned\x07\x1b[2J\u202etxt.exe\u2066"
TOPIC = f"""\
---
title: "Topic {YAML}"
lesson: "Lesson {YAML}"
---

## Question {EVIL}

```yaml question
id: evil
lab: evil
related: [evil-text]
```

Stem {EVIL}

- [x] Key {EVIL}
  > Feedback {EVIL}
- [ ] Other {EVIL}

### Hint

Hint {EVIL}

### Explanation

Explanation {EVIL}

### References

- Source {EVIL}

## Text {EVIL}

```yaml question
id: evil-text
kind: free-response
```

Write {EVIL}

### Rubric

- (1) Point {EVIL}
  - red
### Model response

Model {EVIL}

## Bad {EVIL}

```yaml question
id: evil-bad
kind: "{YAML}"
```
"""
LAB = f"""\
---
title: "Lab {YAML}"
config:
  model: {{name: quadratic, eigenvalues: [2.0], start: [1.0]}}
  optimizer: sgd
  learning_rate: 0.05
  steps: 3
knobs:
  "knob{YAML}": {{min: 0.01, max: 1000, sets: learning_rate}}
goals:
  - {{metric: validation_loss, at_most: 1.0e-3, points: 2}}
solution: {{"knob{YAML}": 0.4}}
wrong: []
---

Instructions {EVIL}

### Hint

Lab hint {EVIL}

### Explanation

Lab explanation {EVIL}
"""


@pytest.fixture
def evil_folder(course_folder: Path) -> Path:
    """Return a course whose every text tries to be more than text."""
    title = f'---\nid: evil\ntitle: "Course {YAML}"\nprogramme: "{YAML}"\nfield: "{YAML}"\n---\n'
    (course_folder / "content" / "course.md").write_text(title, encoding="utf-8")
    (course_folder / "content" / "1-basics" / "1-steps.md").write_text(TOPIC, encoding="utf-8")
    (course_folder / "labs" / "evil").mkdir()
    (course_folder / "labs" / "evil" / "lab.md").write_text(LAB, encoding="utf-8")
    return course_folder


@pytest.fixture
def evil(evil_folder: Path) -> Course:
    """Return that course, opened."""
    return open_course(evil_folder)


async def _is_only_text(seat: Seat, *words: str) -> None:
    """Hold the screen to showing these words with their brackets, and nothing that is not a printable character."""
    await seat.sees(*words)
    assert "[@click=app" in seat.text
    bad = {f"{c!r} in {line!r}" for line in seat.lines for c in line if unicodedata.category(c) in ("Cc", "Cf")}
    assert bad == set()
    strips = seat.app.screen._compositor.render_strips()
    actions = {str(s.style.meta) for strip in strips for s in strip if s.style and "@click" in s.style.meta}
    assert actions == set()
    await seat.click("]press[", dx=2)
    assert seat.app.is_running
    assert seat.app._exit is False


async def test_home_shows_titles_as_text(sit: Sit, evil: Course):
    async with sit(course=evil, size=(140, 30)) as seat:
        await seat.sees("Course [@click")
        assert "[red]red[/]" in seat.text
        await _is_only_text(seat, "Course [@click", "Topic [@click", "Lesson [@click")


async def test_a_question_shows_its_texts_as_text(sit: Sit, evil: Course):
    async with sit("evil", course=evil, size=(140, 60)) as seat:
        await seat.press("h")
        await _is_only_text(seat, "Question [@click", "Stem [@click", "Key [@click", "Other [@click", "Hint [@click")
        await seat.press("1", "enter")
        await seat.sees("✓ right")
        await _is_only_text(seat, "Feedback [@click", "Explanation [@click", "Source [@click", "Text [@click")


async def test_evidence_is_quoted_as_text(sit: Sit, evil: Course):
    async with sit("evil-text", course=evil, size=(140, 60)) as seat:
        await seat.write(f"some {MARKUP} **stars** `code` $x$ more")
        await seat.press("ctrl+s")
        await seat.sees("Suggested", "Point [@click", "[red")
        await _is_only_text(seat, "found: “")
        await seat.press("enter")
        await _is_only_text(seat, "Model [@click")


async def test_an_error_in_a_file_is_quoted_as_text(sit: Sit, evil: Course):
    async with sit("evil-bad", course=evil, size=(140, 30)) as seat:
        await _is_only_text(seat, "There is no kind")


async def test_a_lab_shows_its_texts_as_text(sit: Sit, evil: Course):
    async with sit("evil", course=evil, size=(140, 50)) as seat:
        await seat.press("l")
        await _is_only_text(seat, "Lab [@click", "Instructions [@click", "knob[@click")
        await seat.press("h")
        await _is_only_text(seat, "Lab hint [@click")
        await seat.press(*"99999", "enter")
        await _is_only_text(seat, "can be 0.01 to 1000")
        await seat.press("enter")
        await seat.sees("finished")
        await _is_only_text(seat, "0 of 2")


async def test_a_lab_that_cannot_be_read_is_told_as_text(sit: Sit, evil: Course, evil_folder: Path):
    path = evil_folder / "labs" / "evil" / "lab.md"
    path.write_text(LAB.replace("optimizer: sgd", f'optimizer: "{YAML}"'), encoding="utf-8")

    async with sit("evil", course=evil, size=(140, 50)) as seat:
        await seat.press("l")
        await seat.sees("lab.md:")
        await _is_only_text(seat, "Question [@click")


def test_no_sequence_of_a_file_reaches_the_terminal(terminal: OpenTerminal, evil_folder: Path):
    seen = terminal("ask", "evil", size=(120, 40))
    seen.sees("Stem [@click")
    seen.press("1\r")
    seen.sees("✓ right")
    seen.press("l")
    seen.sees("Instructions [@click")
    seen.press("q")

    assert seen.wait() == 0
    assert not [each for each in (b"\x1b]0;owned", b"\x1b[2J\xe2\x80\xae", "\u202e".encode()) if each in seen.raw]


def test_no_sequence_of_a_file_reaches_the_terminal_from_home(terminal: OpenTerminal, evil_folder: Path):
    seen = terminal(size=(120, 40))
    seen.sees("Course [@click")
    seen.press("q")

    assert seen.wait() == 0
    assert not [each for each in (b"\x1b]0;owned", "\u202e".encode()) if each in seen.raw]
