"""What a person is told of exams and sittings, in the same words on every front end. Markdown where it says so."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from math import ceil
from typing import assert_never

from coursekit.exam.blueprint import Blueprint
from coursekit.exam.report import Judged, Report
from coursekit.exam.sitting import TIME, Sitting
from coursekit.model import Choice, Gaps, Interaction, LongText, Matching, Ordering, Program, Response, TextEntry
from coursekit.questions._question import Question
from coursekit.study.calibration import certainty_sentence
from coursekit.words import count, count_points, short

STATES = {"given": "●", "open": "○", "flag": "⚑"}
"""The glyphs of a question map: with a response, without one, flagged."""


def clock(left: timedelta | None) -> str:
    """Write the time that is left, rounded up to seconds.

    >>> clock(timedelta(minutes=44, seconds=59.2)), clock(timedelta(hours=1, minutes=5)), clock(None)
    ('45:00', '1:05:00', '')
    """
    if left is None:
        return ""
    minutes, seconds = divmod(max(0, ceil(left.total_seconds())), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def time_left(sitting: Sitting, now: datetime) -> str:
    """Say the time that is left in words; '' without a limit."""
    left = sitting.left(now)
    return "" if left is None else f"{clock(left)} left"


def rules(blueprint: Blueprint, sat: int) -> tuple[str, ...]:
    """Say what an exam asks for, in short sentences."""
    limit = "No time limit" if blueprint.minutes is None else f"{blueprint.minutes:g} minutes"
    allowed = f"sitting {sat + 1} of {blueprint.attempts}" if blueprint.attempts else f"sitting {sat + 1}"
    wanted = f"{100 * blueprint.pass_share:g} % of the points pass"
    return (f"{count(blueprint.questions, 'question')} · {limit} · {wanted} · {allowed}",)


def open_places(sitting: Sitting) -> str:
    """Say what has no response and what is flagged."""
    flagged = f" Flagged: {_numbers(sorted(sitting.flags))}." if sitting.flags else ""
    if not sitting.missing:
        return f"Every question has a response.{flagged}"
    return f"{len(sitting.missing)} without a response: {_numbers(sitting.missing)}.{flagged}"


def map_text(sitting: Sitting) -> str:
    """Draw the question map as one line of text: number and glyphs of each place."""
    return "  ".join(f"{place + 1}{glyphs(sitting, place)}" for place in range(len(sitting.places)))


def glyphs(sitting: Sitting, place: int) -> str:
    """Return what stands for the state of a place."""
    return STATES["given" if sitting.responses[place] else "open"] + STATES["flag"] * (place in sitting.flags)


def verdict(report: Report) -> str:
    """Say whether it was passed."""
    return "✓ passed" if report.has_passed else "✗ not passed"


def headline(report: Report) -> str:
    """Say whether it was passed and, where the exam shows it, the score."""
    blueprint = report.sitting.blueprint
    said = [verdict(report)]
    if _shows_score(report):
        said += [f"{short(report.earned)} of {count_points(report.out_of)}", f"{100 * report.share:.0f} %"]
    return " · ".join([*said, f"{100 * blueprint.pass_share:g} % pass"])


def certainty(report: Report) -> str:
    """Say the certainty-based marks; '' where the exam shows no score, or nothing was said of any response."""
    has_said = any(one.confidence for one in report.judged)
    return certainty_sentence(report.certainty, "question") if _shows_score(report) and has_said else ""


def _shows_score(report: Report) -> bool:
    return "score" in report.sitting.blueprint.after


def result(report: Report) -> str:
    """Say the same in a few words."""
    share = [f"{100 * report.share:.0f} %"] if _shows_score(report) else []
    return " · ".join([verdict(report), *share])


def how_it_ended(sitting: Sitting) -> str:
    """Say when it was, how long it took, and why it ended."""
    ended = sitting.ended or sitting.begun
    minutes = max(1, ceil((ended - sitting.begun).total_seconds() / 60))
    why = "the time was up" if sitting.why == TIME else "handed in"
    return f"{when(sitting.begun)} · {why} after {count(minutes, 'minute')}"


def when(at: datetime, zone: tzinfo | None = None) -> str:
    """Write a time as the learner's clock shows it; without a zone in the system's.

    >>> from datetime import UTC, timezone
    >>> when(datetime(2026, 3, 2, 23, 30, tzinfo=UTC), timezone(timedelta(hours=1)))
    '2026-03-03 00:30'
    """
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def missed(one: Judged) -> tuple[tuple[str, str], ...]:
    """Tell a miss: labels and Markdown of what was asked, given, right, and why."""
    question = one.question
    if question is None:
        return (("Question", one.note),)
    interaction = question.body.interaction()
    mine = spoken(interaction, one.response) if one.response else "no response"
    said = [("Asked", question.stem), ("Yours", mine), ("Key", spoken(interaction, question.body.key()))]
    said += [("", text) for text in (*_on_options(one), *one.mark.feedback)]
    return tuple((label, text) for label, text in (*said, ("Why", question.explanation), ("Note", one.note)) if text)


def title_line(one: Judged) -> str:
    """Name a graded place: its number, its question and what it earned."""
    title = one.question.title if one.question else one.drawn.question
    glyph = "✗" if one.fraction <= 0 else "≈"
    return f"{glyph} {one.place + 1}. {title} · {short(one.earned)} of {count_points(one.points)}"


def beside(question: Question, during: Sequence[str]) -> str:
    """Say what the exam lets stand beside a question while it runs."""
    said = {
        "topic": f"{question.lesson} › {question.topic}",
        "title": question.title,
        "points": count_points(question.points),
    }
    return " · ".join(said[name] for name in ("topic", "title", "points") if name in during)


def spoken(interaction: Interaction, response: Response) -> str:
    """Say a response in words, as Markdown: an option, an item or a partner by its text, what is empty by a dash."""
    match interaction:
        case Choice(options=texts) | Ordering(items=texts):
            return "; ".join(texts[int(number) - 1] for number in response)
        case Matching(prompts=prompts, partners=partners):
            pairs = zip(prompts, response, strict=False)
            return "; ".join(f"{prompt}: {partners[int(number) - 1] if number else '–'}" for prompt, number in pairs)
        case Gaps():
            return "; ".join(text or "–" for text in response)
        case TextEntry() | LongText() | Program():
            return " ".join(response)
        case _:
            assert_never(interaction)


def _on_options(one: Judged) -> list[str]:
    """Return the author's words on the options that were picked."""
    return [text for number, text in one.mark.options.items() if number in one.response]


def _numbers(places: Sequence[int]) -> str:
    return ", ".join(str(place + 1) for place in places)
