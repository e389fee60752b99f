"""A run's losses as one SVG picture that stands alone, its target as a line, all of it also in words."""

from math import isfinite
from typing import TypeAlias

from coursekit.errors import UsageError
from coursekit.lab.exports import ExportedRun, Exporter
from coursekit.plots.plot import Name, Series
from coursekit.plots.sentence import caption, describe
from coursekit.plots.svg import svg
from coursekit.train.steps import behaviour

_Points: TypeAlias = tuple[tuple[float, float], ...]


def _write(run: ExportedRun) -> str:
    if run.trials:
        raise UsageError("A measurement has no curve to draw. Write it as csv or json.")
    training, validation = _curves(run)
    series = (Series("training", training), *((Series("validation", validation),) if validation else ()))
    is_far = bool(run.points) and behaviour([point.as_step() for point in run.points]) == "diverges"
    is_log = is_far and all(loss > 0 for _, loss in training if isfinite(loss))  # or all but the end lies at the bottom
    description = _description(run, training, validation)
    names: dict[Name, str] = {} if validation else {"training": "loss"}
    return svg(series, title=run.title, description=description, names=names, log=is_log, target=_target(run))


def _curves(run: ExportedRun) -> tuple[_Points, _Points]:
    """Return the training and the validation loss; without data there is one loss, so one curve."""
    training = tuple((point.step, point.loss) for point in run.points)
    if run.config.get("data") is None:
        return training, ()
    return training, tuple((p.step, p.validation_loss) for p in run.points if p.validation_loss is not None)


def _description(run: ExportedRun, training: _Points, validation: _Points) -> str:
    """Say what the curves do, and what the goals made of it."""
    said = [describe(training, "Training loss" if validation else "Loss")]
    if validation:
        said.append(describe(validation, "Validation loss"))
    said += [caption(validation or training), f"The run {run.outcome}."]
    return " ".join([*said, *(f"Goal: {result}." for result in run.goals)])


def _target(run: ExportedRun) -> float | None:
    """Return the loss to reach, if a goal asks for one."""
    goals = (result.goal for result in run.goals)
    return next((goal.bound for goal in goals if goal.metric.endswith("_loss") and goal.is_at_most), None)


PLUGIN = Exporter(".svg", _write)
