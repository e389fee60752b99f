"""Proof of a course: every file read, every link followed, every key graded, every lab run against its own claims."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from coursekit.course import Course, Topic, nearest
from coursekit.document import Document, Section, split
from coursekit.errors import ConfigError, ContentError, CoursekitError, UsageError, suggest
from coursekit.files import read_text, shown
from coursekit.lab.definition import Lab, load_lab
from coursekit.lab.experiment import configurations, decided, run_and_observe
from coursekit.lab.lock import Locked, made_by, read_lock
from coursekit.lab.report import LabReport, run_lab
from coursekit.model import Choice, Program
from coursekit.questions._body import Experiment
from coursekit.questions._policy import ONE_TRY, read_policy
from coursekit.questions._question import Question
from coursekit.questions._read import PARTS

SEEDS = range(5)
VARIANTS = range(40)  # the seeds of a learner's first attempts at a question with params


def check_course(course: Course) -> Iterator[ContentError]:
    """Read everything and yield every problem once, by file and line."""
    told: set[str] = set()
    for problem in _problems(course):
        if str(problem) not in told:
            told.add(str(problem))
            yield problem


def _problems(course: Course) -> Iterator[ContentError]:
    yield from course.problems
    yield from _front_problems(course)
    for topic in course.topics:
        yield from _front_matter_problems(topic)
        yield from _heading_problems(topic.document)
    labs = dict(_labs(course))
    yield from _lab_problems(course, labs)
    yield from _lock_problems(course, labs)
    for name in course.topic_of:
        for found in _variants(course, name):
            if isinstance(found, ContentError):
                yield found
            else:
                yield from _question_problems(found, course, labs)


def _variants(course: Course, name: str) -> Iterator[Question | ContentError]:
    """Read a question, one with params by many seeds; what fails on one line in many variants comes once."""
    fence = course.topic_of[name].sections[name].fence
    failed: set[int] = set()
    for seed in VARIANTS if fence and "params" in fence.source else VARIANTS[:1]:
        try:
            yield course.question(name, seed)
        except ContentError as error:
            if error.line not in failed:
                failed.add(error.line)
                yield error


def _lab_problems(course: Course, labs: Mapping[str, Lab | ContentError]) -> Iterator[ContentError]:
    for path in sorted((course.folder / "labs").glob("*/lab.md")):
        if path.parent.name not in labs:
            message = "No question can name this lab. Call its folder by letters, digits and dashes."
            yield ContentError(shown(path), 1, message)
    for lab in labs.values():
        if isinstance(lab, ContentError):
            yield lab
        elif not lab.solution or not lab.wrong:
            message = "This lab proves nothing yet. Give settings as 'solution: {…}' and as 'wrong: [{…}]'."
            yield ContentError(lab.path, 1, message)


def _lock_problems(course: Course, labs: Mapping[str, Lab | ContentError]) -> Iterator[ContentError]:
    """Hold each prediction to the kept key: one that other runs or another trainer made proves nothing."""
    try:
        kept = read_lock(course)
    except ContentError as error:
        yield error
        return
    for question in course.questions():
        if isinstance(question, Question) and isinstance(lab := labs.get(question.lab or ""), Lab):
            yield from _stale(question, lab, kept.get(question.id))


def _stale(question: Question, lab: Lab, kept: Locked | None) -> Iterator[ContentError]:
    if not isinstance(question.body, Experiment):
        return
    try:
        now = made_by(question, lab)
    except (UsageError, ConfigError):
        return  # `_key_problems` says what is wrong with the run
    if kept is None:
        yield _problem(question, "No run has decided this prediction yet. Run 'coursekit lock'.")
    elif kept.made_by != now:
        yield _problem(question, "Its runs or the trainer changed since its key was kept. Run 'coursekit lock'.")
    else:
        try:
            decided(question, kept.observed)
        except ValueError as error:
            yield _problem(question, f"{error} The kept key says so.")


def check_labs(course: Course, log: Path | None = None) -> Iterator[ContentError]:
    """Run each lab's `solution`, which must meet every goal on every seed, and each `wrong`, which must not.

    Then run what predict questions ask about: what the run does must be something that can be predicted.
    """
    labs, kept = dict(_labs(course)), _kept(course)
    for lab in labs.values():
        if not isinstance(lab, Lab):
            continue  # `check_course` says what is wrong with it
        yield from _misses(lab, lab.solution, log)
        for settings in lab.wrong:
            yield from _passes(lab, settings, log)

    for question in course.questions():
        if isinstance(question, Question) and isinstance(lab := labs.get(question.lab or ""), Lab):
            yield from _undecided(question, lab, log, kept.get(question.id))


def _kept(course: Course) -> Mapping[str, Locked]:
    try:
        return read_lock(course)
    except ContentError:
        return {}  # `check_course` says what is wrong with it


def _undecided(question: Question, lab: Lab, log: Path | None, kept: Locked | None) -> Iterator[ContentError]:
    """Hold what is predicted to the runs; an option that is right with one seed and wrong with the next is luck."""
    if not isinstance(question.body, Experiment):
        return
    is_choice = isinstance(question.body.interaction(), Choice)
    try:
        is_random = any(config.data for config in configurations(question, lab))
        seen = [run_and_observe(question, lab, log, seed) for seed in (SEEDS if is_choice and is_random else SEEDS[:1])]
        decided(question, seen[0])
    except (UsageError, ConfigError, ValueError) as error:
        yield _problem(question, f"The run does not decide this prediction: {error}")
        return
    if len(set(seen)) > 1:
        said = ", ".join(f"{word} with seed {seed}" for seed, word in zip(SEEDS, seen, strict=False))
        yield _problem(question, f"What this prediction is about hangs on luck: {said}. Ask about runs that agree.")
    if kept and _differs(question, kept.observed, seen[0]):
        said = f"The kept key says '{kept.observed}', the run says '{seen[0]}'."
        yield _problem(question, f"{said} Renew it with 'coursekit lock --all'.")


def _differs(question: Question, kept: str, seen: str) -> bool:
    """Say whether a kept key is wrong by what was seen now; a number may differ within the question's tolerance."""
    try:
        return decided(question, seen).body.grade(decided(question, kept).body.key()).fraction < 1
    except ValueError:
        return True


def _labs(course: Course) -> Iterator[tuple[str, Lab | ContentError]]:
    for name in course.lab_names():
        try:
            yield name, load_lab(course, name)
        except ContentError as error:
            yield name, error


def _question_problems(
    question: Question, course: Course, labs: Mapping[str, Lab | ContentError]
) -> Iterator[ContentError]:
    yield from _link_problems(question, course.topic_of[question.id], course, labs)
    if question.lab is None:
        yield _problem(question, "This question has no lab. Name one with 'lab: …', here or in the topic's defaults.")
    for part, text in (("hint", question.hints), ("explanation", question.explanation)):
        if not text:
            yield _problem(question, f"This question has no {part}. Add '### {part.capitalize()}'.")
    yield from _key_problems(question, labs)


def _link_problems(
    question: Question, topic: Topic, course: Course, labs: Mapping[str, Lab | ContentError]
) -> Iterator[ContentError]:
    fields = topic.sections[question.id].fields()
    for name in question.related:
        if name not in course.topic_of:
            known = nearest(name, tuple(course.topic_of))
            yield fields.error("related", f"'related' names '{name}', which is no question of this course. {known}")
    if question.lab and question.lab not in labs:
        known = suggest(question.lab, tuple(labs)) if labs else "There are none yet."
        source = fields if "lab" in fields else topic.document.fields().mapping("defaults")
        yield source.error("lab", f"'lab' names '{question.lab}'. {known}")


def _problem(question: Question, message: str) -> ContentError:
    return ContentError(question.path, question.line, message)


def _key_problems(question: Question, labs: Mapping[str, Lab | ContentError]) -> Iterator[ContentError]:
    body = question.body
    if isinstance(body, Experiment):
        lab = labs.get(question.lab or "")
        try:
            if isinstance(lab, Lab):
                configurations(question, lab)
        except (UsageError, ConfigError) as error:
            yield _problem(question, f"The run cannot be made: {error}")
    elif isinstance(body.interaction(), Program):
        return  # a program is graded in its lab
    elif (mark := body.grade(body.key())).fraction < 1:
        what = "model response" if mark.is_suggestion else "key"
        missing = "; ".join(e.point for e in mark.evidence if e.share < 1)
        message = f"The {what} earns {mark.fraction:.0%} by its own grading. {missing}".strip()
        yield _problem(question, message)


def _front_problems(course: Course) -> Iterator[ContentError]:
    path = course.folder / "content" / "course.md"
    try:
        fields = split(read_text(path), shown(path)).fields()
        for name in ("id", "title", "programme", "field"):
            fields.text(name, None)
        read_policy(fields, ONE_TRY)
        fields.refuse_unknown()
    except ContentError as error:
        yield error


def _front_matter_problems(topic: Topic) -> Iterator[ContentError]:
    try:
        fields = topic.document.fields()
        for name in ("title", "lesson"):
            fields.text(name, None)
        objectives = fields.mapping("objectives").data()
        fields.mapping("defaults")
        fields.refuse_unknown()
    except ContentError as error:
        yield error
    else:
        for section in topic.sections.values():
            yield from _objective_problems(section, tuple(objectives))


def _objective_problems(section: Section, known: tuple[str, ...]) -> Iterator[ContentError]:
    try:
        fields = section.fields()
        objective = fields.text("objective", None)
    except ContentError as error:
        yield error
        return
    if objective and objective not in known:
        advice = suggest(objective, known) if known else "Add it there."
        yield fields.error("objective", f"'{objective}' is not in the front matter's 'objectives'. {advice}")


def _heading_problems(document: Document) -> Iterator[ContentError]:
    yield from document.too_deep(PARTS)
    for heading in document.headings:
        if heading.level == 1:
            message = (
                f"'# {heading.title}' opens no question. Write '## {heading.title}', or take it out: "
                "a topic's title stands in the front matter."
            )
            yield ContentError(document.path, heading.line, message)


def _misses(lab: Lab, settings: Mapping[str, Any], log: Path | None) -> Iterator[ContentError]:
    for seed in SEEDS:
        report = _report(lab, settings, seed, log)
        if not report.is_passed:
            missed = "; ".join(str(result) for result in report.goals if not result.met)
            yield _lab_problem(lab, "solution", f"The solution misses a goal with seed {seed}: {missed}.")


def _passes(lab: Lab, settings: Mapping[str, Any], log: Path | None) -> Iterator[ContentError]:
    for seed in SEEDS:
        if _report(lab, settings, seed, log).is_passed:
            yield _lab_problem(lab, "wrong", f"The wrong settings {dict(settings)} meet every goal with seed {seed}.")


def _report(lab: Lab, settings: Mapping[str, Any], seed: int, log: Path | None) -> LabReport:
    *_, report = run_lab(lab, lab.configure(settings, seed=seed), log)
    if not isinstance(report, LabReport):
        raise CoursekitError(f"{lab.path}: the run gave no report.")
    return report


def _lab_problem(lab: Lab, name: str, message: str) -> ContentError:
    line = split(read_text(Path(lab.path)), lab.path).fields().line_of(name)
    return ContentError(lab.path, line, message)
