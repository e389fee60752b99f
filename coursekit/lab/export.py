"""A recorded run, made again and written in one of the forms of `coursekit.lab.exports`.

The record keeps a run's configuration, not its points: the same configuration gives the same run.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path, PurePath

from coursekit import plugins
from coursekit.errors import ConfigError, UsageError, suggest
from coursekit.files import replace_file, shown
from coursekit.lab.definition import Lab
from coursekit.lab.exports import ExportedRun, Exporter
from coursekit.lab.report import LabReport, Started, judge, judge_trials, run_lab
from coursekit.lab.runs import strange_knobs
from coursekit.store.labs import LabRun
from coursekit.train.jobs import read_job

FAMILY = "coursekit.lab.exports"


def formats() -> tuple[str, ...]:
    """List the forms by name."""
    return plugins.names(FAMILY)


def exporter(name: str) -> Exporter:
    """Return a form by its name. Raises UsageError."""
    if name not in formats():
        raise UsageError(f"A run cannot be written as '{name}'. {suggest(name, formats())}")
    return plugins.load(FAMILY, name)


def exporter_for(path: PurePath) -> Exporter:
    """Return the form that a file's name asks for: `.json` by the form's name, `.jsonl` by its suffix.

    Raises UsageError.
    """
    ending = path.suffix.lower()
    for name in formats():
        if ending in (f".{name}", exporter(name).suffix):
            return exporter(name)
    endings = ", ".join(exporter(name).suffix for name in formats())
    raise UsageError(f"The name {path.name} does not say in which form. Let it end in {endings}, or name a format.")


def make_again(lab: Lab, run: LabRun, log: Path | None) -> ExportedRun:
    """Run a recorded configuration in a child process, and keep what it did up to where it was stopped.

    Today's goals judge it. Raises UsageError for a configuration that cannot be run any more, WorkerError.
    """
    start, report = _told(lab, run, log)
    if run.outcome == "stopped":
        report = _cut(report, run.steps)
    return ExportedRun(
        lab=lab.name,
        title=lab.title,
        config=start.config,
        provenance=start.provenance,
        outcome=report.outcome,
        goals=report.goals,
        points=report.points,
        trials=report.trials,
    )


def changes(lab: Lab, run: LabRun, made: ExportedRun) -> Iterator[str]:
    """Say in what a run made again is not what was recorded, a sentence for each."""
    if strange := strange_knobs(lab, run):
        said = "; ".join(strange)
        yield f"The knobs of {lab.name} changed since run {run.number}: {said}. It is run as it was set then."
    now, out_of = sum(goal.earned for goal in made.goals), sum(goal.goal.points for goal in made.goals)
    if (made.outcome, now, out_of) != (run.outcome, run.points, run.out_of):
        then = f"{run.outcome} with {run.points:g} of {run.out_of:g} points"
        yield (
            f"Run {run.number} {then} when it was recorded, and {made.outcome} with {now:g} of {out_of:g} now: "
            "its lab or the trainer changed since."
        )


def refuse_target(path: Path, *, force: bool) -> None:
    """Raise UsageError where no file can be written, or one is there and may not be replaced."""
    try:
        found = path.stat() if path.exists() else None
        folder = path.resolve().parent
    except (OSError, RuntimeError) as error:  # a loop of links is a RuntimeError
        raise _unwritable(path, error) from error
    if found is None:
        if not folder.is_dir():
            raise UsageError(f"{shown(path)} cannot be written: its folder does not exist. Make it, or take another.")
    elif not stat.S_ISREG(found.st_mode):
        raise UsageError(f"{shown(path)} is no ordinary file. Name another.")
    elif not force:
        raise UsageError(f"{shown(path)} is there already. Take another name, or replace it with --force.")
    elif not (found.st_mode & 0o222 and os.access(path, os.W_OK)):
        raise UsageError(f"{shown(path)} may only be read. Make it writable, or take another name.")


def save(path: Path, text: str, *, force: bool = False) -> None:
    """Write an export, whole or not at all; what a link points to is replaced, not the link. Raises UsageError."""
    refuse_target(path, force=force)
    try:
        replace_file(path.resolve(), text.encode("utf-8"))
    except OSError as error:
        raise _unwritable(path, error) from error


def _told(lab: Lab, run: LabRun, log: Path | None) -> tuple[Started, LabReport]:
    try:
        start, *_, report = run_lab(lab, read_job(run.config), log)
    except ConfigError as error:
        raise UsageError(f"Run {run.number} of {lab.name} cannot be made again with this coursekit. {error}") from error
    assert isinstance(start, Started)  # as run_lab begins
    assert isinstance(report, LabReport)  # and ends, or it raises
    return start, report


def _cut(report: LabReport, steps: int) -> LabReport:
    """Judge a run as if it had been stopped after so many steps, or trials."""
    goals = tuple(result.goal for result in report.goals)
    if report.trials:
        return judge_trials(goals, report.trials[:steps], {}, "stopped")
    return judge(goals, report.points[:steps], "stopped")


def _unwritable(path: Path, error: Exception) -> UsageError:
    reason = error.strerror if isinstance(error, OSError) else "its links lead in a circle"
    return UsageError(f"{shown(path)} cannot be written: {reason}. Take another name.")
