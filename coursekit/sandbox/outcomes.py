"""What came of starting a source or of calling one of its functions."""

from dataclasses import dataclass
from typing import final

from coursekit.sandbox.values import Value


@final
@dataclass(frozen=True, slots=True)
class Loaded:
    """The source was executed as a module."""

    output: str


@final
@dataclass(frozen=True, slots=True)
class Returned:
    """A function returned.

    `arguments` are as they stood after the call: the very ones that were given, where none was changed.
    """

    value: Value
    arguments: tuple[Value, ...]
    output: str


@final
@dataclass(frozen=True, slots=True)
class Raised:
    """The source raised an exception; it can be called again. Everything is text safe to show."""

    kind: str
    message: str
    traceback: str  # "line 12: w -= rate * gradient" for each frame of the source's own
    output: str


@final
@dataclass(frozen=True, slots=True)
class Broken:
    """The child is gone or said something that is no message; every later call comes to the same."""

    why: str  # a sentence for a person
    output: str
