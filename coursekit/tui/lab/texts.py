"""The small texts of a lab's screen: its goals, the figures of a run, the table of runs."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from coursekit.lab.definition import Lab
from coursekit.lab.goals import Goal
from coursekit.lab.knobs import show
from coursekit.lab.point import Point
from coursekit.lab.report import LabReport
from coursekit.plots.bar import bar
from coursekit.plots.sentence import caption, describe
from coursekit.tui.keybar import Key
from coursekit.tui.text import PARTLY, QUIET, RIGHT, WRONG
from coursekit.words import count

if TYPE_CHECKING:
    from coursekit.lab.grade import Grade, SeedResult
    from coursekit.store.labs import LabRun

SHORT = {
    "batch_size": "batch",
    "learning_rate": "rate",
    "training_loss": "training",
    "validation_loss": "validation",
}


def goals_content(
    lab: Lab, report: LabReport | None, fault: int | None = None, grade: "Grade | None" = None
) -> Content:
    """List the goals with their points; each with its verdict when the run has ended."""
    named = [_fault_line(lab, fault, grade)] if lab.faults else []
    if report is None:
        return Content("\n").join([*named, *(_goal_line("goal", QUIET, goal) for goal in lab.goals)])
    lines = [_goal_line(*(("✓", RIGHT) if result.met else ("✗", WRONG)), result.goal) for result in report.goals]
    apart = ", the fault apart" if lab.faults else ""
    points = Content.styled(f"{report.earned:g} of {report.out_of:g} points{apart}", "bold")
    return Content("\n").join([*named, *lines, points])


def _fault_line(lab: Lab, fault: int | None, grade: "Grade | None") -> Content:
    """Say that the fault is to be named, which was, and, once it is graded, whether it is that one."""
    sign, style, what = "goal", QUIET, "name the fault (f)"
    if fault:
        what = f"fault {fault} named"
    if grade and grade.naming:
        sign, style = ("✓", RIGHT) if grade.naming.points else ("✗", WRONG)
    return Content.assemble((f"{sign:4}", style), f" {what}  ", (f"{lab.naming:g} pt", QUIET))


def grade_content(seen: "Sequence[SeedResult]", grade: "Grade | None", going_on: int) -> Content:
    """Say how far a grade has come, or what it is: a sign for each seed, and the median."""
    if grade is None and not going_on:
        return Content("")
    signs = Content(" ").join(_seed_sign(result) for result in (grade.results if grade else seen))
    if grade is None:
        waiting = f"Grading: {len(seen)} of {going_on} seeds  "
        return Content.assemble((waiting, QUIET), signs)
    points = f"Grade: {grade.points:g} of {grade.out_of:g} points"
    why = f"  the median of {len(grade.results)} seeds, the shown one first  "
    return Content.assemble((points, "bold"), (why, QUIET), signs)


def _seed_sign(result: "SeedResult") -> Content:
    if result.is_passed:
        return Content.styled("✓", RIGHT)
    return Content.styled("≈", PARTLY) if result.earned else Content.styled("✗", WRONG)


def _goal_line(sign: str, style: str, goal: Goal) -> Content:
    return Content.assemble((f"{sign:4}", style), f" {goal}  ", (f"{goal.points:g} pt", QUIET))


def stats_content(
    points: Sequence[Point], steps: int, state: str, report: LabReport | None, *, is_exact: bool
) -> Content:
    """Put the run in figures: losses, cost, progress, speed. `is_exact`: there is no validation set."""
    if not points:
        return Content.styled(state, "bold")
    last = points[-1]
    validation = next((p.validation_loss for p in reversed(points) if p.validation_loss is not None), None)
    after = "–" if validation is None else _loss(validation)
    rows = [("⠒ loss", after)] if is_exact else [("⠒ training", _loss(last.loss)), ("• validation", after)]
    rows += [] if is_exact else [("  examples", f"{last.examples:,}")]
    rows += [("  step", f"{last.step:,}/{steps:,}")]
    speed = f"{last.step / last.seconds:,.0f} steps/s" if last.seconds > 0 else ""
    lines = [Content.assemble((f"{name:12}", QUIET), f"{value:>11}") for name, value in rows]
    progress = [
        Content(bar(1.0 if report and report.outcome == "finished" else last.step / steps, 23)),
        Content.styled(speed.rjust(23), QUIET),
    ]
    return Content("\n").join([*lines, *progress, Content.styled(state, "bold")])


def state_text(report: LabReport | None, *, is_running: bool, is_paused: bool) -> str:
    """Say what becomes of the run."""
    if report:
        return {"diverged": "✗ diverged", "stopped": "stopped, not scored"}.get(report.outcome, "finished")
    if not is_running:
        return ""
    return "paused: space goes on" if is_paused else "running"


def said_content(
    points: Sequence[Point], report: LabReport | None, *, extra: str, waiting: str, is_running: bool
) -> Content:
    """Say in words what the picture shows; `extra` takes the place of the curve's shape when the run has ended.

    `waiting` is said while a run has no steps yet.
    """
    if report and not report.points:
        values = ", ".join(f"{r.goal.metric.replace('_', ' ')} {_value(r.value)}" for r in report.goals)
        return Content.styled(f"Measured: {values}." if report.trials else report.outcome.capitalize(), QUIET)
    if not points:
        return Content.styled(waiting if is_running else "Press enter to run with these settings.", QUIET)
    losses = tuple((p.step, p.validation_loss) for p in points if p.validation_loss is not None)
    curve = losses or tuple((p.step, p.loss) for p in points)
    return Content.styled((extra or caption(curve)) if report else describe(curve, "Loss"), QUIET)


def waiting_text(trials: int, *, is_paused: bool, is_slow: bool) -> str:
    """Say how far a run without steps has come: it is only beginning, or it is a measurement."""
    if trials:
        return f"{count(trials, 'trial')} so far{'; paused: space goes on' if is_paused else ''}."
    return "Starting TensorFlow takes some seconds …" if is_slow else "Starting …"


def lab_keys(
    page: str,
    *,
    is_running: bool,
    is_grading: bool,
    has_run: bool,
    has_faults: bool = False,
    is_probe: bool = False,
    has_curve: bool = True,
    has_why: bool = True,
) -> list[Key]:
    """List the keys that do something now, for the key bar."""
    found: list[Key]
    if page == "table":
        second: Key = ("r", "r", "set knobs") if is_probe else ("c", "c", "compare")
        found = [("enter", "enter", "run again"), second, ("d", "d", "remove"), ("e", "e", "export")]
    elif page == "way":
        found = [("right", "← →", "step"), ("home", "home", "start"), ("end", "end", "the end")]
    elif is_running:
        found = [("space", "space", "pause"), ("x", "x", "stop")]
        found += [("o", "o", "log"), ("s", "s", "smooth")] if has_curve else []
    elif is_grading:
        found = [("x", "x", "stop"), ("i", "i", "text")]
    elif has_run:
        third: Key = ("f", "f", "fault") if has_faults else ("t", "t", "runs") if is_probe else ("v", "v", "way")
        fourth: Key = ("i", "i", "picture") if page == "text" else ("w", "w", "why") if has_why else ("h", "h", "hint")
        found = [("enter", "enter", "run"), ("g", "g", "grade"), third, fourth]
    else:
        second = ("f", "f", "fault") if has_faults else ("b", "b", "backend")
        found = [("enter", "enter", "run"), *([] if is_probe else [second]), ("h", "h", "hint"), ("i", "i", "picture")]
    return [*found, ("question_mark", "?", "keys"), ("escape", "esc", "back")]


def runs_content(lab: Lab, runs: "Sequence[LabRun]", most: int, width: int = 120) -> Content:
    """List the last runs, newest first: settings, what came out, points.

    In a narrow place what is the same in all of them is left out, and then what stands last.
    """
    if not runs:
        return Content.styled("No run yet in this lab.", QUIET)
    shown = runs[-most:][::-1]
    ends = [_result(run) for run in shown]
    columns = _fitting(_columns(lab, shown), width - max(end.cell_length for end in ends) - 2)
    head, *rows = ("   ".join(cells) for cells in zip(*columns, strict=True))
    lines = [Content(row) + "  " + end for row, end in zip(rows, ends, strict=True)]
    return Content("\n").join([Content.styled(f"{head}  result", QUIET), *lines])


def _columns(lab: Lab, runs: "Sequence[LabRun]") -> list[tuple[str, ...]]:
    """Return each column with its name as the first cell: number, knobs, what the goals measure."""
    knobs = [knob.name for knob in lab.knobs]
    metrics = [name for name in dict.fromkeys(goal.metric for goal in lab.goals) if name not in knobs]
    rows = [[str(run.number), *_settings(run, knobs), *_values(run, metrics)] for run in runs]
    head = ["run", *(SHORT.get(name, name.replace("_", " ")) for name in (*knobs, *metrics))]
    return [_aligned(column) for column in zip(head, *rows, strict=True)]


def _aligned(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(cell.rjust(max(map(len, cells))) for cell in cells)


def _fitting(columns: list[tuple[str, ...]], width: int) -> list[tuple[str, ...]]:
    """Leave out columns until the rest has room: those that tell the runs apart, and the first, go last."""
    while sum(len(column[0]) + 3 for column in columns) - 3 > width and len(columns) > 1:
        alike = [column for column in columns[1:] if len(set(column[1:])) == 1]
        columns.remove((alike or columns)[-1])
    return columns


def _settings(run: "LabRun", knobs: Sequence[str]) -> list[str]:
    return [show(run.settings.get(name)) for name in knobs]


def _values(run: "LabRun", metrics: Sequence[str]) -> list[str]:
    reached = {goal["metric"]: goal["value"] for goal in run.goals}
    return [_value(reached.get(name)) for name in metrics]


def _result(run: "LabRun") -> Content:
    passed = run.points >= run.out_of
    glyph, style = ("✓", RIGHT) if passed else ("≈", PARTLY) if run.points else ("✗", WRONG)
    why = "" if run.outcome == "finished" else f", {run.outcome}"
    why += f", on {backend}" if (backend := run.config.get("backend", "numpy")) != "numpy" else ""
    return Content.assemble((glyph, style), f" {run.points:g} of {run.out_of:g}{why}")


def _loss(value: float) -> str:
    return f"{value:.4g}" if math.isfinite(value) else "not a number"


def _value(value: float | None) -> str:
    if value is None:
        return "nan"
    return f"{value:,.0f}" if value >= 1000 else f"{value:.4g}"
