"""A prediction whose run cannot be made."""

from coursekit.check.case import Case
from coursekit.check.rule import Example, Found, QuestionRule
from coursekit.check.rules._examples import question
from coursekit.errors import ConfigError, UsageError
from coursekit.lab.experiment import configurations

_TEXT = question(
    metadata="id: fall\nlab: bowl\nkind: predict\nrun: {NAME: 0.4, steps: 20}",
    options="- converges\n- diverges",
)


def _find(case: Case) -> Found:
    try:
        if case.lab:
            configurations(case.question, case.lab)
    except (UsageError, ConfigError) as error:
        yield case.question.line, f"The run cannot be made: {error}"


PLUGIN = QuestionRule(
    finds="A prediction whose run cannot be made",
    why="'run' names knobs of the question's lab, within their ranges.",
    example=Example(_TEXT.replace("NAME", "learning_rte"), _TEXT.replace("NAME", "learning_rate")),
    find=_find,
)
