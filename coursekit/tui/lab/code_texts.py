"""The small texts of a lab of code's screen: where the file lies, what goes on, the keys."""

from pathlib import Path

from textual.content import Content

from coursekit.files import shown
from coursekit.tui.keybar import Key
from coursekit.tui.lab.checks_text import is_unwritten
from coursekit.tui.lab.code_desk import CodeDesk
from coursekit.tui.text import spread

_BEGIN = "Write in {} with your own editor, or press e. Every save is checked."


def where(place: str, lab: str, desk: CodeDesk, width: int) -> Content:
    """Say which lab this is, its best grade, and which file."""
    return spread(Content(f"{place} › lab {lab}"), Content(f"{desk.best}{shown(desk.path)}"), width)


def state(desk: CodeDesk) -> str:
    """Say what goes on, what it came to, or how to begin."""
    if desk.is_grading:
        return "Grading on fresh cases …"
    if desk.is_busy:
        return "Checking …"
    if desk.said:
        return f"{desk.said}\n{_BEGIN.format(shown(desk.path))}" if is_unwritten(desk.results) else desk.said
    if desk.path.exists():
        return ""
    return f"Press s to put the starter into {shown(desk.path)}, in {Path.cwd()}, and write there."


def not_there(path: Path) -> str:
    """Say that there is no file yet, and what to do."""
    return f"There is no {shown(path)} yet. Press s to put the starter there."


def keys(desk: CodeDesk) -> list[Key]:
    """List the keys that do something now."""
    last: list[Key] = [("question_mark", "?", "keys"), ("escape", "esc", "back"), ("h", "h", "hint")]
    if not desk.path.exists():
        return [("s", "s", "start"), *last]
    now: Key = ("x", "x", "stop") if desk.is_busy else ("enter", "enter", "check")
    return [("e", "e", "edit"), ("g", "g", "grade"), now, *last]
