"""The command line as a process beside the screen, which ends with it: `python -m coursekit.cli._beside lab watch …`.

Killed with its parent, and ended by SIGINT also where that is ignored, as it is behind nohup.
"""

import select
import signal
import sys

from coursekit.cli.main import main
from coursekit.train.telling import end_with_parent


def run() -> int:
    """Do as `coursekit` does, unless the screen was gone before this began."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    end_with_parent()
    return 0 if _is_alone() else main()


def _is_alone() -> bool:
    """Say whether nobody reads standard output any more: who started this has ended before it could be heard of."""
    output = select.poll()
    output.register(sys.stdout.fileno(), 0)
    return any(event & select.POLLERR for _, event in output.poll(0))


if __name__ == "__main__":
    sys.exit(run())
