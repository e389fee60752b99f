"""A strange source in a child of its own, and calls to its functions.

>>> with Sandbox(b"def double(w): return 2 * w", name="double.py", tier=Tier.PROCESS) as box:
...     box.start()
...     box.call("double", [21])
...     box.call("halve", [21])
Loaded(output='')
Returned(value=42, arguments=(21,), output='')
Raised(kind='MissingFunction', message="There is no function 'halve' in double.py.", traceback='', output='')
"""

import secrets
import signal
from collections.abc import Callable, Sequence
from functools import partial
from time import monotonic
from typing import Any, Self, TypeVar, final

from coursekit.sandbox.folder import Folder
from coursekit.sandbox.launching import LAYERS, Launch, launch
from coursekit.sandbox.limits import Limits
from coursekit.sandbox.outcomes import Broken, Loaded, Raised, Returned
from coursekit.sandbox.output import Output
from coursekit.sandbox.replies import read_greeting, read_loaded, read_raised, read_returned
from coursekit.sandbox.talk import Talk, TalkError
from coursekit.sandbox.tiers import Tier, require
from coursekit.sandbox.values import Body, Value, encode
from coursekit.sandbox.wire import Frame, FrameError, pack
from coursekit.sandbox.zygote import Zygote

_STARTING = 60.0  # seconds that Python and NumPy may take to start on a busy machine
_NO_MESSAGE = "It said something that is no message"

Came = TypeVar("Came", Loaded, Returned)


@final
class Sandbox:
    """One child for one source; nothing of it is shared with another.

    It is used by the thread that enters it, whose end is the child's end too; only `stop` may come from another.
    With a zygote the child is forked from that, at its tier, and whether the tier holds shows when the child greets.
    `_without` leaves out layers of confinement, so that tests can show what each of them is good for.
    """

    def __init__(
        self,
        source: bytes,
        *,
        name: str,
        limits: Limits | None = None,
        tier: Tier | None = None,
        zygote: Zygote | None = None,
        _without: Sequence[str] = (),
    ) -> None:
        self.limits = limits or Limits()
        self.tier = zygote.tier if zygote else require(tier, self.limits)
        self._zygote = zygote
        self._source = source
        self._name = name
        self._layers = tuple(layer for layer in LAYERS[self.tier] if layer not in _without)
        self._output = Output(self.limits.output)
        self._left = self.limits.seconds  # of all calls together
        self._is_stopped = False
        self._holds: bool | None = None
        self._started: Loaded | Raised | Broken | None = None
        self._broken: Broken | None = None
        self._launch: Launch | None = None
        self._talk: Talk | None = None

    def __enter__(self) -> Self:
        """Start the child, without waiting for it. Raises OSError when there can be no more processes."""
        self._folder = self._zygote.folder() if self._zygote else Folder()
        try:
            begin = self._zygote.launch if self._zygote else partial(launch, self.tier)
            self._launch = begin(self._layers, self.limits, self._folder.path)
        except BaseException:
            self._folder.remove()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """Kill the child and its group, and remove its folder."""
        if self._talk:
            self._talk.close()
        if self._launch:
            self._launch.process.close()
        self._folder.remove()

    def holds(self) -> bool:
        """Wait until the child has confined itself, and say whether it greets and found no way out."""
        if self._holds is None:
            self._started = self._greeted()
            self._holds = self._started is None
        return self._holds

    def start(self) -> Loaded | Raised | Broken:
        """Send the source and say what executing it came to; the first call counts, later ones repeat it."""
        if self.holds() and self._started is None:
            self._started = self._load()
        assert self._started
        return self._started

    def call(
        self, function: str, arguments: Sequence[Value], *, seconds: float | None = None
    ) -> Returned | Raised | Broken:
        """Call one function of the source; `seconds` takes the place of the limit for one call.

        Raises ValueError when an argument cannot be sent: ValueRefusedError, or FrameError for lists that are too long.
        """
        started = self.start()
        if self._broken or not isinstance(started, Loaded):
            return self._broken or started  # pyright: ignore[reportReturnType] # Loaded is not left
        body = Body(self.limits.message)
        trees = [encode(argument, body) for argument in arguments]
        header = {"do": "call", "function": function, "arguments": trees}

        def read(frame: Frame) -> Returned:
            value, left = read_returned(frame, tuple(arguments))
            return Returned(value, left, self._output.take())

        return self._ask(header, bytes(body), seconds or self.limits.seconds_per_call, read)

    def stop(self) -> None:
        """End it at once, from any thread."""
        self._is_stopped = True
        if self._launch:
            self._launch.process.kill()

    def _greeted(self) -> Broken | None:
        """Wait until the child has confined itself; None when it has and nothing led out."""
        if not self._launch:
            raise ValueError("A Sandbox has to be entered with 'with' before it is used.")
        if not self._launch.process.has_begun():
            self._broken = Broken(self._why_unborn(), "")
            return self._broken
        self._talk = Talk(self._launch.process, self._output, self.limits.message, self._look)
        try:
            escapes = read_greeting(self._talk.exchange(b"", monotonic() + _STARTING), self._launch.greeting)
        except (TalkError, TimeoutError) as error:
            return self._break(self._why(error, _STARTING), starting=True)
        except FrameError as error:
            return self._break(f"{_NO_MESSAGE}: {error}.")
        return self._break(f"The sandbox does not hold: {', '.join(escapes)}.") if escapes else None

    def _why_unborn(self) -> str:
        if self._is_stopped or not self._zygote:
            return "It was stopped."
        self._output.add(self._zygote.last_words())
        return " ".join(("No child could be started.", *self._output.take().strip().splitlines()[-1:]))

    def _load(self) -> Loaded | Raised | Broken:
        def read(frame: Frame) -> Loaded:
            read_loaded(frame)
            return Loaded(self._output.take())

        return self._ask({"do": "load", "name": self._name}, self._source, self.limits.seconds_per_call, read)

    def _ask(
        self, header: dict[str, Any], body: bytes, seconds: float, read: Callable[[Frame], Came]
    ) -> Came | Raised | Broken:
        """Exchange a request for its reply, and read that."""
        assert self._talk
        request_id = secrets.token_hex(8)
        request = pack({"id": request_id, **header}, body)
        began = monotonic()
        try:
            frame = self._talk.exchange(request, began + min(seconds, self._left))
            self._look()  # a call that has ended may have been too quick for the looks meanwhile
            if frame.header.get("id") != request_id:
                raise FrameError("it replies to something else")
            if frame.header.get("is") == "raised":
                return Raised(*read_raised(frame), self._output.take())
            return read(frame)
        except (TalkError, TimeoutError) as error:
            return self._break(self._why(error, seconds))
        except FrameError as error:
            return self._break(f"{_NO_MESSAGE}: {error}.")
        finally:
            self._left -= monotonic() - began

    def _why(self, error: TalkError | TimeoutError, seconds: float) -> str:
        """Say in a sentence why the talk is over."""
        assert self._launch
        if self._is_stopped:
            return "It was stopped."
        if isinstance(error, TimeoutError):
            is_all = self._left <= seconds
            return f"It took longer than {self.limits.seconds if is_all else seconds:g} s{' in all' * is_all}."
        if str(error):
            return f"It {error}."
        return _told(self._launch.process.end())

    def _break(self, why: str, *, starting: bool = False) -> Broken:
        """End the child; every later call comes to the same."""
        assert self._launch
        assert self._talk
        self._launch.process.end()
        self._talk.drain()
        printed = self._output.take()
        last = printed.strip().splitlines()[-1:] if starting else []
        self._broken = Broken(" ".join((why, *last)), printed)
        return self._broken

    def _look(self) -> None:
        if self._zygote and "container" in self._layers:  # with a disk of its own, of limited size
            is_over = self._zygote.files(self._folder.path) > self.limits.files
        else:
            is_over = self._folder.is_over(self.limits.folder, self.limits.files)
        if is_over:
            raise TalkError("wrote more files than it may")


def _told(status: int) -> str:
    """Say how a process ended.

    >>> _told(3), _told(-9)
    ('It ended by itself, with exit status 3.', 'It was killed by signal 9 (Killed).')
    """
    number = -status if status < 0 else status - 128  # a container tells a signal as a shell does
    if status < 0 or 0 < number < 65:
        return f"It was killed by signal {number} ({signal.strsignal(number)})."
    return f"It ended by itself, with exit status {status}."
