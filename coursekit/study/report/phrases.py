"""What the Markdown and the HTML of a report say in the same words."""

from collections.abc import Mapping
from typing import Any

from coursekit.store.labs import LabGrade, LabRun
from coursekit.study.report.collected import Asked, Report, Try
from coursekit.words import count

HIDDEN = "Its key was not shown yet, so it does not stand here either."
NOTHING = "Nothing was studied yet."


def headline(report: Report) -> str:
    """Say what the report is and when it was made."""
    return f"What was studied, as of {report.when(report.made)}."


def try_line(report: Report, one: Try) -> str:
    """Say when a response was given, what it got, and what else is known of it."""
    parts = [report.when(one.at), _mark(one)]
    parts += [f"you said {one.confidence}"] if one.confidence else []
    parts += [f"{count(one.hints, 'hint')} used"] if one.hints else []
    parts += {"exam": ["in a mock exam"], "cram": ["crammed"]}.get(one.purpose, [])
    parts += ["the question has been changed since"] if one.has_changed else []
    return " · ".join(parts)


def run_line(report: Report, run: LabRun) -> str:
    """Say what a run was set to and what came of it."""
    return " · ".join(
        [
            f"run {run.number}",
            report.when(run.at),
            *_settings(run.settings),
            run.outcome,
            _points(run.points, run.out_of),
        ]
    )


def grade_line(report: Report, grade: LabGrade) -> str:
    """Say what was graded and what it got."""
    seeds = count(len(grade.results), "seed")
    parts = [
        "grade",
        report.when(grade.at),
        *_settings(grade.settings),
        f"{_points(grade.points, grade.out_of)} over {seeds}",
    ]
    return " · ".join(parts)


def missing_line(report: Report) -> str:
    """Say how much is not told; nothing where everything is."""
    if not report.missing:
        return ""
    return f"{count(report.missing, 'attempt')} at questions that the course no longer has."


def no_key(asked: Asked) -> str:
    """Say why no key is told; nothing where there is one."""
    if asked.is_revealed or not asked.tries:
        return ""
    return HIDDEN


def _mark(one: Try) -> str:
    if one.mark is None:
        return "its score is not shown"
    if one.is_suggestion:
        return "not confirmed yet"
    glyph = "✓" if one.mark >= 1 else "≈" if one.mark > 0 else "✗"
    return f"{glyph} {_points(one.mark * one.points, one.points)}"


def _points(points: float, out_of: float) -> str:
    return f"{points:.3g} of {out_of:g} {'point' if out_of == 1 else 'points'}"


def _settings(settings: Mapping[str, Any]) -> list[str]:
    return [f"{name.replace('_', ' ')} {value}" for name, value in settings.items()]
