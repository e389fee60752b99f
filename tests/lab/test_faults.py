from pathlib import Path

import pytest

from coursekit.errors import ContentError
from coursekit.lab.definition import Lab, read_lab
from coursekit.lab.faults import Naming, name_fault

SICK = """\
---
title: It blows up
kind: diagnose
naming: 2
faults:
  - {says: The rate is too low., why: Then it would crawl.}
  - {says: The rate is too high., is: true}
config:
  model: {name: quadratic, eigenvalues: [2.0], start: [1.0]}
  optimizer: sgd
  learning_rate: 1.2
  steps: 20
knobs:
  learning_rate: {min: 0.01, max: 2}
goals:
  - {metric: validation_loss, at_most: 1.0e-3, points: 3}
solution: {learning_rate: 0.4}
wrong:
  - {learning_rate: 0.01}
---

What is wrong?

### Hint

Look.

### Explanation

The rate.
"""


def read(tmp_path: Path, text: str) -> Lab:
    path = tmp_path / "labs" / "sick" / "lab.md"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return read_lab(path)


def test_a_run_to_diagnose_has_faults_and_points_for_naming_one(tmp_path: Path) -> None:
    lab = read(tmp_path, SICK)

    assert [(fault.says, fault.is_it) for fault in lab.faults] == [
        ("The rate is too low.", False),
        ("The rate is too high.", True),
    ]
    assert (lab.naming, lab.points) == (2, 5)


@pytest.mark.parametrize(
    ("picked", "naming"), [(1, Naming(1, 0, 2)), (2, Naming(2, 2, 2)), (None, Naming(0, 0, 2)), (3, Naming(3, 0, 2))]
)
def test_only_the_right_name_earns_its_points(tmp_path: Path, picked: int | None, naming: Naming) -> None:
    lab = read(tmp_path, SICK)

    assert name_fault(lab.faults, lab.naming, picked) == naming
    assert name_fault((), 0, picked) is None


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        (", is: true", "", 5, "at least two 'faults', one of which it is"),
        ("why: Then it would crawl.", "is: true", 5, "at least two 'faults', one of which it is"),
        ("  - {says: The rate is too low., why: Then it would crawl.}\n", "", 5, "at least two 'faults'"),
        ("is: true", "is: yes", 7, "'is' must be true"),
        ("naming: 2", "naming: 0", 4, "above 0"),
        ("kind: diagnose", "kind: tune", 5, "Only 'kind: diagnose' has faults"),
        ("says: The rate is too high.", "say: The rate is too high.", 7, "'says' is missing"),
    ],
)
def test_what_cannot_be_diagnosed_is_told_at_its_line(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    assert old in SICK
    with pytest.raises(ContentError) as caught:
        read(tmp_path, SICK.replace(old, new))

    assert said in caught.value.message
    assert caught.value.line == line
