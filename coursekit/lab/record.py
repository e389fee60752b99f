"""A judged run -> the row that the learner's record keeps of it."""

from datetime import datetime

from coursekit.lab.definition import Lab
from coursekit.lab.knobs import standing
from coursekit.lab.report import LabReport
from coursekit.store.store import LabRun
from coursekit.train.config import TrainingConfig


def recorded_run(lab: Lab, config: TrainingConfig, report: LabReport, now: datetime) -> LabRun:
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
        steps=report.points[-1].step if report.points else 0,
        at=now,
    )
