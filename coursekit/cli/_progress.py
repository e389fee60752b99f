"""A lab's run for a person at the command line: progress while it runs, then its goals and what the curve did."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import assert_never

from coursekit.clean import clean
from coursekit.lab.definition import Lab
from coursekit.lab.knobs import show, standing
from coursekit.lab.point import Point
from coursekit.lab.report import LabReport, News, Started, Trial
from coursekit.lab.trials import table
from coursekit.plots.captions import of_quantity
from coursekit.plots.sentence import caption, describe
from coursekit.train.jobs import Job


def watch(lab: Lab, config: Job, records: Iterable[News], *, is_plain: bool = False) -> LabReport:
    """Print what runs, follow it, with a bar on a terminal unless `is_plain`, and print the report."""
    whole = config.to_json()
    knobs = "  ".join(f"{knob.name} {show(standing(whole, knob.sets))}" for knob in lab.knobs)
    print(f"{lab.title}  ({config.backend}, seed {config.seed})\n{knobs}")
    for number, fault in enumerate(lab.faults, 1):
        print(f"  fault {number}? {clean(fault.says)}")
    report = (
        _with_bar(records, config.steps) if sys.stdout.isatty() and not is_plain else _follow(records, lambda _: None)
    )
    for line in report_lines(report):
        print(line)
    return report


def _with_bar(records: Iterable[News], steps: int) -> LabReport:
    """Follow a run with a bar that goes when it ends."""
    from rich.console import Console  # 40 ms, so only on a terminal
    from rich.progress import Progress

    with Progress(console=Console(highlight=False, markup=False), transient=True) as progress:
        task = progress.add_task("running", total=steps)
        return _follow(records, lambda step: progress.update(task, completed=step))


def report_lines(report: LabReport) -> Sequence[str]:
    """Say what a run came to, line by line."""
    goals = [f"  {'✓' if result.met else '✗'} {result}" for result in report.goals]
    ended = {"finished": "Run finished", "diverged": "Run diverged: the loss is no longer a number"}
    return [*_seen(report), *goals, f"{ended[report.outcome]}. {report.earned:g} of {report.out_of:g} points."]


def _seen(report: LabReport) -> Iterator[str]:
    """Say what the curves did, or list the trials of a measurement."""
    if report.trials:
        yield from table(report.trials)
        return
    points = report.points
    yield describe(tuple((p.step, p.loss) for p in points), "training loss")
    measured = tuple((p.step, p.validation_loss) for p in points if p.validation_loss is not None)
    if measured:
        yield describe(measured, "validation loss")
    if points:
        yield caption(measured or tuple((p.step, p.loss) for p in points))
        yield of_quantity([(p.step, p.gradient_norm) for p in points], "gradient's length")
        yield of_quantity([(p.step, p.learning_rate) for p in points], "learning rate")


def _follow(records: Iterable[News], on_step: Callable[[int], None]) -> LabReport:
    report: LabReport | None = None
    for record in records:
        match record:
            case Started():
                pass
            case Point():
                on_step(record.step)
            case Trial():
                on_step(record.number)
            case LabReport():
                report = record
            case _:
                assert_never(record)
    assert report is not None  # run_lab ends with a report or raises
    return report
