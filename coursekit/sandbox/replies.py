"""What a child may say, read strictly: exact fields, exact kinds, no byte too many. FrameError for anything else.

>>> read_raised(Frame({"id": "7", "is": "raised", "kind": "ValueError", "message": "no", "traceback": ""}, bytearray()))
('ValueError', 'no', '')
"""

from coursekit.clean import clean
from coursekit.sandbox.values import Buffers, Json, Value, ValueRefusedError, decode
from coursekit.sandbox.wire import Frame, FrameError, has_exactly

_TEXTS = ("kind", "message", "traceback")
_LONGEST = 10_000  # characters of a text


def read_greeting(frame: Frame, greeting: str) -> tuple[str, ...]:
    """Return what the child could do that must not be possible: nothing, if the sandbox holds."""
    told = frame.header
    if not has_exactly(told, id=str, escapes=list, **{"is": str}) or (told["id"], told["is"]) != (greeting, "ready"):
        raise FrameError("it is no greeting")
    return tuple(clean(str(escape)) for escape in told["escapes"])


def read_loaded(frame: Frame) -> None:
    """Make sure that the source was executed."""
    if frame.header.keys() != {"id", "is"} or frame.header["is"] != "loaded" or frame.body:
        raise FrameError("it does not fit what was asked")


def read_raised(frame: Frame) -> tuple[str, str, str]:
    """Return the kind of an exception, its message and the source's own lines, safe to show."""
    if not has_exactly(frame.header, **dict.fromkeys(("id", "is", *_TEXTS), str)) or frame.body:
        raise FrameError("it has other fields than it may have")
    kind, message, traceback = (clean(frame.header[text][:_LONGEST]) for text in _TEXTS)
    return kind, message, traceback


def read_returned(frame: Frame, given: tuple[Value, ...]) -> tuple[Value, tuple[Value, ...]]:
    """Return what a function returned, and its arguments as they stand now."""
    told = frame.header
    if told.keys() != {"id", "is", "value", "arguments"} or told["is"] != "returned":
        raise FrameError("it has other fields than it may have")
    buffers = Buffers(frame.body)
    try:
        value = decode(told["value"], buffers)
        arguments = given if told["arguments"] is None else _arguments(told["arguments"], len(given), buffers)
        buffers.finish()
    except ValueRefusedError as error:
        raise FrameError(str(error)) from None
    return value, arguments


def _arguments(trees: Json, many: int, buffers: Buffers) -> tuple[Value, ...]:
    if not isinstance(trees, list) or len(trees) != many:
        raise FrameError("it has not as many arguments as were given")
    return tuple(decode(tree, buffers) for tree in trees)
