"""A topic whose keys stand too often at the same place."""

from collections import Counter

from coursekit.check.facts import TopicFacts
from coursekit.check.rule import Example, Found, TopicRule
from coursekit.check.rules._examples import spread, topic

_FEWEST, _SHARE = 6, 0.7


def _find(facts: TopicFacts) -> Found:
    asked = [each for each in facts.questions if len(each.lengths) > 2 and len(each.keys) == 1]
    if len(asked) < _FEWEST:
        return
    place, times = Counter(each.keys[0] for each in asked).most_common(1)[0]
    if times > _SHARE * len(asked):
        said = f"In {times} of {len(asked)} questions of this topic the key is option {place}."
        yield asked[0].line, f"{said} Spread the keys over the places."


PLUGIN = TopicRule(
    finds="A topic whose keys stand too often at the same place",
    why="Options are shown in the author's order, and a pattern is learnt faster than the matter.",
    example=Example(topic(6), spread(6)),
    is_error=False,
    find=_find,
)
