"""Figures of a question: its lab's runs are made, and what they come to is read off."""

import json
from hashlib import sha256
from math import floor, isfinite, log10
from statistics import median

from coursekit.errors import suggest
from coursekit.lab.definition import Lab
from coursekit.lab.goals import METRICS
from coursekit.lab.lock import source_digest
from coursekit.lab.report import LabReport
from coursekit.lab.workers import Runner
from coursekit.questions._figures import STEPS_TO, Figure
from coursekit.train.jobs import Job


def configurations(figure: Figure, lab: Lab) -> tuple[Job, ...]:
    """Return its runs, one for each seed. Raises ValueError, UsageError, ConfigError."""
    known = lab.metrics if lab.is_probe else (*lab.metrics, STEPS_TO)
    if figure.gives not in known:
        raise ValueError(f"The figure '{figure.name}' asks for '{figure.gives}'. {suggest(figure.gives, known)}")
    return tuple(lab.configure(figure.settings, seed=seed) for seed in range(figure.seeds))


def made_by(figure: Figure, lab: Lab) -> str:
    """Digest what a figure comes from. Raises ValueError, UsageError, ConfigError."""
    runs = configurations(figure, lab)
    asked = [figure.gives, figure.target, figure.digits]
    parts = [[config.to_json() for config in runs], asked, source_digest(runs[0])]
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def measure(figure: Figure, lab: Lab, run: Runner) -> float:
    """Make the runs and return the median, not rounded. Raises ValueError, UsageError, ConfigError, WorkerError."""
    values = [_read(figure, run(lab, config)) for config in configurations(figure, lab)]
    if not all(map(isfinite, values)):
        raise ValueError(f"The figure '{figure.name}' is no number: its run gives none for '{figure.gives}'.")
    return median(values)


def rounded(figure: Figure, value: float) -> str:
    """Write a value with the figure's digits.

    >>> rounded(Figure("slow", {}, "validation_loss", None, 1, 2), 1.6489)
    '1.6'
    """
    return repr(float(f"{value:.{figure.digits}g}"))


def agrees(figure: Figure, kept: str, value: float) -> bool:
    """Say whether a kept figure is what was measured, but for rounding."""
    unit = 10.0 ** (floor(log10(abs(value))) - figure.digits + 1) if value else 0.0
    return abs(float(kept) - value) <= 0.51 * unit


def _read(figure: Figure, report: LabReport) -> float:
    if figure.target is not None:
        return _steps_to(report, figure.target)
    if report.values:
        return report.values.get(figure.gives, float("nan"))
    return METRICS[figure.gives](report.points) if report.points else float("nan")


def _steps_to(report: LabReport, target: float) -> float:
    losses = ((point.step, point.validation_loss) for point in report.points if point.validation_loss is not None)
    measured = tuple(losses) or tuple((point.step, point.loss) for point in report.points)
    return next((float(step) for step, loss in measured if loss <= target), float("nan"))
