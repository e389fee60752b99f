"""What was reached in each lab: a row for each, from which it can be opened."""

from functools import partial

from textual.content import Content

from coursekit.study.seeing import LabSeen
from coursekit.tui.outline import Row
from coursekit.tui.text import PARTLY, QUIET, RIGHT, spread
from coursekit.words import count


def lab_rows(found: tuple[LabSeen, ...], width: int) -> list[Row]:
    """Draw the rows, each named `lab:` and its name."""
    return [Row(partial(_line, lab, width), f"lab:{lab.name}") for lab in found]


def _line(lab: LabSeen, width: int) -> Content:
    if not lab.runs and not lab.grades:
        return spread(Content(lab.name), Content.styled("○ not tried yet", QUIET), width)
    parts = [count(lab.runs, "run")] if lab.runs else []
    parts += [count(lab.grades, "grade")] if lab.grades else []
    return spread(Content(lab.name), Content.assemble((", ".join(parts) + "   ", QUIET), _best(lab)), width)


def _best(lab: LabSeen) -> Content:
    """Show the best grade, or before there is one the best run."""
    points, out_of = lab.best_grade or lab.best_run or (0.0, 0.0)
    glyph, style = ("✓", RIGHT) if points >= out_of else ("≈" if points else "✗", PARTLY)
    said = f" {'graded ' if lab.grades else ''}{points:g} of {out_of:g} points"
    return Content.assemble((glyph, style), said)
