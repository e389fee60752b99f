from collections.abc import Callable

import pytest

from coursekit.errors import ContentError
from coursekit.grading.invalid import what_is_missing
from coursekit.questions._question import Question

Read = Callable[..., Question]
METADATA = "id: q\nkind: free-response\npoints: 3"
BODY = """\
Why?

### Rubric

- (2) The noise falls.
  - noise | noisy
  - falls | lower
- (1) A larger step is safe.
  - larger | longer
  - step | learning rate

### Model response

The noise falls, so a longer step is safe.
"""


def test_the_mark_is_a_suggestion_with_evidence_for_each_point(read: Read) -> None:
    mark = read(METADATA, BODY).body.grade(("The gradient's noise falls with the batch.",))

    assert mark.is_suggestion
    assert mark.fraction == pytest.approx(2 / 3)
    assert [(item.point, item.points, item.share) for item in mark.evidence] == [
        ("The noise falls.", 2.0, 1.0),
        ("A larger step is safe.", 1.0, 0.0),
    ]
    assert mark.evidence[0].quotes == ("gradient's noise falls with",)


def test_the_model_response_earns_all(read: Read) -> None:
    body = read(METADATA, BODY).body

    assert body.grade(body.key()).fraction == 1


def test_two_words_are_no_response_yet(read: Read) -> None:
    interaction = read(METADATA, BODY).body.interaction()

    assert what_is_missing(interaction, ("less noise",)) == "Write at least 3 words; this has 2."
    assert what_is_missing(interaction, ("less noise there",)) is None


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("### Rubric", "### Hint", 5, "needs '### Rubric' and '### Model response'"),
        ("### Model response", "### Explanation", 5, "needs '### Rubric' and '### Model response'"),
        ("- (2) The", "- The", 16, "A rubric point is '- (2)"),
        ("- (2) The", "- (0) The", 16, "A rubric point is '- (2)"),
        ("- (1) A", "- (one) A", 19, "A rubric point is '- (2)"),
        ("  - noise | noisy\n  - falls | lower\n", "", 16, "with a list of synonyms below it"),
        ("  - noise | noisy\n", "  - |\n", 16, "A synonym group needs words"),
    ],
)
def test_what_an_author_wrote_wrong_is_named_by_its_line(read: Read, old: str, new: str, line: int, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        read(METADATA, BODY.replace(old, new))

    assert said in caught.value.message
    assert caught.value.line == line


def test_a_rubric_without_a_list_is_named_by_its_line(read: Read) -> None:
    with pytest.raises(ContentError, match=r"topic\.md:16: The rubric needs a list"):
        read(METADATA, "Why?\n\n### Rubric\n\nWords.\n\n### Model response\n\nBecause it is so.\n")
