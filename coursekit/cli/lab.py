"""Run a lab and see whether its goals are met, have it graded, or follow the way of a run.

A grade trains the same settings with the shown seed and others, drawn fresh, and takes the median of the scores.
The way of a run tells the loss at some of its steps, and the gradient of the batch beside that of the full data.

examples:
  coursekit lab run learning-rate
  coursekit lab run learning-rate --set learning_rate=0.5 --seed 3
  coursekit lab run quadratic-bowl --set learning_rate=0.9 --json
  coursekit lab grade learning-rate --set learning_rate=0.5
  coursekit lab way saddle --set batch_size=64 --step 40

Exit status: 0 when every goal is met, 1 when one is not, 2 for a wrong name or setting.
"""

from argparse import ArgumentParser, Namespace

from coursekit.cli._log import the_log


def add_arguments(parser: ArgumentParser) -> None:
    """Say what a run takes."""
    parser.add_argument("action", choices=("run", "grade", "way"), help="what to do with the lab")
    parser.add_argument("name", help="the lab's name, as 'coursekit list labs' shows it")
    parser.add_argument("--set", action="append", default=[], metavar="KNOB=VALUE", help="turn a knob; repeatable")
    parser.add_argument("--backend", choices=("numpy", "tensorflow"), default="numpy", help="default: numpy")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="of initial parameters and batches")
    parser.add_argument("--fault", type=int, metavar="N", help="which fault a run to diagnose has, for its grade")
    parser.add_argument("--seeds", type=int, default=5, metavar="N", help="how many to grade with, at least 5")
    parser.add_argument("--step", type=int, metavar="N", help="of the way: tell this step alone")
    parser.add_argument("--plain", action="store_true", help="no progress bar")
    parser.add_argument("--json", action="store_true", help="one JSON object per line")


def run(given: Namespace) -> int:
    """Run the lab, print its steps or its report, and record it."""
    if given.action == "grade":
        from coursekit.cli._lab_grade import grade_it

        return grade_it(given)
    if given.action == "way":
        from coursekit.cli._lab_way import tell_way

        return tell_way(given)
    from coursekit.lab.warm import Warm

    with Warm(the_log(given)) as worker:  # it takes 0.1 s until it has loaded NumPy; meanwhile the lab is read
        from coursekit.cli._lab_run import run_on

        return run_on(worker, given)
