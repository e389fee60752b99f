"""Show a question as its author sees it: in every state, with its source and problems, live on save.

PATH is a topic file, with or without a line, a folder, or the id of a question. The screen is drawn anew whenever a
file of the course is saved; 'e' opens $VISUAL or $EDITOR at the line. Nothing of it is stored in your record.

examples:
  coursekit preview content/2-training/1-optimizers.md
  coursekit preview content/2-training/1-optimizers.md:120
  coursekit preview sgd-role
  coursekit preview sgd-role --plain --state wrong

Exit status with --plain: 0 when nothing is wrong with what is shown, 1 when something is.
"""

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from functools import partial
from pathlib import Path

from coursekit.cli._app import has_screen, open_preview, say_no_screen
from coursekit.cli._context import the_cache, utc_now
from coursekit.cli._plain_forms import WIDTH, feedback_label, say, show, spoken
from coursekit.course import Course, find_course, nearest, open_course
from coursekit.errors import ContentError, UsageError
from coursekit.prose import plain
from coursekit.questions._question import Question
from coursekit.session import Submitted, score_line
from coursekit.tui.preview_deck import Leaf, Target, deck, find_target, locate
from coursekit.tui.preview_states import STATES, Shown, in_state

GROUP = "instructor"


def add_arguments(parser: ArgumentParser) -> None:
    """Say what can be previewed."""
    parser.add_argument("path", nargs="?", metavar="PATH", help="a file[:line], a folder, or the id of a question")
    parser.add_argument("--plain", action="store_true", help="print it, without a screen")
    parser.add_argument("--state", choices=STATES, help="begin with this state; with --plain print no other")


def run(given: Namespace) -> int:
    """Open the preview, or print it where there is no screen."""
    target = find_target(given.path)
    reopen = _opener(given, target.folder)
    course = reopen()
    if target.name and target.name not in course.topic_of:
        known = nearest(target.name, tuple(course.topic_of))
        raise UsageError(f"There is no file and no question '{target.name}'. {known}")
    leaf = locate(deck(course), target)
    if not given.plain:
        if has_screen():
            return open_preview(given, course, leaf, reopen, given.state or STATES[0])
        say_no_screen()
    return _print(course, _meant(course, target, leaf), (given.state,) if given.state else STATES)


def _opener(given: Namespace, folder: Path | None) -> Callable[[], Course]:
    """Return what reads the course that is meant, again and again."""
    folder = folder or find_course(given.course, os.environ, Path.cwd())
    return partial(open_course, folder, lambda: the_cache(given, folder, "index"))


def _meant(course: Course, target: Target, leaf: Leaf) -> tuple[Leaf, ...]:
    """List the one question that was named, or all of its file."""
    is_one = target.name or target.line > 1
    return (leaf,) if is_one else tuple(other for other in deck(course) if other.path == leaf.path)


def _print(course: Course, leaves: tuple[Leaf, ...], states: tuple[str, ...]) -> int:
    from coursekit.check import check_course  # it reads every question, and the screen does so beside itself

    findings = [found for found in check_course(course) if found.path == leaves[0].path]
    is_whole = len(leaves) > 1
    shown = [found for found in findings if is_whole or leaves[0].holds(found.path, found.line)]
    for leaf in leaves:
        _print_leaf(course, leaf, states)
    say("\nProblems")
    for found in shown:
        say(f"✗ {found.path}:{found.line}: {found.message}")
    if not shown:
        say("✓ None.")
    return 1 if shown else 0


def _print_leaf(course: Course, leaf: Leaf, states: tuple[str, ...]) -> None:
    say(f"\n{leaf.path}:{leaf.line}")
    try:
        if not leaf.name:
            raise leaf.error or ContentError(leaf.path, leaf.line, "This is no question yet.")
        question = course.question(leaf.name)
    except ContentError as error:
        say(f"This question cannot be read: {error}")
        return
    for state in states:
        say(f"\n[{state}]")
        _print_state(question, in_state(course, question, state, utc_now()), state)


def _print_state(question: Question, shown: Shown, state: str) -> None:
    if state in ("fresh", "exam"):
        _print_asked(question, has_title=state == "fresh")
    for number, hint in enumerate(shown.question.hints[: shown.hints], 1):
        say(f"Hint {number}: {plain(hint, WIDTH - 8)}")
    if shown.submitted:
        _print_verdict(shown.question, shown.submitted)
    if shown.note:
        say(shown.note)


def _print_asked(question: Question, *, has_title: bool) -> None:
    if has_title:
        say(f"{question.title}\n")
    say(plain(question.stem, WIDTH))
    show(question.body.interaction())


def _print_verdict(question: Question, submitted: Submitted) -> None:
    """Say the response, the score and, where it is revealed, the key and why."""
    mark, response, interaction = submitted.mark, submitted.attempt.response, question.body.interaction()
    say(f"Response: {spoken(interaction, response)}")
    glyph = "✓ right" if mark.fraction >= 1 else "✗ wrong" if mark.fraction <= 0 else "≈ partly right"
    say(f"{glyph} · {score_line(submitted, utc_now())}")
    for number, text in mark.options.items():
        say(f"  {feedback_label(interaction, number, response)}: {plain(text, WIDTH - 8)}")
    for text in mark.feedback:
        say(plain(text, WIDTH))
    if submitted.is_revealed:
        say(f"Key: {spoken(interaction, question.body.key())}")
        if question.explanation:
            say(f"Why: {plain(question.explanation, WIDTH)}")
