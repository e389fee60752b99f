from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.document import split
from coursekit.errors import ContentError
from coursekit.grading.invalid import what_is_missing
from coursekit.model import TextEntry
from coursekit.questions._question import Question
from coursekit.questions._read import Defaults, read_question

Read = Callable[..., Question]
HALF = "id: q\nkind: numeric\nkey: 0.5\ntolerance: {abs: 0}"
STEP = """\
id: q
kind: numeric
params: {w0: [2.0, 4.0, 6.0], lr: [0.1, 0.25]}
key: w0 * (1 - lr)
wrong:
  - {value: w0 * (1 + lr), say: Check the sign.}
  - {value: w0 * lr, say: That is the step.}"""
STEP_BODY = """\
From {{ w0 }} at a rate of {{ lr }}, where?

### Hint

The slope is {{ w0 }}.

### Explanation

It is {{ w0 * (1 - lr) }}.
"""


def mark(question: Question, text: str) -> float:
    return question.body.grade((text,)).fraction


@pytest.mark.parametrize(
    "text", ["0.5", ".5", "1/2", "5e-1", "50 %", "50%", "0,5", "+0.5", " 0.50 ", "5x10^-1", "2/4", "−0.5/−1", "5E-1"]
)
def test_a_number_is_compared_by_its_value(read: Read, text: str) -> None:
    question = read(HALF, "How much?")

    assert mark(question, text) == 1
    assert what_is_missing(question.body.interaction(), (text,)) is None


@pytest.mark.parametrize("text", ["-0.5", "0.50001", "5", "1/3", "0.5%"])
def test_another_value_earns_nothing(read: Read, text: str) -> None:
    assert mark(read(HALF, "How much?"), text) == 0


@pytest.mark.parametrize("text", ["half", "1/0", "nan", "inf", "1e999", "0.5.5", "0x1", "1/2/3", "5e", "%", "9" * 200])
def test_what_is_no_number_is_not_an_attempt(read: Read, text: str) -> None:
    question = read(HALF, "How much?")

    assert "does not read as a number" in (what_is_missing(question.body.interaction(), (text,)) or "")
    assert mark(question, text) == 0


@pytest.mark.parametrize(
    ("tolerance", "inside", "outside"),
    [
        ("{rel: 0.01}", ["101", "99"], ["101.001", "98.999"]),
        ("{abs: 0.5}", ["100.5", "99.5"], ["100.501", "99.499"]),
        ("{abs: 0.5, rel: 0.01}", ["101", "99"], ["101.001"]),
        ("{abs: 2, rel: 0.01}", ["102", "98"], ["102.001"]),
        ("{abs: 0}", ["100", "1e2"], ["100.000001", "99.999999"]),
    ],
)
def test_the_edge_of_the_tolerance_is_inside(read: Read, tolerance: str, inside: list[str], outside: list[str]) -> None:
    question = read(f"id: q\nkind: numeric\nkey: 100\ntolerance: {tolerance}", "How much?")

    assert [mark(question, text) for text in inside] == [1] * len(inside)
    assert [mark(question, text) for text in outside] == [0] * len(outside)


def test_half_a_percent_is_allowed_unless_said_otherwise(read: Read) -> None:
    question = read("id: q\nkind: numeric\nkey: 200", "How much?")

    assert [mark(question, text) for text in ("201", "199", "201.1")] == [1, 1, 0]


def test_the_entry_says_how_near_is_near_enough(read: Read) -> None:
    exact = read(HALF, "How much?")
    near = read("id: q\nkind: numeric\nkey: 1\ntolerance: {rel: 0.01}", "How much?")

    assert exact.body.interaction() == TextEntry("a number, exact", number=True)
    assert near.body.interaction() == TextEntry("a number, within 1 %", number=True)


@given(key=st.floats(-1e300, 1e300).map(lambda x: float(f"{x:.12g}")), tolerance=st.sampled_from([0, 1e-9, 0.01]))
def test_the_key_earns_full_mark_whatever_its_digits(read: Read, key: float, tolerance: float) -> None:
    question = read(f"id: q\nkind: numeric\nkey: {key!r}\ntolerance: {{rel: {tolerance!r}}}", "How much?")

    assert question.body.grade(question.body.key()).fraction == 1


def test_a_known_slip_is_named(read: Read) -> None:
    question = read(STEP, STEP_BODY)
    w0, lr = (float(word.rstrip(",")) for word in (question.stem.split()[1], question.stem.split()[6]))

    assert question.body.grade((str(w0 * (1 + lr)),)).feedback == ("Check the sign.",)
    assert question.body.grade((str(w0 * lr),)).feedback == ("That is the step.",)
    assert question.body.grade(("777",)).feedback == ()
    assert question.body.grade(question.body.key()).feedback == ()


def test_the_values_of_a_variant_fill_stem_hint_explanation_and_key(read: Read) -> None:
    question = read(STEP, STEP_BODY, seed=3)
    w0 = float(question.stem.split()[1])
    lr = float(question.stem.split()[6].rstrip(","))

    assert (w0, lr) in {(a, b) for a in (2.0, 4.0, 6.0) for b in (0.1, 0.25)}
    assert question.hints == (f"The slope is {w0:g}.",)
    assert question.explanation == f"It is {w0 * (1 - lr):g}."
    assert mark(question, f"{w0 * (1 - lr)}") == 1


@given(seed=st.integers(0, 2**40))
def test_the_same_seed_draws_the_same_variant(read: Read, seed: int) -> None:
    assert read(STEP, STEP_BODY, seed) == read(STEP, STEP_BODY, seed)


def test_seeds_reach_every_variant_of_one_question(read: Read) -> None:
    variants = [read(STEP, STEP_BODY, seed) for seed in range(60)]

    assert len({question.stem for question in variants}) == 6
    assert len({question.fingerprint for question in variants}) == 1


def test_a_question_without_params_has_one_variant(read: Read) -> None:
    assert read(HALF, "How {{ much }}?", seed=5) == read(HALF, "How {{ much }}?", seed=6)


@pytest.mark.parametrize(
    ("metadata", "body", "line", "said"),
    [
        ("id: q\nkind: numeric", "How?", 7, "'key' is missing"),
        ("id: q\nkind: numeric\nkey: 1 / 0", "How?", 9, "divides by zero"),
        ("id: q\nkind: numeric\nkey: lr * 2", "How?", 9, "there is no 'lr' here"),
        ("id: q\nkind: numeric\nkey: [1]", "How?", 9, "one line of text"),
        ("id: q\nkind: numeric\nparams: {x: [0]}\nkey: 1 / x", "How?", 10, "divides by zero"),
        ("id: q\nkind: numeric\nparams: {x: [0]}\nkey: 1", "How\n\nmuch {{ 1 / x }}?", 15, "divides by zero"),
        ("id: q\nkind: numeric\nparams: {x: [0]}\nkey: 1", "How?\n\n### Hint\n\n{{ y }}", 17, "there is no 'y'"),
        ("id: q\nkind: numeric\nparams:\n  x: [1, a]\nkey: 1", "How?", 10, "'x' needs a list of numbers"),
        ("id: q\nkind: numeric\nparams:\n  x: []\nkey: 1", "How?", 10, "'x' needs a list of numbers"),
        ("id: q\nkind: numeric\nkey: 1\ntolerance: {rel: 1}", "How?", 10, "'rel' must be in [0, 1)"),
        ("id: q\nkind: numeric\nkey: 1\ntolerance: {abs: -1}", "How?", 10, "must not be negative"),
        ("id: q\nkind: numeric\nkey: 1\ntolerance:\n  rell: 0", "How?", 11, "Unknown field 'rell'. Did you mean 'rel'"),
        ("id: q\nkind: numeric\nkey: 1\ntolerance: 5 %", "How?", 10, "'tolerance' must be a mapping"),
        ("id: q\nkind: numeric\nkey: 1\nwrong:\n  - 2", "How?", 10, "Write each as"),
        ("id: q\nkind: numeric\nkey: 1\nwrong:\n  - value: 2", "How?", 11, "'say' is missing"),
        (
            "id: q\nkind: numeric\nkey: 1\nwrong:\n  - say: a\n    value: 1.001",
            "How?",
            12,
            "'1.001' is accepted as the key",
        ),
        ("id: q\nkind: numeric\nkey: 1\nwrong:\n  - say: a\n    value: 1 / 0", "How?", 12, "divides by zero"),
    ],
)
def test_what_an_author_wrote_wrong_is_named_by_its_line(
    read: Read, metadata: str, body: str, line: int, said: str
) -> None:
    with pytest.raises(ContentError) as caught:
        read(metadata, body)

    assert said in caught.value.message
    assert caught.value.line == line


QUANTITY = """\
id: q
kind: numeric
key: 1500
unit: ms
units: {s: 1000, min: 60000}
"""


def quantity(metadata: str = QUANTITY) -> Question:
    source = f"---\ntitle: T\n---\n## Q\n```yaml question\n{metadata}```\n\nHow long?\n"
    return read_question(split(source, "t.md").sections[0], Defaults("L", "T"))


@pytest.mark.parametrize("text", ["1500", "1500 ms", "1500ms", "1.5 s", "1,5s", "3/2 s", "0.025 min", "1.5e3", "1498"])
def test_a_quantity_is_compared_by_value_in_any_of_its_units(text: str):
    body = quantity().body

    assert what_is_missing(body.interaction(), (text,)) is None
    assert body.grade((text,)).fraction == 1


@pytest.mark.parametrize("text", ["1.5", "1.5 ms", "1500 s", "1500 min", "15 s"])
def test_a_quantity_in_another_unit_is_another_value(text: str):
    assert quantity().body.grade((text,)).fraction == 0


@pytest.mark.parametrize("text", ["1500 kg", "1500 m", "ms", "s 1.5"])
def test_an_unknown_unit_is_told_and_no_attempt(text: str):
    said = what_is_missing(quantity().body.interaction(), (text,))

    assert said
    assert said.startswith(f"'{text}' does not read as a number.")
    assert said.endswith("and after it one of: ms, s, min.")


def test_the_unit_stands_beside_the_input_and_in_the_key():
    body = quantity().body

    assert body.interaction().form.endswith("in ms or s or min")  # pyright: ignore[reportAttributeAccessIssue]
    assert body.key() == ("1500 ms",)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("units: {s: 1000}", "'units' needs 'unit'"),
        ("unit: ms\nunits: {s: 0}", "'s' must be a word with a factor above 0"),
        ("unit: '5'", "'5' must be a word"),
        ("unit: ms\nunits: {ms: 2}", "its factor is 1"),
    ],
)
def test_a_wrong_unit_is_told(lines: str, words: str):
    with pytest.raises(ContentError, match=words):
        quantity(f"id: q\nkind: numeric\nkey: 1\n{lines}\n")
