"""An objective that the topic does not list."""

from coursekit.check.facts import TopicFacts
from coursekit.check.rule import Example, Found, TopicRule
from coursekit.check.rules._examples import question
from coursekit.errors import suggest


def _find(topic: TopicFacts) -> Found:
    known = tuple(topic.objectives)
    for each in topic.questions:
        if each.objective and each.objective not in known:
            advice = suggest(each.objective, known) if known else "Add it there."
            yield each.objective_line, f"'{each.objective}' is not in the front matter's 'objectives'. {advice}"


PLUGIN = TopicRule(
    finds="An objective that the topic does not list",
    why="Progress is told by objective, in the words of the topic's front matter.",
    example=Example(
        question(metadata="id: half\nlab: bowl\nobjective: LO-9"),
        question(metadata="id: half\nlab: bowl\nobjective: LO-1"),
    ),
    find=_find,
)
