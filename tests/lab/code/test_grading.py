import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Timer
from time import monotonic

import pytest

from coursekit.course import Course, open_course
from coursekit.errors import UsageError, WorkerError
from coursekit.lab.code.definition import load_code_lab
from coursekit.lab.code.grading import Grading
from coursekit.lab.code.results import CheckResult, score_line
from coursekit.lab.code.seeds import draw_seed
from coursekit.lab.code.submission import begin
from coursekit.sandbox.tiers import Tier
from tests.lab.code.conftest import BATCHES, STEP

Grade = Callable[..., dict[str, CheckResult]]
STEP_NAMES = ("one step", "inputs", "large steps")
TRAIN = BATCHES["reference.py"].partition("def train")[2]


def verdicts(results: dict[str, CheckResult]) -> list[str]:
    return [result.verdict for result in results.values()]


def step(body: str) -> str:
    return f"import numpy as np\n\ndef sgd_step(w, gradient, rate):\n    {body}\n"


@pytest.mark.parametrize(("lab", "files"), [("step", STEP), ("batches", BATCHES)])
def test_the_reference_earns_everything_and_the_starter_nothing(graded: Grade, lab: str, files: dict[str, str]):
    good = graded(lab, files["reference.py"])
    begun = graded(lab, files["starter.py"])

    assert verdicts(good) == ["passed"] * 3
    assert verdicts(begun) == ["error"] * 3
    assert {result.message for result in begun.values()} == {"Not written yet."}
    assert sum(result.earned for result in begun.values()) == 0


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ("return w - rate * gradient * 1.001", "where"),
        ("return (w - rate * gradient).reshape(-1, 1)", "it has the shape (1, 1) where (1,) is expected"),
        ("return (w - rate * gradient).astype(np.float32)", "it is float32 where float64 is expected"),
        ("return w - np.inf * gradient", "it holds inf"),
        ("return w * np.nan", "it holds nan"),
        ("return None", "it is None where an array of shape (1,), float64 is expected"),
        ("return (w - rate * gradient, 1)", "it is a tuple of 2 where an array of shape (1,), float64 is expected"),
    ],
)
def test_a_result_that_differs_fails_and_shows_the_smallest_case(graded: Grade, body: str, detail: str):
    result = graded("step", step(body))["one step"]

    assert result.verdict == "failed"
    assert detail in result.detail
    assert result.message == "The parameters after one step differ."
    assert result.case is not None
    assert result.case.number == 1
    assert result.case.expected.startswith("array([")
    assert len(result.case.arguments) == 3


def test_the_case_shown_is_the_first_that_fails(graded: Grade):
    result = graded("step", step("return w - rate * gradient * (1 if len(w) < 200 else 2)"))["one step"]

    assert result.case is not None
    assert result.case.number == 3
    assert "..." in result.case.got
    assert len(result.case.got) < 500


def test_inputs_have_to_be_left_alone(graded: Grade):
    results = graded("step", step("gradient *= rate; return w - gradient"))

    assert verdicts(results) == ["passed", "failed", "passed"]
    assert results["inputs"].message == "The step changed its inputs."
    assert results["inputs"].detail.startswith("argument 2 was changed: [0] is")


def test_a_known_slip_is_named_by_its_own_line(graded: Grade):
    turned = graded("step", step("return np.add(w, gradient * rate)"))
    in_place = graded("step", step("np.subtract(w, rate * gradient, out=w); return w"))
    lost = graded("batches", BATCHES["wrong/last_lost.py"])["no row is lost"]

    for name in ("one step", "large steps"):
        assert turned[name].message == "The step goes up the slope: the sign is turned."
        assert turned[name].slip == "wrong/sign_turned.py"
    assert in_place["inputs"].message == "The step changes the caller's own array."
    assert lost.message == "The last batch is dropped because it is short."


def test_a_slip_that_only_looks_alike_is_not_named(graded: Grade):
    results = graded("step", step("return w + rate * gradient if len(w) == 1 else w"))

    assert results["one step"].slip == ""
    assert results["one step"].message == "The parameters after one step differ."


def test_a_judged_slip_is_known_by_its_numbers_where_its_results_are_others(graded: Grade):
    body = "order = np.arange(n)[::-1]\n    return [order[i : i + size] for i in range(0, n - size + 1, size)]"
    source = f"import numpy as np\n\ndef batches(n, size, seed):\n    {body}\n\ndef train{TRAIN}"

    assert graded("batches", source)["no row is lost"].slip == "wrong/last_lost.py"


def test_a_judge_bounds_a_number_from_above_and_below(graded: Grade):
    few = BATCHES["reference.py"].replace("range(steps)", "range(3)")
    none = few.replace('{"w": w}', '{"w": w[:0]}')
    nan = few.replace('{"w": w}', '{"w": w * np.nan}')

    assert verdicts(graded("batches", few)) == ["passed", "failed", "passed"]
    assert verdicts(graded("batches", none)) == ["passed", "passed", "failed"]
    assert verdicts(graded("batches", nan)) == ["passed", "failed", "passed"]
    assert graded("batches", few)["trains"].message == "Too high."
    assert graded("batches", none)["says its name"].message == "It does not hold on the hidden cases."


def test_a_result_that_cannot_be_judged_is_wrong(graded: Grade):
    source = f"import numpy as np\n\ndef batches(n, size, seed):\n    return 3\n\ndef train{TRAIN}"

    result = graded("batches", source)["no row is lost"]

    assert result.verdict == "failed"
    assert "what it returned cannot be judged: " in result.detail
    assert result.message == "Rows miss."


def test_too_slow_is_an_error_of_that_check_alone(graded: Grade):
    source = BATCHES["reference.py"].replace("    w = start.copy()", "    while True: pass")
    begun = monotonic()

    results = graded("batches", source)

    assert verdicts(results) == ["passed", "error", "error"]
    assert results["trains"].message == "It took longer than 2 s."
    assert monotonic() - begun < 8


def test_the_seconds_of_a_check_are_those_of_all_its_cases(graded: Grade):
    slow = "    import time; time.sleep(1.2)\n    w = start.copy()"

    results = graded("batches", BATCHES["reference.py"].replace("    w = start.copy()", slow))

    assert results["trains"].message == "It took longer than 2 s, all cases together."


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("while True: pass", "It took longer than 1 s."),
        ("import os; os._exit(3)", "It ended by itself, with exit status 3."),
        ("raise SystemExit(0)", "It raised SystemExit: 0."),
        ("return [lambda: 1]", "UnsendableValue"),
        ("return 1 / 0", "It raised ZeroDivisionError: division by zero."),
    ],
)
def test_no_result_is_an_error_and_the_next_check_goes_on(code_course: Course, graded: Grade, body: str, message: str):
    lab = load_code_lab(code_course, "step")
    lab = replace(lab, limits=replace(lab.limits, seconds_per_call=1.0))
    source = step(f"if len(w) == 3:\n        {body}\n    return w - rate * gradient")

    results = graded(lab, source)

    assert verdicts(results) == ["error", "error", "passed"]
    assert message in results["one step"].message
    assert results["one step"].case is not None
    assert results["one step"].case.number == 2


def test_the_traceback_is_cut_to_the_learners_own_lines(graded: Grade):
    result = graded("step", step("return np.linalg.inv(np.zeros((1, 1)))"))["one step"]

    assert result.traceback == "line 4: return np.linalg.inv(np.zeros((1, 1)))"
    assert "LinAlgError" in result.message


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("def sgd_step(:", "SyntaxError"),
        ("raise RuntimeError('not today')", "The file cannot be loaded. It raised RuntimeError: not today."),
        ("import os; os._exit(1)", "The file cannot be loaded. It ended by itself, with exit status 1."),
    ],
)
def test_a_file_that_cannot_be_loaded_is_an_error_of_every_check(graded: Grade, source: str, message: str):
    results = graded("step", source)

    assert verdicts(results) == ["error"] * 3
    assert all(message in result.message for result in results.values())


def test_a_missing_function_is_told(graded: Grade):
    results = graded("step", "def step(w): return w\n")

    assert verdicts(results) == ["error"] * 3
    assert results["one step"].message == "There is no function 'sgd_step' in step.py."


def test_what_is_printed_is_shown_in_short_and_without_control_characters(graded: Grade):
    results = graded("step", step("print('\\x1b[31mred', 'x' * 1_000_000); return w"))

    output = results["one step"].output
    assert "red" in output
    assert "\x1b" not in output
    assert len(output) < 100_000


TELLTALE = "    kept.append(float(w[0]))\n    return w - rate * gradient if rate < 1 else w\n"


@pytest.mark.parametrize(
    "way",
    [
        "print(w, gradient)",
        "raise ValueError(str(w)) if rate > 1 else None",
        "raise type(f'Found{w[0]}Error', (Exception,), {})(str(w)) if rate > 1 else None",
        "print(kept)",
    ],
)
def test_a_hidden_case_is_never_shown(graded: Grade, code_course: Course, way: str):
    raised = way.removesuffix(" if rate > 1 else None")
    guarded = f"if rate > 1:\n        {raised}" if raised != way else way
    source = f"kept = []\n\ndef sgd_step(w, gradient, rate):\n    {guarded}\n{TELLTALE}"

    lab = load_code_lab(code_course, "step")
    results = graded(replace(lab, checks=lab.checks[::-1]), source, seed=3)

    hidden = results["large steps"]
    assert hidden.verdict != "passed"
    assert (hidden.case, hidden.detail, hidden.output, hidden.traceback) == (None, "", "", "")
    assert hidden.message in {"A step with a large rate differs.", "It raised ValueError.", "It raised an error."}
    secret = _first_number(code_course)
    assert not any(secret in str(result.to_json()) for result in results.values())


def _first_number(course: Course) -> str:
    import numpy as np

    return f"{np.random.default_rng(4).normal(size=4)[0]:.6f}"[:6]


def test_only_the_public_checks_are_run_while_it_is_written(code_course: Course):
    lab = load_code_lab(code_course, "step")

    with Grading(lab, STEP["reference.py"].encode(), 1, public_only=True, tier=Tier.PROCESS) as grading:
        names = [result.check.name for result in grading.results()]
        grade = grading.grade()

    assert names == ["one step", "inputs"]
    assert grade.summary == "2 of 2 public; 1 hidden not run here"
    assert score_line(grade) == "3 of 3 points from 2 checks: 2 of 2 public; 1 hidden not run here."


def test_the_same_seed_draws_the_same_cases_and_another_others(graded: Grade):
    wrong = step("return w")
    shown = [graded("step", wrong, seed)["one step"].case for seed in (1, 1, 2)]

    assert shown[0] == shown[1]
    assert shown[0] != shown[2]


def test_seeds_are_drawn_from_many():
    from random import Random

    assert len({draw_seed(Random(n)) for n in range(100)}) > 90


def test_a_grade_can_be_stopped_from_another_thread(code_course: Course):
    lab = load_code_lab(code_course, "step")
    lab = replace(lab, limits=replace(lab.limits, seconds_per_call=60.0))
    begun = monotonic()

    with Grading(lab, step("while True: pass").encode(), 1, tier=Tier.PROCESS) as grading:
        Timer(1.0, grading.stop).start()
        with pytest.raises(WorkerError, match="The grade was stopped"):
            list(grading.results())
        with pytest.raises(WorkerError):
            grading.grade()

    assert monotonic() - begun < 10


def test_a_lab_that_starts_processes_needs_a_container(code_course: Course):
    lab = replace(load_code_lab(code_course, "step"), needs_processes=True)

    with pytest.raises(UsageError, match="starts processes, which needs a container"):
        Grading(lab, b"", 1, tier=Tier.CONFINED)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps a process to itself")
def test_no_other_process_can_look_into_the_grader(code_folder: Path):
    script = """
import ctypes, sys
from pathlib import Path
from coursekit.lab.code.definition import read_code_lab
from coursekit.lab.code.grading import Grading
folder = Path(sys.argv[1])
with Grading(read_code_lab(folder / "lab.md"), (folder / "reference.py").read_bytes(), 1) as grading:
    print(ctypes.CDLL(None).prctl(3), *(result.verdict for result in grading.results()), ctypes.CDLL(None).prctl(3))
"""
    command = [sys.executable, "-c", script, str(code_folder / "labs" / "step")]

    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert done.stdout == "1 passed passed passed 0\n"


def test_a_lab_without_its_keys_can_be_begun_and_is_not_graded(code_folder: Path):
    for part in ("reference.py", "cases.py"):
        (code_folder / "labs" / "step" / part).unlink()
    lab = load_code_lab(open_course(code_folder), "step")

    with pytest.raises(UsageError, match="Hand your file in to whoever gave you the course"):
        Grading(lab, b"", 1, tier=Tier.PROCESS)

    assert begin(lab, code_folder / "work").path.exists()


def test_an_exit_of_one_check_leaves_no_process(graded: Grade):
    results = graded("step", step("import os; os._exit(0)"))

    assert verdicts(results) == ["error"] * 3


def test_a_fresh_check_has_a_process_for_each_of_its_cases(code_folder: Path, graded: Grade):
    page = code_folder / "labs" / "step" / "lab.md"
    fresh = (
        "  - {name: fresh, call: sgd_step, cases: steps, fresh: true, public: true, says: It remembers.}\n---\n\nWrite"
    )
    page.write_text(page.read_text(encoding="utf-8").replace("---\n\nWrite", fresh), encoding="utf-8")
    counting = """
seen = []

def sgd_step(w, gradient, rate):
    seen.append(1)
    return w - rate * gradient * len(seen)
"""

    found = graded("step", counting)

    assert {name: result.verdict for name, result in found.items()} == {
        "one step": "failed",
        "inputs": "passed",
        "fresh": "passed",
        "large steps": "failed",
    }
