"""Run a lab and see whether its goals are met.

examples:
  coursekit lab run learning-rate
  coursekit lab run learning-rate --set learning_rate=0.5 --seed 3
  coursekit lab run quadratic-bowl --set learning_rate=0.9 --json

Exit status: 0 when every goal is met, 1 when one is not, 2 for a wrong name or setting.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from typing import Any, assert_never

from coursekit.cli._context import say_notice, the_course, the_store, utc_now
from coursekit.cli._json import print_json
from coursekit.cli._log import the_log
from coursekit.cli._progress import watch
from coursekit.course import Course
from coursekit.errors import StoreError, UsageError
from coursekit.lab.definition import Lab, load_lab
from coursekit.lab.point import Point
from coursekit.lab.record import recorded_run
from coursekit.lab.report import LabReport, Started, run_lab
from coursekit.train.config import TrainingConfig


def add_arguments(parser: ArgumentParser) -> None:
    """Say what a run takes."""
    parser.add_argument("action", choices=("run",), help="what to do with the lab")
    parser.add_argument("name", help="the lab's name, as 'coursekit list labs' shows it")
    parser.add_argument("--set", action="append", default=[], metavar="KNOB=VALUE", help="turn a knob; repeatable")
    parser.add_argument("--backend", choices=("numpy", "tensorflow"), default="numpy", help="default: numpy")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="of initial parameters and batches")
    parser.add_argument("--json", action="store_true", help="one JSON object per line")


def run(given: Namespace) -> int:
    """Run the lab, print its steps or its report, and record it."""
    course = the_course(given)
    lab = load_lab(course, given.name)
    settings = _settings(given.set)
    config = lab.configure(settings, seed=given.seed, backend=given.backend)
    records = run_lab(lab, config, the_log(given))
    report = _print_records(records) if given.json else watch(lab, config, records)
    _record(given, course, lab, config, report)
    return 0 if report.is_passed else 1


def _settings(pairs: list[str]) -> dict[str, str]:
    for pair in pairs:
        if "=" not in pair:
            raise UsageError(f"'--set {pair}' has no value. Write for example '--set learning_rate=0.5'.")
    return {name.strip(): value for name, _, value in (pair.partition("=") for pair in pairs)}


def _print_records(records: Iterable[Started | Point | LabReport]) -> LabReport:
    report: LabReport | None = None
    for record in records:
        match record:
            case Started():
                print_json({"type": "start", "config": record.config, **record.provenance})
            case Point():
                print_json({"type": "step", **record._asdict()})
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


def _record(given: Namespace, course: Course, lab: Lab, config: TrainingConfig, report: LabReport) -> None:
    """Keep the run; where nothing can be kept, the result above still stands."""
    import sys

    try:
        store = the_store(given, course)
        say_notice(store)
        store.add_run(recorded_run(lab, config, report, utc_now()))
        store.close()
    except StoreError as error:
        print(f"coursekit: this run is not recorded. {error}", file=sys.stderr)
