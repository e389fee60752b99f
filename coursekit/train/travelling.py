"""The landscape of a run, taken in a process of its own and told as JSON lines on stdout.

    python -m coursekit.train.travelling '{"model": "softmax", "data": "digits", ...}' --columns 48 --rows 24

    {"type": "progress", "share": 0.4}
    {"type": "landscape", "first": [...], "second": [...], "losses": [[...], ...], "grid_rows": 1437,
     "explained": 0.93, "remaining": 0.07, "places": [
         {"step": 0, "at": [2.1, 0.3], "loss": 2.37, "rate": 0.3, "full": {"arrow": [0.6, -0.1], "length": 1.5},
          "batch": {"arrow": [0.7, 0.1], "length": 1.8}, "cosine": 0.8}, ...]}
    {"type": "end"}

What is no number is null. The last place has no next step, so its rate, batch and cosine are null. Wrong input is told
as {"type": "error", "message": ...}, and the exit status is 2.
"""

import os
import signal
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterator
from math import inf
from typing import Any

from coursekit.errors import CoursekitError
from coursekit.train.config import TrainingConfig
from coursekit.train.telling import end_with_parent, own_stdout, parse_json, tell, use_one_thread


def main() -> int:
    """Take the landscape of the command line's configuration, and return the exit status."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # whoever runs this by hand may end it without a traceback
    use_one_thread()
    arguments = _arguments()
    out = own_stdout()
    end_with_parent()
    try:
        tell(messages(TrainingConfig.from_json(parse_json(arguments.config)), arguments), inf, out)
    except CoursekitError as error:
        tell(iter([{"type": "error", "message": str(error)}]), inf, out)
        return 2
    except BrokenPipeError:  # whoever read is gone; Python would complain once more at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
        return 1
    return 0


def messages(config: TrainingConfig, size: Namespace) -> Iterator[dict[str, Any]]:
    """Yield what there is to tell: progress, the landscape, end."""
    from coursekit.train.landscape import Landscape, survey  # it loads NumPy, once its threads are set

    for found in survey(config, points=size.points, resolution=(size.columns, size.rows)):
        if isinstance(found, Landscape):
            yield {"type": "landscape", **found.to_json()}
        else:
            yield {"type": "progress", "share": found}
    yield {"type": "end"}


def _arguments() -> Namespace:
    parser = ArgumentParser(prog="python -m coursekit.train.travelling", description="Tell a landscape as JSON.")
    parser.add_argument("config", metavar="CONFIG_JSON", help="a TrainingConfig as JSON")
    parser.add_argument("--points", type=_at_least(1), default=100, help="most places to keep besides start and end")
    parser.add_argument("--columns", type=_at_least(2), default=48, help="of the grid")
    parser.add_argument("--rows", type=_at_least(2), default=24, help="of the grid")
    return parser.parse_args()


def _at_least(least: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise ArgumentTypeError(f"must be a whole number from {least} on, got {text!r}.")
        return int(text)

    return number


if __name__ == "__main__":
    sys.exit(main())
