import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coursekit.course import open_course
from coursekit.errors import ContentError
from coursekit.lab.code.definition import CodeLab, load_code_lab
from coursekit.lab.code.grading import Grading
from coursekit.lab.code.record import read_code_grade, recorded_code_grade, regrade_code
from coursekit.lab.code.results import CodeGrade
from coursekit.sandbox.tiers import Tier
from tests.lab.code.conftest import STEP


@pytest.fixture
def lab(code_folder: Path) -> CodeLab:
    return load_code_lab(open_course(code_folder), "step")


@pytest.fixture
def grade(lab: CodeLab) -> CodeGrade:
    with Grading(lab, STEP["wrong/sign_turned.py"].encode(), 4, tier=Tier.PROCESS) as grading:
        list(grading.results())
        return grading.grade()


def test_a_grade_is_recorded_with_its_text_and_seed(grade: CodeGrade):
    row = recorded_code_grade(grade, datetime(2026, 1, 1, tzinfo=UTC))

    assert row.config == {"code": STEP["wrong/sign_turned.py"], "seed": 4, "tier": 1}
    assert [check["verdict"] for check in row.results] == ["failed", "passed", "failed"]
    assert (row.points, row.out_of) == (1, 6)
    assert json.loads(json.dumps(row.results)) == list(row.results)


def test_a_recorded_grade_comes_out_again(lab: CodeLab, grade: CodeGrade):
    record = read_code_grade(json.dumps(grade.to_json()), "grade.json")

    assert regrade_code(lab, record) == ()


def test_a_forged_record_does_not(lab: CodeLab, grade: CodeGrade):
    forged = json.dumps(grade.to_json() | {"score": {"points": 6, "out_of": 6}})
    forged = forged.replace('"verdict": "failed"', '"verdict": "passed"', 1)

    reasons = regrade_code(lab, read_code_grade(forged, "grade.json"))

    assert reasons == ("'one step' was passed, now it is failed", "the record's score is 6, this one is 1")


@pytest.mark.parametrize("line", ["{", "[]", "{}", '{"lab": "step", "config": {}, "checks": []}', "null"])
def test_what_is_no_record_is_told(line: str):
    with pytest.raises(ContentError, match="no record of a grade of code"):
        read_code_grade(line, "grade.json")
