"""A prediction or a figure whose run cannot be made."""

from coursekit.check.case import Case
from coursekit.check.rule import Example, Found, QuestionRule
from coursekit.check.rules._examples import question
from coursekit.errors import ConfigError, UsageError
from coursekit.lab import figures
from coursekit.lab.definition import Lab
from coursekit.lab.experiment import configurations

_TEXT = question(
    metadata="id: fall\nlab: bowl\nkind: predict\nrun: {NAME: 0.4, steps: 20}",
    options="- converges\n- diverges",
)


def _find(case: Case) -> Found:
    if case.lab is None:
        if case.question.figures:
            yield case.line_of("figures"), "Figures tell of a lab's runs. Name a lab that runs, with 'lab: …'."
        return
    try:
        configurations(case.question, case.lab)
    except (UsageError, ConfigError) as error:
        yield case.question.line, f"The run cannot be made: {error}"
    yield from _figures(case, case.lab)


def _figures(case: Case, lab: Lab) -> Found:
    for figure in case.question.figures:
        try:
            figures.configurations(figure, lab)
        except (UsageError, ConfigError, ValueError) as error:
            yield case.line_of("figures"), f"The run of the figure '{figure.name}' cannot be made: {error}"


PLUGIN = QuestionRule(
    finds="A prediction or a figure whose run cannot be made",
    why="'run' names knobs of the question's lab, within their ranges.",
    example=Example(_TEXT.replace("NAME", "learning_rte"), _TEXT.replace("NAME", "learning_rate")),
    find=_find,
)
