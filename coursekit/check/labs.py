"""The proof of labs: each `solution` meets every goal, each `wrong` misses one, whatever the seed; runs decide."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from coursekit.check.finding import Finding
from coursekit.course import Course
from coursekit.document import split
from coursekit.errors import ConfigError, ContentError, UsageError
from coursekit.files import read_text
from coursekit.lab import figures
from coursekit.lab.code.definition import CodeLab, load_any_lab
from coursekit.lab.definition import Lab
from coursekit.lab.experiment import configurations, decided, observe
from coursekit.lab.lock import Locked, read_lock
from coursekit.lab.point import Point
from coursekit.lab.report import LabReport
from coursekit.lab.workers import Runner, Workers
from coursekit.model import Choice
from coursekit.questions._body import Experiment
from coursekit.questions._question import Question
from coursekit.train.backends import tensorflow_is_available
from coursekit.train.config import Backend
from coursekit.train.jobs import Job
from coursekit.train.probing import ProbeConfig

SEEDS = range(10)


def read_labs(course: Course) -> Iterator[tuple[str, Lab | CodeLab | ContentError]]:
    """Read every lab; one that cannot be read comes as its error."""
    for name in course.lab_names():
        try:
            yield name, load_any_lab(course, name)
        except ContentError as error:
            yield name, error


def check_labs(
    course: Course, log: Path | None = None, *, only: str | None = None, also_on_tensorflow: bool = False
) -> Iterator[Finding]:
    """Run what labs claim and what predictions ask about, and yield what does not hold.

    What cannot be read is left to `check_course`. Training is run on NumPy, which grades, and if it is wanted on
    TensorFlow as well, which can be watched; a measurement has its own backend. `only` is the path of one file as it is
    shown: a lab's, or that of a topic whose runs are made.
    """
    every = dict(read_labs(course))
    labs = {name: lab for name, lab in every.items() if isinstance(lab, Lab)}
    asked = [lab for lab in every.values() if not isinstance(lab, ContentError) and only in (None, lab.path)]
    proved = [lab for lab in asked if isinstance(lab, Lab)]
    with Workers(log) as workers, ThreadPoolExecutor(workers.count) as pool:
        try:
            for found in pool.map(partial(_proof, run=workers.run), proved):
                yield from found
            for found in pool.map(_code_proof, (lab for lab in asked if isinstance(lab, CodeLab))):
                yield from found
            yield from _predictions(course, labs, workers.run, only)
            for lab in proved if also_on_tensorflow else ():
                if not lab.is_probe:
                    yield from _proof(lab, workers.run, "tensorflow")
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _proof(lab: Lab, run: Runner, backend: Backend = "numpy") -> list[Finding]:
    if "tensorflow" not in (lab.needs, backend) or tensorflow_is_available():
        return list(_claims(lab, run, backend))
    message = "This lab runs on TensorFlow, which is not installed here. Prove it where it is."
    return [_finding(lab, "config", "unproven-lab", message)._replace(is_error=False)]


def _code_proof(lab: CodeLab) -> list[Finding]:
    from coursekit.lab.code.proving import prove  # 100 ms of NumPy, so only for a course with code

    return [Finding(claim.path, claim.line, claim.code, claim.message, claim.is_error) for claim in prove(lab)]


def _claims(lab: Lab, run: Runner, backend: Backend) -> Iterator[Finding]:
    where = " on TensorFlow" if backend == "tensorflow" else ""
    solution = _reports(lab, lab.solution, run, backend)
    if missed := next(((seed, report) for seed, report in solution.items() if not report.is_passed), None):
        seed, report = missed
        goals = "; ".join(str(result) for result in report.goals if not result.met)
        message = f"The solution misses a goal{where} with seed {seed}: {goals}. It meets every goal {_of(solution)}."
        yield _finding(lab, "solution", "solution-fails", message)
    unmended: tuple[Mapping[str, Any], ...] = ({},) if lab.faults else ()
    for settings in (*lab.wrong, *unmended):
        wrong = _reports(lab, settings, run, backend)
        passes = [report.is_passed for report in wrong.values()]
        if any(passes):
            code = "wrong-passes" if all(passes) else "lucky-goal"
            luck = "" if all(passes) else " It hangs on luck: move the goal, or take settings that never do."
            said = f"The wrong settings {dict(settings)} meet every goal{where} {_of(wrong)}.{luck}"
            yield _finding(lab, "wrong", code, said)


def _reports(lab: Lab, settings: Mapping[str, Any], run: Runner, backend: Backend) -> dict[int, LabReport]:
    """Run the settings with each seed that tells something of its own."""
    configs = {seed: lab.configure(settings, seed=seed, backend=backend) for seed in SEEDS}
    return {seed: run(lab, configs[seed]) for seed in _telling(configs[0])}


def _telling(config: Job) -> range:
    """Choose seeds: one where nothing is random, a few for a measurement, which hangs on chance far less.

    A few for TensorFlow too: the same seeds were run on NumPy, and the two are held equal elsewhere.
    """
    if isinstance(config, ProbeConfig) or (config.backend == "tensorflow" and config.data):
        return SEEDS[:3]
    return SEEDS if config.data else SEEDS[:1]


def _of(reports: Mapping[int, LabReport]) -> str:
    passes = sum(report.is_passed for report in reports.values())
    return f"with {passes} of {len(reports)} seed{'' if len(reports) == 1 else 's'}"


def _finding(lab: Lab, field: str, code: str, message: str) -> Finding:
    line = split(read_text(Path(lab.path)), lab.path).fields().line_of(field)
    return Finding(lab.path, line, code, message)


def _predictions(course: Course, labs: Mapping[str, Lab], run: Runner, only: str | None) -> Iterator[Finding]:
    kept = _kept(course)
    names = (name for topic in course.topics if only in (None, topic.path) for name in topic.names)
    for question in course.questions(names):
        lab = labs.get(question.lab or "") if isinstance(question, Question) else None
        if isinstance(question, Question) and isinstance(question.body, Experiment) and lab:
            yield from _undecided(question, lab, run, kept.get(question.id))
        if isinstance(question, Question) and question.figures and lab:
            yield from _strayed(question, lab, run, kept)


def _undecided(question: Question, lab: Lab, run: Runner, kept: Locked | None) -> Iterator[Finding]:
    """Hold what is predicted to the runs; an option that is right with one seed and wrong with the next is luck."""
    try:
        seen = _seen(question, lab, run)
        decided(question, seen[0])
    except (UsageError, ConfigError, ValueError) as error:
        yield _at(question, "undecided", f"The run does not decide this prediction: {error}")
        return
    if len(set(seen)) > 1:
        said = ", ".join(f"{word} with seed {seed}" for seed, word in zip(SEEDS, seen, strict=False))
        yield _at(question, "lucky-prediction", f"This hangs on luck: {said}. Ask about runs that agree.")
    if kept and _differs(question, kept.observed, seen[0]):
        said = f"The kept key says '{kept.observed}', the run says '{seen[0]}'."
        yield _at(question, "stale-key", f"{said} Renew it with 'coursekit lock --all'.")


def _strayed(question: Question, lab: Lab, run: Runner, kept: Mapping[str, Locked]) -> Iterator[Finding]:
    """Make a question's figures again, and hold the kept ones to them."""
    for figure in question.figures:
        locked = kept.get(figure.kept_as(question.id))
        try:
            value = figures.measure(figure, lab, run)
        except (UsageError, ConfigError, ValueError) as error:
            yield _at(question, "undecided", f"The run does not make the figure '{figure.name}': {error}")
            continue
        if locked and not figures.agrees(figure, locked.observed, value):
            said = f"The figure '{figure.name}' is kept as {locked.observed}; the run says {value:.6g}."
            yield _at(question, "stale-key", f"{said} Renew it with 'coursekit lock --all'.")


def _seen(question: Question, lab: Lab, run: Runner) -> list[str]:
    configs = configurations(question, lab)
    is_choice = isinstance(question.body.interaction(), Choice)
    seeds = SEEDS if is_choice and any(config.data for config in configs) else SEEDS[:1]
    return [observe(question, [_points(lab, run, c) for c in configurations(question, lab, seed)]) for seed in seeds]


def _points(lab: Lab, run: Runner, config: Job) -> tuple[Point, ...]:
    return run(lab, config).points


def _differs(question: Question, kept: str, seen: str) -> bool:
    """Say whether a kept key is wrong by what was seen now; a number may differ within the question's tolerance."""
    try:
        return decided(question, seen).body.grade(decided(question, kept).body.key()).fraction < 1
    except ValueError:
        return True


def _kept(course: Course) -> Mapping[str, Locked]:
    try:
        return read_lock(course)
    except ContentError:
        return {}


def _at(question: Question, code: str, message: str) -> Finding:
    return Finding(question.path, question.line, code, message)
