"""Every lab of code that is shipped proves itself."""

from pathlib import Path

import pytest

from coursekit.course import open_course
from coursekit.lab.code.definition import CodeLab, load_any_lab
from coursekit.lab.code.parts import read_slips
from coursekit.lab.code.proving import prove

COURSE = open_course(Path(__file__).parents[3])
LABS = [lab for lab in (load_any_lab(COURSE, name) for name in COURSE.lab_names()) if isinstance(lab, CodeLab)]
every_lab = pytest.mark.parametrize("lab", LABS, ids=[lab.name for lab in LABS])


@pytest.mark.slow
@every_lab
def test_its_reference_earns_everything_and_each_slip_is_named(lab: CodeLab):
    assert list(prove(lab)) == []


@every_lab
def test_it_has_texts_and_checks_of_both_sorts(lab: CodeLab):
    assert len(lab.hints) >= 2
    assert lab.explanation
    assert len(read_slips(lab)) >= 2
    assert {check.is_public for check in lab.checks} == {True, False}
    assert all(check.says for check in lab.checks)
