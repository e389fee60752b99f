"""The child's talk with the host: it receives a source, then calls, and says what came of each."""

import linecache
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from io import TextIOWrapper
from types import ModuleType
from typing import Any, NoReturn, final

from coursekit.sandbox.plan import Plan
from coursekit.sandbox.telling import tell
from coursekit.sandbox.values import Body, Buffers, Json, Value, ValueRefusedError, decode, encode
from coursekit.sandbox.wire import Frame, Reader, pack


def serve(plan: Plan) -> NoReturn:
    """Do what the host asks until it hangs up."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(line_buffering=True, errors="backslashreplace")  # what was printed before an end is seen
    server = _Server(plan)
    while frame := server.hear():
        server.say(*server.reply(frame.header, frame.body))
    os._exit(0)


@final
class _Server:
    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._module = ModuleType("submission")
        self._name = "submission"

    def hear(self) -> Frame | None:
        reader = Reader(self._plan.limits.message)
        while wanted := reader.wants:
            data = os.read(self._plan.requests, min(wanted, 1 << 20))
            if not data:
                return None
            reader.feed(data)
        return reader.frame()

    def say(self, header: Mapping[str, Any], body: bytes = b"") -> None:
        rest = memoryview(pack(header, body))
        while rest:
            rest = rest[os.write(self._plan.replies, rest) :]

    def reply(self, header: Mapping[str, Any], body: bytearray) -> tuple[Mapping[str, Any], bytes]:
        """Do what a request asks; whatever is raised becomes the reply."""
        try:
            told, sent = self._load(header, body) if header["do"] == "load" else self._call(header, body)
            pack(told)
        except BaseException as error:  # the source may raise what it likes
            told, sent = tell(error, self._name), b""
        _flush()
        return {"id": header["id"], **told}, sent

    def _load(self, header: Mapping[str, Any], body: bytearray) -> tuple[dict[str, Json], bytes]:
        self._name = str(header["name"])
        text = bytes(body).removeprefix(b"\xef\xbb\xbf").decode()  # strictly UTF-8, whatever its first line says
        linecache.cache[self._name] = (len(text), None, text.splitlines(keepends=True), self._name)  # for tracebacks
        self._module.__file__ = self._name
        sys.modules[self._module.__name__] = self._module
        exec(compile(text, self._name, "exec", dont_inherit=True), vars(self._module))
        return {"is": "loaded"}, b""

    def _call(self, header: Mapping[str, Any], body: bytearray) -> tuple[dict[str, Json], bytes]:
        arguments, given = _arguments(header["arguments"], bytes(body))
        function = getattr(self._module, header["function"], None)
        if function is None:
            raise MissingFunction(f"There is no function '{header['function']}' in {self._name}.")
        return self._encode(function(*arguments), arguments, given)

    def _encode(
        self, value: object, arguments: list[Value], given: tuple[Json, bytes]
    ) -> tuple[dict[str, Json], bytes]:
        """Return the reply; arguments that are as they were are not sent back."""
        body, left = Body(self._plan.limits.message), Body(self._plan.limits.message)
        tree = _encoded("what was returned", value, body)
        after = [_encoded("what was done to the arguments", argument, left) for argument in arguments]
        if (repr(after), bytes(left)) == (repr(given[0]), given[1]):
            return {"is": "returned", "value": tree, "arguments": None}, bytes(body)
        return {"is": "returned", "value": tree, "arguments": after}, bytes(body) + bytes(left)


class MissingFunction(Exception):  # noqa: N818 # its name is shown to a person
    """The source has no such function."""


class UnsendableValue(Exception):  # noqa: N818 # its name is shown to a person
    """The source returned, or put into its arguments, what cannot be sent."""


def _arguments(tree: list[Json], body: bytes) -> tuple[list[Value], tuple[Json, bytes]]:
    buffers = Buffers(body)
    return [decode(argument, buffers) for argument in tree], (tree, body)


def _encoded(what: str, value: object, body: Body) -> Json:
    try:
        return encode(value, body)
    except ValueRefusedError as error:
        raise UnsendableValue(f"In {what}, {error}.") from None


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with suppress(BaseException):  # the source may have put anything in their place
            stream.flush()
