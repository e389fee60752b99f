"""Every kind of question, whoever wrote it: one example each, from its own docstring."""

from collections.abc import Iterable
from importlib import import_module
from typing import assert_never

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit import plugins
from coursekit.document import split
from coursekit.errors import ContentError
from coursekit.grading.invalid import what_is_missing
from coursekit.model import (
    Choice,
    Gaps,
    Interaction,
    LongText,
    Mark,
    Matching,
    Ordering,
    Program,
    Response,
    TextEntry,
)
from coursekit.questions._body import Body, Experiment, Observation
from coursekit.questions._question import Question
from coursekit.questions._read import Defaults, read_question
from coursekit.questions._write import write_section

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
KEYLESS = ("unkeyed",)  # its key is with whoever grades
PROGRAMS = [kind for kind in KINDS if isinstance(BODIES[kind].interaction(), Program)]
SHUFFLED = [kind for kind in KINDS if isinstance(BODIES[kind].interaction(), Ordering | Matching)]
every_kind_with_a_key = pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in (*PROGRAMS, *KEYLESS)])


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


@every_kind
def test_what_is_written_back_reads_as_the_same_question(kind: str) -> None:
    doc = import_module(f"{FAMILY}.{kind.replace('-', '_')}").__doc__ or ""
    text = doc.partition("```yaml question\n")[2]
    source = f"---\ntitle: T\n---\n## Example\n\n```yaml question\n{text}\n\n### Hint\n\nLook.\n"
    (section,) = split(source, "t.md").sections

    (again,) = split(f"---\ntitle: T\n---\n{write_section(section)}", "t.md").sections

    for seed in range(3):
        assert read_question(again, Defaults("L", "T"), seed) == read_question(section, Defaults("L", "T"), seed)


@every_kind_with_a_key
@given(data=st.data())
def test_more_that_is_right_is_never_worth_less(kind: str, data: st.DataObject) -> None:
    body = decided(example(kind, seed=data.draw(st.integers(0, 9))).body)

    less = data.draw(responses(body.interaction()))
    more = data.draw(bettered(body.interaction(), less, body.key()))

    assert body.grade(more).fraction >= body.grade(less).fraction


def responses(interaction: Interaction) -> st.SearchStrategy[Response]:
    """Responses that a learner can give by the interaction."""
    match interaction:
        case Choice(options=options, many=many):
            numbers = st.sampled_from([str(number) for number in range(1, len(options) + 1)])
            return st.lists(numbers, min_size=1, max_size=len(options) if many else 1, unique=True).map(_in_order)
        case Ordering(items=items):
            return st.permutations([str(number) for number in range(1, len(items) + 1)]).map(tuple)
        case Matching(prompts=prompts, partners=partners):
            number = st.sampled_from(["", *(str(number) for number in range(1, len(partners) + 1))])
            return st.tuples(*(number for _ in prompts))
        case Gaps(gaps=gaps):
            return st.tuples(*(TEXTS for _ in gaps))
        case TextEntry() | LongText():
            return st.tuples(TEXTS)
        case Program():
            return st.just(())
        case _:
            assert_never(interaction)


def bettered(interaction: Interaction, response: Response, key: Response) -> st.SearchStrategy[Response]:
    """The same response with one thing more that is right, or one thing less that is wrong."""
    match interaction:
        case Choice(many=True):
            wrong = sorted(set(response) ^ set(key))
            return st.sampled_from(wrong).map(lambda one: _in_order({*response} ^ {one})) if wrong else st.just(key)
        case Ordering():
            swaps = [at for at in range(len(key) - 1) if key.index(response[at]) > key.index(response[at + 1])]
            return st.sampled_from(swaps).map(lambda at: _swapped(response, at)) if swaps else st.just(key)
        case Gaps() | Matching():
            places = st.integers(0, len(key) - 1)
            return places.map(lambda at: (*response[:at], key[at], *response[at + 1 :]))
        case LongText():
            return st.just((f"{response[0]}. {key[0]}",))
        case Choice() | TextEntry():
            return st.just(key)
        case Program():
            return st.just(())
        case _:
            assert_never(interaction)


def _in_order(numbers: Iterable[str]) -> Response:
    return tuple(sorted(numbers, key=int))


def _swapped(response: Response, at: int) -> Response:
    return (*response[:at], response[at + 1], response[at], *response[at + 2 :])
