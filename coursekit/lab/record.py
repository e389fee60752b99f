"""A judged run, or a grade -> the row that the learner's record keeps of it."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from coursekit.lab.definition import Lab
from coursekit.lab.knobs import standing
from coursekit.lab.report import LabReport
from coursekit.store.labs import LabGrade, LabRun
from coursekit.train.jobs import Job

if TYPE_CHECKING:  # a grade is rarer than a run, and costs a megabyte
    from coursekit.lab.grade import Grade


def recorded_run(lab: Lab, config: Job, report: LabReport, now: datetime) -> LabRun:
    """Make the row: the whole config, the knobs as they stood, the goals with what was reached."""
    whole = config.to_json()
    return LabRun(
        lab=lab.name,
        config=whole,
        settings={knob.name: standing(whole, knob.sets) for knob in lab.knobs},
        outcome=report.outcome,
        goals=tuple(result.to_json() for result in report.goals),
        points=report.earned,
        out_of=report.out_of,
        steps=report.steps,
        at=now,
    )


def recorded_grade(lab: Lab, grade: "Grade", now: datetime) -> LabGrade:
    """Make the row: the graded config, the knobs as they stood, what each seed came to, and the median."""
    whole = grade.config.to_json()
    knobs = {knob.name: standing(whole, knob.sets) for knob in lab.knobs}
    return LabGrade(
        lab=lab.name,
        config=whole,
        settings={**knobs, **({"fault": grade.naming.picked} if grade.naming else {})},
        results=results_json(grade),
        points=grade.points,
        out_of=grade.out_of,
        at=now,
    )


def results_json(grade: "Grade") -> tuple[dict[str, Any], ...]:
    """Write what each seed came to."""
    return tuple(
        {
            "seed": result.seed,
            "outcome": result.outcome,
            "goals": [goal.to_json() for goal in result.goals],
            "points": result.earned,
        }
        for result in grade.results
    )
