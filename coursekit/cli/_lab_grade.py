"""A lab's grade at the command line: a line for each seed as it ends, then the median."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict
from random import SystemRandom

from coursekit.clean import clean
from coursekit.cli._context import say_notice, the_course, the_store, utc_now
from coursekit.cli._json import print_json
from coursekit.cli._lab_run import read_settings
from coursekit.cli._lab_text import how_to_name, why_lines
from coursekit.cli._log import the_log
from coursekit.course import Course
from coursekit.errors import StoreError, UsageError
from coursekit.lab.definition import Lab, load_lab
from coursekit.lab.faults import name_fault
from coursekit.lab.grade import SEEDS, Grade, SeedResult, draw_seeds, grade, graded_config, in_order
from coursekit.lab.record import recorded_grade, results_json
from coursekit.scheduling import in_days
from coursekit.store.labs import LabGrade
from coursekit.store.store import Store
from coursekit.study.by_lab import serve_due
from coursekit.words import count


def grade_it(given: Namespace) -> int:
    """Grade the settings, print and record the grade; return 0 when the median is the full score."""
    many: int = SEEDS if given.seeds is None else given.seeds
    if many < SEEDS:
        raise UsageError(f"A grade takes at least {SEEDS} seeds, got {many}.")
    course = the_course(given)
    lab = load_lab(course, given.name)
    if given.fault is not None and not 1 <= given.fault <= len(lab.faults):
        raise UsageError(_no_fault(lab))
    config = graded_config(lab, read_settings(given.set), given.seed)
    seeds = draw_seeds(given.seed, SystemRandom(), many)
    seen: list[SeedResult] = []
    for result in grade(lab.goals, config, seeds, the_log(given)):
        seen.append(result)
        if not given.json:
            print(seed_line(result, given.seed), flush=True)
    graded = Grade(config, in_order(seeds, seen), name_fault(lab.faults, lab.naming, given.fault))
    _print(given, lab, graded)
    _record(given, course, lab, graded)
    return 0 if graded.points >= graded.out_of else 1


def _no_fault(lab: Lab) -> str:
    if not lab.faults:
        return f"The lab {lab.name} has no fault to name. Leave --fault out."
    return f"There is no such fault; {how_to_name(lab.faults)}"


def seed_line(result: SeedResult, shown: int) -> str:
    """Say what one seed came to."""
    sign = "✓" if result.is_passed else "≈" if result.earned else "✗"
    goals = "; ".join(str(goal) for goal in result.goals)
    return f"{sign} seed {result.seed}{' (shown)' if result.seed == shown else ''}: {goals}"


def score_line(graded: Grade) -> str:
    """Say the score, and what it is."""
    seeds = len(graded.results)
    return (
        f"{graded.points:g} of {graded.out_of:g} points, the median of {seeds} seeds; "
        f"every goal was met with {count(graded.passes, 'seed')}."
    )


def _print(given: Namespace, lab: Lab, graded: Grade) -> None:
    if not given.json:
        if graded.naming:
            print(f"{'✓' if graded.naming.points else '✗'} fault named: {_fault(lab, graded.naming.picked)}")
        print(score_line(graded))
        if graded.points >= graded.out_of:
            print(clean("\n".join(why_lines(lab.explanation))))
        return
    print_json(
        {
            "type": "grade",
            "lab": lab.name,
            "config": graded.config.to_json(),
            "goals": [goal.to_json() for goal in lab.goals],
            "seeds": results_json(graded),
            "score": {"points": graded.points, "out_of": graded.out_of},
            "naming": asdict(graded.naming) if graded.naming else None,
            **graded.results[0].provenance,
        }
    )


def _fault(lab: Lab, picked: int) -> str:
    return clean(lab.faults[picked - 1].says if picked else f"none; {how_to_name(lab.faults)}")


def _record(given: Namespace, course: Course, lab: Lab, graded: Grade) -> None:
    """Keep the grade; where nothing can be kept, the result above still stands."""
    try:
        store = the_store(given, course)
        say_notice(store)
        recorded = recorded_grade(lab, graded, utc_now())
        store.add_grade(recorded)
        lines = tuple(served_lines(store, course, recorded))
        store.close()
    except StoreError as error:
        print(f"coursekit: this grade is not recorded. {error}", file=sys.stderr)
        return
    for line in () if given.json else lines:
        print(line)


def served_lines(store: Store, course: Course, grade: LabGrade) -> Iterator[str]:
    """Have a grade count for what is due, and say of which questions, and when they return. Raises StoreError."""
    for name in serve_due(store, course, grade):
        card = store.card(name)
        yield f"Question {name}: reviewed by this lab{f', {in_days(card.due, grade.at)}' if card else ''}."
