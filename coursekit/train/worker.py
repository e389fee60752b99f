"""A run in a process of its own, told as JSON lines on stdout.

    python -m coursekit.train.worker '{"model": "softmax", "data": "digits", ...}' --pace 50

    {"type": "start", "config": {...}, "versions": {"python": "3.11.7", "numpy": "2.4.0"}, "kernel": ..., "data": ...}
    {"type": "step", "step": 1, "loss": 2.303, "validation_loss": null, ..., "seconds": 0.0012}
    {"type": "end", "outcome": "finished"}

A measurement (`{"probe": "traces"}`) tells its trials and then its values:

    {"type": "trial", "step": 1, "cells": {"rows": 32, "traces": 1}}
    {"type": "values", "values": {"traces": 5}}

A number that is not finite is written as null. Wrong input is told as {"type": "error", "message": ...}, and
the exit status is 2.

With `--requests FD` it waits on that descriptor for one run after another, a line of JSON each, and ends with it:

    {"run": {"model": ...}, "pace": 50}    a run, told as above
    {"warm": {"model": ...}}               the same without a word, so that the next such run begins at once
    {"hold": true}  {"hold": false}        the run that goes on is held, goes on again
    {"stop": true}                         the run that goes on ends as "stopped"
"""

import gc
import json
import os
import signal
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from math import inf
from queue import Queue
from threading import Event, Thread
from typing import Any, TextIO, final

from coursekit.errors import CoursekitError
from coursekit.train.config import TrainingConfig
from coursekit.train.jobs import Job, read_job
from coursekit.train.probing import ProbeConfig
from coursekit.train.steps import Step, outcome
from coursekit.train.telling import end_with_parent, own_stdout, parse_json, tell, timed, use_one_thread, without_nan


def main() -> int:
    """Run the configuration of the command line, or those that are asked for, and return the exit status."""
    gc.disable()  # 10 ms: nothing that an import makes is garbage
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # whoever runs this by hand may end it without a traceback
    use_one_thread()
    sys.modules["sklearn"] = None  # pyright: ignore[reportArgumentType]  # Keras would import it where it is: 1 s
    arguments = _arguments()
    out = own_stdout()
    try:
        if arguments.requests is not None:
            return serve(Inbox(arguments.requests), out)
        end_with_parent()
        return _run(lambda: parse_json(arguments.config), arguments.pace, out)
    except BrokenPipeError:  # whoever read is gone; Python would complain once more at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
        return 1


def messages(config: Job, is_stopped: Callable[[], bool] = lambda: False) -> Iterator[dict[str, Any]]:
    """Yield what a run has to tell: start, each step or trial, end."""
    return _measure(config, is_stopped) if isinstance(config, ProbeConfig) else _train(config, is_stopped)


def _train(config: TrainingConfig, is_stopped: Callable[[], bool]) -> Iterator[dict[str, Any]]:
    """Yield what a training run has to tell. `seconds` are those spent computing."""
    from coursekit.train.backends import load, require

    require(config.backend)
    from coursekit.train.fit import fit  # they load NumPy, once its threads are set
    from coursekit.train.problem import prepare
    from coursekit.train.provenance import provenance

    problem = prepare(config)
    yield {"type": "start", "config": config.to_json(), **provenance(config, problem.split)}
    load(config.backend)  # which takes seconds for TensorFlow, and is no part of the run
    last: tuple[Step, ...] = ()
    for step, seconds in timed(fit(config, problem)):
        last = (step,)
        yield {"type": "step", **step._asdict(), "seconds": seconds}
        if is_stopped():
            break
    yield {"type": "end", "outcome": "stopped" if is_stopped() else outcome(last)}


def _measure(config: ProbeConfig, is_stopped: Callable[[], bool]) -> Iterator[dict[str, Any]]:
    """Yield what a measurement has to tell."""
    from coursekit.train.backends import load, require

    require(config.backend)
    from coursekit.train.provenance import kernel, versions  # they load NumPy, once its threads are set

    yield {"type": "start", "config": config.to_json(), "versions": versions(config.backend), "kernel": kernel()}
    load(config.backend)
    trials, number = config.probe.trials(config.seed), 0
    while not is_stopped():
        try:
            cells = next(trials)
        except StopIteration as end:
            yield {"type": "values", "values": without_nan(end.value)}
            break
        number += 1
        yield {"type": "trial", "step": number, "cells": without_nan(cells)}
    yield {"type": "end", "outcome": "stopped" if is_stopped() else "finished"}


def serve(inbox: "Inbox", out: TextIO) -> int:
    """Do what is asked, one request after another, until nobody can ask any more."""
    import_module("coursekit.train.fit")  # it loads NumPy, which every request will need

    gc.enable()
    while asked := inbox.next():
        request, reins = asked
        if "warm" in request:
            with suppress(CoursekitError):  # who asks for the run is told
                _warm(read_job(request["warm"]))
        elif "run" in request:
            _run(lambda request=request: request["run"], request.get("pace") or inf, out, reins.is_stopped)
    return 0


@final
class Inbox:
    """Requests as they come, each with its reins."""

    def __init__(self, descriptor: int) -> None:
        self._asked: Queue[tuple[dict[str, Any], Reins] | None] = Queue()
        Thread(target=self._listen, args=(descriptor,), daemon=True).start()

    def next(self) -> "tuple[dict[str, Any], Reins] | None":
        """Wait for a request; None when there will be no more."""
        return self._asked.get()

    def _listen(self, descriptor: int) -> None:
        reins = Reins()
        with os.fdopen(descriptor, encoding="utf-8") as lines:
            for line in lines:
                request = json.loads(line)
                if "stop" in request:
                    reins.stop()
                elif "hold" in request:
                    reins.hold(is_held=request["hold"])
                else:
                    reins = Reins()
                    self._asked.put((request, reins))
        reins.stop()
        self._asked.put(None)


@final
class Reins:
    """How a run is held and stopped from outside."""

    def __init__(self) -> None:
        self._may_go_on, self._is_stopped = Event(), Event()
        self._may_go_on.set()

    def is_stopped(self) -> bool:
        """Say whether the run is to end; wait while it is held."""
        self._may_go_on.wait()
        return self._is_stopped.is_set()

    def hold(self, *, is_held: bool) -> None:
        """Hold the run, or let it go on."""
        self._may_go_on.clear() if is_held else self._may_go_on.set()

    def stop(self) -> None:
        """End the run."""
        self._is_stopped.set()
        self._may_go_on.set()


def _warm(config: Job) -> None:
    """Import the backend and compile what this run needs."""
    if isinstance(config, ProbeConfig):
        from coursekit.train.backends import load

        load(config.backend)
        return
    from coursekit.train.fit import fit

    next(fit(config))


def _run(read: Callable[[], Any], pace: float, out: TextIO, is_stopped: Callable[[], bool] = lambda: False) -> int:
    try:
        tell(messages(read_job(read()), is_stopped), pace, out)
    except CoursekitError as error:
        tell(iter([{"type": "error", "message": str(error)}]), pace, out)
        return 2
    return 0


def _arguments() -> Namespace:
    parser = ArgumentParser(prog="python -m coursekit.train.worker", description="Train and tell it as JSON.")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("config", nargs="?", metavar="CONFIG_JSON", help="a TrainingConfig as JSON")
    what.add_argument("--requests", type=int, metavar="FD", help="a descriptor from which to read requests")
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
