"""One request and its reply: one selector, one deadline, everything that the child prints taken along."""

import os
import selectors
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import final

from coursekit.sandbox.output import Output
from coursekit.sandbox.process import Child
from coursekit.sandbox.wire import Frame, FrameError, Reader

_CHUNK = 1 << 16
_LOOK = 0.5  # seconds between two looks at the folder
_BLIND = 0.02  # seconds between two looks at the process, where its end cannot be waited for


class TalkError(Exception):
    """The talk is over: the message says why, as the end of a sentence, or is empty when the child just ended."""


@final
class Talk:
    """The channel to one child."""

    def __init__(self, process: Child, output: Output, longest: int, check: Callable[[], None]) -> None:
        self._process = process
        self._output = output
        self._longest = longest
        self._check = check  # looks at the folder, every half second too; raises TalkError
        self._selector = selectors.DefaultSelector()
        for source in (process.replies, process.output, process.ended):
            if source is not None:
                self._selector.register(source, selectors.EVENT_READ)

    def exchange(self, request: bytes, deadline: float) -> Frame:
        """Send a request and return the one frame that comes back before `deadline` (monotonic). Raises TalkError."""
        if request and self._read(1):
            raise TalkError("said something before it was asked")
        if request:
            self._check()  # also for what was written between two calls
            self._selector.register(self._process.requests, selectors.EVENT_WRITE)
        try:
            frame = self._talk(memoryview(request), deadline)
        finally:
            with suppress(KeyError):
                self._selector.unregister(self._process.requests)
        self.drain()
        return frame

    def drain(self) -> None:
        """Take what was printed and is there already, but not without end."""
        for _ in range(64):
            if not self._hear():
                return

    def close(self) -> None:
        """Give the selector back."""
        self._selector.close()

    def _talk(self, rest: memoryview, deadline: float) -> Frame:
        reader = Reader(self._longest)
        look = monotonic() + _LOOK
        while reader.wants:
            ready = self._wait(min(deadline, look))
            if self._process.output in ready:
                self._hear()
            if self._process.requests in ready:
                rest = self._send(rest)
            if self._process.replies in ready:
                self._feed(reader)
            elif self._has_ended(ready):
                raise TalkError
            if reader.wants and (now := monotonic()) >= min(deadline, look):
                if now >= deadline:
                    raise TimeoutError
                self._check()
                look = now + _LOOK
        return self._finish(reader, rest)

    def _wait(self, until: float) -> set[int]:
        wait = max(0.0, until - monotonic())
        if self._process.ended is None:
            wait = min(wait, _BLIND)
        return {key.fd for key, _ in self._selector.select(wait)}

    def _has_ended(self, ready: set[int]) -> bool:
        return self._process.ended in ready if self._process.ended is not None else self._process.has_ended()

    def _send(self, rest: memoryview) -> memoryview:
        try:
            rest = rest[os.write(self._process.requests, rest) :]
        except BlockingIOError:
            return rest
        except BrokenPipeError:
            rest = rest[:0]  # it hung up; what it said last is still to be read
        if not rest:
            self._selector.unregister(self._process.requests)
        return rest

    def _feed(self, reader: Reader) -> None:
        try:
            reader.feed(self._read(min(reader.wants, _CHUNK), may_end=False))
        except FrameError as error:
            raise TalkError(f"said something that is no message: {error}") from None

    def _finish(self, reader: Reader, rest: memoryview) -> Frame:
        if rest or self._read(1):
            raise TalkError("said something that is no message: there is more than one")
        try:
            return reader.frame()
        except FrameError as error:
            raise TalkError(f"said something that is no message: {error}") from None

    def _read(self, most: int, *, may_end: bool = True) -> bytes:
        try:
            data = os.read(self._process.replies, most)
        except BlockingIOError:
            return b""
        if not data and not may_end:
            raise TalkError("" if self._process.ends_within(0.5) else "closed its channel")
        return data

    def _hear(self) -> bool:
        try:
            data = os.read(self._process.output, _CHUNK)
        except BlockingIOError:
            return False
        if not data:
            with suppress(KeyError):
                self._selector.unregister(self._process.output)
        self._output.add(data)
        return bool(data)
