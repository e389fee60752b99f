import os
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from threading import Timer
from time import monotonic, sleep

import pytest

from coursekit.errors import ConfigError, WorkerError
from coursekit.lab.child import Child
from coursekit.train.config import TrainingConfig


def bowl(steps: int, learning_rate: float = 0.1) -> TrainingConfig:
    return TrainingConfig.from_json(
        {"model": "quadratic", "optimizer": "sgd", "learning_rate": learning_rate, "steps": steps}
    )


@pytest.fixture
def falls_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let every Python that starts from here run a line and go no further."""

    def prepare(line: str) -> None:
        (tmp_path / "site").mkdir()
        (tmp_path / "site" / "sitecustomize.py").write_text(line)
        monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))

    return prepare


def test_a_run_is_told_from_start_to_end() -> None:
    with Child(bowl(steps=5), None) as child:
        types = [record["type"] for record in child.records()]

    assert types == ["start", *["step"] * 5, "end"]


def test_a_killed_child_says_so() -> None:
    with Child(bowl(steps=1_000_000), None, pace=50) as child:
        records = child.records()
        next(records)
        child.stop()

        with pytest.raises(WorkerError, match=r"ended without a result \(killed by signal 9\)\..*coursekit doctor"):
            list(records)


def test_a_child_killed_in_the_middle_of_a_line_says_so() -> None:
    """With nobody reading, the pipe fills up and the last line in it is cut."""
    with Child(bowl(steps=1_000_000), None) as child:
        next(child.records())
        sleep(0.5)
        child.stop()

        with pytest.raises(WorkerError, match="killed by signal 9"):
            list(child.records())


def test_a_crash_names_its_status_its_last_words_and_the_log(tmp_path: Path, falls_over: Callable[[str], None]) -> None:
    log = tmp_path / "lab.log"
    log.write_text("An older line.\n")
    falls_over("import os; os.write(2, b'one\\nNo memory left.\\n'); os._exit(3)")

    with Child(bowl(steps=5), log) as child, pytest.raises(WorkerError) as caught:
        list(child.records())

    assert "(exit status 3). It said last: No memory left." in str(caught.value)
    assert str(log) in str(caught.value)


def test_a_silent_crash_does_not_quote_an_older_run(tmp_path: Path, falls_over: Callable[[str], None]) -> None:
    log = tmp_path / "lab.log"
    log.write_text("An older line.\n")
    falls_over("import os; os._exit(3)")

    with Child(bowl(steps=5), log) as child, pytest.raises(WorkerError) as caught:
        list(child.records())

    assert "older" not in str(caught.value)


def test_what_the_child_says_goes_to_the_log_and_not_to_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PYTHONVERBOSE", "1")
    log = tmp_path / "lab.log"

    for config_log in (log, None):
        with Child(bowl(steps=5), config_log) as child:
            list(child.records())

    assert "import" in log.read_text()
    assert capfd.readouterr() == ("", "")


def test_leaving_ends_the_process() -> None:
    with Child(bowl(steps=1_000_000), None, pace=10) as child:
        next(child.records())
        process = child._process._process

    assert process.returncode == -9
    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)


def test_killing_twice_or_after_the_end_is_harmless() -> None:
    with Child(bowl(steps=2), None) as child:
        assert [record["type"] for record in child.records()][-1] == "end"
        child.stop()
        child.stop()


def test_a_paused_run_holds_and_a_resumed_one_goes_on_where_it_was() -> None:
    steps, arrivals = [], []
    with Child(bowl(steps=60), None, pace=100) as child:
        for record in child.records():
            arrivals.append(monotonic())
            steps += [record["step"]] if record["type"] == "step" else []
            if steps == [1]:
                child.pause()
                Timer(0.6, child.resume).start()

    gaps = [later - earlier for earlier, later in pairwise(arrivals)]
    assert steps == list(range(1, 61))
    assert max(gaps) > 0.5


def test_a_paused_run_can_be_killed() -> None:
    with Child(bowl(steps=1_000_000), None, pace=100) as child:
        next(child.records())
        child.pause()

    assert child._process._process.returncode == -9


def test_what_the_trainer_refuses_is_a_config_error() -> None:
    config = bowl(steps=5)
    object.__setattr__(config, "steps", 0)  # as a worker of another version might see it

    with Child(config, None) as child, pytest.raises(ConfigError, match="steps must be a whole number from 1"):
        list(child.records())
