from pathlib import Path

import pytest

from coursekit.course import Course, open_course
from coursekit.errors import ContentError, UsageError
from coursekit.lab.code.definition import CodeLab, load_any_lab, load_code_lab
from coursekit.lab.code.parts import read_part, read_slips
from coursekit.lab.definition import Lab, load_lab
from coursekit.sandbox.tolerance import Tolerance
from tests.lab.code.conftest import STEP, write_lab


def test_a_lab_of_code_is_read(code_course: Course):
    step = load_code_lab(code_course, "step")
    batches = load_code_lab(code_course, "batches")

    assert (step.name, step.title, step.kind, step.file) == ("step", "Write one step", "code", "step.py")
    assert (step.entry, batches.entry) == (("sgd_step",), ("batches", "train"))
    assert step.points == 6
    assert [check.is_public for check in step.checks] == [True, True, False]
    assert step.hints == ("Go down.",)
    assert batches.limits.seconds_per_call == 1
    assert [(check.judge, check.bound, check.is_at_most) for check in batches.checks[:2]] == [
        ("rows_lost", 0, True),
        ("loss", 0.01, True),
    ]
    assert batches.checks[1].seconds == 2


def test_either_sort_of_lab_can_be_asked_for(code_course: Course):
    assert isinstance(load_any_lab(code_course, "step"), CodeLab)
    assert isinstance(load_any_lab(code_course, "bowl"), Lab)
    with pytest.raises(UsageError, match="turn its knobs with 'coursekit lab run bowl'"):
        load_code_lab(code_course, "bowl")
    with pytest.raises(UsageError, match="coursekit lab start step"):
        load_lab(code_course, "step")
    with pytest.raises(UsageError, match="Did you mean 'step'"):
        load_any_lab(code_course, "stepp")


def test_a_tolerance_a_number_type_and_a_limit_are_read(course_folder: Path):
    text = STEP["lab.md"].replace(
        "    points: 2\n", "    points: 2\n    tolerance: {rel: 0.1, abs: 0.5}\n    dtype: any\n    seconds: 0.5\n"
    )
    write_lab(course_folder, "step", STEP | {"lab.md": text.replace("kind: code", "kind: code\nlimits: {seconds: 9}")})

    lab = load_code_lab(open_course(course_folder), "step")

    assert lab.checks[0].tolerance == Tolerance(0.1, 0.5)
    assert (lab.checks[0].is_any_dtype, lab.checks[0].seconds) == (True, 0.5)
    assert lab.limits.seconds == 9


def test_a_lab_that_starts_processes_may_have_some(course_folder: Path):
    text = STEP["lab.md"].replace("kind: code", "kind: code\nneeds_processes: true")
    write_lab(course_folder, "step", STEP | {"lab.md": text})

    lab = load_code_lab(open_course(course_folder), "step")

    assert lab.needs_processes
    assert lab.limits.processes == 16


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("entry: sgd_step", "entri: sgd_step", 2, "names the functions to write, as in 'entry: sgd_step'"),
        ("entry: sgd_step", "entry: sgd-step", 4, "'entry' must name a function"),
        ("    call: sgd_step\n", "    call: sgd_stp\n", 7, "Did you mean 'sgd_step'"),
        ("    cases: steps\n", "", 6, "'cases' is missing"),
        ("    cases: steps\n", "    cases: _steps\n", 8, "'cases' must name a function"),
        ("    points: 2\n", "    points: 0\n", 9, "'points' must be above 0"),
        ("    public: true\n", "    public: 1\n", 10, "'public' must be true or false"),
        ("    public: true\n", "    publc: true\n", 10, "Unknown field 'publc'"),
        ("    points: 2\n", "    judge: size\n", 9, "needs one bound"),
        ("    points: 2\n", "    at_most: 2\n", 9, "Name the function of reference.py: 'judge: …'"),
        ("    points: 2\n", "    tolerance: {rel: -1}\n", 9, "'rel' must be 0 or above"),
        ("    points: 2\n", "    tolerance: {relative: 1}\n", 9, "Unknown field 'relative'"),
        ("    points: 2\n", "    seconds: 0\n", 9, "'seconds' must be above 0"),
        ("    points: 2\n", "    dtype: some\n", 9, "'dtype' has no 'some'"),
        ("- {name: inputs", "- {name: one step", 12, "There are two checks 'one step'"),
        ("keeps_inputs: true,", "keeps_inputs: true, judge: a, at_most: 1,", 12, "not both. Make it two checks"),
        ("kind: code", "kind: code\ngoals: [a]", 4, "A lab of code has 'entry' and 'checks'"),
        (
            "kind: code",
            "kind: code\nlimits: {memory: 1.0e+15}",
            4,
            "'memory' must be above 0 and at most 8,589,934,592",
        ),
        ("kind: code", "kind: code\nlimits: {disk: 1}", 4, "Unknown field 'disk'"),
        ("kind: code", "kind: code\nneeds_processes: yes", 4, "'needs_processes' must be true or false"),
        ("kind: code", "kind: code\nbudget: 4", 4, "belongs to labs that run a training"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(course_folder: Path, old: str, new: str, line: int, message: str):
    assert old in STEP["lab.md"]
    write_lab(course_folder, "step", STEP | {"lab.md": STEP["lab.md"].replace(old, new, 1)})

    with pytest.raises(ContentError) as raised:
        load_code_lab(open_course(course_folder), "step")

    assert message in raised.value.message
    assert raised.value.line == line


def test_a_lab_without_checks_or_without_a_file_says_what_to_write(course_folder: Path):
    head = STEP["lab.md"].partition("checks:")[0]
    folder = write_lab(course_folder, "step", STEP | {"lab.md": f"{head}---\n\nWrite.\n"})
    course = open_course(course_folder)

    with pytest.raises(ContentError, match="A lab of code needs checks, as in"):
        load_code_lab(course, "step")
    write_lab(course_folder, "step", STEP)
    (folder / "cases.py").unlink()
    with pytest.raises(ContentError, match=r"The lab has no file 'cases\.py'"):
        load_code_lab(course, "step")


def test_a_slip_is_named_by_the_first_line_of_its_file(code_folder: Path):
    lab = load_code_lab(open_course(code_folder), "step")

    assert [(slip.part.name, slip.says) for slip in read_slips(lab)] == [
        ("wrong/in_place.py", "The step changes the caller's own array."),
        ("wrong/sign_turned.py", "The step goes up the slope: the sign is turned."),
    ]
    (code_folder / "labs" / "step" / "wrong" / "unnamed.py").write_text("import math\n")
    with pytest.raises(ContentError, match=r"unnamed\.py:1: Begin with a line that names the mistake"):
        read_slips(lab)


def test_a_link_out_of_the_course_is_not_followed(code_folder: Path, tmp_path: Path):
    (tmp_path / "secret.py").write_text("KEY = 1\n")
    reference = code_folder / "labs" / "step" / "reference.py"
    reference.unlink()
    reference.symlink_to(tmp_path / "secret.py")

    with pytest.raises(ContentError, match="link out of the course"):
        read_part(load_code_lab(open_course(code_folder), "step"), "reference.py")
