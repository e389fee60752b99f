from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest

from coursekit.course import open_course
from coursekit.errors import ContentError
from coursekit.lab.code.definition import load_code_lab
from coursekit.lab.code.grading import Grading
from coursekit.lab.code.results import CheckResult
from coursekit.sandbox.tiers import Tier
from tests.lab.code.conftest import BATCHES, STEP, write_lab

CASES = STEP["cases.py"]


def grade(course: Path, name: str, source: str) -> list[CheckResult]:
    lab = load_code_lab(open_course(course), name)
    with Grading(lab, source.encode(), 1, tier=Tier.PROCESS) as grading:
        return list(grading.results())


@pytest.mark.parametrize(
    ("file", "text", "line", "message"),
    [
        ("cases.py", "def steps(seed):\n    return [(1,]\n", 2, "SyntaxError"),
        ("cases.py", "import numpy as np\n\nnp.nothing()\n", 3, "AttributeError"),
        ("cases.py", "def steps(seed):\n    x = 1\n    return x / 0\n", 3, "ZeroDivisionError: division by zero."),
        ("cases.py", "def steps(seed):\n    return []\n", 1, "must return a list of 1 to 100 tuples of arguments"),
        ("cases.py", "def steps(seed):\n    return [[1]]\n", 1, "must return a list of 1 to 100 tuples"),
        ("cases.py", "def steps(seed):\n    return [(object(),)]\n", 1, "cannot be sent"),
        ("cases.py", "def stepps(seed):\n    return [(1,)]\n", 6, "cases.py has no function 'steps'"),
        ("cases.py", "import os\n\nos._exit(4)\n", 1, "It cannot be loaded. It ended by itself, with exit status 4."),
        ("reference.py", "\n\ndef sgd_step(w)\n", 3, "SyntaxError"),
        ("reference.py", "def other():\n    pass\n", 6, "reference.py has no function 'sgd_step'"),
        ("reference.py", "def sgd_step(w, g, r):\n    return w @ 1\n", 2, "ValueError"),
        ("reference.py", "def sgd_step(w, g, r):\n    raise SystemExit(0)\n", 2, "SystemExit"),
    ],
)
def test_what_is_wrong_with_the_lab_is_told_to_its_author(
    code_folder: Path, file: str, text: str, line: int, message: str
):
    write_lab(code_folder, "step", {file: text})

    with pytest.raises(ContentError) as raised:
        grade(code_folder, "step", STEP["reference.py"])

    assert message in raised.value.message
    assert raised.value.message.endswith("This is the course's fault, not yours.")
    assert raised.value.line == line
    assert raised.value.path.endswith(f"labs/step/{'lab.md' if line == 6 else file}")


@pytest.mark.parametrize(
    ("judge", "message"),
    [
        ("return 'many'", "rows_lost() must return a number"),
        ("return [1.0]", "rows_lost() must return a number"),
        ("return 1 / 0", "rows_lost() cannot judge the reference's own result: ZeroDivisionError"),
    ],
)
def test_a_broken_judge_is_no_fault_of_the_learner(code_folder: Path, judge: str, message: str):
    text = f"{BATCHES['reference.py']}\n\ndef rows_lost(result, *arguments):\n    {judge}\n"
    write_lab(code_folder, "batches", {"reference.py": text})

    with pytest.raises(ContentError) as raised:
        grade(code_folder, "batches", BATCHES["wrong/last_lost.py"])

    assert message in raised.value.message
    assert raised.value.path.endswith("labs/batches/reference.py")


def test_cases_that_never_end_are_told_too(code_folder: Path):
    text = STEP["lab.md"].replace("kind: code", "kind: code\nlimits: {seconds_per_call: 1}")
    write_lab(code_folder, "step", {"lab.md": text, "cases.py": "def steps(seed):\n    while True: pass\n"})
    begun = monotonic()

    with pytest.raises(ContentError, match=r"cases\.py:1: steps\(\) gave no result: It took longer than 1 s"):
        grade(code_folder, "step", STEP["reference.py"])

    assert monotonic() - begun < 8


@pytest.mark.parametrize("text", ['"""Broken."""\ndef sgd_step(w', '"""Exits."""\nimport os\n\nos._exit(0)\n'])
def test_a_broken_slip_does_not_hinder_a_grade(
    code_folder: Path, graded: Callable[..., dict[str, CheckResult]], text: str
):
    write_lab(code_folder, "step", {"wrong/a_broken.py": text})

    results = graded("step", STEP["wrong/sign_turned.py"])

    assert results["one step"].slip == "wrong/sign_turned.py"
    assert [result.verdict for result in results.values()] == ["failed", "passed", "failed"]


def test_cases_may_use_the_reference(code_folder: Path):
    write_lab(code_folder, "step", {"cases.py": f"from reference import sgd_step\n{CASES}"})

    assert [result.verdict for result in grade(code_folder, "step", STEP["reference.py"])] == ["passed"] * 3


def test_what_a_slip_does_to_its_arguments_does_not_reach_what_is_expected(code_folder: Path):
    hostile = '"""Zero everywhere."""\nimport numpy\n\ndef sgd_step(w, gradient, rate):\n    w *= 0\n    return w\n'
    write_lab(code_folder, "step", {"wrong/a_zero.py": hostile})

    results = grade(code_folder, "step", STEP["wrong/sign_turned.py"])

    assert [result.slip for result in results] == ["wrong/sign_turned.py", "", "wrong/sign_turned.py"]
