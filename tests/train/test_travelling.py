import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import coursekit
from coursekit.train.config import TrainingConfig
from coursekit.train.landscape import trajectory

ROOT = Path(coursekit.__file__).parents[1]
BOWL = {"model": "quadratic", "optimizer": "sgd", "learning_rate": 0.1, "steps": 30}
SOFTMAX = {
    "model": "softmax",
    "data": "penguins",
    "optimizer": "sgd",
    "learning_rate": 0.1,
    "batch_size": 9,
    "steps": 8,
}


def command(config: object, *options: str) -> list[str]:
    text = config if isinstance(config, str) else json.dumps(config)
    return [sys.executable, "-m", "coursekit.train.travelling", text, *options]


def tell(config: object, *options: str) -> tuple[int, list[dict[str, Any]]]:
    """Return the exit status and the messages of a process that says nothing on stderr."""
    done = subprocess.run(command(config, *options), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.returncode, [json.loads(line, parse_constant=pytest.fail) for line in done.stdout.splitlines()]


def test_progress_then_the_landscape_then_the_end() -> None:
    status, messages = tell(SOFTMAX, "--points", "4", "--columns", "6", "--rows", "3")

    *progress, landscape, end = messages
    assert (status, end) == (0, {"type": "end"})
    assert {message["type"] for message in progress} == {"progress"}
    assert progress[-1]["share"] == 1
    expected = trajectory(TrainingConfig.from_json(SOFTMAX), points=4, resolution=(6, 3)).to_json()
    assert landscape.pop("type") == "landscape"
    assert landscape.keys() == expected.keys()
    np.testing.assert_allclose(landscape["losses"], expected["losses"], rtol=1e-9)
    for mine, other in zip(landscape["places"], expected["places"], strict=True):
        assert mine["step"] == other["step"]
        assert mine["full"]["length"] == pytest.approx(other["full"]["length"], rel=1e-9)
        assert mine["rate"] == other["rate"]


@pytest.mark.parametrize("rate", [1.0, 1e200])
def test_what_is_no_number_is_null(rate: float) -> None:
    status, messages = tell({**BOWL, "learning_rate": rate})

    assert status == 0
    assert messages[-2]["places"][0]["loss"] == 5.5
    assert messages[-1] == {"type": "end"}


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ({**BOWL, "optimizer": "sdg"}, "Did you mean 'sgd'?"),
        ("{", "not JSON"),
        ("[1]", "must be a mapping"),
        (json.dumps({**BOWL, "learning_rate": float("nan")}), "learning_rate must be a number above 0"),
    ],
)
def test_wrong_input_is_told_and_ends_with_status_2(config: object, words: str) -> None:
    status, messages = tell(config)

    assert status == 2
    assert [message["type"] for message in messages] == ["error"]
    assert words in messages[0]["message"]


@pytest.mark.parametrize(("option", "number"), [("--points", "0"), ("--columns", "1"), ("--rows", "x")])
def test_a_wrong_size_is_refused(option: str, number: str) -> None:
    done = subprocess.run(command(BOWL, option, number), cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert f"argument {option}: must be a whole number from" in done.stderr


def test_a_reader_that_leaves_ends_it_quietly() -> None:
    long = {**BOWL, "steps": 1_000_000, "learning_rate": 1e-6}
    process = subprocess.Popen(command(long), cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert json.loads(process.stdout.readline())["type"] == "progress"

    process.stdout.close()
    assert process.wait(timeout=60) == 1

    assert process.stderr is not None
    assert process.stderr.read() == ""
    process.stderr.close()


def test_sigint_ends_it_without_a_traceback() -> None:
    long = {**BOWL, "steps": 1_000_000, "learning_rate": 1e-6}
    process = subprocess.Popen(command(long), cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()

    process.send_signal(signal.SIGINT)
    _, complaint = process.communicate(timeout=10)

    assert (process.returncode, complaint) == (-signal.SIGINT, "")
