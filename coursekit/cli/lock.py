"""Make the runs that questions ask or tell about, and keep the keys that they decide and their figures.

examples:
  coursekit lock
  coursekit lock my-course --all
  coursekit lock --json

They are kept in the course's content/predict.lock. One is made again when its lab's settings, what is asked, or the
trainer have changed; with --all, every one.

Exit status: 0 when every prediction is decided and every figure made, 1 when one is not.
"""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import final

from coursekit.clean import clean
from coursekit.cli._context import the_course
from coursekit.cli._json import print_json
from coursekit.cli._log import the_log
from coursekit.course import Course
from coursekit.errors import CourseError, CoursekitError
from coursekit.lab import figures
from coursekit.lab.definition import Lab, load_lab
from coursekit.lab.experiment import decided, run_and_observe
from coursekit.lab.lock import Locked, lock_path, made_by, read_lock, write_lock
from coursekit.lab.workers import Runner, Workers
from coursekit.model import Choice
from coursekit.prose import plain
from coursekit.questions._body import Experiment
from coursekit.questions._figures import Figure
from coursekit.questions._question import Question
from coursekit.words import count

GROUP = "instructor"


def add_arguments(parser: ArgumentParser) -> None:
    """Say what can be made again."""
    parser.add_argument("path", nargs="?", metavar="PATH", help="a course's folder; default: the course at hand")
    parser.add_argument("--all", action="store_true", help="make every run again, also where nothing changed")
    parser.add_argument("--json", action="store_true", help="one JSON object per question")


def run(given: Namespace) -> int:
    """Make what is stale, say each, and write the file when it changed."""
    if given.path:
        given.course = given.path
    course = the_course(given)
    before, after, undecided = read_lock(course), dict[str, Locked](), list[str]()
    for wanted, locked in _kept(given, course, before):
        if isinstance(locked, Locked):
            after[wanted.name] = locked
            _say(given, wanted, before.get(wanted.name), locked)
        else:
            undecided.append(wanted.name)
            question = wanted.question
            print(clean(f"{question.path}:{question.line}: {locked}"), file=sys.stderr)
    _say_dropped(given, before, {*after, *undecided})
    if after != before:
        _write(course, after)
    print(_sum(before, after, undecided), file=sys.stderr)
    return 1 if undecided else 0


@final
@dataclass(frozen=True, slots=True)
class _Wanted:
    """One thing to keep: its name, what it comes from, and how it is made with something that runs labs."""

    name: str
    question: Question
    made_by: Callable[[], str]
    make: Callable[[Runner], str]

    def locked(self, before: Mapping[str, Locked], run: Runner, *, anew: bool) -> Locked | Exception:
        """Return what was kept where nothing has changed, else make it; or say why it cannot be made."""
        try:
            now, kept = self.made_by(), before.get(self.name)
            return kept if kept and kept.made_by == now and not anew else Locked(now, self.make(run))
        except (CoursekitError, ValueError) as error:
            return error


def _kept(
    given: Namespace, course: Course, before: Mapping[str, Locked]
) -> Iterator[tuple[_Wanted, Locked | Exception]]:
    """Yield everything that the course keeps, as many runs at a time as there are processors, in its own order."""

    def made(each: _Wanted) -> Locked | Exception:
        return each.locked(before, workers.run, anew=given.all)

    everything = tuple(_wanted(course))
    with Workers(the_log(given)) as workers, ThreadPoolExecutor(workers.count) as pool:
        try:
            yield from zip(everything, pool.map(made, everything), strict=True)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _wanted(course: Course) -> Iterator[_Wanted]:
    for question in course.questions():
        if not isinstance(question, Question):  # 'coursekit check' says what is wrong with it
            continue
        if isinstance(question.body, Experiment):
            yield _Wanted(question.id, question, partial(_digest, course, question), partial(_decide, course, question))
        for figure in question.figures:
            made_by, make = partial(_figure_digest, course, question, figure), partial(_make, course, question, figure)
            yield _Wanted(figure.kept_as(question.id), question, made_by, make)


def _digest(course: Course, question: Question) -> str:
    return made_by(question, _lab(course, question))


def _decide(course: Course, question: Question, run: Runner) -> str:
    observed = run_and_observe(question, _lab(course, question), run)
    decided(question, observed)
    return observed


def _figure_digest(course: Course, question: Question, figure: Figure) -> str:
    return figures.made_by(figure, _lab(course, question))


def _make(course: Course, question: Question, figure: Figure, run: Runner) -> str:
    return figures.rounded(figure, figures.measure(figure, _lab(course, question), run))


def _lab(course: Course, question: Question) -> Lab:
    return load_lab(course, question.lab or "")


def _sum(before: Mapping[str, Locked], after: Mapping[str, Locked], undecided: list[str]) -> str:
    """Count what the course keeps, and what came of it this time."""
    names = [*after, *undecided]
    figures = sum(":" in name for name in names)
    made = sum(before.get(name) != locked for name, locked in after.items())
    done = {"made": made, "up to date": len(after) - made, "undecided": len(undecided)}
    came = ", ".join(f"{many} {word}" for word, many in done.items() if many)
    kept = [count(len(names) - figures, "prediction")] + [count(figures, "figure")] * bool(figures)
    return f"{' and '.join(kept)}{f': {came}' if came else ''}."


def _say(given: Namespace, wanted: _Wanted, before: Locked | None, after: Locked) -> None:
    if given.json:
        was = before.observed if before else None
        told = {"question": wanted.name, "observed": after.observed, "before": was, "renewed": before != after}
        print_json({"type": "lock"} | told)
    elif before != after:
        was = _was(wanted, before, after) if before else ""
        print(clean(f"{wanted.name}  {_told(wanted, after.observed)}{was}"))


def _was(wanted: _Wanted, before: Locked, after: Locked) -> str:
    same = before.observed == after.observed
    return "  (as before)" if same else f"  (was {_told(wanted, before.observed)})"


def _told(wanted: _Wanted, observed: str) -> str:
    """Say what was observed as a person reads it: an option by its text, a figure or a loss as it is kept."""
    interaction = wanted.question.body.interaction()
    if ":" in wanted.name or not isinstance(interaction, Choice):
        return observed
    try:
        (number,) = decided(wanted.question, observed).body.key()
        return plain(interaction.options[int(number) - 1], 80)
    except (ValueError, IndexError):  # what an older file says need not be among the options any more
        return observed


def _say_dropped(given: Namespace, before: Mapping[str, Locked], wanted: set[str]) -> None:
    """Name what is kept no longer."""
    for name in sorted(before.keys() - wanted):
        if given.json:
            told = {"question": name, "observed": None, "before": before[name].observed, "renewed": False}
            print_json({"type": "lock"} | told)
        else:
            print(clean(f"{name}  dropped: no question asks for it any more"))


def _write(course: Course, locked: Mapping[str, Locked]) -> None:
    try:
        write_lock(course, locked)
    except OSError as error:
        raise CourseError(f"{lock_path(course)} cannot be written: {error.strerror}. Copy the course first.") from error
