from pathlib import Path

import pytest

from coursekit.course import open_course
from coursekit.lab.code.definition import load_code_lab
from coursekit.lab.code.proving import Claim, prove
from tests.lab.code.conftest import BATCHES, STEP, write_lab


def claims(course: Path, name: str = "step") -> list[Claim]:
    return list(prove(load_code_lab(open_course(course), name), seeds=(1, 2)))


@pytest.mark.parametrize("name", ["step", "batches"])
def test_a_good_lab_proves_itself(code_folder: Path, name: str):
    assert claims(code_folder, name) == []


def test_a_reference_that_misses_a_check_is_found(code_folder: Path):
    text = BATCHES["reference.py"].replace("range(steps)", "range(2)")
    write_lab(code_folder, "batches", {"reference.py": text})

    (found,) = [claim for claim in claims(code_folder, "batches") if claim.code == "solution-fails"]

    assert found.line == 7
    assert "reference.py does not pass 'trains' with seed 1: loss is" in found.message


def test_a_starter_that_earns_something_is_found(code_folder: Path):
    write_lab(code_folder, "step", {"starter.py": "def sgd_step(w, gradient, rate):\n    pass\n"})

    (found,) = claims(code_folder)

    assert (found.code, found.line) == ("wrong-passes", 12)
    assert "starter.py passes 'inputs' before anything is written" in found.message


def test_a_slip_that_no_check_catches_is_found(code_folder: Path):
    write_lab(code_folder, "step", {"wrong/none.py": f'"""No slip at all."""\n{STEP["reference.py"]}'})

    (found,) = claims(code_folder)

    assert found.code == "wrong-passes"
    assert found.path.endswith("wrong/none.py")
    assert "passes every check with 2 of 2 seeds" in found.message


def test_a_slip_that_some_cases_miss_is_found(code_folder: Path):
    text = '"""Odd."""\n\n\ndef sgd_step(w, gradient, rate):\n    return w - rate * gradient * (1 + (w[0] > BOUND))\n'
    write_lab(code_folder, "step", {"wrong/a_lucky.py": text.replace("BOUND", "1.3")})

    found = [claim for claim in claims(code_folder) if claim.path.endswith("a_lucky.py")]

    assert [claim.code for claim in found] == ["lucky-goal"]


def test_a_slip_that_goes_by_anothers_name_is_found(code_folder: Path):
    write_lab(code_folder, "step", {"wrong/twin.py": STEP["wrong/sign_turned.py"].replace("The step", "Again it")})

    (found,) = claims(code_folder)

    assert (found.code, found.line) == ("unnamed-slip", 1)
    assert found.path.endswith("wrong/twin.py")
    assert "not named by its own sentence with seed 1, but by wrong/sign_turned.py" in found.message


def test_a_broken_file_is_found_with_its_line(code_folder: Path):
    write_lab(code_folder, "step", {"cases.py": "import numpy as np\n\nnp.nothing()\n"})

    (found,) = claims(code_folder)

    assert found.path.endswith("cases.py")
    assert found.line == 3
