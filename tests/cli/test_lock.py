import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
TOPIC = Path("content") / "1-basics" / "1-steps.md"
LAB = Path("labs") / "bowl" / "lab.md"


def plant(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def kept(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "content" / "predict.lock").read_text(encoding="utf-8"))


@pytest.mark.slow
def test_the_key_of_a_prediction_is_made_by_its_run_and_kept(run: Run, course_folder: Path, tmp_path: Path):
    (course_folder / "content" / "predict.lock").unlink()
    before = run("check", course_folder, home=tmp_path)

    done = run("lock", course_folder, home=tmp_path)
    after = run("check", course_folder, home=tmp_path)

    assert "No run has decided this prediction yet. Run 'coursekit lock'." in before.out
    assert (done.status, done.out) == (0, "guess-run  diverges\n")
    assert done.err == "1 prediction: 1 made.\n"
    assert kept(course_folder)["guess-run"]["observed"] == "diverges"
    assert (after.status, after.out) == (0, "")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "old", "new", "observed"),
    [
        (TOPIC, "learning_rate: 1.5, steps: 20", "learning_rate: 0.4, steps: 20", "converges"),
        (LAB, "eigenvalues: [2.0]", "eigenvalues: [0.2]", "converges"),
    ],
)
def test_a_key_whose_run_changed_is_stale_and_renewed(
    run: Run, course_folder: Path, tmp_path: Path, path: Path, old: str, new: str, observed: str
):
    plant(course_folder / path, old, new)
    before = run("check", course_folder, home=tmp_path)

    done = run("lock", course_folder, "--json", home=tmp_path)

    assert before.out.count("Its runs or the trainer changed since its key was kept.") == 1
    assert done.records == [
        {"type": "lock", "question": "guess-run", "observed": observed, "before": "diverges", "renewed": True}
    ]
    assert "changed since" not in run("check", course_folder, home=tmp_path).out


def test_a_key_that_nothing_changed_is_left_alone(run: Run, course_folder: Path, tmp_path: Path):
    path = course_folder / "content" / "predict.lock"
    before = path.stat().st_mtime_ns, path.read_bytes()
    plant(course_folder / TOPIC, "The curvature is 2. What", "The curvature is two. What")

    done = run("lock", course_folder, home=tmp_path)

    assert (done.status, done.out, done.err) == (0, "", "1 prediction: 1 up to date.\n")
    assert (path.stat().st_mtime_ns, path.read_bytes()) == before


def test_a_key_made_by_another_trainer_is_stale(run: Run, course_folder: Path, tmp_path: Path):
    entry = kept(course_folder)["guess-run"]
    (course_folder / "content" / "predict.lock").write_text(json.dumps({"guess-run": {**entry, "made_by": "0" * 16}}))

    assert "the trainer changed" in run("check", course_folder, home=tmp_path).out


@pytest.mark.slow
def test_labs_hold_a_kept_key_to_the_run(run: Run, course_folder: Path, tmp_path: Path):
    plant(course_folder / "content" / "predict.lock", "diverges", "oscillates")

    assert run("check", course_folder, home=tmp_path).status == 0
    done = run("check", course_folder, "--labs", home=tmp_path)

    assert done.status == 1
    assert "The kept key says 'oscillates', the run says 'diverges'. Renew it with 'coursekit lock --all'." in done.out


@pytest.mark.slow
def test_a_prediction_that_no_run_decides_is_told_and_the_others_are_kept(
    run: Run, course_folder: Path, tmp_path: Path
):
    plant(course_folder / TOPIC, "- diverges\n", "")

    done = run("lock", course_folder, "--all", home=tmp_path)

    assert done.status == 1
    assert "1-steps.md" in done.err
    assert "The run diverges, which is not among the options." in done.err
    assert done.err.endswith("1 prediction: 1 undecided.\n")
    assert kept(course_folder) == {}


PAIR = """
## Which ends lower

```yaml question
id: pair
kind: predict
lab: bowl
runs: [{learning_rate: 0.4, steps: 20}, {learning_rate: 1.5, steps: 20}]
ask: which_is_lower
```

Which run ends lower?

- the one with a **small** rate
- the one with a large rate
"""


def test_what_a_run_decided_is_said_by_the_text_of_its_option(run: Run, course_folder: Path, tmp_path: Path):
    topic = course_folder / TOPIC
    topic.write_text(topic.read_text(encoding="utf-8") + PAIR, encoding="utf-8")

    done = run("lock", course_folder, home=tmp_path)
    again = run("lock", course_folder, "--all", home=tmp_path)

    assert (done.status, done.out) == (0, "pair  the one with a small rate\n")
    assert done.err == "2 predictions: 1 made, 1 up to date.\n"
    assert (again.out, again.err) == ("", "2 predictions: 2 up to date.\n")
    assert kept(course_folder)["pair"]["observed"] == "1"


def test_a_key_that_is_no_option_any_more_is_said_as_it_was_kept(run: Run, course_folder: Path, tmp_path: Path):
    entry = {"made_by": "0" * 16, "observed": "explodes"}
    (course_folder / "content" / "predict.lock").write_text(json.dumps({"guess-run": entry, "gone": entry}))

    done = run("lock", course_folder, home=tmp_path)

    assert done.out == "guess-run  diverges  (was explodes)\ngone  dropped: no question asks for it any more\n"
    assert list(kept(course_folder)) == ["guess-run"]


@pytest.mark.parametrize("text", ["", "[]", '{"guess-run": 3}', '{"guess-run": {}}', "\x00", "[" * 100_000])
def test_a_lock_that_cannot_be_read_says_what_to_do(run: Run, course_folder: Path, tmp_path: Path, text: str):
    (course_folder / "content" / "predict.lock").write_text(text)

    checked = run("check", course_folder, home=tmp_path)
    locked = run("lock", course_folder, home=tmp_path)

    assert checked.status == 1
    assert "predict.lock:1: error: This file cannot be read. Delete it" in checked.out
    assert locked.status == 2
    assert "Delete it, then make it again with 'coursekit lock'." in locked.err
