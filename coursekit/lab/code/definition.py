"""A lab's folder -> a CodeLab: instructions, the functions to write, and the checks they are held to.

labs/write-sgd/lab.md (kind: code), starter.py, reference.py, cases.py, wrong/*.py. Reading runs nothing of it.
"""

from dataclasses import dataclass, replace
from dataclasses import fields as fields_of
from pathlib import Path
from typing import final

from coursekit.course import Course
from coursekit.document import Document
from coursekit.errors import ContentError, UsageError
from coursekit.fields import Fields
from coursekit.lab.code.checks import Check, function_name, read_checks
from coursekit.lab.definition import Lab, lab_of, lab_path
from coursekit.lab.page import explanation_of, hints_of, open_page
from coursekit.sandbox.limits import Limits

_KEYS = ("reference.py", "cases.py")
_OF_RUNS = ("knobs", "goals", "config", "solution", "wrong", "runs", "budget", "pace", "faults", "naming")
_PROCESSES = 16  # that a lab has which needs some and does not say how many
_LARGEST = {
    "seconds_per_call": 300.0,
    "seconds": 600.0,
    "memory": 8 << 30,
    "file": 256 << 20,
    "folder": 1 << 30,
    "files": 100_000,
    "descriptors": 1024,
    "processes": 64,
    "output": 1 << 20,
    "message": 256 << 20,
}
"""The most that a lab may ask for: a course may be a stranger's."""


@final
@dataclass(frozen=True, slots=True)
class CodeLab:
    """One lab of code. `entry` names the functions to write."""

    name: str
    title: str
    instructions: str
    hints: tuple[str, ...]
    explanation: str
    entry: tuple[str, ...]
    checks: tuple[Check, ...]
    limits: Limits
    needs_processes: bool
    folder: Path
    path: str
    kind: str = "code"

    @property
    def points(self) -> float:
        """Points that can be earned."""
        return sum(check.points for check in self.checks)

    @property
    def is_keyless(self) -> bool:
        """Say whether it came without what it would be graded with, as students' packs do."""
        return not any((self.folder / part).exists() for part in _KEYS)

    @property
    def file(self) -> str:
        """What a learner's file is called: a name that Python can import."""
        return f"{self.name.replace('-', '_')}.py"


def load_any_lab(course: Course, name: str) -> Lab | CodeLab:
    """Read a lab of either sort. Raises UsageError for an unknown one, ContentError for a broken one."""
    path = lab_path(course, name)
    page = open_page(path)
    return code_lab_of(page, path) if page.field("kind") == "code" else lab_of(page, path)


def load_code_lab(course: Course, name: str) -> CodeLab:
    """Read a lab of code. Raises UsageError for an unknown one or one of another sort, ContentError."""
    lab = load_any_lab(course, name)
    if isinstance(lab, CodeLab):
        return lab
    raise UsageError(f"In the lab {name} nothing is written: turn its knobs with 'coursekit lab run {name}'.")


def read_code_lab(path: Path) -> CodeLab:
    """Read one `lab.md`, which lies in its course in `labs/<name>/` beside its Python files. Raises ContentError."""
    return code_lab_of(open_page(path), path)


def code_lab_of(page: Document, path: Path) -> CodeLab:
    """Do what `read_code_lab` says with a file that has been read."""
    fields = page.fields()
    fields.choice("kind", ("code",), "code")
    _refuse_runs(fields)
    entry = _entry(fields)
    needs_processes = _truth(fields, "needs_processes")
    lab = CodeLab(
        name=path.parent.name,
        title=fields.text("title"),
        instructions=page.text.source,
        hints=hints_of(page),
        explanation=explanation_of(page),
        entry=entry,
        checks=read_checks(fields, entry),
        limits=_limits(fields.mapping("limits"), processes=_PROCESSES if needs_processes else 1),
        needs_processes=needs_processes,
        folder=path.parent,
        path=page.path,
    )
    fields.refuse_unknown()
    _refuse_missing(lab, fields)
    return lab


def _entry(fields: Fields) -> tuple[str, ...]:
    names = fields.texts("entry")
    if not names:
        message = "A lab of code names the functions to write, as in 'entry: sgd_step'."
        raise fields.error("entry", message, code="missing-field")
    return tuple(function_name(fields, "entry", name) for name in names)


def _truth(fields: Fields, name: str) -> bool:
    value = fields.value(name, default=False)
    if not isinstance(value, bool):
        raise fields.error(name, f"'{name}' must be true or false.")
    return value


def _limits(fields: Fields, *, processes: int) -> Limits:
    limits = Limits(processes=processes)
    for name in (field.name for field in fields_of(Limits)):
        default = getattr(limits, name)
        value = fields.number(name, default)
        if not 0 < value <= _LARGEST[name]:
            raise fields.error(name, f"'{name}' must be above 0 and at most {_LARGEST[name]:,}, got {value:g}.")
        limits = replace(limits, **{name: type(default)(value)})
    fields.refuse_unknown()
    return limits


def _refuse_runs(fields: Fields) -> None:
    for name in _OF_RUNS:
        if name in fields:
            message = f"'{name}' belongs to labs that run a training. A lab of code has 'entry' and 'checks'."
            raise fields.error(name, message, code="unknown-field")


def _refuse_missing(lab: CodeLab, fields: Fields) -> None:
    for part in ("starter.py", *(() if lab.is_keyless else _KEYS)):
        if not (lab.folder / part).exists():
            message = f"The lab has no file '{part}'. Put one beside its lab.md."
            raise ContentError(lab.path, fields.line_of("kind"), message, code="bad-lab")
