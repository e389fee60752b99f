import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

import pytest

import coursekit
from coursekit.train.backends import tensorflow_is_available
from coursekit.train.telling import tell

ROOT = Path(coursekit.__file__).parents[1]
BOWL = {"model": "quadratic", "optimizer": "sgd", "learning_rate": 0.1, "steps": 30}
DIGITS = {
    "model": "softmax",
    "data": "digits",
    "optimizer": "sgd",
    "learning_rate": 0.5,
    "batch_size": 32,
    "steps": 25,
}


def command(config: object, *options: str) -> list[str]:
    text = config if isinstance(config, str) else json.dumps(config)
    return [sys.executable, "-m", "coursekit.train.worker", text, *options]


def run(config: object, *options: str) -> tuple[int, list[dict[str, Any]]]:
    """Return the exit status and the messages of a worker that says nothing on stderr."""
    done = subprocess.run(command(config, *options), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.returncode, [json.loads(line, parse_constant=pytest.fail) for line in done.stdout.splitlines()]


def start(config: object, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(config, *options), cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def test_a_run_is_told_from_start_to_end() -> None:
    status, messages = run(DIGITS)

    first, *steps, last = messages
    assert status == 0
    assert first["type"] == "start"
    assert first["config"]["model"] == {"name": "softmax"}
    assert sorted(first["versions"]) == ["numpy", "python"]
    assert first["kernel"]
    assert first["data"].startswith("sha256 ")
    assert [step["step"] for step in steps] == list(range(1, 26))
    assert set(steps[0]) == {
        "type",
        "step",
        "loss",
        "validation_loss",
        "learning_rate",
        "examples",
        "gradient_norm",
        "accuracy",
        "seconds",
    }
    assert last == {"type": "end", "outcome": "finished"}


def test_two_runs_tell_the_same_but_for_seconds() -> None:
    (_, first), (_, second) = run(DIGITS), run(DIGITS)

    for message in first + second:
        message.pop("seconds", None)
    assert first == second


def test_nan_and_inf_are_null() -> None:
    status, messages = run({**BOWL, "learning_rate": 1e200})

    assert status == 0
    assert messages[-2]["validation_loss"] is None
    assert messages[-1] == {"type": "end", "outcome": "diverged"}


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
    status, messages = run(config)

    assert status == 2
    assert [message["type"] for message in messages] == ["error"]
    assert words in messages[0]["message"]


def test_sigterm_ends_a_run_quietly() -> None:
    worker = start({**BOWL, "steps": 1000}, "--pace", "10")
    assert worker.stdout is not None
    first, second = worker.stdout.readline(), worker.stdout.readline()

    worker.terminate()
    _, complaint = worker.communicate(timeout=10)

    assert (json.loads(first)["type"], json.loads(second)["step"]) == ("start", 1)
    assert worker.returncode == -signal.SIGTERM
    assert complaint == ""


def test_a_reader_that_leaves_ends_the_run_quietly() -> None:
    worker = start({**BOWL, "steps": 100_000, "learning_rate": 1e-6})
    assert worker.stdout is not None
    assert worker.stderr is not None
    worker.stdout.readline()

    worker.stdout.close()

    assert worker.wait(timeout=10) == 1
    assert worker.stderr.read() == ""
    worker.stderr.close()


def test_pace_slows_a_run_down_but_not_its_seconds() -> None:
    begun = perf_counter()

    _, messages = run(BOWL, "--pace", "50")

    assert perf_counter() - begun > 0.5  # 30 steps at 50 a second
    assert messages[-2]["seconds"] < 0.3


@pytest.mark.parametrize("pace", ["0", "-1", "fast", "nan"])
def test_a_wrong_pace_is_refused(pace: str) -> None:
    done = subprocess.run(command(BOWL, f"--pace={pace}"), cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert "must be a number above 0" in done.stderr


class CountingWriter(StringIO):
    def __init__(self) -> None:
        super().__init__()
        self.flushes = 0

    def flush(self) -> None:
        self.flushes += 1


def test_lines_are_flushed_at_most_20_times_a_second() -> None:
    def told() -> Iterator[dict[str, Any]]:
        for number in range(1, 301):
            sleep(0.001)
            yield {"type": "step", "step": number}

    out, begun = CountingWriter(), perf_counter()

    tell(told(), float("inf"), out)

    assert len(out.getvalue().splitlines()) == 300
    assert 3 <= out.flushes <= 3 + (perf_counter() - begun) * 20


def test_numpy_gets_one_thread_unless_it_was_told_otherwise() -> None:
    code = (
        "import os, sys; sys.argv = ['worker', sys.argv[1]]\n"
        "from coursekit.train.worker import main\n"
        "main(); print(os.environ['OPENBLAS_NUM_THREADS'], os.environ['OMP_NUM_THREADS'])\n"
    )
    environment = {**os.environ, "OMP_NUM_THREADS": "3"}
    environment.pop("OPENBLAS_NUM_THREADS", None)

    done = subprocess.run(
        [sys.executable, "-c", code, json.dumps(BOWL)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr.splitlines()[-1] == "1 3"  # where everything goes that is no message


def test_what_a_library_prints_does_not_mix_with_the_messages() -> None:
    code = (
        "import os, sys; sys.argv = ['worker', sys.argv[1]]\n"
        "from coursekit.train import worker\n"
        "whole = worker.messages\n"
        "worker.messages = lambda *given: (os.write(1, b'noise\\n') and told for told in whole(*given))\n"
        "worker.main()\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, json.dumps(BOWL)], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert json.loads(done.stdout.splitlines()[-1])["type"] == "end"
    assert "noise" not in done.stdout
    assert "noise" in done.stderr


@pytest.mark.slow
def test_tensorflow_tells_the_same_run() -> None:
    if not tensorflow_is_available():
        pytest.skip("TensorFlow is not installed")
    done = subprocess.run(
        command({**DIGITS, "backend": "tensorflow"}), cwd=ROOT, capture_output=True, text=True, check=False
    )
    _, ours = run(DIGITS)

    theirs = [json.loads(line) for line in done.stdout.splitlines()]

    assert done.returncode == 0
    assert sorted(theirs[0]["versions"]) == ["numpy", "python", "tensorflow"]
    for a, b in zip(ours[1:-1], theirs[1:-1], strict=True):
        assert b["loss"] == pytest.approx(a["loss"], rel=1e-9)
