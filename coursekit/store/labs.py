"""What was run and graded in labs."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, final

from coursekit.errors import StoreError
from coursekit.store.table import Row, Table


@final
@dataclass(frozen=True, slots=True)
class LabRun:
    """One finished run of a lab: what was set, what came out, what it scored."""

    lab: str
    config: dict[str, Any]  # Any: JSON
    settings: dict[str, Any]
    outcome: str
    goals: tuple[dict[str, Any], ...]
    points: float
    out_of: float
    steps: int
    at: datetime
    id: int = 0
    number: int = 0  # its place among all runs of its lab, from 1, which stays when others are removed
    removed: datetime | None = None


@final
@dataclass(frozen=True, slots=True)
class LabGrade:
    """The grade of some settings of a lab: what each seed came to, and the median."""

    lab: str
    config: dict[str, Any]  # Any: JSON
    settings: dict[str, Any]
    results: tuple[dict[str, Any], ...]
    points: float
    out_of: float
    at: datetime
    id: int = 0


@final
class Labs(Table):
    """Runs and grades; both are only ever added, and a run is removed by a mark."""

    def add_run(self, run: LabRun) -> int:
        """Save a run; return its id. Raises StoreError."""
        texts = (json.dumps(run.config), json.dumps(run.settings), run.outcome, json.dumps(run.goals))
        values = (self._course, run.lab, *texts, run.points, run.out_of, run.steps, run.at.isoformat())
        with self._transaction():
            return self._change(
                "insert into lab_run (course, lab, config, settings, outcome, goals, points, out_of, steps, at) "
                "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                values,
            )

    def runs(self, lab: str | None, *, with_removed: bool) -> tuple[LabRun, ...]:
        """Return the runs of one lab or of all, oldest first. Raises StoreError."""
        rows = self._read(
            "select * from (select lab, config, settings, outcome, goals, points, out_of, steps, at, id, "
            "row_number() over (partition by lab order by id), removed from lab_run "
            "where course = ? and (? is null or lab = ?)) where ? or removed is null order by id",
            (self._course, lab, lab, with_removed),
        )
        return self._made(_run, rows)

    def remove_run(self, id: int, at: datetime) -> None:
        """Put a run away; one that is away stays as it was. Raises StoreError for an unknown one."""
        self._put_away(id, "coalesce(removed, ?)", (at.isoformat(),))

    def restore_run(self, id: int) -> None:
        """Bring a run back. Raises StoreError for an unknown one."""
        self._put_away(id, "null", ())

    def add_grade(self, grade: LabGrade) -> int:
        """Save a grade; return its id. Raises StoreError."""
        texts = (json.dumps(value) for value in (grade.config, grade.settings, grade.results))
        values = (self._course, grade.lab, *texts, grade.points, grade.out_of, grade.at.isoformat())
        with self._transaction():
            return self._change(
                "insert into lab_grade (course, lab, config, settings, results, points, out_of, at) "
                "values (?, ?, ?, ?, ?, ?, ?, ?)",
                values,
            )

    def grades(self, lab: str | None) -> tuple[LabGrade, ...]:
        """Return the grades of one lab or of all, oldest first. Raises StoreError."""
        rows = self._read(
            "select lab, config, settings, results, points, out_of, at, id from lab_grade "
            "where course = ? and (? is null or lab = ?) order by id",
            (self._course, lab, lab),
        )
        return self._made(_grade, rows)

    def _put_away(self, id: int, removed: str, values: tuple[str, ...]) -> None:
        with self._transaction():
            if not self._read("select 1 from lab_run where id = ? and course = ?", (id, self._course)):
                raise StoreError(f"The record has no run with the id {id}. Look at the table of runs again.")
            self._change(f"update lab_run set removed = {removed} where id = ?", (*values, id))


def _run(row: Row) -> LabRun:
    lab, config, settings, outcome, goals, points, out_of, steps, at, row_id, number, removed = row
    return LabRun(
        lab=lab,
        config=json.loads(config),
        settings=json.loads(settings),
        outcome=outcome,
        goals=tuple(json.loads(goals)),
        points=points,
        out_of=out_of,
        steps=steps,
        at=datetime.fromisoformat(at),
        id=row_id,
        number=number,
        removed=None if removed is None else datetime.fromisoformat(removed),
    )


def _grade(row: Row) -> LabGrade:
    lab, config, settings, results, points, out_of, at, number = row
    return LabGrade(
        lab=lab,
        config=json.loads(config),
        settings=json.loads(settings),
        results=tuple(json.loads(results)),
        points=points,
        out_of=out_of,
        at=datetime.fromisoformat(at),
        id=number,
    )
