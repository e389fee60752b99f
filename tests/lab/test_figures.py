"""Figures: what a run came to stands in a question's texts, made by `coursekit lock` and by nobody else."""

import json
import shutil
from pathlib import Path
from statistics import median

import pytest

import coursekit
from coursekit.check import check_course, check_labs
from coursekit.cli import main as command
from coursekit.course import open_course
from coursekit.errors import ContentError
from coursekit.lab.definition import load_lab
from coursekit.lab.figures import agrees, measure, rounded
from coursekit.lab.report import last_report
from coursekit.questions._figures import Figure

ROOT = Path(coursekit.__file__).parents[1]
FRONT = "---\ntitle: Rates\nlesson: Training\nobjectives: {LO-1: Say it}\n---\n\n"
QUESTION = """## A slow rate

```yaml question
id: slow-rate
kind: true-false
objective: LO-1
lab: LAB
key: false
figures:
  FIGURES
```

It ends at {{ slow }}.

### Hint

Look at {{ slow * 2 }}.

### Explanation

It ends at {{ slow }}.
"""
SLOW = "slow: {run: {learning_rate: 0.1, steps: 40}, gives: validation_loss, digits: 3}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("quadratic-bowl", "gradient-noise", "learning-rate"):
        shutil.copytree(ROOT / "labs" / name, tmp_path / "course" / "labs" / name)
    (tmp_path / "course" / "content").mkdir()
    shutil.copy(ROOT / "content" / "course.md", tmp_path / "course" / "content")
    return tmp_path / "course"


def write(folder: Path, figures: str = SLOW, lab: str = "quadratic-bowl") -> None:
    text = FRONT + QUESTION.replace("FIGURES", figures).replace("LAB", lab)
    (folder / "content" / "1.md").write_text(text, encoding="utf-8")


def lock(folder: Path) -> int:
    return command.main(["lock", str(folder)])


def kept(folder: Path) -> dict[str, dict[str, str]]:
    return json.loads((folder / "content" / "predict.lock").read_text(encoding="utf-8"))


def said(folder: Path) -> str:
    return "\n".join(f"{finding}" for finding in check_course(open_course(folder)))


def test_dots_stand_for_a_figure_that_no_run_has_made(folder: Path) -> None:
    write(folder)

    question = open_course(folder).question("slow-rate")

    assert question.stem == "It ends at …."
    assert question.hints == ("Look at ….",)
    assert "No run has made the figure 'slow' yet. Run 'coursekit lock'." in said(folder)


def test_lock_makes_a_figure_and_the_texts_tell_it(folder: Path) -> None:
    write(folder)

    status = lock(folder)
    question = open_course(folder).question("slow-rate")

    exact = 0.8**80 + 0.1 * 0.98**80  # x shrinks by 1 - 2 lr and y by 1 - 0.2 lr in each step, from (1, 1)
    assert status == 0
    assert kept(folder)["slow-rate:slow"]["observed"] == repr(float(f"{exact:.3g}"))
    assert question.stem == f"It ends at {float(f'{exact:.3g}'):g}."
    assert question.hints == (f"Look at {2 * float(f'{exact:.3g}'):g}.",)
    assert "figure" not in said(folder)


def test_a_figure_may_be_a_value_of_a_measurement(folder: Path) -> None:
    write(folder, "slow: {run: {batch_size: 64, draws: 20}, gives: variance_times_batch}", "gradient-noise")

    lock(folder)

    assert 4 < float(kept(folder)["slow-rate:slow"]["observed"]) < 9


def test_the_steps_to_a_loss_are_the_first_that_reach_it(folder: Path) -> None:
    write(folder, "slow: {run: {learning_rate: 0.5, steps: 100}, gives: steps_to, target: 0.05}")

    lock(folder)

    first = next(k for k in range(100) if 0.0 ** (2 * k) + 0.1 * 0.9 ** (2 * k) <= 0.05)
    assert kept(folder)["slow-rate:slow"]["observed"] == repr(float(first))


def test_with_seeds_a_figure_is_the_median_of_their_runs(folder: Path) -> None:
    write(folder)
    lab = load_lab(open_course(folder), "learning-rate")
    each = Figure("end", {"learning_rate": 0.1}, "validation_loss", None, 1, 3)
    ends = [
        last_report(lab, lab.configure({"learning_rate": 0.1}, seed=seed)).points[-1].validation_loss or 0
        for seed in range(3)
    ]

    value = measure(Figure("end", {"learning_rate": 0.1}, "validation_loss", None, 3, 3), lab, last_report)

    assert value == median(ends)
    assert len(set(ends)) == 3
    assert measure(each, lab, last_report) == ends[0]


@pytest.mark.parametrize(
    ("figures", "message"),
    [
        ("slow: {run: {learning_rate: 0.1}, gives: validaton_loss}", "Did you mean 'validation_loss'?"),
        ("slow: {run: {learning_rte: 0.1}, gives: validation_loss}", "Did you mean 'learning_rate'?"),
    ],
)
def test_a_figure_whose_run_cannot_be_made_is_found(folder: Path, figures: str, message: str) -> None:
    write(folder, figures)

    status = lock(folder)

    assert status == 1
    assert message in said(folder)


@pytest.mark.parametrize(
    ("figures", "message"),
    [
        ("slow: {run: {learning_rate: 0.1}}", "'gives'"),
        ("slow: {run: {learning_rate: 0.1}, gives: steps_to}", "'target'"),
        ("slow: {run: {learning_rate: 0.1}, gives: accuracy, seeds: 21}", "a whole number from 1 to 20, got 21"),
        ("slow: {run: {learning_rate: 0.1}, gives: accuracy, digits: 1.5}", "a whole number from 1 to 6, got 1.5"),
        ("slow: {run: {learning_rate: 0.1}, gives: accuracy, of: it}", "of"),
        ("'s l': {run: {learning_rate: 0.1}, gives: accuracy}", "is no name of a figure"),
    ],
)
def test_a_figure_that_is_written_wrongly_is_refused_with_its_line(folder: Path, figures: str, message: str) -> None:
    write(folder, figures)

    with pytest.raises(ContentError) as caught:
        open_course(folder).question("slow-rate")

    assert message in str(caught.value)
    assert caught.value.line > 10


def test_a_steps_figure_of_a_loss_that_is_never_reached_is_undecided(folder: Path, capsys: pytest.CaptureFixture[str]):
    write(folder, "slow: {run: {learning_rate: 0.1, steps: 5}, gives: steps_to, target: 1.0e-9}")

    status = lock(folder)

    assert status == 1
    assert "The figure 'slow' is no number" in capsys.readouterr().err


def test_a_figure_of_another_run_is_stale(folder: Path) -> None:
    write(folder)
    lock(folder)
    write(folder, SLOW.replace("0.1", "0.2"))

    assert "The run of the figure 'slow' or the trainer changed since. Run 'coursekit lock'." in said(folder)


def test_the_proof_makes_figures_again_and_finds_one_that_was_typed(folder: Path) -> None:
    write(folder)
    lock(folder)
    path = folder / "content" / "predict.lock"
    good = [str(finding) for finding in check_labs(open_course(folder)) if "figure" in str(finding)]
    value = kept(folder)["slow-rate:slow"]["observed"]

    path.write_text(path.read_text(encoding="utf-8").replace(value, repr(float(value) * 1.02)), encoding="utf-8")
    bad = [str(finding) for finding in check_labs(open_course(folder)) if "figure" in str(finding)]

    assert good == []
    assert len(bad) == 1
    assert "The figure 'slow' is kept as" in bad[0]


@pytest.mark.parametrize(
    ("digits", "value", "text", "other"),
    [(2, 1.6489, "1.6", "1.7"), (3, 0.0046951, "0.0047", "0.00471"), (1, 96.2, "100.0", "90.0"), (2, 0, "0.0", "0.1")],
)
def test_a_rounded_figure_agrees_with_what_it_was_rounded_from(digits: int, value: float, text: str, other: str):
    figure = Figure("slow", {}, "validation_loss", None, 1, digits)

    assert rounded(figure, value) == text
    assert agrees(figure, text, value)
    assert not agrees(figure, other, value)
