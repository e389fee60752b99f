"""A lab's folder -> a Lab: instructions, the run before any knob is turned, knobs, goals, and its own proof.

labs/learning-rate/lab.md
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, final

from coursekit.course import Course
from coursekit.document import Document
from coursekit.errors import ConfigError, UsageError, nearest, suggest
from coursekit.fields import Fields
from coursekit.lab.faults import Fault, read_faults
from coursekit.lab.goals import METRICS, Goal, Rival, read_goals
from coursekit.lab.knobs import Knob, KnobValue, read_knobs, turn
from coursekit.lab.page import explanation_of, hints_of, open_page
from coursekit.train.config import Backend, TrainingConfig
from coursekit.train.jobs import Job, read_job
from coursekit.train.probing import ProbeConfig


@final
@dataclass(frozen=True, slots=True)
class Lab:
    """One lab. `config` is JSON; `solution` meets every goal, each of `wrong` misses at least one."""

    name: str
    title: str
    kind: str
    instructions: str
    hints: tuple[str, ...]
    explanation: str
    config: Mapping[str, Any]
    job: Job
    """The config as it was read: the run before any knob is turned."""
    knobs: tuple[Knob, ...]
    goals: tuple[Goal, ...]
    pace: float
    solution: Mapping[str, Any]
    wrong: tuple[Mapping[str, Any], ...]
    path: str
    faults: tuple[Fault, ...] = ()
    """What may be wrong with a run that is to be diagnosed."""
    naming: float = 0.0
    """Points for naming which it is."""
    budget: int | None = None
    """How many runs may be made up to each grade; None: as many as one likes."""

    @property
    def points(self) -> float:
        """Points that can be earned, naming a fault included."""
        return self.naming + sum(goal.points for goal in self.goals)

    @property
    def is_probe(self) -> bool:
        """Say whether it measures instead of training."""
        return "probe" in self.config

    @property
    def metrics(self) -> tuple[str, ...]:
        """What can be read off a run: names of a measurement's values, or of what a goal can ask of a training run."""
        return _metrics(self.job)

    @property
    def needs(self) -> Backend:
        """What its runs cannot do without: TensorFlow where that is what is measured."""
        return self.job.backend if self.is_probe else "numpy"

    @property
    def curve(self) -> tuple[str, str] | None:
        """Which columns of its trials a measurement draws against each other."""
        return self.job.probe.curve if isinstance(self.job, ProbeConfig) else None

    def knob(self, name: str) -> Knob:
        """Return a knob. Raises UsageError with the nearest name."""
        for knob in self.knobs:
            if knob.name == name:
                return knob
        known = tuple(knob.name for knob in self.knobs)
        raise UsageError(f"The lab {self.name} has no knob '{name}'. {suggest(name, known)}")

    def configure(self, settings: Mapping[str, KnobValue | str], *, seed: int = 0, backend: str = "numpy") -> Job:
        """Turn knobs and return the run; a measurement has its own backend. Raises UsageError, ConfigError."""
        knobs = ((self.knob(name), value) for name, value in settings.items())
        config = turn(self.config, [(knob, knob.read(str(value))) for knob, value in knobs])
        return read_job({**config, "seed": seed, **({} if "probe" in config else {"backend": backend})})

    def configure_training(self, settings: Mapping[str, KnobValue | str], *, seed: int = 0) -> TrainingConfig:
        """Turn knobs and return a training run. Raises UsageError where the lab measures, ConfigError."""
        config = self.configure(settings, seed=seed)
        if isinstance(config, TrainingConfig):
            return config
        raise UsageError(f"The lab {self.name} measures, it does not train: no loss of it can be predicted.")


def load_lab(course: Course, name: str) -> Lab:
    """Read a lab that runs. Raises UsageError for an unknown one or one of code, ContentError for a broken one."""
    return read_lab(lab_path(course, name))


def lab_path(course: Course, name: str) -> Path:
    """Return where a lab's text stands. Raises UsageError for an unknown one, with the nearest name."""
    if name not in course.lab_names():
        meant = nearest(name, course.lab_names())
        guess = f"Did you mean '{meant}'? " if meant else ""
        raise UsageError(f"The course has no lab '{name}'. {guess}See 'coursekit list labs'.")
    return course.folder / "labs" / name / "lab.md"


def read_lab(path: Path) -> Lab:
    """Read one `lab.md`, which lies in its course in `labs/<name>/`. Raises ContentError, UsageError for code."""
    return lab_of(open_page(path), path)


def lab_of(page: Document, path: Path) -> Lab:
    """Do what `read_lab` says with a file that has been read."""
    fields = page.fields()
    kind = fields.choice("kind", ("code", "diagnose", "tune"), "tune")
    if kind == "code":
        raise UsageError(_written(path.parent.name))
    config = fields.mapping("config").data()
    job = _read(config)
    # A rate of 1 is 1.0 in the trainer's types; a knob that stands where it may not says so before the trainer does.
    knobs = read_knobs(fields.mapping("knobs"), config if isinstance(job, ConfigError) else job.to_json())
    if isinstance(job, ConfigError):
        raise fields.error("config", str(job)) from job
    faults, naming = read_faults(fields, kind)
    lab = Lab(
        name=path.parent.name,
        title=fields.text("title"),
        kind=kind,
        instructions=page.text.source,
        hints=hints_of(page),
        explanation=explanation_of(page),
        config=config,
        job=job,
        knobs=knobs,
        goals=read_goals(fields, "goals", _metrics(job), _rivals(fields, config, knobs)),
        pace=_pace(fields),
        solution=fields.mapping("solution").data(),
        wrong=_wrong(fields),
        path=page.path,
        faults=faults,
        naming=naming,
        budget=_budget(fields),
    )
    fields.refuse_unknown()
    _check(lab, fields)
    return lab


def _written(name: str) -> str:
    start, grade = f"'coursekit lab start {name}'", f"'coursekit lab grade {name} FILE'"
    return f"The lab {name} has no knobs: it is code that you write. Begin with {start}, then {grade}."


def _read(config: Mapping[str, Any]) -> Job | ConfigError:
    try:
        return read_job(config)
    except ConfigError as error:
        return error


def _metrics(job: Job) -> tuple[str, ...]:
    return job.probe.values if isinstance(job, ProbeConfig) else tuple(METRICS)


def _rivals(fields: Fields, config: Mapping[str, Any], knobs: tuple[Knob, ...]) -> Mapping[str, Rival]:
    """Read `runs:`, those that a goal may ask to stay below: a letter and how the knobs stand. Raises ContentError."""
    entries = fields.mapping("runs")
    found = {name: turn(config, _turned(entries, name, knobs)) for name in entries}
    for whole in found.values():
        if isinstance(error := _read(whole), ConfigError):
            raise fields.error("config", str(error)) from error
    return {name: Rival(name, whole) for name, whole in found.items()}


def _turned(entries: Fields, name: str, knobs: tuple[Knob, ...]) -> Iterator[tuple[Knob, KnobValue]]:
    """Read how the knobs stand in one of these runs. Raises ContentError."""
    by_name = {knob.name: knob for knob in knobs}
    for knob_name, value in entries.mapping(name).data().items():
        if knob_name not in by_name:
            message = f"The run {name} turns '{knob_name}', which is no knob. {suggest(knob_name, tuple(by_name))}"
            raise entries.error(name, message)
        knob = by_name[knob_name]
        try:
            yield knob, knob.read(str(value))
        except UsageError as error:
            raise entries.error(name, f"The run {name}: {error}") from error


def _budget(fields: Fields) -> int | None:
    if "budget" not in fields:
        return fields.value("budget", None)
    budget = fields.number("budget")
    if budget != int(budget) or not 1 <= budget <= 100:
        raise fields.error("budget", f"'budget' must be a whole number of runs from 1 to 100, got {budget:g}.")
    return int(budget)


def _pace(fields: Fields) -> float:
    pace = float(fields.number("pace", 120))
    if pace <= 0:
        raise fields.error("pace", f"'pace' must be above 0 steps a second, got {pace:g}.")
    return pace


def _wrong(fields: Fields) -> tuple[Mapping[str, Any], ...]:
    entries = fields.entries("wrong")
    if not all(isinstance(entry, Fields) for entry in entries):
        raise fields.error("wrong", "Write each as '- {learning_rate: 0.001}'.")
    return tuple(entry.data() for entry in entries)


def _check(lab: Lab, fields: Fields) -> None:
    """Hold the config, the solution and the wrong settings to the trainer and the knobs."""
    claims: list[tuple[str, Mapping[str, Any]]] = [("solution", lab.solution)]
    for name, settings in [*claims, *(("wrong", each) for each in lab.wrong)]:
        try:
            lab.configure(settings)
        except (ConfigError, UsageError) as error:
            raise fields.error(name, str(error)) from error
