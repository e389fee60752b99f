"""A run in a process of its own, told as JSON lines on stdout.

    python -m coursekit.train.worker '{"model": "softmax", "data": "digits", ...}' --pace 50

    {"type": "start", "config": {...}, "versions": {"python": "3.11.7", "numpy": "2.4.0"}}
    {"type": "step", "step": 1, "loss": 2.303, "validation_loss": null, ..., "seconds": 0.0012}
    {"type": "end", "outcome": "finished"}

A number that is not finite is written as null. Wrong input is told as {"type": "error", "message": ...}, and
the exit status is 2.
"""

import json
import os
import signal
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator
from dataclasses import asdict
from importlib.metadata import version
from math import inf, isfinite
from platform import python_version
from time import perf_counter, sleep
from typing import Any, TextIO

from coursekit.errors import ConfigError, CoursekitError
from coursekit.train.config import TrainingConfig
from coursekit.train.steps import Step, outcome

_FLUSH_SECONDS = 1 / 20
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def main() -> int:
    """Run the configuration of the command line and return the exit status."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # whoever runs this by hand may end it without a traceback
    _end_with_parent()
    arguments = _arguments()
    out = _own_stdout()
    try:
        return _run(arguments.config, arguments.pace, out)
    except BrokenPipeError:  # whoever read is gone; Python would complain once more at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
        return 1


def _own_stdout() -> TextIO:
    """Keep standard output for messages; what a library prints goes to standard error with the rest."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return out


def _end_with_parent() -> None:
    """Ask Linux to kill this process with its parent: one that is held could not notice that nobody reads."""
    if sys.platform == "linux":
        from ctypes import CDLL  # NumPy loads it anyway

        CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def messages(config: TrainingConfig) -> Iterator[dict[str, Any]]:
    """Yield what a run has to tell: start, each step, end. `seconds` are those spent computing."""
    from coursekit.train.backends import load, require

    require(config.backend)
    yield {"type": "start", "config": config.to_json(), "versions": _versions(config)}
    from coursekit.train.fit import fit  # loads NumPy, once its threads are set and the start is told

    load(config.backend)  # which takes seconds for TensorFlow, and is no part of the run
    last: tuple[Step, ...] = ()
    for step, seconds in _timed(fit(config)):
        last = (step,)
        yield {"type": "step", **asdict(step), "seconds": seconds}
    yield {"type": "end", "outcome": outcome(last)}


def tell(told: Iterator[dict[str, Any]], pace: float, out: TextIO) -> None:
    """Write messages as lines, at most 20 times a second, and no more than `pace` steps a second."""
    lines: list[str] = []
    begun, flushed = perf_counter(), -inf
    try:
        for message in told:
            lines.append(json.dumps(_without_nan(message), allow_nan=False))
            number = message.get("step", 0)
            begun = perf_counter() if number <= 1 else begun
            ahead = begun + number / pace - perf_counter()
            if number <= 1 or ahead >= _FLUSH_SECONDS or perf_counter() - flushed >= _FLUSH_SECONDS:
                _flush(lines, out)
                flushed = perf_counter()
                sleep(max(ahead, 0))
    finally:
        _flush(lines, out)


def _run(text: str, pace: float, out: TextIO) -> int:
    for name in _THREADS:
        os.environ.setdefault(name, "1")  # before NumPy starts: threads cost small models more than they give
    try:
        tell(messages(TrainingConfig.from_json(_parse(text))), pace, out)
    except CoursekitError as error:
        tell(iter([{"type": "error", "message": str(error)}]), pace, out)
        return 2
    return 0


def _parse(text: str) -> Any:  # Any: what JSON holds is checked by the configuration
    try:
        return json.loads(text)
    except ValueError as error:
        raise ConfigError(f"The configuration is not JSON: {error}.") from error


def _timed(steps: Iterator[Step]) -> Iterator[tuple[Step, float]]:
    """Yield each step with the seconds spent in making all steps so far."""
    seconds, begun = 0.0, perf_counter()
    for step in steps:
        seconds += perf_counter() - begun
        yield step, seconds
        begun = perf_counter()


def _flush(lines: list[str], out: TextIO) -> None:
    out.write("".join(f"{line}\n" for line in lines))
    out.flush()
    lines.clear()


def _without_nan(message: dict[str, Any]) -> dict[str, Any]:
    return {key: None if isinstance(value, float) and not isfinite(value) else value for key, value in message.items()}


def _versions(config: TrainingConfig) -> dict[str, str]:
    libraries = ["numpy", "tensorflow"] if config.backend == "tensorflow" else ["numpy"]
    return {"python": python_version()} | {name: version(name) for name in libraries}


def _arguments() -> Namespace:
    parser = ArgumentParser(prog="python -m coursekit.train.worker", description="Train and tell it as JSON.")
    parser.add_argument("config", metavar="CONFIG_JSON", help="a TrainingConfig as JSON")
    parser.add_argument("--pace", type=_pace, default=inf, metavar="STEPS_PER_SECOND", help="go no faster")
    return parser.parse_args()


def _pace(text: str) -> float:
    try:
        pace = float(text)
    except ValueError:
        pace = 0.0
    if not pace > 0:
        raise ArgumentTypeError(f"must be a number above 0, got {text!r}.")
    return pace


if __name__ == "__main__":
    sys.exit(main())
