"""`coursekit replay`: a record that is true comes out again, one that is not is told where."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coursekit.train.backends import tensorflow_is_available

Run = Callable[..., Any]
Lines = list[dict[str, Any]]

BOWL = ("--model", "quadratic", "--optimizer", "sgd", "--learning-rate", "0.1", "--steps", "20")
DIGITS = ("--model", "softmax", "--data", "digits", "--learning-rate", "0.1", "--batch-size", "32", "--steps", "60")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("replay") / "home"


@pytest.fixture(scope="module")
def made(run: Run, home: Path) -> Lines:
    """Return the record of a short run on real data."""
    return run("train", *DIGITS, "--optimizer", "sgd", "--json", home=home).records


@pytest.fixture
def replayed(run: Run, tmp_path: Path, home: Path) -> Callable[..., Any]:
    """Return what replays records given as objects, or as text."""

    def replay(lines: Lines | str, *options: str) -> Any:
        text = lines if isinstance(lines, str) else "".join(f"{json.dumps(line)}\n" for line in lines)
        (tmp_path / "run.jsonl").write_text(text, encoding="utf-8")
        return run("replay", tmp_path / "run.jsonl", *options, home=home)

    return replay


def changed(lines: Lines, step: int, **values: Any) -> Lines:
    """Return a record in which one step says something else."""
    return [{**line, **values} if line.get("step") == step else line for line in lines]


def test_a_true_record_agrees_and_says_by_which_bound(made: Lines, replayed: Callable[..., Any]):
    done = replayed(made)

    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines() == [
        "Made with numpy in float64, replayed with numpy in float64: 60 steps.",
        "Largest difference: 0, in the loss at step 1.",
        "Allowed: 1e-06 (float64); a loss counts as 1e-06 of the first at least.",
        "Data: the same.",
        "Versions: the same.",
        "Kernel: the same.",
        "The record agrees.",
    ]


def test_json_is_one_object(made: Lines, replayed: Callable[..., Any]):
    done = replayed(made, "--json")

    (report,) = done.records
    assert report == {
        "type": "replay",
        "agrees": True,
        "bound": 1e-6,
        "floor": 1e-6,
        "why": "float64",
        "largest": {"value": 0.0, "step": 1, "name": "loss"},
        "steps": {"record": 60, "replay": 60},
        "same": {"data": True, "versions": True, "kernel": True},
        "notes": [],
        "reasons": [],
    }


@pytest.mark.parametrize("name", ["loss", "validation_loss"])
def test_one_loss_changed_by_a_ten_thousandth_is_refused(made: Lines, replayed: Callable[..., Any], name: str):
    done = replayed(changed(made, 30, **{name: made[30][name] * (1 + 1e-4)}), "--json")

    (report,) = done.records
    assert (done.status, report["agrees"]) == (1, False)
    assert report["largest"] == {"value": pytest.approx(1e-4, rel=1e-3), "step": 30, "name": name}
    assert report["reasons"] == [f"the {name.replace('_', ' ')} at step 30 differs by 0.0001, allowed are 1e-06"]


def test_a_loss_that_is_left_out_is_refused(made: Lines, replayed: Callable[..., Any]):
    done = replayed(changed(made, 30, loss=None))

    assert done.status == 1
    assert "The record does not agree: the loss at step 30 differs by inf" in done.out


def test_another_seed_is_refused(made: Lines, replayed: Callable[..., Any]):
    start = {**made[0], "config": {**made[0]["config"], "seed": 1}}

    assert replayed([start, *made[1:]]).status == 1


def test_a_record_that_was_cut_short_is_refused(made: Lines, replayed: Callable[..., Any]):
    done = replayed([*made[:41], made[-1]])

    assert done.status == 1
    assert "the record finished at step 40, its replay finished at step 60." in done.out


def test_a_run_that_was_stopped_agrees_up_to_there(made: Lines, replayed: Callable[..., Any]):
    done = replayed([*made[:41], {"type": "result", "outcome": "stopped"}])

    assert done.status == 0
    assert ": 40 steps." in done.out


def test_other_data_are_a_failure(made: Lines, replayed: Callable[..., Any]):
    done = replayed([{**made[0], "data": "sha256 0"}, *made[1:]])

    assert done.status == 1
    assert "Data: different." in done.out
    assert "The record does not agree: the data are others: sha256 0 in the record, sha256 " in done.out


def test_other_versions_and_another_kernel_are_told_and_no_failure(made: Lines, replayed: Callable[..., Any]):
    versions = {**made[0]["versions"], "numpy": "1.0"}

    done = replayed([{**made[0], "versions": versions, "kernel": "mkl"}, *made[1:]])

    assert done.status == 0
    assert "Versions: different.\nKernel: different.\n  numpy: 1.0 in the record, " in done.out
    assert "  kernel: mkl in the record, " in done.out


@pytest.mark.parametrize(
    ("optimizer", "rate", "bound"),
    [
        ("sgd", 0.5, 1e-5),
        ("momentum", 0.1, 1e-5),
        ("nesterov", 0.1, 1e-5),
        ("adagrad", 0.05, 1e-5),
        ("adam", 0.01, 1e-2),
        ("adamw", 0.01, 1e-2),
        ("rmsprop", 0.01, 1e-2),
        ("lion", 0.001, 1e-2),
    ],
)
def test_a_record_in_float32_has_the_bound_of_its_optimizer(
    run: Run, home: Path, replayed: Callable[..., Any], optimizer: str, rate: float, bound: float
):
    words = ("--optimizer", optimizer, "--learning-rate", rate, "--model", "mlp", "--dtype", "float32")
    record = run("train", *DIGITS, *words, "--json", home=home).records

    (report,) = replayed(record, "--json").records

    assert report["agrees"]
    assert (report["bound"], report["floor"]) == (bound, 1.0)
    assert 0 < report["largest"]["value"] <= bound


def test_a_loss_near_zero_is_not_held_to_digits_that_it_never_had(run: Run, home: Path, replayed: Callable[..., Any]):
    record = run("train", *BOWL, "--steps", 400, "--learning-rate", 0.15, "--json", home=home).records
    least = record[-2]["loss"]

    done = replayed(changed(record, 400, loss=least * 2))

    assert least < 1e-15 * record[1]["loss"]
    assert done.status == 0


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        ((*BOWL, "--learning-rate", "9"), None),
        ((*BOWL, "--learning-rate", "9", "--dtype", "float32"), None),
        (("--model", "linear", "--data", "linear", "--optimizer", "sgd", "--learning-rate", "3"), None),
        (
            (
                "--model",
                "linear",
                "--data",
                "linear",
                "--optimizer",
                "sgd",
                "--learning-rate",
                "3",
                "--dtype",
                "float32",
            ),
            24,
        ),
    ],
)
def test_a_run_that_diverged_diverges_at_the_same_step(
    run: Run, home: Path, replayed: Callable[..., Any], words: tuple[str, ...], steps: int | None
):
    record = run("train", *words, "--steps", 500, "--json", home=home).records

    done = replayed(record, "--json")

    (report,) = done.records
    assert record[-1]["outcome"] == "diverged"
    assert (done.status, report["agrees"]) == (0, True)
    assert report["steps"]["record"] == report["steps"]["replay"] == (steps or len(record) - 2)


def test_a_run_that_says_it_diverged_earlier_is_refused(run: Run, home: Path, replayed: Callable[..., Any]):
    record = run("train", *BOWL, "--learning-rate", 9, "--steps", 500, "--json", home=home).records

    done = replayed([*changed(record[:51], 50, loss=None, validation_loss=None), record[-1]])

    assert done.status == 1
    assert "the record diverged at step 50, its replay was going on at step 50" in done.out


def test_what_finished_but_says_it_diverged_is_refused(made: Lines, replayed: Callable[..., Any]):
    done = replayed([*made[:-1], {"type": "result", "outcome": "diverged"}])

    assert done.status == 1
    assert "the record diverged at step 60, its replay finished at step 60" in done.out


def test_the_record_of_a_lab_is_read_from_a_pipe(run: Run, shared_course: Path, home: Path):
    told = run("lab", "run", "bowl", "--json", course=shared_course, home=home)

    done = run("replay", "-", typed=told.out, home=home)

    assert (done.status, done.err) == (0, "")
    assert done.out.endswith("The record agrees.\n")


@pytest.mark.slow
@pytest.mark.parametrize(("dtype", "bound"), [("float64", 1e-6), ("float32", 1e-5)])
def test_a_record_made_by_tensorflow_agrees(
    run: Run, home: Path, replayed: Callable[..., Any], dtype: str, bound: float
):
    if not tensorflow_is_available():
        pytest.skip("TensorFlow is not installed")
    words = ("--optimizer", "momentum", "--model", "mlp", "--backend", "tensorflow", "--dtype", dtype)
    record = run("train", *DIGITS, *words, "--json", home=home).records

    done = replayed(record, "--json")

    (report,) = done.records
    assert (done.status, report["agrees"], report["bound"]) == (0, True, bound)
    assert report["same"]["versions"]


def _lines(*records: Any) -> str:
    return "".join(f"{json.dumps(record)}\n" for record in records)


CONFIG = {"model": "quadratic", "optimizer": "sgd", "learning_rate": 0.1, "steps": 2}
START = {"type": "start", "config": CONFIG}
STEP = {"type": "step", "step": 1, "loss": 5.5, "validation_loss": 0.405}
RESULT = {"type": "result", "outcome": "finished"}

WRONG = [
    ("", ":1: The record breaks off here: it has no 'result'."),
    ("hello\n", ":1: This is no line of a record."),
    ("[1]\n", ":1: This is no line of a record."),
    ("\x00\n", ":1: This is no line of a record."),
    ("[" * 100_000, ":1: This is no line of a record."),
    (_lines(START, STEP)[:-9], ":2: This is no line of a record."),
    (_lines(START, STEP), ":2: The record breaks off here: it has no 'result'."),
    (_lines(STEP), ":1: A record has a line of type 'start' here, got \"step\"."),
    (_lines(START, START), ":2: A record has a line of type 'step' here, got \"start\"."),
    (_lines(START, RESULT), ":2: A record has a line of type 'step' here, got \"result\"."),
    (_lines(START, STEP, {"kind": 1}), ":3: A record has a line of type 'step' or 'result' here, got null."),
    (_lines(START, STEP, STEP), ":3: 'step' must be 2 here, got 1."),
    (_lines(START, STEP, RESULT, START), ":4: The record has ended before this line."),
    (_lines(START, {"type": "step", "step": 1, "loss": 1.0}), ":2: 'validation_loss' is missing."),
    (_lines(START, STEP | {"loss": "low"}), ":2: 'loss' must be a number or null, got \"low\"."),
    (_lines(START, STEP | {"loss": True}), ":2: 'loss' must be a number or null, got true."),
    (_lines(START, STEP | {"loss": float("nan")}), ":2: 'loss' must be a number or null, got NaN."),
    (_lines(START, STEP, {"type": "result"}), ":3: 'outcome' must be finished, diverged or stopped, got null."),
    (_lines({"type": "start"}, STEP, RESULT), ":1: model is missing"),
    (_lines({"type": "start", "config": 3}, STEP, RESULT), ":1: A configuration must be a mapping of options, got 3."),
    (
        _lines({"type": "start", "config": CONFIG | {"optimizer": "sdg"}}, STEP, RESULT),
        ":1: optimizer has no 'sdg'. Did you mean 'sgd'?",
    ),
]


@pytest.mark.parametrize(("text", "said"), WRONG, ids=lambda value: value[:30] if value.startswith(":") else "")
def test_a_file_that_is_no_record_is_named_with_its_line(replayed: Callable[..., Any], text: str, said: str):
    done = replayed(text)

    assert (done.status, done.out) == (2, "")
    assert f"run.jsonl{said}" in done.err
    assert len(done.err.splitlines()) == 1


def test_a_file_that_is_not_there_is_one_line(run: Run, home: Path):
    done = run("replay", "/nowhere/run.jsonl", home=home)

    assert (done.status, done.out) == (2, "")
    assert done.err == "coursekit: /nowhere/run.jsonl: No such file or directory\n"
