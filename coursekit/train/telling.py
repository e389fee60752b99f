"""What a training process says: JSON lines on a standard output of its own, and nothing of what libraries print."""

import json
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from math import inf, isfinite
from time import perf_counter, sleep
from typing import Any, TextIO

from coursekit.errors import ConfigError
from coursekit.train.steps import Step

_FLUSH_SECONDS = 1 / 20
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def use_one_thread() -> None:
    """Tell NumPy, before it starts, that threads cost small models more than they give."""
    for name in _THREADS:
        os.environ.setdefault(name, "1")


def own_stdout() -> TextIO:
    """Keep standard output for messages; what a library prints goes to standard error with the rest."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return out


def end_with_parent() -> None:
    """Ask Linux to kill this process with its parent: one that is held could not notice that nobody reads."""
    if sys.platform == "linux":
        from ctypes import CDLL  # NumPy loads it anyway

        CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def tell(told: Iterator[dict[str, Any]], pace: float, out: TextIO) -> None:
    """Write messages as lines, at most 20 times a second, and no more than `pace` steps a second."""
    lines: list[str] = []
    begun, flushed = perf_counter(), -inf
    try:
        for message in told:
            lines.append(json.dumps(without_nan(message), allow_nan=False))
            number = message.get("step", 0)
            begun = perf_counter() if number <= 1 else begun
            ahead = begun + number / pace - perf_counter()
            if number <= 1 or ahead >= _FLUSH_SECONDS or perf_counter() - flushed >= _FLUSH_SECONDS:
                _flush(lines, out)
                flushed = perf_counter()
                sleep(max(ahead, 0))
    finally:
        _flush(lines, out)


def parse_json(text: str) -> Any:  # Any: what JSON holds is checked by the configuration
    """Read a command line's configuration. Raises ConfigError."""
    try:
        return json.loads(text)
    except ValueError as error:
        raise ConfigError(f"The configuration is not JSON: {error}.") from error


def timed(steps: Iterator[Step]) -> Iterator[tuple[Step, float]]:
    """Yield each step with the seconds spent in making all steps so far."""
    seconds, begun = 0.0, perf_counter()
    for step in steps:
        seconds += perf_counter() - begun
        yield step, seconds
        begun = perf_counter()


def without_nan(message: Mapping[str, Any]) -> dict[str, Any]:
    """Return None for what is no number, since JSON has no word for it."""
    return {key: None if isinstance(value, float) and not isfinite(value) else value for key, value in message.items()}


def _flush(lines: list[str], out: TextIO) -> None:
    out.write("".join(f"{line}\n" for line in lines))
    out.flush()
    lines.clear()
