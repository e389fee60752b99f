"""The Python files beside a lab's `lab.md`, read as text: nothing of them runs here.

labs/write-sgd/reference.py, cases.py, starter.py, wrong/sign_turned.py
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import final

from coursekit.errors import ContentError
from coursekit.files import find, read_text, shown
from coursekit.lab.code.definition import CodeLab

_DOCSTRING = re.compile(r'\A\s*[rR]?("""|\'\'\'|"|\')[ \t]*(?P<line>[^\n]*?)[ \t]*(?:\1|\n)')
_MOST_SLIPS = 50


@final
@dataclass(frozen=True, slots=True)
class Part:
    """One Python file of a lab: its name in the lab's folder, its text, and where a person finds it."""

    name: str
    text: str
    path: str


@final
@dataclass(frozen=True, slots=True)
class Slip:
    """A classic mistake: a complete submission that makes it, and the sentence that names it."""

    part: Part
    says: str


def read_part(lab: CodeLab, name: str) -> Part:
    """Read one file of the lab. Raises ContentError."""
    path = lab.folder / name
    return Part(name, read_text(path, lab.folder.parents[1]), shown(path))


def read_slips(lab: CodeLab) -> tuple[Slip, ...]:
    """Read the classic mistakes of the lab, by file name. Raises ContentError."""
    folder = lab.folder / "wrong"
    paths = [path for path, _ in find(folder, ".py")] if folder.is_dir() else []
    if len(paths) > _MOST_SLIPS:
        message = f"More than {_MOST_SLIPS} files in wrong/. Keep the classic mistakes."
        raise ContentError(shown(folder), 1, message, code="bad-lab")
    return tuple(_slip(lab, path) for path in paths)


def _slip(lab: CodeLab, path: Path) -> Slip:
    part = read_part(lab, path.relative_to(lab.folder).as_posix())
    found = _DOCSTRING.match(part.text)
    if not found or not found["line"]:
        message = 'Begin with a line that names the mistake, as in """The step goes up the slope.""".'
        raise ContentError(part.path, 1, message, code="bad-lab")
    return Slip(part, found["line"])
