"""The texts of a lab's screen, drawn from what there is of a visit."""

from textual.content import Content

from coursekit.tui.keybar import Key
from coursekit.tui.lab.body import LabBody
from coursekit.tui.lab.run_page import RunPage, is_exact
from coursekit.tui.lab.texts import (
    goals_content,
    lab_keys,
    runs_content,
    said_content,
    state_text,
    stats_content,
    waiting_text,
)
from coursekit.tui.lab.visit import Visit
from coursekit.tui.text import spread

_RUNS_BELOW, _MEASUREMENTS_BELOW = 4, 2


def where(visit: Visit, place: str, width: int) -> Content:
    """Say which lab this is, on what its run is made, and how many runs are left."""
    left = visit.runs.left
    right = visit.backend.words if left is None else f"{left} of {visit.lab.budget} runs left · {visit.backend.words}"
    return spread(Content(f"{place} › lab {visit.lab.name}"), Content(right), width)


def goals(visit: Visit) -> Content:
    """List the goals, and the fault to name, with what came of them."""
    return goals_content(visit.lab, visit.run.report, visit.grades.fault, visit.grades.grade)


def show_run(page: RunPage, visit: Visit, width: int) -> None:
    """Bring the texts around the picture up to date."""
    graded = visit.grades.content()
    page.put("#stats", _stats(visit))
    page.put("#said", _said(visit, page))
    page.put("#grade", graded)
    page.query_one("#grade").set_class(not graded, "-empty")
    most = _MEASUREMENTS_BELOW if visit.lab.is_probe else _RUNS_BELOW
    page.put("#runs", runs_content(visit.lab, visit.runs.runs, most, width))


def keys(visit: Visit, body: LabBody) -> list[Key]:
    """List the keys that do something now."""
    return lab_keys(
        body.page,
        is_running=visit.run.is_running,
        is_grading=visit.grades.is_busy,
        has_run=bool(visit.runs.runs),
        has_faults=bool(visit.lab.faults),
        is_probe=visit.lab.is_probe,
        has_curve=body.run.curve is not None,
        has_why=not visit.why_no_explanation,
    )


def _stats(visit: Visit) -> Content:
    run = visit.run
    state = state_text(run.report, is_running=run.is_running, is_paused=run.is_paused)
    return stats_content(run.points, run.steps, state, run.report, is_exact=is_exact(visit.lab))


def _said(visit: Visit, page: RunPage) -> Content:
    run, is_slow = visit.run, visit.backend.is_slow
    return said_content(
        run.points,
        run.report,
        extra=_compared(visit, page) or page.strips_said if run.report else "",
        waiting=waiting_text(page.trials, is_paused=run.is_paused, is_slow=is_slow),
        is_running=run.is_running,
    )


def _compared(visit: Visit, page: RunPage) -> str:
    """Say how the runs in the picture differ; not while one goes on: its strips take 15 ms to put in words."""
    curve = page.curve
    metric = "loss" if is_exact(visit.lab) else "validation loss"
    return visit.runs.compared.said(curve.line, curve.earlier, metric) if curve else ""
