"""Where a command's training processes write what they say beside results."""

from argparse import Namespace
from pathlib import Path

from coursekit.cli._context import the_home
from coursekit.errors import StoreError
from coursekit.lab.log import log_file


def the_log(given: Namespace) -> Path | None:
    """Return the trainer's log; a person without a home has none, and runs labs all the same."""
    try:
        return log_file(the_home(given))
    except StoreError:
        return None
