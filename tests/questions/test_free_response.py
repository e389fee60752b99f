from collections.abc import Callable
from dataclasses import replace

import pytest

from coursekit.document import split
from coursekit.errors import ContentError
from coursekit.grading.invalid import what_is_missing
from coursekit.questions._paragraphs import as_paragraphs
from coursekit.questions._question import Question
from coursekit.questions._read import Defaults, read_question
from coursekit.questions._write import write_section
from coursekit.questions.free_response import FreeResponse, likeness

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


def test_words_are_held_against_the_model_response_that_they_meet_best(read: Read) -> None:
    body = read(METADATA, f"{BODY}\n### Model response\n\nAverages are steadier.\n").body
    assert isinstance(body, FreeResponse)

    assert body.model_responses == ("The noise falls, so a longer step is safe.", "Averages are steadier.")
    assert body.key() == body.model_responses[:1]
    assert likeness(body, "Averages are steadier.").words == likeness(body, body.key()[0]).words == 1


@pytest.mark.parametrize(
    "further", ["Averages are steadier.", as_paragraphs("# a  \n---\n```\n- [x] b\\\n\n<!-- c $$")]
)
def test_some_model_responses_are_written_and_read_again(further: str) -> None:
    source = f"---\ntitle: T\n---\n## Q\n```yaml question\n{METADATA}\n```\n{BODY}### Model response\n{further}\n\n\n"
    (section,) = split(source, "topic.md").sections

    (again,) = split(f"---\ntitle: T\n---\n{write_section(section)}", "topic.md").sections

    body, kept = (read_question(each, Defaults("L", "T")).body for each in (section, again))
    assert isinstance(body, FreeResponse)
    assert body == kept
    assert body.model_responses[1] == further


def test_an_empty_model_response_is_named_by_its_line(read: Read) -> None:
    with pytest.raises(ContentError, match=r"topic\.md:27: This model response is empty"):
        read(METADATA, f"{BODY}\n### Model response\n")


def test_two_words_are_no_response_yet(read: Read) -> None:
    interaction = read(METADATA, BODY).body.interaction()

    said = "Write at least three words that say something, besides 'it', 'is' and the like; this has 2."
    assert what_is_missing(interaction, ("there is less noise",)) == said
    assert what_is_missing(interaction, ("there is less noise in steps",)) is None


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


@pytest.mark.parametrize(
    ("response", "said"),
    [
        ("Cats sleep in the sun.", ("By its words: little evidence of the points.",)),
        ("Then the noise is safe, it seems.", ("By its words: part of the points.",)),
        ("The noise falls, so a longer step is safe.", ("By its words: most points found.",)),
        ("So it is.", ("Very short: fewer than three words that say something.",)),
    ],
)
def test_a_line_says_how_much_the_words_hold(read: Read, response: str, said: tuple[str, ...]) -> None:
    assert read(METADATA, BODY).body.grade((response,)).feedback == said


def test_a_point_turned_round_gets_a_note_and_keeps_its_mark(read: Read) -> None:
    mark = read(METADATA, BODY).body.grade(("The noise never falls, so a longer step is not safe.",))

    assert mark.fraction == 1
    assert mark.feedback[1:] == ("Check the direction of: The noise falls.",)


def test_the_question_s_own_words_are_called_so(read: Read) -> None:
    stem = "How does the gradient's noise depend on the batch?"
    mark = read(METADATA, BODY.replace("Why?", stem)).body.grade((stem,))

    assert mark.feedback == (
        "By its words: little evidence of the points.",
        "Nearly all of these words are the question's own.",
    )


def test_weights_of_words_come_from_the_bank(read: Read) -> None:
    body = read(METADATA, BODY).body
    assert isinstance(body, FreeResponse)

    weighed = replace(body, weights=lambda: {"nois": 0.1})
    rare, plain = likeness(weighed, "A safe noise."), likeness(body, "A safe noise.")

    assert rare.words < plain.words
    assert rare.rubric == plain.rubric
    assert weighed == body
