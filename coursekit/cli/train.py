"""Train any configuration, outside a lab.

examples:
  coursekit train --model softmax --data digits --optimizer sgd --learning-rate 0.5 --batch-size 32 --steps 300
  coursekit train --config run.yaml --seed 3 --json > run.jsonl
  coursekit train --config run.json --set model.hidden=[32] --csv steps.csv --tensorboard logs/run

An option holds over the file. A value is JSON or one word: --optimizer adam, --optimizer '{"name": "momentum",
"momentum": 0.8}'. In a CSV row a cell is empty where nothing was measured, or what was is no number.

Exit status: 0 when the run finished, 1 when it diverged, 2 for a wrong configuration, 130 when Ctrl-C ended it.
"""

import os
from argparse import ArgumentParser, Namespace
from contextlib import ExitStack
from pathlib import Path

from coursekit.cli._config import OPTIONS, configured, option_name
from coursekit.cli._log import the_log
from coursekit.cli._outputs import follow, interruptible, open_sinks
from coursekit.errors import UsageError
from coursekit.lab.child import Child
from coursekit.lab.export import refuse_target
from coursekit.train.backends import tensorflow_is_available

GROUP = "self-grader"

_STATUS = {"finished": 0, "diverged": 1, "stopped": 130}


def add_arguments(parser: ArgumentParser) -> None:
    """Say what a run takes and where it is told."""
    parser.add_argument("--config", metavar="FILE", help="a configuration, as YAML or, when named *.json, JSON")
    for name, said in OPTIONS.items():
        parser.add_argument(option_name(name), metavar="VALUE", help=said)
    parser.add_argument("--set", action="append", default=[], metavar="FIELD=VALUE", help="any field; repeatable")
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    parser.add_argument("--csv", metavar="FILE", help="one row per step; - is standard output")
    parser.add_argument("--tensorboard", type=Path, metavar="DIR", help="event files for TensorBoard")
    parser.add_argument("--force", action="store_true", help="replace a CSV file that is there")


def run(given: Namespace) -> int:
    """Train, and tell it in every way that was asked for."""
    _check_outputs(given)
    config = configured(given)
    log = the_log(given)
    with ExitStack() as outputs:
        sinks = open_sinks(given, config, log, outputs)
        child = outputs.enter_context(Child(config, log))
        return _STATUS[follow(interruptible(child), sinks)]


def _check_outputs(given: Namespace) -> None:
    if given.json and given.csv == "-":
        raise UsageError("'--json' and '--csv -' both want standard output. Give the CSV a file.")
    if given.csv and os.path.isfile(given.csv):  # a pipe or a device may be there, to be written to
        refuse_target(Path(given.csv), force=given.force)
    if given.tensorboard and not tensorflow_is_available():
        raise UsageError("'--tensorboard' needs TensorFlow, which is not installed here: 'pip install tensorflow'.")
