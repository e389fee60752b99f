"""What runs inside the oracle's sandbox: loads the files of a lab by their texts and calls their functions.

The grader reads this file as text and never imports it. What a lab's file raises is returned as a value with the file's
line, since it is the author who has to mend it.
"""

import sys
import traceback
from collections.abc import Callable
from types import ModuleType
from typing import Any

_modules: dict[str, ModuleType] = {}


def load(name: str, text: str) -> tuple[Any, ...]:
    """Execute a file as a module; keep it by its name."""
    module = ModuleType(name.rpartition("/")[2].removesuffix(".py"))
    module.__dict__["__file__"] = name

    def execute() -> None:
        exec(compile(text, name, "exec", dont_inherit=True), module.__dict__)  # confined, and the grader is elsewhere
        _modules[name] = module
        sys.modules.setdefault(module.__name__, module)  # cases may well import the reference, and dataclasses look

    return _tried(name, execute)


def run(name: str, function: str, arguments: list[Any]) -> tuple[Any, ...]:
    """Call a function of a file; return ("returned", value), ("missing", function), or what it raised."""
    called = getattr(_modules[name], function, None)
    if not callable(called):
        return ("missing", function)

    return _tried(name, lambda: called(*arguments))


def _tried(name: str, call: Callable[[], Any]) -> tuple[Any, ...]:
    try:
        return ("returned", call())
    except (Exception, SystemExit) as error:
        return ("raised", type(error).__name__, str(error)[:500], _line(error, name))


def _line(error: BaseException, name: str) -> int:
    """Find the deepest line of the file that the error went through."""
    if isinstance(error, SyntaxError) and error.filename == name:
        return error.lineno or 1
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == name]
    return (lines[-1] if lines else 1) or 1
