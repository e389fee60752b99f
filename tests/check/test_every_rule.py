"""Every code of the check, whoever wrote it: its wrong example gives it, its right one does not."""

import re
from pathlib import Path

import pytest

from coursekit.check import Finding, check_course, check_labs
from coursekit.check.finding import as_finding
from coursekit.check.rule import LabRule, ReaderRule, every_rule
from coursekit.course import open_course
from coursekit.errors import CourseError
from coursekit.gold import read_gold
from coursekit.lab.definition import load_lab
from coursekit.lab.lock import Locked, made_by, write_lock

RULES = every_rule()
WITHOUT_RUNS = ("bad-lab-name", "unproven-lab")
RUNS = [code for code, rule in RULES.items() if isinstance(rule, LabRule) and code not in WITHOUT_RUNS]
every_code = pytest.mark.parametrize("code", RULES)

FRONT = "---\ntitle: Bowl\nlesson: Basics\nobjectives: {LO-1: Know a bowl}\n---\n\n"
PLAIN = FRONT.replace("objectives: {LO-1: Know a bowl}\n", "")
FALL = """## The bowl

```yaml question
id: fall
kind: predict
objective: LO-1
lab: bowl
run: {learning_rate: 0.4, steps: 20}
```

What happens?

- converges
- diverges

### Hint

What is the factor?

### Explanation

It is 0.2.

"""
BOWL = """---
title: Bowl
config: {model: {name: quadratic, eigenvalues: [2.0], start: [1.0]}, optimizer: sgd, learning_rate: 0.1, steps: 20}
knobs:
  learning_rate: {min: 0.01, max: 2}
  steps: {min: 1, max: 100}
goals:
  - {metric: validation_loss, at_most: 1.0e-3, points: 2}
solution: {learning_rate: 0.4}
wrong:
  - {learning_rate: 0.01}
---

Down.
"""
DIGITS = """---
title: Digits
config: {model: softmax, data: digits, optimizer: sgd, learning_rate: 0.1, batch_size: 8, steps: 20, eval_every: 20}
knobs:
  learning_rate: {min: 0.0001, max: 4, scale: log}
goals:
  - {metric: validation_loss, at_most: 1.9, points: 2}
solution: {learning_rate: 1.0}
wrong:
  - {learning_rate: 0.001}
---

Read them.
"""


def write(folder: Path, code: str, text: str) -> Path:
    """Write a course that is good but for one example."""
    example = RULES[code].example
    own = "" if example.file else text
    stale = "id: fall" in own  # the example has its own prediction, with a key kept of the good one
    files = {
        "content/course.md": "---\nid: mini\ntitle: Mini\n---\n",
        "content/1-bowl.md": f"{PLAIN if stale else FRONT + FALL}{own}",
        "labs/bowl/lab.md": BOWL,
        "labs/digits/lab.md": DIGITS,
        **example.beside,
        **({example.file: text} if example.file and text else {}),
    }
    for name, source in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(source.encode("utf-8", "surrogatepass"))
    _lock(folder, files)
    return folder


def _lock(folder: Path, files: dict[str, str]) -> None:
    """Keep the keys of the good prediction, and of the examples about luck and stale keys."""
    if "content/predict.lock" in files:
        return
    path = folder / "content" / "1-bowl.md"
    source = path.read_text(encoding="utf-8")
    path.write_text(FRONT + FALL, encoding="utf-8")
    good = open_course(folder)
    locked = {"fall": Locked(made_by(good.question("fall"), load_lab(good, "bowl")), "converges")}
    path.write_text(source, encoding="utf-8")
    course = open_course(folder)
    if "half" in course.topic_of and "kind: predict" in source.partition("id: half")[2]:
        question = course.question("half")
        observed = "1" if "which_is_lower" in source else "converges"
        locked["half"] = Locked(made_by(question, load_lab(course, question.lab or "")), observed)
    write_lock(course, locked)


def found(folder: Path, code: str) -> list[Finding]:
    course = open_course(folder)
    graded = map(as_finding, read_gold(course).problems) if code == "bad-file" else ()
    return [*check_course(course), *(check_labs(course) if code in RUNS else ()), *graded]


@pytest.mark.slow
@every_code
def test_the_wrong_example_gives_the_code(tmp_path: Path, code: str) -> None:
    findings = found(write(tmp_path, code, RULES[code].example.wrong), code)

    assert code in [finding.code for finding in findings]
    assert {finding.code for finding in findings} <= {code, *ALONGSIDE.get(code, ())}
    assert {finding.is_error for finding in findings if finding.code == code} == {RULES[code].is_error}
    assert all(finding.message.endswith((".", "'", ")")) for finding in findings)


ALONGSIDE = {
    "lucky-prediction": {"stale-key"},
    "open-fence": {"bad-yaml"},
    "wrong-heading": {"text-after-options"},
}
"""What an example cannot but give too."""


@pytest.mark.slow
@every_code
def test_the_right_example_gives_nothing(tmp_path: Path, code: str) -> None:
    findings = found(write(tmp_path, code, RULES[code].example.right), code)

    assert [str(finding) for finding in findings if finding.code == code] == []


@every_code
def test_a_code_says_what_it_finds_and_why(code: str) -> None:
    rule = RULES[code]

    assert rule.finds
    assert not rule.finds.endswith(".")
    assert rule.why.endswith(".")
    assert rule.example.wrong != rule.example.right


def test_every_code_that_a_reader_gives_can_be_explained() -> None:
    folder = Path(__file__).parents[2] / "coursekit"
    sources = "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    given = set(re.findall(r"""code(?:: str)?\s*=\s*"([a-z-]+)\"""", sources))
    given |= set(re.findall(r"""Finding\([^)]*?"([a-z]+(?:-[a-z]+)+)\"""", sources))

    assert given - set(RULES) == set()
    assert {code for code, rule in RULES.items() if isinstance(rule, ReaderRule)} <= given | {"two-keys"}


def test_a_course_without_questions_is_no_course_to_check(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "course.md").write_text("---\ntitle: T\n---\n")

    with pytest.raises(CourseError, match="no questions yet"):
        open_course(tmp_path)
