"""Real strategies in real processes take the steps that one worker takes on NumPy, to rounding."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import numpy as np
import pytest

import coursekit
from coursekit.train.backends import tensorflow_is_available
from coursekit.train.config import TrainingConfig
from coursekit.train.fit import fit

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not tensorflow_is_available(), reason="TensorFlow is not installed"),
]

ROOT = Path(coursekit.__file__).parents[1]
SECONDS = 40  # a strategy whose workers miss each other waits for ever
COMMAND = [sys.executable, "-m", "coursekit.train.tensorflow_parallel"]
MLP: dict[str, Any] = {
    "model": {"name": "mlp", "hidden": [16]},
    "data": "digits",
    "optimizer": "momentum",
    "learning_rate": 0.05,
    "batch_size": 64,
    "steps": 30,  # the 23rd batch has 29 rows
}
CLIPPED: dict[str, Any] = {**MLP, "clip_norm": 0.5, "weight_decay": 0.01, "schedule": "cosine", "optimizer": "adam"}


@contextmanager
def start(job: object, tf_config: str | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """Start a worker; leaving kills it, whatever happened."""
    environment = {key: value for key, value in os.environ.items() if key != "TF_CONFIG"}
    if tf_config:
        environment["TF_CONFIG"] = tf_config
    process = subprocess.Popen(
        [*COMMAND, json.dumps(job)],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()  # SIGTERM would not end one that waits for others


def told(process: subprocess.Popen[bytes]) -> list[dict[str, Any]]:
    out, _ = process.communicate(timeout=SECONDS)
    return [json.loads(line, parse_constant=pytest.fail) for line in out.splitlines()]


def cluster(workers: int) -> list[str]:
    """Return the TF_CONFIG of each worker of a cluster on free ports of this machine."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(workers)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        addresses = [f"127.0.0.1:{each.getsockname()[1]}" for each in sockets]
    tasks = [{"type": "worker", "index": index} for index in range(workers)]
    return [json.dumps({"cluster": {"worker": addresses}, "task": task}) for task in tasks]


def losses(steps: list[dict[str, Any]], name: str = "loss") -> list[float]:
    return [np.nan if step[name] is None else step[name] for step in steps]


def assert_same_run(messages: list[dict[str, Any]], config: dict[str, Any], tolerance: float) -> None:
    alone = [step._asdict() for step in fit(TrainingConfig.from_json(config))]
    first, *steps, last = messages
    assert (first["type"], last) == ("start", {"type": "end", "outcome": "finished"})
    assert len(steps) == config["steps"]
    for name in ("loss", "validation_loss"):
        np.testing.assert_allclose(losses(steps, name), losses(alone, name), rtol=tolerance)
    for name in ("examples", "learning_rate", "accuracy"):
        assert losses(steps, name) == pytest.approx(losses(alone, name), nan_ok=True)


@pytest.mark.parametrize(
    ("config", "workers", "tolerance"),
    [
        pytest.param({**MLP, "dtype": "float32"}, [1, 1, 1, 1], 1e-5, id="even-float32"),
        pytest.param({**CLIPPED, "dtype": "float64"}, [5, 2, 1], 1e-9, id="clipped-uneven-float64"),
    ],
)
def test_mirrored_replicas_take_the_steps_of_one(config: dict[str, Any], workers: list[int], tolerance: float) -> None:
    with start({"strategy": "mirrored", "workers": workers, "config": config}) as process:
        messages = told(process)

    assert process.returncode == 0
    assert messages[0]["workers"] == workers
    assert sorted(messages[0]["versions"]) == ["numpy", "python", "tensorflow"]
    assert_same_run(messages, config, tolerance)


@pytest.mark.parametrize(
    ("config", "workers", "tolerance"),
    [
        pytest.param({**MLP, "dtype": "float64"}, [3, 1], 1e-9, id="uneven-float64"),
        pytest.param({**MLP, "dtype": "float32"}, [1, 1], 1e-5, id="even-float32"),
    ],
)
def test_two_processes_take_the_steps_of_one(config: dict[str, Any], workers: list[int], tolerance: float) -> None:
    job = {"strategy": "multi-worker", "workers": workers, "config": config}
    first, second = cluster(2)

    with start(job, first) as chief, start(job, second) as other:
        messages, others = told(chief), told(other)

    assert (chief.returncode, other.returncode) == (0, 0)
    assert [messages[0]["worker"], others[0]["worker"]] == [0, 1]
    assert losses(others[1:-1]) == losses(messages[1:-1])
    assert_same_run(messages, config, tolerance)


@pytest.mark.parametrize(
    ("job", "tf_config", "words"),
    [
        ({"strategy": "mirrored", "workers": [1] * 30, "config": MLP}, None, "workers: a batch of 29 rows"),
        ({"strategy": "mirrored", "workers": [], "config": MLP}, None, "workers must be a list"),
        ({"strategy": "miror", "workers": [1], "config": MLP}, None, "strategy must be 'mirrored' or"),
        ({"strategy": "mirrored", "workers": [1]}, None, "config is missing"),
        ({"strategy": "multi-worker", "workers": [1, 1], "config": MLP}, None, "needs TF_CONFIG"),
        pytest.param(  # named, since the cluster's ports are chosen anew by each process that collects tests
            {"strategy": "multi-worker", "workers": [1, 1, 1], "config": MLP},
            cluster(2)[0],
            "TF_CONFIG has 2 workers",
            id="three-of-two",
        ),
    ],
)
def test_wrong_input_is_told_and_ends_with_status_2(job: object, tf_config: str | None, words: str) -> None:
    with start(job, tf_config) as process:
        messages = told(process)

    assert process.returncode == 2
    assert [message["type"] for message in messages] == ["error"]
    assert words in messages[0]["message"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a child dies with its next line")
def test_a_worker_that_waits_for_another_dies_with_its_parent() -> None:
    job = json.dumps({"strategy": "multi-worker", "workers": [1, 1], "config": MLP})
    code = "import subprocess, sys; print(subprocess.Popen(sys.argv[1:]).pid, flush=True); sys.stdin.read()"
    environment = {**os.environ, "TF_CONFIG": cluster(2)[0]}

    with subprocess.Popen(
        [sys.executable, "-c", code, *COMMAND, job],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        started = json.loads(parent.stdout.readline())  # it has seen to its end, and now waits
        parent.kill()
    try:
        assert started["type"] == "start"
        assert ended(child)
    finally:
        if not ended(child, seconds=0):
            os.kill(child, signal.SIGKILL)


def ended(pid: int, seconds: float = 5) -> bool:
    """Say whether a process that is no child of ours ends in time."""
    until = monotonic() + seconds
    while is_running(pid) and monotonic() < until:
        sleep(0.05)
    return not is_running(pid)


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"  # Z: nobody asked for its end
    except FileNotFoundError:
        return False
