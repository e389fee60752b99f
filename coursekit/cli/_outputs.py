"""Where a run is told: a progress display, JSON lines, CSV rows, TensorBoard events; each takes every record."""

import signal
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO, TypeAlias

from coursekit.cli._json import print_json
from coursekit.errors import WorkerError
from coursekit.lab.child import Running
from coursekit.plots.sentence import describe
from coursekit.train.config import TrainingConfig
from coursekit.train.steps import Step
from coursekit.words import count

Record: TypeAlias = Mapping[str, Any]  # Any: JSON
Sink: TypeAlias = Callable[[Record], None]

_COLUMNS = (*Step._fields, "seconds")
_ENDED = {
    "finished": "Run finished",
    "diverged": "Run diverged: the loss is no longer a number",
    "stopped": "Run stopped",
}


def open_sinks(given: Namespace, config: TrainingConfig, log: Path | None, outputs: ExitStack) -> list[Sink]:
    """Open what was asked for; all of it is closed with `outputs`, whatever happens."""
    sinks: list[Sink] = []
    if given.csv:
        sinks.append(_csv(sys.stdout if given.csv == "-" else outputs.enter_context(_open_rows(given.csv))))
    if given.tensorboard:
        sinks.append(_tensorboard(given.tensorboard, log, outputs))
    if given.json:
        sinks.append(_print_record)
    elif given.csv != "-":
        sinks.append(_person(config, outputs))
    return sinks


def follow(records: Iterator[Record], sinks: Sequence[Sink]) -> str:
    """Pass every record to every sink; return how the run ended."""
    record: Record = {}
    for record in records:
        for sink in sinks:
            sink(record)
    return record["outcome"]


def interruptible(child: Running) -> Iterator[Record]:
    """Yield a run's records; Ctrl-C ends the run, not what is just being written, and a second one ends that too."""
    is_interrupted = False

    def interrupt(*_: object) -> None:
        nonlocal is_interrupted
        is_interrupted = True
        signal.signal(signal.SIGINT, before)
        child.stop()

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield from child.records()
    except WorkerError:
        if not is_interrupted:
            raise
        yield {"type": "end", "outcome": "stopped"}
    finally:
        signal.signal(signal.SIGINT, before)


def _print_record(record: Record) -> None:
    print_json({"type": "result", "outcome": record["outcome"]} if record["type"] == "end" else record)


def _open_rows(path: str) -> TextIO:
    return open(path, "w", encoding="ascii", buffering=1)  # by lines, so that a run can be followed


def _csv(out: TextIO) -> Sink:
    """Return what writes a header and a row for each step; no cell needs quotes."""

    def write(record: Record) -> None:
        if record["type"] == "start":
            print(",".join(_COLUMNS), file=out, flush=True)
        elif record["type"] == "step":
            cells = (record[name] for name in _COLUMNS)
            print(",".join("" if cell is None else str(cell) for cell in cells), file=out, flush=True)

    return write


def _tensorboard(folder: Path, log: Path | None, outputs: ExitStack) -> Sink:
    from coursekit.train.tensorboard import Events  # a process of its own, so only when asked

    events = outputs.enter_context(Events(folder, log))

    def write(record: Record) -> None:
        if record["type"] == "step":
            events.write(record)

    return write


def _person(config: TrainingConfig, outputs: ExitStack) -> Sink:
    """Return what shows progress on a terminal, and at the end in a few lines what came out."""
    from rich.console import Console  # 40 ms, so only for a person
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(highlight=False, markup=False)
    console.print(_title(config), soft_wrap=True)
    columns = (BarColumn(10), MofNCompleteColumn(), TextColumn("{task.fields[said]}", markup=False))
    progress = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    task = outputs.enter_context(progress).add_task("training", total=config.steps, said="starting")
    steps: list[Record] = []
    latest: dict[str, Any] = {}

    def show(record: Record) -> None:
        if record["type"] == "step":
            steps.append(record)
            latest.update((name, value) for name, value in record.items() if value is not None)
            progress.update(task, completed=record["step"], said=_reading(latest))
        elif record["type"] == "end":
            progress.stop()
            console.print("\n".join(_summary(steps, record["outcome"])), soft_wrap=True)

    return show


def _title(config: TrainingConfig) -> str:
    """Say what is trained, and how.

    >>> bowl = {"model": "quadratic", "optimizer": "sgd", "learning_rate": 0.1, "steps": 10}
    >>> print(_title(TrainingConfig.from_json(bowl)))
    quadratic  (numpy, float64, seed 0)
    sgd, learning rate 0.1, 10 steps
    """
    whole = config.to_json()
    data = f" on {whole['data']['name']}" if config.data else ""
    batch = f", batches of {config.batch_size}" if config.batch_size else ""
    rule = f"{whole['optimizer']['name']}, learning rate {config.learning_rate:g}{batch}, {count(config.steps, 'step')}"
    return f"{whole['model']['name']}{data}  ({config.backend}, {config.dtype}, seed {config.seed})\n{rule}"


def _reading(latest: Record) -> str:
    """Say the newest of each number.

    >>> _reading({"loss": 0.123456, "accuracy": 0.95, "step": 10, "seconds": 0.01})
    'loss 0.123  accuracy 0.95  1000/s'
    """
    names = {"loss": "loss", "validation_loss": "validation", "accuracy": "accuracy"}
    numbers = "  ".join(f"{said} {latest[name]:.3g}" for name, said in names.items() if name in latest)
    return f"{numbers}  {_speed(latest):.0f}/s"


def _summary(steps: Sequence[Record], outcome: str) -> Iterator[str]:
    """Say what a run came to, line by line."""
    for name, said in (("loss", "training loss"), ("validation_loss", "validation loss")):
        if curve := _curve(steps, name):
            yield describe(curve, said)
    if shares := _curve(steps, "accuracy"):
        (best_step, best), (last_step, last) = max(shares, key=lambda point: point[1]), shares[-1]
        yield f"accuracy: {last:.3g} at step {last_step}, best {best:.3g} at step {best_step}."
    if steps:
        yield f"{count(len(steps), 'step')} in {steps[-1]['seconds']:.3g} s, {_speed(steps[-1]):.0f} a second."
    yield f"{_ENDED[outcome]}."


def _curve(steps: Sequence[Record], name: str) -> list[tuple[int, float]]:
    return [(step["step"], step[name]) for step in steps if step[name] is not None]


def _speed(step: Record) -> float:
    return step["step"] / max(step["seconds"], 1e-9)
