import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from coursekit.errors import ConfigError, WorkerError
from coursekit.lab.warm import Warm
from coursekit.train.config import TrainingConfig


def bowl(steps: int) -> TrainingConfig:
    return TrainingConfig.from_json({"model": "quadratic", "optimizer": "sgd", "learning_rate": 0.1, "steps": steps})


@pytest.fixture
def warm(tmp_path: Path) -> Iterator[Warm]:
    worker = Warm(tmp_path / "trainer.log")
    yield worker
    worker.close()


def children() -> set[str]:
    """The training processes of this one that are alive."""
    return {pid for pid in filter(str.isdigit, os.listdir("/proc")) if _is_trainer(Path("/proc") / pid)}


def _is_trainer(process: Path) -> bool:
    try:
        state, parent = (process / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[:2]
        command = (process / "cmdline").read_bytes()
    except OSError:  # it has just ended
        return False
    return parent == str(os.getpid()) and state != "Z" and b"coursekit.train.worker" in command


def finish(warm: Warm, config: TrainingConfig) -> list[dict[str, Any]]:
    with warm.run(config) as run:
        return list(run.records())


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_one_process_makes_all_runs(warm: Warm) -> None:
    warm.warm(bowl(3))
    first = finish(warm, bowl(5))
    alive = children()
    second = finish(warm, bowl(7))

    assert [record["type"] for record in first] == ["start", *["step"] * 5, "end"]
    assert [record["step"] for record in second[1:-1]] == list(range(1, 8))
    assert len(alive) == 1
    assert children() == alive


def test_a_run_gives_the_same_as_in_a_process_of_its_own(warm: Warm) -> None:
    finish(warm, bowl(50))
    again = finish(warm, bowl(20))
    done = subprocess.run(
        [sys.executable, "-m", "coursekit.train.worker", json.dumps(bowl(20).to_json())],
        capture_output=True,
        text=True,
        check=True,
    )

    own = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record.get("loss") for record in again] == [record.get("loss") for record in own]
    assert again[0] == own[0]


def test_a_run_that_is_stopped_ends_as_stopped_and_the_process_goes_on(warm: Warm) -> None:
    with warm.run(bowl(1_000_000), pace=100) as run:
        records = run.records()
        next(records)
        next(records)
        alive = children()
        run.stop()
        *_, last = records

    assert last == {"type": "end", "outcome": "stopped"}
    assert len(finish(warm, bowl(4))) == 6
    assert children() == alive


def test_a_run_is_held_and_goes_on(warm: Warm) -> None:
    with warm.run(bowl(60), pace=50) as run:
        seen: list[dict[str, Any]] = []
        reader = Thread(target=lambda: seen.extend(iter(run.records())), daemon=True)
        reader.start()
        time.sleep(0.7)
        run.pause()
        reader.join(2)
        assert reader.is_alive()
        run.resume()
        reader.join(20)

    assert seen[-1]["outcome"] == "finished"


def test_the_next_run_waits_for_its_turn(warm: Warm) -> None:
    done: list[str] = []
    with warm.run(bowl(30), pace=60) as run:
        other = Thread(target=lambda: done.append(finish(warm, bowl(3))[-1]["outcome"]), daemon=True)
        other.start()
        assert [record["type"] for record in run.records()] == ["start", *["step"] * 30, "end"]
        assert done == []
    other.join(20)

    assert done == ["finished"]


def test_leaving_a_run_early_spoils_nothing_for_the_next(warm: Warm) -> None:
    with warm.run(bowl(1_000_000)) as run:
        next(run.records())

    assert [record["type"] for record in finish(warm, bowl(2))] == ["start", "step", "step", "end"]


def test_a_process_that_dies_is_told_and_started_again(warm: Warm) -> None:
    with warm.run(bowl(1_000_000), pace=50) as run:
        records = run.records()
        next(records)
        os.kill(int(children().pop()), 9)
        with pytest.raises(WorkerError, match="killed by signal 9"):
            list(records)

    assert finish(warm, bowl(2))[-1]["outcome"] == "finished"


def test_a_wrong_configuration_is_told_and_harms_nothing(warm: Warm) -> None:
    class Wrong:
        def to_json(self) -> dict[str, Any]:
            return {**bowl(2).to_json(), "optimizer": "adams"}

    with warm.run(Wrong()) as run, pytest.raises(ConfigError, match="adam"):  # pyright: ignore[reportArgumentType]
        list(run.records())

    assert finish(warm, bowl(2))[-1]["outcome"] == "finished"


def test_closing_ends_the_process(warm: Warm) -> None:
    finish(warm, bowl(2))
    assert children()
    warm.close()

    assert not children()


def test_it_ends_when_nobody_can_ask_any_more() -> None:
    code = """
import os, sys
from coursekit.lab.warm import Warm
from coursekit.train.config import TrainingConfig
warm = Warm(None)
config = TrainingConfig.from_json({"model": "quadratic", "optimizer": "sgd", "learning_rate": .1, "steps": 1000000})
run = warm.run(config, 20).__enter__()
records = run.records()
next(records), next(records)
if sys.argv[1] == "held":
    run.pause()
print(warm._process._process.pid, flush=True)
os.kill(os.getpid(), 9)
"""
    for how in ("running", "held"):
        done = subprocess.run([sys.executable, "-c", code, how], capture_output=True, text=True, check=False)
        pid = done.stdout.strip()
        assert pid, done.stderr
        until(lambda pid=pid: not Path(f"/proc/{pid}").exists() or " Z " in Path(f"/proc/{pid}/stat").read_text())
