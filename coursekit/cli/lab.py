"""Run a lab or write its code, see whether its goals are met, have it graded, or follow the way of a run.

A grade trains the same settings with the shown seed and others, drawn fresh, and takes the median of the scores.
The way of a run tells the loss at some of its steps, and the gradient of the batch beside that of the full data.
A lab of code begins with a file to write in; it is checked at every save, and graded on fresh cases in a sandbox.

examples:
  coursekit lab run learning-rate
  coursekit lab run learning-rate --set learning_rate=0.5 --seed 3
  coursekit lab run quadratic-bowl --set learning_rate=0.9 --json
  coursekit lab hint learning-rate --hints 2
  coursekit lab grade learning-rate --set learning_rate=0.5
  coursekit lab way saddle --set batch_size=64 --step 40
  coursekit lab start write-sgd
  coursekit lab watch write-sgd
  coursekit lab grade write-sgd write_sgd.py

Exit status: 0 when every goal is met or check passed, 1 when one is not, 2 for a wrong name or setting.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from coursekit.cli._log import the_log
from coursekit.errors import CoursekitError, UsageError

if TYPE_CHECKING:
    from coursekit.lab.code.processes import Processes

GROUP = "self-grader"

_GOES_WITH = {
    "reset": ("start",),
    "set": ("run", "grade", "way"),
    "backend": ("run",),
    "seed": ("run", "grade", "way", "watch"),
    "fault": ("grade",),
    "seeds": ("grade",),
    "hints": ("grade", "hint"),
    "step": ("way",),
}
"""With what each option does something."""


def add_arguments(parser: ArgumentParser) -> None:
    """Say what a run takes."""
    parser.add_argument(
        "action", choices=("run", "grade", "hint", "way", "start", "watch"), help="what to do with the lab"
    )
    parser.add_argument("name", metavar="LAB", help="the lab's name, as 'coursekit list labs' shows it")
    parser.add_argument("file", nargs="?", metavar="FILE", help="of a lab of code: the file you write, or its folder")
    parser.add_argument("--reset", action="store_true", help="start a lab of code anew; what is there is kept beside")
    parser.add_argument("--set", action="append", default=[], metavar="KNOB=VALUE", help="turn a knob; repeatable")
    parser.add_argument("--backend", choices=("numpy", "tensorflow"), help="of a run; default: numpy")
    parser.add_argument("--seed", type=int, metavar="N", help="of initial parameters and batches, or of cases")
    parser.add_argument("--fault", type=int, metavar="N", help="which fault a run to diagnose has, for its grade")
    parser.add_argument("--seeds", type=int, metavar="N", help="how many to grade with, at least 5")
    parser.add_argument("--hints", type=int, metavar="N", help="to tell; of the grade of a file: you used")
    parser.add_argument("--step", type=int, metavar="N", help="of the way: tell this step alone")
    parser.add_argument("--plain", action="store_true", help="no progress bar, and no cleared screen")
    parser.add_argument("--json", action="store_true", help="one JSON object per line")


def run(given: Namespace) -> int:
    """Do with the lab what was asked, print it, and record what came of it."""
    _refuse_idle_options(given)
    match given.action:
        case "start":
            from coursekit.cli._lab_start import start

            return start(given)
        case "watch":
            from coursekit.cli._lab_watch import watch_file

            with _told_as_json(given):
                return watch_file(given)
        case "hint":
            from coursekit.cli._lab_hint import tell_hints

            return tell_hints(given)
        case "grade":
            with _told_as_json(given), _begun(given) as begun:
                from coursekit.cli._lab_code import grade_any

                return grade_any(given, begun)
        case _:
            return _run(given)


def _refuse_idle_options(given: Namespace) -> None:
    """Raise UsageError for an option that would do nothing."""
    for name, actions in _GOES_WITH.items():
        if given.action not in actions and getattr(given, name) not in (None, False, []):
            others = " and ".join(f"'lab {action}'" for action in actions)
            raise UsageError(f"'coursekit lab {given.action}' takes no --{name}: it goes with {others}. Leave it out.")


@contextmanager
def _begun(given: Namespace) -> "Generator[Processes | None, None, None]":
    """Start the processes for the grade of a file before all else: they take longest."""
    if not given.file:
        yield None
        return
    from coursekit.lab.code.processes import Processes

    with Processes() as begun:
        yield begun


@contextmanager
def _told_as_json(given: Namespace) -> Generator[None, None, None]:
    """Let a program that reads JSON lines learn of an error too; it is raised all the same."""
    try:
        yield
    except CoursekitError as error:
        if given.json:
            from coursekit.cli._json import print_json

            print_json({"type": "error", "message": str(error)})
        raise


def _run(given: Namespace) -> int:
    given.seed = given.seed or 0
    if given.file:
        raise UsageError(f"'coursekit lab {given.action}' takes no file. Turn knobs with --set.")
    if given.action == "way":
        from coursekit.cli._lab_way import tell_way

        return tell_way(given)
    from coursekit.lab.warm import Warm

    with Warm(the_log(given)) as worker:  # it takes 0.1 s until it has loaded NumPy; meanwhile the lab is read
        from coursekit.cli._lab_run import run_on

        return run_on(worker, given)
