"""A process that has imported NumPy and holds no secret. Children are forked from it in a few ms each.

    with Zygote(tier) as zygote, Sandbox(source, name="sgd.py", zygote=zygote) as box:
        box.call("sgd_step", [params, grads, 0.1])

Nothing here imports NumPy, so that a host can do that while the zygote does. It needs Linux. At tier 3 the zygote and
all its children are in one container, so whoever shall share nothing needs a zygote of its own there.
"""

import json
import os
import select
import signal
import socket
import sys
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from time import monotonic, sleep
from typing import Any, Self, final

from coursekit.sandbox.folder import Folder
from coursekit.sandbox.launching import LAYERS, Launch, command_of, plan_of
from coursekit.sandbox.limits import Limits
from coursekit.sandbox.plan import LONGEST
from coursekit.sandbox.process import Pipes, Process, clean_environment
from coursekit.sandbox.tier import Tier

_PATIENCE = 60.0  # seconds that starting Python and NumPy may take on a busy machine


def can_fork(limits: Limits) -> bool:
    """Say whether a zygote can serve for these limits: on Linux, and for sources that have one process."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open") and limits.processes == 1


@final
class Zygote:
    """Starts without waiting; `launch` does not wait either. For one thread, but for `kill`."""

    def __init__(self, tier: Tier, limits: Limits | None = None) -> None:
        self.tier = tier
        self._limits = limits or Limits()
        self._unborn: deque[Forked] = deque()

    def __enter__(self) -> Self:
        """Start it. Raises OSError when there can be no more processes."""
        self._folder, self._pipes = Folder(), Pipes()
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control.settimeout(_PATIENCE)
        plan = plan_of(self.tier, LAYERS[self.tier], self._limits, self._pipes)
        plan = replace(plan, control=theirs.fileno(), folder=self._folder.path)
        try:
            environment = clean_environment(self._folder.path)
            command = command_of(plan, self._folder.path)
            self._process = Process(command, self._pipes, environment, self._folder.path, (theirs.fileno(),))
        except BaseException:
            self._pipes.close()
            self._control.close()
            self._folder.remove()
            raise
        finally:
            theirs.close()
        return self

    def __exit__(self, *_: object) -> None:
        """Kill it, with what it has forked and is left."""
        self._control.close()
        self._process.close()
        self._folder.remove()

    def folder(self) -> Folder:
        """Make a folder for a child, where it finds it too."""
        return Folder(inside=self._folder.path)

    def launch(self, layers: Sequence[str], limits: Limits, folder: str) -> Launch:
        """Have a child forked, as `launching.launch` starts one."""
        pipes = Pipes()
        plan = replace(plan_of(self.tier, layers, limits, pipes), folder=folder)
        told = (pipes.child_requests, pipes.child_replies, pipes.prints)
        with suppress(OSError):  # it went: whoever waits for the child is told
            socket.send_fds(self._control, [plan.to_json().encode()], told)
        pipes.close_theirs()
        child = Forked(self, pipes)
        self._unborn.append(child)
        return Launch(child, plan.greeting)

    def deliver(self, child: "Forked") -> None:
        """Wait until a child is there, and those before it."""
        while child in self._unborn:
            told, descriptors = self._hear()
            self._unborn.popleft().begin(told.get("number", 0), descriptors[0] if descriptors else None)

    def end(self, number: int) -> int:
        """End a child and return how it ended, as `Popen.returncode` tells it."""
        return self._asked({"end": number}).get("status", -signal.SIGKILL)

    def files(self, folder: str) -> int:
        """Count the files and folders on the disk of a container, which nobody else sees; 0 when it has gone."""
        return self._asked({"files": folder}).get("files", 0)

    def kill(self) -> None:
        """Kill it, from any thread; its children go with it."""
        self._process.kill()

    def last_words(self) -> bytes:
        """Return what it printed: why it could not start."""
        with suppress(OSError):
            return os.read(self._process.output, 1 << 16)
        return b""

    def _asked(self, request: dict[str, int | str]) -> dict[str, Any]:
        while self._unborn:
            self.deliver(self._unborn[0])
        with suppress(OSError):
            self._control.send(json.dumps(request).encode())
        return self._hear()[0]

    def _hear(self) -> tuple[dict[str, Any], list[int]]:
        """Return its next message, an empty one when it has gone."""
        try:
            told, descriptors, _, _ = socket.recv_fds(self._control, LONGEST, 1)
        except OSError:
            return {}, []
        return (json.loads(told) if told else {}), list(descriptors)


@final
class Forked:
    """A child of a zygote; see `process.Child`."""

    def __init__(self, zygote: Zygote, pipes: Pipes) -> None:
        self.requests, self.replies, self.output = pipes.ours
        self.ended: int | None = None
        self._zygote, self._pipes = zygote, pipes
        self._number = 0
        self._status: int | None = None

    def begin(self, number: int, watched: int | None) -> None:
        """Learn its number, 0 if it was not born, and by what its end is seen."""
        self._number, self.ended = number, watched

    def has_begun(self) -> bool:
        """Say whether there is a process, waiting for it if need be."""
        self._zygote.deliver(self)
        return bool(self._number)

    def has_ended(self) -> bool:
        """Say whether it has ended."""
        return self.ended is None or bool(select.select([self.ended], [], [], 0)[0])

    def ends_within(self, seconds: float) -> bool:
        """Wait so long for its end; say whether it came."""
        until = monotonic() + seconds
        while not (has_ended := self.has_ended()) and monotonic() < until:
            sleep(0.005)
        return has_ended

    def kill(self) -> None:
        """Kill it, from any thread; before it is there, the zygote."""
        if self._status is not None:
            return
        if self.ended is None:
            self._zygote.kill()
        else:
            with suppress(OSError):
                signal.pidfd_send_signal(self.ended, signal.SIGKILL)

    def end(self) -> int:
        """Kill it and its group; return how it ended, as `Popen.returncode` tells it."""
        if self._status is None:
            self._status = self._zygote.end(self._number) if self.has_begun() else -signal.SIGKILL
        return self._status

    def close(self) -> None:
        """End it and give its descriptors back."""
        self.end()
        self._pipes.close()
        if self.ended is not None:
            os.close(self.ended)
            self.ended = None
