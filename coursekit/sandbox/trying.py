"""A real try at getting out of a tier, by a child that has no strange source."""

import sys
from time import monotonic

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


def why_not(tier: Tier) -> str:
    """Return why a tier does not hold here, as a sentence; empty when it does."""
    if tier > Tier.PROCESS and sys.platform != "linux":
        return "It needs Linux."
    if tier == Tier.CONTAINED and not bubblewrap.is_installed():
        return "bubblewrap is not installed (the command bwrap, in the package bubblewrap)."
    folder = Folder()
    try:
        return _tried(tier, folder.path)
    except OSError as error:
        return f"No child could be started: {error}."
    finally:
        folder.remove()


def _tried(tier: Tier, folder: str) -> str:
    output = Output(4000)
    trial = launch(tier, LAYERS[tier], Limits(), folder, is_trial=True)
    talk = Talk(trial.process, output, 0, lambda: None)
    try:
        return _said(talk, trial)
    except TimeoutError:
        return f"The try took longer than {_LONGEST:g} s."
    except (TalkError, FrameError):
        trial.process.ends_within(1.0)
        talk.drain()
        last = output.take().strip().splitlines()[-1:] or ["the child ended without a word"]
        return f"{last[0].removeprefix('OSError: ').rstrip('.')}."
    finally:
        talk.close()
        trial.process.close()


def _said(talk: Talk, trial: Launch) -> str:
    escapes = read_greeting(talk.exchange(b"", monotonic() + _LONGEST), trial.greeting)
    return f"A child tried to get out, and {', '.join(escapes)}." if escapes else ""
