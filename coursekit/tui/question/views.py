"""The parts of a question's page: what is asked, hints, the score, reasons, and the points of a rubric to tick."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from coursekit.model import Choice, Response
from coursekit.prose import inline
from coursekit.questions._question import Question
from coursekit.session import Submitted, score_line
from coursekit.tui.interactions import widget_for
from coursekit.tui.prose_view import ProseView
from coursekit.tui.question_text import outcome_text, score_content, suggestion_text, ways_on
from coursekit.tui.text import line_content

if TYPE_CHECKING:  # the app imports the screens
    from coursekit.tui.app import CoursekitApp


def asked(question: Question, draft: Response, intro: str, problem: str = "") -> list[Widget]:
    """Make what stands there when a question is asked; `intro` places its topic."""
    title = Static(line_content(inline(question.title)).stylize("bold"), classes="title", markup=False)
    above = [ProseView(intro, classes="intro")] if intro else []
    stem = [ProseView(question.stem)] if question.stem else []
    interaction = widget_for(question.body.interaction(), draft)
    interaction.id = "interaction"
    said = Static(problem, classes="problem" if problem else "problem -empty", id="problem", markup=False)
    return [*above, title, *stem, interaction, said]


def about(intro: str) -> list[ProseView]:
    """Make what places the topic below a question, where there is no room above it."""
    return [ProseView(intro, label="About this topic", classes="intro")] if intro else []


def options(question: Question) -> tuple[str, ...]:
    """Return the author's Markdown of what can be chosen."""
    interaction = question.body.interaction()
    return interaction.options if isinstance(interaction, Choice) else ()


def hints_read(hints: Sequence[str], read: int) -> list[ProseView]:
    """Make the first hints, numbered where there are several."""
    is_one = len(hints) == 1
    return [ProseView(text, label="Hint" if is_one else f"Hint {n}") for n, text in enumerate(hints[:read], 1)]


def suggestion(submitted: Submitted) -> list[Widget]:
    """Make the suggestion, what may change it, and the points to tick."""
    from coursekit.tui.interactions.ticks import rubric_ticks  # few questions are texts

    ticks = rubric_ticks(submitted.mark.evidence)
    ticks.id = "ticks"
    said = Static(suggestion_text(submitted), classes="score", markup=False)
    return [said, *(ProseView(text) for text in submitted.mark.feedback), ticks]


def score_text(submitted: Submitted, now: datetime) -> Content:
    """Say the score, and when the question comes back."""
    return score_content(submitted, score_line(submitted, now))


def try_again(submitted: Submitted, now: datetime) -> list[Widget]:
    """Make what a try was worth and, without the key, why."""
    mark, line = submitted.mark, Static(score_text(submitted, now), classes="score try", markup=False)
    return [line, *(ProseView(text, classes="try") for text in (*mark.options.values(), *mark.feedback))]


def verdict(app: "CoursekitApp", question: Question, submitted: Submitted, graded: str = "") -> list[Widget]:
    """Make the score, feedback, explanation, references and where to go from here; `graded` is the lab's grade."""
    line = Static(score_text(submitted, app.now()), classes="score", markup=False)
    said = [ProseView(text, classes="reason") for text in _said(question, submitted) if text]
    ways = ways_on(app.course, question, graded)
    parts = [*_revealed(question, submitted), ("Sources", question.references), *ways]
    return [line, *said, *(ProseView(text, label=label, classes="reason") for label, text in parts if text)]


def _said(question: Question, submitted: Submitted) -> Iterable[str]:
    """Say what a run did, and the feedback, which a text has had with its suggestion."""
    yield outcome_text(question, submitted.attempt.response)
    if not submitted.mark.evidence:
        yield from submitted.mark.feedback


def _revealed(question: Question, submitted: Submitted) -> list[tuple[str, str]]:
    if not submitted.is_revealed:
        return []
    model = question.body.key()[0] if submitted.mark.evidence else ""
    return [("Model", model), ("Why", question.explanation)]
