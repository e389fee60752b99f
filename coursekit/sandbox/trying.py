"""A real try at getting out of a tier, by a child that has no strange source."""

import errno
import os
import sys
from time import monotonic

from coursekit.errors import WorkerError
from coursekit.sandbox import bubblewrap
from coursekit.sandbox.folder import Folder
from coursekit.sandbox.launching import LAYERS, Launch, launch
from coursekit.sandbox.limits import Limits
from coursekit.sandbox.output import Output
from coursekit.sandbox.replies import read_greeting
from coursekit.sandbox.talk import Talk, TalkError
from coursekit.sandbox.tier import Tier
from coursekit.sandbox.wire import FrameError

_LONGEST = 20.0  # seconds that a try may take on a busy machine
_PASSING = [os.strerror(number) for number in (errno.EAGAIN, errno.ENOMEM, errno.EMFILE, errno.ENFILE, errno.ENOSPC)]


def why_not(tier: Tier) -> str:
    """Return why a tier does not hold here, as a sentence; empty when it does.

    Raises WorkerError when it could not be tried: a moment without memory or processes is no reason to do without it.
    """
    if tier > Tier.PROCESS and sys.platform != "linux":
        return "It needs Linux."
    if tier == Tier.CONTAINED and not bubblewrap.is_installed():
        return "bubblewrap is not installed (the command bwrap, in the package bubblewrap)."
    folder = Folder()
    try:
        return _tried(tier, folder.path)
    except OSError as error:
        raise _untried(str(error)) from error
    finally:
        folder.remove()


def _tried(tier: Tier, folder: str) -> str:
    output = Output(4000)
    trial = launch(tier, LAYERS[tier], Limits(), folder, is_trial=True)
    talk = Talk(trial.process, output, 0, lambda: None)
    try:
        return _said(talk, trial)
    except TimeoutError as error:
        raise _untried(f"it took longer than {_LONGEST:g} s") from error
    except (TalkError, FrameError) as error:
        trial.process.ends_within(1.0)
        talk.drain()
        last = output.take().strip().splitlines()[-1:] or ["the child ended without a word"]
        if trial.process.end() < 0 or any(passing in last[0] for passing in _PASSING):
            raise _untried(last[0]) from error
        return f"{last[0].removeprefix('OSError: ').rstrip('.')}."
    finally:
        talk.close()
        trial.process.close()


def _said(talk: Talk, trial: Launch) -> str:
    escapes = read_greeting(talk.exchange(b"", monotonic() + _LONGEST), trial.greeting)
    return f"A child tried to get out, and {', '.join(escapes)}." if escapes else ""


def _untried(why: str) -> WorkerError:
    return WorkerError(
        f"The sandbox could not be tried: {why.rstrip('.')}. Try again when the machine is less busy, or choose a "
        "lower tier with COURSEKIT_SANDBOX=2 or 1."
    )
