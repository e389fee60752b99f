"""One run of a lab at the command line: read the lab, follow the run, print it, record it."""

import sys
from argparse import Namespace
from collections.abc import Iterable
from typing import Any, assert_never

from coursekit.clean import clean
from coursekit.cli._context import say_notice, the_course, the_store, utc_now
from coursekit.cli._json import print_json
from coursekit.cli._lab_text import lab_lines, where_next
from coursekit.cli._progress import watch
from coursekit.course import Course
from coursekit.errors import StoreError, UsageError
from coursekit.lab.budget import is_spent, runs_left
from coursekit.lab.definition import Lab, load_lab
from coursekit.lab.point import Point
from coursekit.lab.record import recorded_run
from coursekit.lab.report import LabReport, News, Started, Trial, follow, settled
from coursekit.lab.warm import Warm
from coursekit.train.jobs import Job


def run_on(worker: Warm, given: Namespace) -> int:
    """Run the lab in a process that has begun to load; return the exit status."""
    course = the_course(given)
    lab = load_lab(course, given.name)
    _keep_to_budget(given, course, lab)
    config = lab.configure(read_settings(given.set), seed=given.seed, backend=given.backend or "numpy")
    goals = settled(lab.goals, config, worker.run)
    with worker.run(config) as running:
        records = follow(goals, running)
        report = _print_records(records) if given.json else _tell(given, lab, config, records)
    _record(given, course, lab, config, report)
    return 0 if report.is_passed else 1


def read_settings(pairs: list[str]) -> dict[str, str]:
    """Read KNOB=VALUE pairs. Raises UsageError."""
    for pair in pairs:
        if "=" not in pair:
            raise UsageError(f"'--set {pair}' has no value. Write for example '--set learning_rate=0.5'.")
    return {name.strip(): value for name, _, value in (pair.partition("=") for pair in pairs)}


def _keep_to_budget(given: Namespace, course: Course, lab: Lab) -> None:
    """Refuse a run beyond the lab's budget; where no record can be read, nothing is counted. Raises UsageError."""
    if lab.budget is None:
        return
    try:
        store = the_store(given, course)
        left = runs_left(lab, store.runs(lab.name, with_removed=True), store.grades(lab.name))
        store.close()
    except StoreError:
        return  # it is told when the run is to be recorded
    if not left:
        raise UsageError(f"{is_spent(lab)} That is 'coursekit lab grade {lab.name} --set …'.")


def _tell(given: Namespace, lab: Lab, config: Job, records: Iterable[News]) -> LabReport:
    """Follow a run for a person: before a lab as it stands its text, after all goals are met what is next."""
    if not given.set:
        print(clean("\n".join(lab_lines(lab))))
    report = watch(lab, config, records, is_plain=given.plain)
    if said := where_next(lab, given.set, is_passed=report.is_passed):
        print(clean(said))
    return report


def _print_records(records: Iterable[News]) -> LabReport:
    report: LabReport | None = None
    for record in records:
        match record:
            case Started():
                print_json({"type": "start", "config": record.config, **record.provenance})
            case Point():
                print_json({"type": "step", **record._asdict()})
            case Trial():
                print_json({"type": "trial", "step": record.number, "cells": dict(record.cells)})
            case LabReport():
                report = record
                print_json(_result(record))
            case _:
                assert_never(record)
    assert report is not None  # run_lab ends with a report or raises
    return report


def _result(report: LabReport) -> dict[str, Any]:
    goals = [result.to_json() for result in report.goals]
    score = {"points": report.earned, "out_of": report.out_of}
    return {"type": "result", "outcome": report.outcome, "goals": goals, "score": score}


def _record(given: Namespace, course: Course, lab: Lab, config: Job, report: LabReport) -> None:
    """Keep the run; where nothing can be kept, the result above still stands."""
    try:
        store = the_store(given, course)
        say_notice(store)
        store.add_run(recorded_run(lab, config, report, utc_now()))
        store.close()
    except StoreError as error:
        print(f"coursekit: this run is not recorded. {error}", file=sys.stderr)
