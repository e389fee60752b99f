"""What a sitting came to, as lines and as JSON."""

from collections.abc import Iterator
from typing import Any

from coursekit.cli._plain_forms import WIDTH, say
from coursekit.exam.report import Report, Tally
from coursekit.exam.sitting import Sitting
from coursekit.exam.telling import certainty, headline, how_it_ended, missed, title_line, verdict, when
from coursekit.prose import plain
from coursekit.study.calibration import certainty_marks

_LABEL = 8


def print_report(report: Report, *, by_certainty: bool) -> None:
    """Print what the exam shows afterwards, with certainty-based marks where the learner has chosen them."""
    for text in _lines(report, by_certainty):
        say(text)


def report_record(report: Report, *, by_certainty: bool) -> dict[str, Any]:
    """Return the report as JSON: all that the exam shows, by the same rule as for people."""
    sitting, after = report.sitting, report.sitting.blueprint.after
    record = sitting_record(sitting) | {"passed": report.has_passed, "pass": sitting.blueprint.pass_share}
    if "score" in after:
        record |= {"points": report.earned, "out_of": report.out_of, "share": report.share}
    if by_certainty and certainty(report):
        record["certainty"] = dict(zip(("points", "out_of"), certainty_marks(report.certainty), strict=True))
    if "topics" in after:
        record["topics"] = [_tally(each) for each in report.topics]
        record["objectives"] = [_tally(each) for each in report.objectives]
    if "misses" in after:
        record["misses"] = [
            {
                "place": one.place + 1,
                "question": one.drawn.question,
                "response": list(one.response),
                "mark": one.fraction,
                "points": one.points,
                "confidence": one.confidence,
                "lab": one.question.lab if one.question else None,
            }
            for one in report.misses
        ]
    return record


def sitting_record(sitting: Sitting) -> dict[str, Any]:
    """Return what can be told of a sitting at any time."""
    return {
        "type": "sitting",
        "exam": sitting.exam,
        "sitting": sitting.id,
        "begun": sitting.begun.isoformat(),
        "ended": sitting.ended.isoformat() if sitting.ended else None,
        "why": sitting.why,
        "questions": len(sitting.places),
        "responses": len(sitting.places) - len(sitting.missing),
    }


def sitting_line(sitting: Sitting, report: Report | None) -> str:
    """Say one sitting in a line."""
    what = headline(report) if report else f"goes on, {len(sitting.missing)} without a response"
    return f"  sitting {sitting.id}: {when(sitting.begun)}, {what}"


def _lines(report: Report, by_certainty: bool) -> Iterator[str]:
    blueprint = report.sitting.blueprint
    yield f"\n{blueprint.title}, sitting {report.sitting.id}: {verdict(report)}."
    yield f"{headline(report)}\n{how_it_ended(report.sitting)}"
    if by_certainty and (said := certainty(report)):
        yield said
    if "topics" in blueprint.after:
        yield from _tallies("By topic", report.topics)
        yield from _tallies("By objective", report.objectives)
    if "misses" in blueprint.after:
        yield from _misses(report)


def _tallies(title: str, tallies: tuple[Tally, ...]) -> Iterator[str]:
    if tallies:
        yield f"\n{title}"
    for each in tallies:
        name = f"{each.name} {each.words}".strip()
        short = name if len(name) <= 50 else f"{name[:49]}…"
        yield f"  {short:50} {each.earned:g} of {each.out_of:g}, {100 * each.share:.0f} %"


def _misses(report: Report) -> Iterator[str]:
    if not report.misses:
        yield "\nNothing was missed."
    for one in report.misses:
        yield f"\n{plain(title_line(one), WIDTH)}"
        for label, text in missed(one):
            yield f"{label or ' ':{_LABEL}}{plain(text, WIDTH - _LABEL)}".replace("\n", "\n" + " " * _LABEL)
        if one.question and one.question.lab:
            yield f"{'See it':{_LABEL}}coursekit lab run {one.question.lab}"


def _tally(each: Tally) -> dict[str, Any]:
    words = {"says": each.words} if each.words else {}
    return {"name": each.name, **words, "questions": each.questions, "points": each.earned, "out_of": each.out_of}
