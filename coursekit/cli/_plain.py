"""The study session line by line: numbers to choose, no drawing, the same words as on the screen."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from pathlib import Path
from textwrap import fill
from typing import final

from coursekit.clean import clean
from coursekit.cli._context import utc_now
from coursekit.cli._plain_forms import (
    HOW_SURE,
    WIDTH,
    Listener,
    Quit,
    Skip,
    feedback_label,
    hanging,
    line,
    read,
    say,
    show,
    spoken,
)
from coursekit.course import Course
from coursekit.errors import ContentError, CoursekitError
from coursekit.grading.invalid import what_is_missing
from coursekit.lab.definition import Lab, load_lab
from coursekit.lab.experiment import configurations, decide
from coursekit.lab.point import Point
from coursekit.lab.report import LabReport, run_lab
from coursekit.model import Choice as Options
from coursekit.model import LongText, Mark, Program, Response
from coursekit.plots.sentence import describe
from coursekit.prose import plain
from coursekit.questions._body import Experiment
from coursekit.questions._question import Question
from coursekit.session import Submitted, code_line, confirm, lab_line, next_seed, score_line, submit
from coursekit.store.store import Store
from coursekit.study.again import missed_again
from coursekit.study.leeches import remedy
from coursekit.study.selection import Choice
from coursekit.study.why import why_words
from coursekit.train.config import TrainingConfig

_HELP = """\
h tells a hint, n skips, q leaves; what you submitted is saved.
How sure you are, before a response: sure, think so, guess.
This question is {id}. Once you have left:
  coursekit note {id} TEXT          keeps a note on it; --mark bookmarks it
  coursekit aside {id} --snooze 3   puts it aside for some days
  coursekit rate {id} RATING        rates your last attempt: again, hard, good, easy
  coursekit flag {id} TEXT          says what is wrong with it"""


@final
@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked and what for (study, cram); where runs log to; the clock."""

    choice: Choice
    purpose: str
    log: Path | None
    now: Callable[[], datetime]


def ask_all(
    course: Course,
    store: Store,
    order: Sequence[Choice],
    log: Path | None,
    purpose: str = "study",
    now: Callable[[], datetime] = utc_now,
) -> tuple[Submitted, ...]:
    """Ask the questions in order until they or the learner end; return the last try at each.

    What is missed comes back at the end, once it is due again, as in the app: but for what was asked for by name.
    """
    if store.notice:
        say(store.notice)
    if not order:
        say("Nothing is due and nothing is new. Name a question to ask it again: coursekit ask ID")
        return ()
    many = f"{len(order)} question{'' if len(order) == 1 else 's'}"
    say(f"{course.title}. {many}.\nType h for a hint, n to skip, q to leave, ? for more.\n{HOW_SURE}")
    introduced: set[str] = set()
    done: dict[str, Submitted] = {}
    try:
        while order:
            since = now()
            for number, choice in enumerate(order, 1):
                say("\n" + " · ".join(filter(None, (f"Question {number} of {len(order)}", why_words(choice)))))
                _introduce(course, choice.question, introduced)
                with suppress(Skip):
                    done |= _ask_one(course, store, Asking(choice, purpose, log, now))
            order = _again(store, order, since, now())
    except Quit as leaving:
        say("Until next time. What you submitted is saved.")
        if leaving.is_interrupt:  # the status tells a script
            raise KeyboardInterrupt from None
    return tuple(done.values())


def _again(store: Store, order: Sequence[Choice], since: datetime, now: datetime) -> tuple[Choice, ...]:
    """Return what to ask once more of what was just asked."""
    chosen = {choice.question: choice for choice in order if choice.why != "asked for"}
    names = missed_again(chosen, store.cards(), since, now) if chosen else ()
    return tuple(replace(chosen[name], why="missed before") for name in names)


def _introduce(course: Course, name: str, introduced: set[str]) -> None:
    """Place a topic in a few lines, above the first of its questions."""
    topic = course.topic_of[name]
    if topic.title not in introduced and topic.document.text.source:
        say(f"{plain(topic.document.text.source, WIDTH)}\n")
    introduced.add(topic.title)


def _ask_one(course: Course, store: Store, asking: Asking) -> dict[str, Submitted]:
    """Ask one question; return its last try by its name, if there was one."""
    name = asking.choice.question
    try:
        question = course.question(name, next_seed(store, name))
    except ContentError as error:
        say(f"This question cannot be read: {error}")
        return {}
    _show(question)
    _show_lab(store, question)
    if asking.choice.why == "leech":
        _help_with(store, question)
    listener = Listener(question.hints, help=_HELP.format(id=name))
    for tries in count(1):
        submitted = _try(course, store, question, listener, tries, asking)
        if not submitted or not submitted.tries_left:
            return {name: submitted} if submitted else {}
    return {}


def _help_with(store: Store, question: Question) -> None:
    """Say what to do about a question that does not stick."""
    card = store.card(question.id)
    if not card:
        return
    found = remedy(question, card)
    ways = [f"look into its lab: coursekit lab run {found.lab}"] if found.lab else []
    ways += ["type h for its hint"] if found.hint else []
    ways += [f"tell its author what is wrong: coursekit flag {question.id} TEXT"] if found.tell_author else []
    say(plain(f"Missed {card.lapses} times after it was learnt. Before you respond: {'; or '.join(ways)}.", WIDTH))


def _try(
    course: Course, store: Store, question: Question, listener: Listener, tries: int, asking: Asking
) -> Submitted | None:
    """Take one response and say its verdict; None for a prediction that no run decides."""
    started = asking.now()
    response = _ask_for(store, question, listener)
    if isinstance(question.body, Experiment):
        try:
            question = _decide(course, question, asking.log)
        except (CoursekitError, ValueError) as error:
            say(f"This prediction cannot be decided, so it is not counted: {error}")
            return None
    submitted = submit(
        store,
        question,
        response,
        started=started,
        now=asking.now(),
        hints=listener.hints_told,
        confidence=listener.confidence,
        tries=tries,
        purpose=asking.purpose,
        serves=asking.choice.serves,
    )
    if submitted.mark.is_suggestion:  # a text is kept until its mark is confirmed
        store.keep_draft(question.id, response)
    submitted = _finish(store, question, submitted, asking.now)
    store.keep_draft(question.id, ())
    return submitted


def _show(question: Question) -> None:
    say(f"{question.lesson} › {question.topic}\n{question.title}\n")
    say(plain(question.stem, WIDTH) + "\n")
    show(question.body.interaction())


def _show_lab(store: Store, question: Question) -> None:
    """Say how a question of code is done, and what its lab has graded."""
    if isinstance(interaction := question.body.interaction(), Program):
        say(f"Begin with: coursekit lab start {question.lab}")
        say(plain(f"In the lab: {code_line(store, question.lab or '', interaction.entry)}.", WIDTH))


def _ask_for(store: Store, question: Question, listener: Listener) -> Response:
    """Read a response, going on from a draft; one that is left unsubmitted becomes the draft."""
    draft = store.draft(question.id) if isinstance(question.body.interaction(), LongText) else ()
    if draft:
        say(f"Kept from last time:\n{clean(draft[0])}\n")
    try:
        return _respond(question, draft, listener)
    except Quit as leaving:
        store.keep_draft(question.id, leaving.draft)
        raise


def _respond(question: Question, draft: Response, listener: Listener) -> Response:
    """Read until there is a response that can be graded."""
    interaction = question.body.interaction()
    while True:
        response = read(interaction, draft, listener)
        problem = what_is_missing(interaction, response)
        if problem is None:
            return response
        say(problem)


def _decide(course: Course, question: Question, log: Path | None) -> Question:
    """Make the runs that decide a prediction."""
    lab = load_lab(course, question.lab or "")
    configs = configurations(question, lab)
    say("\nYour prediction is kept.")
    return decide(
        question,
        [
            _run(lab, config, log, name)
            for config, name in zip(configs, _run_names(question, len(configs)), strict=True)
        ],
    )


def _run_names(question: Question, many: int) -> list[str]:
    """Name the runs: two that are compared by the option that stands for each."""
    interaction = question.body.interaction()
    if many > 1 and isinstance(interaction, Options) and len(interaction.options) == many:
        return [f"Run {number}, {plain(text, 4 * WIDTH)}" for number, text in enumerate(interaction.options, 1)]
    return [f"Run {number}" if many > 1 else "The run" for number in range(1, many + 1)]


def _run(lab: Lab, config: TrainingConfig, log: Path | None, name: str) -> tuple[Point, ...]:
    """Make one run and say what the loss did that is asked about."""
    say(f"{name}: {config.steps} steps …")
    points: tuple[Point, ...] = ()
    for record in run_lab(lab, config, log):
        if isinstance(record, LabReport):
            points = record.points
            say(f"  {_loss_words(points)}")
    return points


def _loss_words(points: tuple[Point, ...]) -> str:
    """Tell the validation loss where there is one, as what the runs decide goes by it; else the training loss."""
    measured = tuple((point.step, point.validation_loss) for point in points if point.validation_loss is not None)
    if measured:
        return describe(measured, "validation loss")
    return describe(tuple((point.step, point.loss) for point in points), "training loss")


def _finish(store: Store, question: Question, submitted: Submitted, now: Callable[[], datetime]) -> Submitted:
    """Say what a response came to, and all that belongs to it; return it as it counts."""
    _verdict(question, submitted)
    if submitted.mark.evidence:
        submitted = _confirm(store, submitted, now)
        say(f"\n{_in_a_word(submitted.mark)}")
    say(f"\n{score_line(submitted, now())}")
    if not submitted.tries_left:
        _tell_more(store, question, submitted)
    return submitted


def _tell_more(store: Store, question: Question, submitted: Submitted) -> None:
    """Say why, and where to go from here."""
    for title, text in _reasons(question, submitted):
        if text:
            say(f"\n{title}\n{plain(text, WIDTH)}")
    if question.lab:
        say(f"\nSee it: coursekit lab run {question.lab}")
        if graded := lab_line(store, submitted, question.lab):
            say(f"The lab is {graded}.")
    if question.related:
        say(f"Related: {', '.join(question.related)}")


def _reasons(question: Question, submitted: Submitted) -> list[tuple[str, str]]:
    references = ("References", question.references)
    if not submitted.is_revealed:
        return [references]
    model = question.body.key()[0] if submitted.mark.evidence else ""
    return [("Model response", model), ("Why", question.explanation), references]


def _verdict(question: Question, submitted: Submitted) -> None:
    mark, response = submitted.mark, submitted.attempt.response
    interaction = question.body.interaction()
    if not mark.is_suggestion:
        say(f"\n{_in_a_word(mark)}")
    if not mark.is_suggestion and submitted.is_revealed:
        say(fill(f"Key: {spoken(interaction, question.body.key())}", WIDTH, break_long_words=False))
    for number, is_right in enumerate(mark.parts, 1):
        say(f"  gap {number}: {'✓ right' if is_right else '✗ wrong'}")
    for number, text in mark.options.items():
        say(hanging(f"  {feedback_label(interaction, number, response)}: ", text))
    for text in mark.feedback:
        say(plain(text, WIDTH))


def _in_a_word(mark: Mark) -> str:
    return "✓ Right." if mark.fraction >= 1 else "✗ Wrong." if mark.fraction <= 0 else "≈ Partly right."


def _confirm(store: Store, submitted: Submitted, now: Callable[[], datetime]) -> Submitted:
    """Show the evidence and let the learner say which points were made."""
    say("\nA suggestion from the words found; it cannot read meaning. You decide.")
    evidence = submitted.mark.evidence
    for number, item in enumerate(evidence, 1):
        found = f"found: “{'” “'.join(item.quotes)}”" if item.share >= 1 else "not found"
        say(f"{number}. ({item.points:g}) {plain(item.point, WIDTH)}  {found}")
    suggested = tuple(item.share >= 1 for item in evidence)
    say(f"Suggested: {' '.join(str(n) for n, tick in enumerate(suggested, 1) if tick) or 'none'}")
    while True:
        text = line("Points you made, by number; enter keeps the suggestion, 0 for none: ")
        if not text:
            return confirm(store, submitted, suggested, now())
        picked = set(text.replace(",", " ").split())
        if picked <= {str(number) for number in range(len(evidence) + 1)}:
            ticks = tuple(str(number) in picked for number in range(1, len(evidence) + 1))
            return confirm(store, submitted, ticks, now())
        say(f"Use numbers from 1 to {len(evidence)}.")
