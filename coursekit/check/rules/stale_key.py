"""A prediction or a figure that was made by other runs or by another trainer."""

from contextlib import suppress

from coursekit.check.case import Case
from coursekit.check.rule import Example, Found, QuestionRule
from coursekit.check.rules._examples import question
from coursekit.errors import ConfigError, UsageError
from coursekit.lab import figures
from coursekit.lab.experiment import decided
from coursekit.lab.lock import made_by
from coursekit.questions._body import Experiment

_TEXT = question(
    metadata="id: fall\nlab: bowl\nkind: predict\nrun: {learning_rate: RATE, steps: 20}",
    options="- converges\n- diverges",
)


def _find(case: Case) -> Found:
    yield from _stale_figures(case)
    question, kept = case.question, (case.kept or {}).get(case.question.id)
    if not isinstance(question.body, Experiment) or case.lab is None or kept is None:
        return
    try:
        now = made_by(question, case.lab)
    except (UsageError, ConfigError):
        return  # `bad-run` says what is wrong with it
    if kept.made_by != now:
        yield question.line, "Its runs or the trainer changed since its key was kept. Run 'coursekit lock'."
        return
    try:
        decided(question, kept.observed)
    except ValueError as error:
        yield question.line, f"{error} The kept key says so."


def _stale_figures(case: Case) -> Found:
    for figure in case.question.figures if case.lab else ():
        kept = (case.kept or {}).get(figure.kept_as(case.question.id))
        with suppress(UsageError, ConfigError, ValueError):  # `bad-run` says what is wrong with it
            if case.lab and kept and kept.made_by != figures.made_by(figure, case.lab):
                message = f"The run of the figure '{figure.name}' or the trainer changed since. Run 'coursekit lock'."
                yield case.line_of("figures"), message


PLUGIN = QuestionRule(
    finds="A prediction or a figure that was made by other runs or by another trainer",
    why=(
        "The key is what the runs do. 'coursekit lock' makes them again and keeps what they decide; --fix does so too."
    ),
    example=Example(_TEXT.replace("RATE", "1.5"), _TEXT.replace("RATE", "0.4")),
    find=_find,
)
