from collections.abc import Callable
from pathlib import Path

import pytest

import coursekit
from coursekit.check import Finding, check_course, check_labs
from coursekit.course import Course, open_course

TOPIC = "content/1-basics/1-steps.md"
LAB = "labs/bowl/lab.md"
CLAIMS = "solution: {learning_rate: 0.4}\nwrong:\n  - {learning_rate: 0.05}"


def findings(folder: Path) -> list[Finding]:
    return list(check_course(open_course(folder)))


def plant(folder: Path, name: str, old: str, new: str) -> Path:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def line_with(path: Path, words: str) -> int:
    """Line on which the words begin, which may go on below."""
    before, _, _ = path.read_text(encoding="utf-8").partition(words)
    return before.count("\n") + 1


def test_nothing_is_found_in_the_course_that_is_shipped() -> None:
    course = open_course(Path(coursekit.__file__).parents[1])

    assert [str(problem) for problem in check_course(course)] == []


def test_nothing_is_found_in_the_tiny_course(course: Course) -> None:
    assert [str(problem) for problem in check_course(course)] == []


# file, what stands there, what is written instead, words of the line that is named, words of the message
PLANTED = {
    "related": (TOPIC, "related: [pick-many]", "related: [pick-mny]", "related:", "Did you mean 'pick-many'?"),
    "no lab": (TOPIC, ", lab: bowl", "", "## Half", "This question has no lab"),
    "unknown lab": (TOPIC, ", lab: bowl", ", lab: bowling", "defaults:", "'lab' names 'bowling'. Did you mean 'bowl'?"),
    "no hint": (TOPIC, "### Hint\n\nAlways?\n\n", "", "## A claim", "This question has no hint"),
    "no explanation": (TOPIC, "### Explanation\n\nNothing", "### Hint\n\nNothing", "## A claim", "no explanation"),
    "no key": (TOPIC, "- [x] $1/2$", "- [ ] $1/2$", "## Half", "needs one key, this has 0"),
    "unknown kind": (TOPIC, "kind: numeric", "kind: numerik", "kind: numerik", "Did you mean 'numeric'"),
    "unknown field": (TOPIC, "points: 2", "pionts: 2", "pionts", "Did you mean 'points'"),
    "expression": (TOPIC, "key: w0 * (1 - lr)", "key: w0 / (lr - lr)", "key: w0 /", "divides by zero for w0 = "),
    "stem": (TOPIC, "rate of ${{ lr }}$", "rate of ${{ rl }}$", "{{ rl }}", "there is no 'rl'"),
    "model response": (TOPIC, "so a larger step", "so a step", "## Why", "The model response earns 67%"),
    "knob of a run": (
        TOPIC,
        "{learning_rate: 1.5,",
        "{learning_rte: 1.5,",
        "## Beyond",
        "no knob 'learning_rte'. Did you mean",
    ),
    "range of a run": (TOPIC, "{learning_rate: 1.5,", "{learning_rate: 1e9,", "## Beyond", "0.01 to 1000"),
    "a list in a run": (TOPIC, "{learning_rate: 1.5,", "{learning_rate: [1],", "## Beyond", "0.01 to 1000"),
    "objective": (TOPIC, "objective: LO-1", "objective: LO-9", "objective: LO-9", "Did you mean 'LO-1'?"),
    "front matter": (TOPIC, "lesson: Basics", "lesson: Basics\nauthor: me", "author", "Unknown field 'author'"),
    "text below": (TOPIC, "\n### Hint\n\nWrite", "\nMore.\n\n### Hint\n\nWrite", "More.", "Text after the list"),
    "own lab": (TOPIC, "lab: bowl\nrun", "lab: bwl\nrun", "lab: bwl", "'lab' names 'bwl'. Did you mean 'bowl'?"),
    "deep hint": (TOPIC, "### Hint\n\nAlways", "#### Hint\n\nAlways", "#### Hint", "Write '### Hint'"),
    "deep and small": (
        TOPIC,
        "### Model response",
        "##### model response",
        "##### model",
        "Write '### Model response'",
    ),
    "title": (TOPIC, "## A claim", "# A claim", "# A claim", "Write '## A claim'"),
    "second explanation": (TOPIC, "### References", "### Explanation", "### Explanation\n\n- ", "stands here twice"),
    "open fence": (
        TOPIC,
        "points: 2\n```",
        "points: 2",
        "```yaml question\nid: pick-many",
        "This fence is never closed",
    ),
    "accepted slip": (
        TOPIC,
        "value: w0 * (1 + lr)",
        "value: w0 * 1.001 * (1 - lr)",
        "value:",
        "is accepted as the key",
    ),
    "pace": (LAB, "config:", "pace: 0\nconfig:", "pace:", "'pace' must be above 0"),
    "section of a lab": (LAB, "### Explanation", "## Why", "## Why", "Write '### …'"),
    "deep part of a lab": (LAB, "### Explanation", "#### Explanation", "#### Expl", "Write '### Explanation'"),
    "course": ("content/course.md", "field: M", "feld: M", "feld", "Unknown field 'feld'. Did you mean 'field'"),
    "lab knob": (LAB, "{learning_rate: 0.4}", "{learning_rate: 4e9}", "4e9", "0.01 to 1000"),
    "lab goal": (LAB, "metric: steps", "metric: stesp", "stesp", "Did you mean 'steps'"),
    "lab yaml": (LAB, "title: Down", "title: Down: up", "title:", "mapping values are not allowed"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_problem_is_found_by_file_and_line(course_folder: Path, name: str) -> None:
    file, old, new, where, said = PLANTED[name]
    path = plant(course_folder, file, old, new)

    found = [problem for problem in findings(course_folder) if said in problem.message]

    assert found
    assert Path(found[0].path).resolve() == path.resolve()
    assert found[0].line == line_with(path, where)


def test_one_planted_problem_is_one_finding(course_folder: Path) -> None:
    plant(course_folder, TOPIC, "points: 2", "pionts: 2")

    assert len(findings(course_folder)) == 1


def test_many_problems_are_found_at_once(course_folder: Path) -> None:
    plant(course_folder, TOPIC, "points: 2", "pionts: 2")
    plant(course_folder, TOPIC, "kind: numeric", "kind: numerik")
    plant(course_folder, LAB, "metric: steps", "metric: stesp")
    (course_folder / "content" / "z.md").write_text("no front matter")

    said = " ".join(problem.message for problem in findings(course_folder))

    assert all(word in said for word in ("pionts", "numerik", "stesp", "must begin with a line"))


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("key: w0 * (1 - lr)", "key: 2 / (w0 - {})", "key: 2"),
        ("is $w_0$.\n", "is {{{{ 1 / (w0 - {}) }}}}.\n", "is {{ 1"),
        ("value: w0 * (1 + lr)", "value: w0 * (1 - lr) * (1 + abs(w0 - {}))", "value: w0"),
    ],
)
@pytest.mark.parametrize("value", [2, 4, 6])
def test_each_variant_is_proved_and_a_problem_of_some_is_told_once(
    course_folder: Path, old: str, new: str, where: str, value: int
) -> None:
    path = plant(course_folder, TOPIC, old, new.format(value))

    found = findings(course_folder)

    assert [problem.line for problem in found] == [line_with(path, where)]
    assert f"for w0 = {value}" in found[0].message


def test_a_misindented_line_hides_no_other_problem(course_folder: Path) -> None:
    path = plant(course_folder, TOPIC, "tags: [sgd", " tags: [sgd")
    plant(course_folder, TOPIC, "points: 2", "pionts: 2")

    found = findings(course_folder)

    assert [problem.line for problem in found if problem.is_error] == [
        line_with(path, " tags"),
        line_with(path, "pionts"),
    ]


def test_a_prediction_takes_the_lab_of_its_topic(course_folder: Path) -> None:
    plant(course_folder, TOPIC, "lab: bowl\nrun", "run")

    assert findings(course_folder) == []


def test_an_open_fence_is_one_finding(course_folder: Path) -> None:
    plant(course_folder, TOPIC, "ask: outcome\n```", "ask: outcome")
    plant(course_folder, TOPIC, "related: [pick-many]", "related: [guess-run]")

    assert ["never closed" in problem.message for problem in findings(course_folder)] == [True]


@pytest.mark.slow
def test_a_lab_that_keeps_its_promises_gives_no_findings(course_folder: Path) -> None:
    plant(course_folder, LAB, CLAIMS, "solution: {learning_rate: 0.4}\nwrong: [{learning_rate: 0.05}]")

    assert list(check_labs(open_course(course_folder))) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("claims", "where", "said"),
    [
        (
            "solution: {learning_rate: 0.1}",
            "solution:",
            "The solution misses a goal with seed 0: validation loss ≤ 0.001: 0.01153, not met",
        ),
        (
            "solution: {learning_rate: 0.4}\nwrong: [{learning_rate: 0.5}]",
            "wrong:",
            "The wrong settings {'learning_rate': 0.5} meet every goal with 1 of 1 seed.",
        ),
    ],
)
def test_a_lab_that_breaks_its_promise_is_found(course_folder: Path, claims: str, where: str, said: str) -> None:
    path = plant(course_folder, LAB, CLAIMS, claims)

    found = list(check_labs(open_course(course_folder)))

    assert len(found) == 1  # nothing is random here
    assert found[0].line == line_with(path, where)
    assert said in found[0].message


@pytest.mark.slow
def test_a_broken_lab_does_not_hide_the_others(
    course_folder: Path, write_course: Callable[[Path], Path], tmp_path: Path
) -> None:
    plant(course_folder, LAB, "title: Down", "title: 'Down")
    other = write_course(tmp_path / "other") / "labs" / "bowl"
    other.rename(course_folder / "labs" / "zebra")
    plant(course_folder, "labs/zebra/lab.md", CLAIMS, "solution: {learning_rate: 0.01}")

    found = list(check_labs(open_course(course_folder)))

    assert len(found) == 1
    assert all(Path(problem.path).parent.name == "zebra" for problem in found)


@pytest.mark.slow
def test_a_prediction_that_its_run_cannot_decide_is_found(course_folder: Path) -> None:
    path = plant(course_folder, TOPIC, "- diverges", "- crawls")

    found = [problem for problem in check_labs(open_course(course_folder)) if problem.path.endswith("steps.md")]

    assert len(found) == 1
    assert "diverges, which is not among the options" in found[0].message
    assert path.read_text(encoding="utf-8").splitlines()[found[0].line - 1].startswith("## ")
