"""Read the command line, run one command, turn an error into one line and a status.

Nothing heavy is imported here: `coursekit --help` reads the first line of each command's file.
"""

import os
import sys
from io import TextIOWrapper

from coursekit.errors import CoursekitError


def main(argv: list[str] | None = None) -> int:
    """Run coursekit; return its exit status: 0 done, 1 findings or goals not met, 2 wrong usage or input."""
    _open_streams()
    try:
        try:
            return _run(sys.argv[1:] if argv is None else argv)
        finally:
            sys.stdout.flush()
    except CoursekitError as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _close_output()
        return 0
    except OSError as error:
        _close_output()
        return _fail(": ".join(str(part) for part in (error.filename, error.strerror or error) if part))
    except Exception:  # no traceback ever reaches a user
        return _crash()


def _crash() -> int:
    """Say one sentence for an error of our own, and keep its traceback."""
    from argparse import Namespace
    from traceback import format_exc

    from coursekit.cli._context import the_home, utc_now
    from coursekit.crash import keep_crash

    traceback = format_exc()
    try:
        home = the_home(Namespace(home=None))
    except CoursekitError:
        home = None
    print(keep_crash(home, traceback, utc_now()), file=sys.stderr)
    return 70


def _open_streams() -> None:
    """Give a stream that the caller closed a place to go, and let no odd character end a session."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115  open to the end
        if isinstance(stream := getattr(sys, name), TextIOWrapper):
            stream.reconfigure(errors="replace")


def _close_output() -> None:
    """Let what is still to be written go nowhere, so that Python does not complain of it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(message: str) -> int:
    """Say what is wrong in one line; a line break or an escape sequence in it is shown, not obeyed."""
    shown = "".join(c if c.isprintable() else repr(c)[1:-1] for c in message)
    print(f"coursekit: {shown}", file=sys.stderr)
    return 2


def _run(argv: list[str]) -> int:
    if not argv:  # a parser takes 3 ms of the first frame
        from coursekit.cli._app import open_here

        return open_here()
    from coursekit.cli._parser import run_command

    return run_command(argv)
