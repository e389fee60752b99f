"""A prediction that no run has decided yet, or a figure that none has made."""

from coursekit.check.case import Case
from coursekit.check.rule import Example, Found, QuestionRule
from coursekit.check.rules._examples import question
from coursekit.questions._body import Experiment

_TEXT = question(
    metadata="id: ID\nlab: bowl\nkind: predict\nrun: {learning_rate: 0.4, steps: 20}",
    options="- converges\n- diverges",
)


def _find(case: Case) -> Found:
    is_kept = case.kept is None or case.question.id in case.kept
    if isinstance(case.question.body, Experiment) and case.lab and not is_kept:
        yield case.question.line, "No run has decided this prediction yet. Run 'coursekit lock'."
    for figure in case.question.figures:
        if case.kept is not None and figure.kept_as(case.question.id) not in case.kept:
            yield case.line_of("figures"), f"No run has made the figure '{figure.name}' yet. Run 'coursekit lock'."


PLUGIN = QuestionRule(
    finds="A prediction that no run has decided yet, or a figure that none has made",
    why="'coursekit lock' makes its run and keeps what it decides; --fix does so too.",
    example=Example(_TEXT.replace("ID", "new"), _TEXT.replace("ID", "fall")),
    find=_find,
)
