"""The study session line by line: numbers to choose, no drawing, the same words as on the screen."""

import sys
from contextlib import suppress
from pathlib import Path
from typing import assert_never

from coursekit.clean import clean
from coursekit.cli._context import utc_now
from coursekit.cli._progress import report_lines
from coursekit.course import Course
from coursekit.errors import ContentError, CoursekitError
from coursekit.grading.invalid import what_is_missing
from coursekit.lab.definition import load_lab
from coursekit.lab.point import Point
from coursekit.lab.report import LabReport, run_lab
from coursekit.model import Choice, LongText, Response, TextEntry
from coursekit.prose import plain
from coursekit.questions._body import Experiment
from coursekit.questions._question import Question
from coursekit.session import Submitted, confirm, next_seed, observe, score_line, submit
from coursekit.store.store import Store

_WIDTH = 76


class Skip(Exception):  # noqa: N818  not an error: the learner goes on
    """The learner typed n."""


class Quit(Exception):  # noqa: N818  not an error: the learner leaves
    """The learner typed q, or the input ended; `draft` is what was written and not submitted."""

    def __init__(self, draft: Response = ()) -> None:
        super().__init__()
        self.draft = draft


def ask_all(course: Course, store: Store, order: tuple[str, ...], log: Path | None) -> None:
    """Ask the questions in order until they or the learner end."""
    if store.notice:
        _say(store.notice)
    if not order:
        _say("Nothing is due and nothing is new. Name a question to ask it again: coursekit ask ID")
        return
    many = f"{len(order)} question{'' if len(order) == 1 else 's'}"
    _say(f"{course.title}. {many}. Type h for a hint, n to skip, q to leave.")
    topic = ""
    try:
        for number, name in enumerate(order, 1):
            _say(f"\nQuestion {number} of {len(order)}")
            topic = _introduce(course, name, topic)
            with suppress(Skip):
                _ask_one(course, store, name, log)
    except Quit:
        _say("Until next time. What you submitted is saved.")


def _introduce(course: Course, name: str, before: str) -> str:
    """Place a topic in a few lines, above the first of its questions."""
    topic = course.topic_of[name]
    if topic.title != before and topic.document.text.source:
        _say(f"{plain(topic.document.text.source, _WIDTH)}\n")
    return topic.title


def _ask_one(course: Course, store: Store, name: str, log: Path | None) -> None:
    try:
        question = course.question(name, next_seed(store.attempts(name)))
    except ContentError as error:
        _say(f"This question cannot be read: {error}")
        return
    started = utc_now()
    _show(question)
    hints, response = _ask_for(store, question)
    if isinstance(question.body, Experiment):
        try:
            question = _decide(course, question, log)
        except (CoursekitError, ValueError) as error:
            _say(f"This prediction cannot be decided, so it is not counted: {error}")
            return
    submitted = submit(store, question, response, started=started, now=utc_now(), hints=hints)
    if submitted.mark.is_suggestion:  # a text is kept until its mark is confirmed
        store.keep_draft(question.id, response)
    _finish(store, question, submitted)
    store.keep_draft(question.id, ())


def _show(question: Question) -> None:
    _say(f"{question.lesson} › {question.topic}\n{question.title}\n")
    _say(plain(question.stem, _WIDTH) + "\n")
    match interaction := question.body.interaction():
        case Choice(options=options):
            for number, option in enumerate(options, 1):
                _say(f"{number}. {plain(option, _WIDTH - 4)}")
        case TextEntry() | LongText():
            _say(f"Expected: {interaction.form}.")
        case _:
            assert_never(interaction)


def _ask_for(store: Store, question: Question) -> tuple[int, Response]:
    """Read a response, going on from a draft; one that is left unsubmitted becomes the draft."""
    draft = store.draft(question.id) if isinstance(question.body.interaction(), LongText) else ()
    if draft:
        _say(f"Kept from last time:\n{clean(draft[0])}\n")
    try:
        hints, response = _respond(question, draft)
    except Quit as leaving:
        store.keep_draft(question.id, leaving.draft)
        raise
    return hints, response


def _respond(question: Question, draft: Response) -> tuple[int, Response]:
    """Read until there is a response that can be graded; return how many hints it took."""
    hints = 0
    interaction = question.body.interaction()
    while True:
        response = _read(question, draft)
        if response == ("n",):
            raise Skip
        if response == ("h",):
            _say(plain(question.hints[hints], _WIDTH) if hints < len(question.hints) else "There are no more hints.")
            hints = min(hints + 1, len(question.hints))
            continue
        problem = what_is_missing(interaction, response)
        if problem is None:
            return hints, response
        _say(problem)


def _read(question: Question, draft: Response) -> Response:
    match interaction := question.body.interaction():
        case Choice(many=many):
            text = _line("Numbers, separated by spaces: " if many else "Number: ")
            return tuple(text.replace(",", " ").split())
        case TextEntry():
            text = _line("Number: " if interaction.number else "Text: ")
            return (text,) if text else ()
        case LongText():
            return _paragraph(draft)
        case _:
            assert_never(interaction)


def _paragraph(draft: Response) -> Response:
    """Read lines up to an empty one or the input's end; q leaves, and what was written is kept."""
    lines = list(draft)
    _say("Go on writing, then an empty line to submit:" if draft else "Write, then an empty line to submit:")
    while True:
        text = _next_line("> ")
        if text == "q" or (text is None and not lines):
            raise Quit(("\n".join(lines),) if lines else ())
        if not text:
            return ("\n".join(lines),) if lines else ()
        if text in ("h", "n") and not lines:  # further down it is a line of the text
            return (text,)
        lines.append(text)


def _decide(course: Course, question: Question, log: Path | None) -> Question:
    """Run the lab that decides a prediction."""
    assert isinstance(question.body, Experiment)
    lab = load_lab(course, question.lab or "")
    config = lab.configure(question.body.settings())
    _say(f"Your prediction is kept. Running {config.steps} steps …")
    points: tuple[Point, ...] = ()
    for record in run_lab(lab, config, log):
        if isinstance(record, LabReport):
            points = record.points
            _say(report_lines(record)[0])
    return observe(question, points)


def _finish(store: Store, question: Question, submitted: Submitted) -> None:
    _verdict(question, submitted)
    if submitted.mark.is_suggestion:
        submitted = _confirm(store, submitted)
    _say(f"\n{score_line(submitted, utc_now())}")
    model = question.body.key()[0] if submitted.mark.is_suggestion else ""
    for title, text in (("Model response", model), ("Why", question.explanation), ("References", question.references)):
        if text:
            _say(f"\n{title}\n{plain(text, _WIDTH)}")
    if question.lab:
        _say(f"\nSee it: coursekit lab run {question.lab}")
    if question.related:
        _say(f"Related: {', '.join(question.related)}")


def _verdict(question: Question, submitted: Submitted) -> None:
    mark, response = submitted.mark, submitted.attempt.response
    if not mark.is_suggestion:
        _say("\n✓ Right." if mark.fraction >= 1 else "\n✗ Wrong." if mark.fraction <= 0 else "\n≈ Partly right.")
        _say(f"Key: {_spoken(question, question.body.key())}")
    for number, text in mark.options.items():
        whose = " (yours)" if number in response else " (key)"
        _say(f"  {number}{whose}: {plain(text, _WIDTH - 8)}")
    for text in mark.feedback:
        _say(plain(text, _WIDTH))


def _spoken(question: Question, response: Response) -> str:
    interaction = question.body.interaction()
    if isinstance(interaction, Choice):
        return "; ".join(f"{n}. {plain(interaction.options[int(n) - 1], _WIDTH)}" for n in response)
    return " ".join(response)


def _confirm(store: Store, submitted: Submitted) -> Submitted:
    """Show the evidence and let the learner say which points were made."""
    _say("\nA suggestion from the words found; it cannot read meaning. You decide.")
    evidence = submitted.mark.evidence
    for number, item in enumerate(evidence, 1):
        found = f"found: “{'” “'.join(item.quotes)}”" if item.share >= 1 else "not found"
        _say(f"{number}. ({item.points:g}) {plain(item.point, _WIDTH)}  {found}")
    suggested = tuple(item.share >= 1 for item in evidence)
    _say(f"Suggested: {' '.join(str(n) for n, tick in enumerate(suggested, 1) if tick) or 'none'}")
    while True:
        text = _line("Points you made, by number; enter keeps the suggestion, 0 for none: ")
        if not text:
            return confirm(store, submitted, suggested, utc_now())
        picked = set(text.replace(",", " ").split())
        if picked <= {str(number) for number in range(len(evidence) + 1)}:
            ticks = tuple(str(number) in picked for number in range(1, len(evidence) + 1))
            return confirm(store, submitted, ticks, utc_now())
        _say(f"Use numbers from 1 to {len(evidence)}.")


def _line(prompt: str) -> str:
    """Read one line; q and the end of input leave."""
    text = _next_line(prompt)
    if text is None or text == "q":
        raise Quit
    return text


def _next_line(prompt: str) -> str | None:
    """Read one line without the space around it, None at the end of input."""
    print(prompt, end="", flush=True)
    text = sys.stdin.readline()
    if not text or not sys.stdin.isatty():
        print()
    return text.strip() if text else None


def _say(text: str) -> None:
    print(clean(text), flush=True)
