"""Every kind of question, whoever wrote it: one example each, from its own docstring."""

from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit import plugins
from coursekit.document import split
from coursekit.errors import ContentError
from coursekit.grading.invalid import what_is_missing
from coursekit.model import Choice, Interaction, Mark, Matching, Ordering, Program
from coursekit.questions._body import Body, Experiment, Observation
from coursekit.questions._question import Question
from coursekit.questions._read import Defaults, read_question

FAMILY = "coursekit.questions"
KINDS = plugins.names(FAMILY)
every_kind = pytest.mark.parametrize("kind", KINDS)

TEXTS = st.text(max_size=30) | st.sampled_from(["1", "2", "3", "0", "-1", "0.5", "nan", "1e999", " ", "noise falls"])
RESPONSES = st.lists(TEXTS, max_size=5).map(tuple)


def example(kind: str, metadata: str = "", end: str = "", seed: int = 0) -> Question:
    """Read the example of a kind's docstring, with more metadata or text where asked."""
    doc = import_module(f"{FAMILY}.{kind.replace('-', '_')}").__doc__ or ""
    text = doc.partition("```yaml question\n")[2]
    source = f"---\ntitle: T\n---\n## Example\n```yaml question\n{metadata}{text}{end}"
    return read_question(split(source, "t.md").sections[0], Defaults("L", "T"), seed)


def decided(body: Body) -> Body:
    """The body with its key: for an experiment, once it has run."""
    run = Observation("diverges", ((1, 1.0), (10, 1.5)))
    return body.decided(body.observe([run])) if isinstance(body, Experiment) else body


BODIES = {kind: example(kind).body for kind in KINDS}
PROGRAMS = [kind for kind in KINDS if isinstance(BODIES[kind].interaction(), Program)]
SHUFFLED = [kind for kind in KINDS if isinstance(BODIES[kind].interaction(), Ordering | Matching)]
every_kind_with_a_key = pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in PROGRAMS])


@every_kind
def test_the_example_of_its_docstring_is_a_question_of_this_kind(kind: str) -> None:
    question = example(kind)

    assert question.kind == kind
    assert isinstance(question.body, plugins.load(FAMILY, kind))
    assert question.stem


@every_kind_with_a_key
def test_the_key_earns_full_mark(kind: str) -> None:
    body = decided(example(kind).body)

    assert body.key()
    assert body.grade(body.key()).fraction == 1


@every_kind_with_a_key
def test_the_key_is_a_response_that_the_interaction_allows(kind: str) -> None:
    body = decided(example(kind).body)

    assert what_is_missing(body.interaction(), body.key()) is None


@pytest.mark.parametrize("kind", PROGRAMS)
@given(response=RESPONSES)
def test_a_program_has_no_key_here_and_no_text_is_ever_an_attempt_at_one(kind: str, response: tuple[str, ...]) -> None:
    body = BODIES[kind]

    assert body.key() == ()
    assert what_is_missing(body.interaction(), response)
    assert body.grade(response).fraction == 0
    assert body.grade(response).feedback


@every_kind
def test_silence_earns_nothing(kind: str) -> None:
    body = decided(example(kind).body)

    assert body.grade(()).fraction == 0
    assert body.grade(("",)).fraction == 0 or isinstance(body.interaction(), Choice)


@every_kind
@pytest.mark.parametrize("blank", [(), ("",), ("  ",), ("\n",), ("", "")])
def test_a_blank_is_not_given_and_no_attempt(kind: str, blank: tuple[str, ...]) -> None:
    body = example(kind).body

    assert what_is_missing(body.interaction(), blank)


@every_kind
@given(response=RESPONSES)
def test_any_response_gets_a_mark_between_nothing_and_all(kind: str, response: tuple[str, ...]) -> None:
    for body in (BODIES[kind], decided(BODIES[kind])):
        mark = body.grade(response)
        assert isinstance(mark, Mark)
        assert 0 <= mark.fraction <= 1
        assert all(0 <= evidence.share <= 1 for evidence in mark.evidence)


@every_kind
@given(response=RESPONSES)
def test_what_is_missing_is_said_in_a_sentence_or_not_at_all(kind: str, response: tuple[str, ...]) -> None:
    said = what_is_missing(BODIES[kind].interaction(), response)

    assert said is None or said.rstrip().endswith(".")


@every_kind
def test_grading_the_same_response_twice_gives_the_same_mark(kind: str) -> None:
    body = decided(example(kind).body)

    assert body.grade(body.key()) == body.grade(body.key())


@every_kind
def test_the_interaction_is_one_of_the_few_that_front_ends_know(kind: str) -> None:
    assert isinstance(example(kind).body.interaction(), Interaction)


@pytest.mark.parametrize("kind", SHUFFLED)
def test_what_is_shuffled_is_shuffled_by_the_seed_which_the_question_keeps(kind: str) -> None:
    variants = [example(kind, seed=seed) for seed in range(20)]

    assert [question.seed for question in variants] == list(range(20))
    assert len({repr(question.body.interaction()) for question in variants}) > 5
    assert len({(question.body.key(), question.fingerprint) for question in variants}) == 1
    assert example(kind, seed=7) == variants[7]


@every_kind
def test_an_unknown_field_is_named_with_its_line_and_the_nearest_word(kind: str) -> None:
    with pytest.raises(ContentError) as caught:
        example(kind, metadata="tgas: [sgd]\n")

    assert (caught.value.path, caught.value.line) == ("t.md", 6)
    assert caught.value.message.startswith("Unknown field 'tgas'. Did you mean 'tags'?")


@every_kind
def test_an_unknown_part_is_named_by_the_line_of_its_heading(kind: str) -> None:
    with pytest.raises(ContentError, match=r"t\.md:\d+: Unknown part '### Hnt'\. Did you mean 'Hint'") as caught:
        example(kind, end="\n\n### Hnt\n\n\nLook.\n")

    doc = import_module(f"{FAMILY}.{kind.replace('-', '_')}").__doc__ or ""
    assert caught.value.line == 5 + doc.partition("```yaml question\n")[2].count("\n") + 3


@every_kind
def test_the_same_text_has_the_same_fingerprint_and_another_text_another(kind: str) -> None:
    assert example(kind).fingerprint == example(kind).fingerprint
    assert example(kind).fingerprint != example(kind, metadata="points: 7\n").fingerprint
