"""A question that training runs decide: which runs they are, and what they say."""

from collections.abc import Sequence
from dataclasses import replace

from coursekit.lab.definition import Lab
from coursekit.lab.point import Point
from coursekit.lab.report import last_report
from coursekit.lab.workers import Runner
from coursekit.questions._body import Experiment, Observation
from coursekit.questions._question import Question
from coursekit.train.config import TrainingConfig
from coursekit.train.steps import behaviour


def configurations(question: Question, lab: Lab, seed: int = 0) -> tuple[TrainingConfig, ...]:
    """Return the runs that decide a question, none for one that needs no run. Raises UsageError, ConfigError."""
    body = question.body
    return (
        tuple(lab.configure_training(knobs, seed=seed) for knobs in body.runs()) if isinstance(body, Experiment) else ()
    )


def observe(question: Question, runs: Sequence[Sequence[Point]]) -> str:
    """Say what finished runs decide about a question. Raises ValueError when they decide nothing."""
    body = question.body
    return body.observe([_observation(points) for points in runs]) if isinstance(body, Experiment) else ""


def decided(question: Question, observed: str) -> Question:
    """Give a question the key that was observed. Raises ValueError when it cannot hold it."""
    body = question.body
    return replace(question, body=body.decided(observed)) if isinstance(body, Experiment) else question


def decide(question: Question, runs: Sequence[Sequence[Point]]) -> Question:
    """Give a question its key, from finished runs. Raises ValueError."""
    return decided(question, observe(question, runs))


def run_and_observe(question: Question, lab: Lab, run: Runner = last_report) -> str:
    """Make the runs and say what they decide. Raises UsageError, ConfigError, WorkerError, ValueError."""
    return observe(question, [run(lab, config).points for config in configurations(question, lab)])


def _observation(points: Sequence[Point]) -> Observation:
    measured = [(point.step, point.validation_loss) for point in points if point.validation_loss is not None]
    losses = measured or [(point.step, point.loss) for point in points]
    return Observation(behaviour([point.as_step() for point in points]), tuple(losses))
