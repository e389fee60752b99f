"""A key that its own grading does not accept."""

from coursekit.check.case import Case
from coursekit.check.rule import Example, Found, QuestionRule
from coursekit.check.rules._examples import question
from coursekit.model import Program
from coursekit.questions._body import Experiment

_TEXT = (
    question(
        metadata="id: half\nlab: bowl\nkind: free-response",
        stem="Why is the gradient of a larger batch less noisy?",
        options="### Rubric\n\n- (2) A mean of more terms varies less.\n  - mean | average\n  - less | lower",
    )
    + "\n### Model response\n\nIts MORE terms, so it varies less.\n"
)


def _find(case: Case) -> Found:
    for variant in case.variants:
        body = variant.body
        if isinstance(body, Experiment) or isinstance(body.interaction(), Program) or not body.key():
            continue
        mark = body.grade(body.key())
        if mark.fraction < 1:
            what = "model response" if mark.is_suggestion else "key"
            missing = "; ".join(each.point for each in mark.evidence if each.share < 1)
            said = f"The {what} earns {mark.fraction:.0%} by its own grading{case.said(variant)}. {missing}"
            yield variant.line, said.strip()
            return


PLUGIN = QuestionRule(
    finds="A key that its own grading does not accept",
    why="The key, or the model response, must earn full mark in every variant; else nobody can.",
    example=Example(_TEXT.replace("MORE", "sum has more"), _TEXT.replace("MORE", "mean has more")),
    find=_find,
)
