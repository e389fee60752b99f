"""A topic whose keys are too often the longest option."""

from coursekit.check.facts import TopicFacts
from coursekit.check.rule import Example, Found, TopicRule
from coursekit.check.rules._examples import spread

_FEWEST, _SHARE = 5, 0.6


def _find(topic: TopicFacts) -> Found:
    asked = [each for each in topic.questions if len(each.lengths) > 2 and len(each.keys) == 1]
    longest = [each for each in asked if _is_longest(each.lengths, each.keys[0])]
    if len(asked) >= _FEWEST and len(longest) > _SHARE * len(asked):
        said = f"In {len(longest)} of {len(asked)} questions of this topic the key is the longest option."
        yield longest[0].line, f"{said} Lengthen a distractor, or shorten the key."


def _is_longest(lengths: tuple[int, ...], key: int) -> bool:
    return all(length < lengths[key - 1] for place, length in enumerate(lengths, 1) if place != key)


PLUGIN = TopicRule(
    finds="A topic whose keys are too often the longest option",
    why="Who knows nothing would choose the longest, and be right.",
    example=Example(
        spread(6, ("a half of what it was", "two", "four")), spread(6, ("a half", "two times", "four times"))
    ),
    is_error=False,
    find=_find,
)
