"""The small texts of a lab's screen: its goals, the figures of a run, the table of runs."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from coursekit.lab.definition import Lab
from coursekit.lab.knobs import show
from coursekit.lab.point import Point
from coursekit.lab.report import LabReport
from coursekit.plots.bar import bar
from coursekit.tui.text import PARTLY, QUIET, RIGHT, WRONG
from coursekit.tui.training import Training

if TYPE_CHECKING:
    from coursekit.store.store import LabRun


def goals_content(lab: Lab, report: LabReport | None, points: Sequence[Point]) -> Content:
    """Each goal with its points; with a verdict only when the run has ended."""
    lines: list[Content] = []
    for place, goal in enumerate(lab.goals):
        worth = f"{goal.points:g} pt"
        if report:
            result = report.goals[place]
            verdict = ("✓", RIGHT) if result.met else ("✗", WRONG)
            lines.append(Content.assemble(verdict, f" {goal}  ", (worth, QUIET)))
        else:
            lines.append(Content.assemble(("goal ", QUIET), f"{goal}  ", (worth, QUIET)))
    if report:
        lines.append(Content.styled(f"  {report.earned:g} of {report.out_of:g} points", "bold"))
    del points
    return Content("\n").join(lines)


def stats_content(
    points: Sequence[Point], steps: int, training: Training | None, report: LabReport | None
) -> Content:
    """The run in figures: losses, cost, progress, speed."""
    if not points:
        return Content.styled("training  ⠒ thin\nvalidation ⣿ bold" if training else "", QUIET)
    last = points[-1]
    validation = next((p.validation_loss for p in reversed(points) if p.validation_loss is not None), None)
    rows = [
        ("training", _loss(last.loss)),
        ("validation", "–" if validation is None else _loss(validation)),
        ("examples", f"{last.examples:,}"),
        ("step", f"{last.step:,}/{steps:,}"),
    ]
    lines = [Content.assemble((f"{name:11}", QUIET), f"{value:>12}") for name, value in rows]
    speed = f"{last.step / last.seconds:,.0f} steps/s" if last.seconds > 0 else ""
    return Content("\n").join(
        [
            *lines,
            Content(bar(last.step / steps, 23)),
            Content.styled(speed.rjust(23), QUIET),
            _state(training, report),
        ]
    )


def runs_content(lab: Lab, runs: "Sequence[LabRun]", most: int) -> Content:
    """The last runs, newest first: settings, what came out, points."""
    if not runs:
        return Content.styled("No run yet in this lab.", QUIET)
    names = [knob.name for knob in lab.knobs]
    metrics = [goal.metric for goal in lab.goals]
    head = f"{'run':>4}  " + "".join(f"{_short(name):>13}" for name in [*names, *metrics]) + "  result"
    first = len(runs) - 1
    rows = [_row(first - i + 1, run, names) for i, run in enumerate(reversed(runs[-most:]))]
    return Content("\n").join([Content.styled(head, QUIET), *rows])


def _row(number: int, run: "LabRun", names: list[str]) -> Content:
    settings = "".join(f"{show(run.settings.get(name)):>13}" for name in names)
    values = "".join(f"{_value(goal['value']):>13}" for goal in run.goals)
    passed = run.points >= run.out_of
    glyph, style = ("✓", RIGHT) if passed else ("≈", PARTLY) if run.points else ("✗", WRONG)
    why = "" if run.outcome == "finished" else f", {run.outcome}"
    return Content.assemble(
        f"{number:>4}  {settings}{values}  ", (glyph, style), f" {run.points:g} of {run.out_of:g}{why}"
    )


def _state(training: Training | None, report: LabReport | None) -> Content:
    if report:
        return Content.styled(
            {"finished": "finished", "diverged": "✗ diverged"}.get(report.outcome, report.outcome), "bold"
        )
    if training is None:
        return Content("")
    return Content.styled("paused, space goes on" if training.is_paused else "running", "bold")


def _loss(value: float) -> str:
    return f"{value:.4g}" if math.isfinite(value) else "not a number"


def _value(value: float | None) -> str:
    if value is None:
        return "nan"
    return f"{value:,.0f}" if value >= 1000 else f"{value:.4g}"


def _short(name: str) -> str:
    return {
        "validation_loss": "validation",
        "training_loss": "training",
        "learning_rate": "rate",
        "batch_size": "batch",
    }.get(name, name.replace("_", " "))
