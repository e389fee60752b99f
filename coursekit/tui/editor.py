"""The author's own editor, opened at a line: $VISUAL, or $EDITOR.

>>> command({"EDITOR": "vim"}, "a.md", 3)
['vim', '+3', 'a.md']
>>> command({"VISUAL": "code --wait", "EDITOR": "vim"}, "a.md", 3)
['code', '--wait', '--goto', 'a.md:3']
"""

import os
import shlex
import signal
from collections.abc import Mapping
from contextlib import AbstractContextManager
from threading import Thread
from typing import Any

from coursekit.errors import UsageError

_NO_EDITOR = "No editor is set. Set $VISUAL or $EDITOR, for example: export EDITOR=nano"
_PLUS = ("vi", "vim", "nvim", "nano", "emacs", "emacsclient", "micro", "hx", "helix", "kak", "view")
_GOTO = ("code", "code-insiders", "codium", "cursor")
_COLON = ("subl", "zed")
_LINE = ("idea", "pycharm", "kate")
_WITH_WINDOW = (*_GOTO, *_COLON, *_LINE, "gedit", "gvim", "mate")


def command(environment: Mapping[str, str], path: str, line: int) -> list[str]:
    """Write the command that opens a file at a line; an editor that is not known gets the file. Raises UsageError."""
    words = _words(environment)
    name = _name(words)
    if name in _PLUS or name in ("gedit", "gvim"):
        return [*words, f"+{line}", path]
    if name in _GOTO:
        return [*words, "--goto", f"{path}:{line}"]
    if name in _COLON:
        return [*words, f"{path}:{line}"]
    return [*words, "--line", str(line), path] if name in (*_LINE, "mate") else [*words, path]


def open_editor(argv: list[str], lend: AbstractContextManager[Any]) -> None:
    """Start an editor; one for the terminal is waited for while `lend` gives the terminal away. Raises UsageError."""
    import subprocess  # 5 ms, so only when an editor is asked for

    try:
        if _name(argv) in _WITH_WINDOW:
            quiet = subprocess.DEVNULL
            process = subprocess.Popen(argv, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
            Thread(target=process.wait, daemon=True).start()  # or it would stay as a zombie
            return
        with lend:
            before = signal.signal(signal.SIGINT, _leave_it)
            try:
                subprocess.run(argv, check=False)
            finally:
                signal.signal(signal.SIGINT, before)
    except OSError as error:
        message = f"The editor '{argv[0]}' cannot be started: {error.strerror}. See $VISUAL and $EDITOR."
        raise UsageError(message) from error


def _leave_it(number: int, frame: object) -> None:
    """Let ctrl+c be the editor's; a handler, for the editor would go on ignoring what is ignored."""
    del number, frame


def _words(environment: Mapping[str, str]) -> list[str]:
    said = environment.get("VISUAL") or environment.get("EDITOR") or ""
    try:
        words = shlex.split(said)
    except ValueError as error:
        raise UsageError(f"$VISUAL or $EDITOR cannot be read: {said!r}. Close its quotes.") from error
    if not words:
        raise UsageError(_NO_EDITOR)
    return words


def _name(argv: list[str]) -> str:
    return os.path.basename(argv[0]).removesuffix(".exe").removesuffix(".cmd")
