from itertools import pairwise

import pytest

from coursekit.document import split
from coursekit.errors import ContentError
from coursekit.questions._question import Question
from coursekit.questions._read import Defaults, read_question


def variant(fence: str, seed: int, stem: str = "{{ a }} {{ b }}") -> Question:
    source = f"---\ntitle: T\n---\n## Q\n```yaml question\nid: q\nkind: numeric\nkey: a\n{fence}\n```\n\n{stem}\n"
    return read_question(split(source, "t.md").sections[0], Defaults("L", "T"), seed)


def drawn(fence: str, count: int = 200) -> set[tuple[float, float]]:
    pairs = (variant(fence, seed).stem.split() for seed in range(count))
    return {(float(a), float(b)) for a, b in pairs}


def test_a_range_gives_every_step_from_its_least_to_its_most_value():
    found = drawn("params: {a: {min: 0.1, max: 0.5, step: 0.1}, b: [1]}")

    assert {a for a, _ in found} == {0.1, 0.2, 0.3, 0.4, 0.5}


def test_a_range_ends_at_its_last_whole_step():
    assert {a for a, _ in drawn("params: {a: {min: 1, max: 2, step: 0.4}, b: [1]}")} == {1, 1.4, 1.8}


def test_conditions_hold_for_every_variant_and_leave_all_others():
    fence = "params: {a: [1, 2, 3, 4], b: [1, 2, 3, 4]}\nwhere: [a < b, a * b != 6]"

    assert drawn(fence, 400) == {(1, 2), (1, 3), (1, 4), (2, 4), (3, 4)}


def test_one_condition_needs_no_list():
    assert all(0 < a - b < 3 for a, b in drawn("params: {a: [1, 2, 3, 4], b: [1, 2, 3, 4]}\nwhere: 0 < a - b < 3"))


def test_the_same_seed_gives_the_same_variant_on_every_machine():
    fence = "params: {a: [0.1, 0.25, 0.5], b: [1, 2, 3]}"

    assert variant(fence, 5).stem == variant(fence, 5).stem
    assert [variant(fence, seed).stem for seed in range(4)] == ["0.5 2", "0.25 3", "0.1 2", "0.25 1"]


@pytest.mark.parametrize("start", [0, 3, 100])
def test_no_variant_comes_again_before_all_were_seen(start: int):
    fence = "params: {a: [1, 2, 3, 3], b: {min: 1, max: 3, step: 1}}\nwhere: a != b"

    stems = [variant(fence, seed).stem for seed in range(start, start + 12)]

    assert len(set(stems[:6])) == 6
    assert stems[:6] == stems[6:]


def test_of_very_many_variants_two_in_a_row_differ():
    fence = "params: {a: {min: 1, max: 100, step: 1}, b: {min: 1, max: 100, step: 1}}\nwhere: a != b"

    stems = [variant(fence, seed).stem for seed in range(100)]

    assert all(one != other for one, other in pairwise(stems))


@pytest.mark.parametrize(
    ("fence", "line", "words"),
    [
        ("params: {a: [1], b: 2}", 9, "'b' needs a list of numbers"),
        ("params: {a: [1], b: []}", 9, "'b' needs a list of numbers"),
        ("params: {a: [1], b: [true]}", 9, "'b' needs a list of numbers"),
        ("params: {a: [1], b: {min: 2, max: 1, step: 1}}", 9, "'min' below 'max'"),
        ("params: {a: [1], b: {min: 1, max: 2, step: 0}}", 9, "a 'step' above 0"),
        ("params: {a: [1], b: {min: 0, max: 1, step: 1.0e-9}}", 9, "at most 10,000"),
        ("params: {a: [1], b: {min: 0, max: 1, stop: 1}}", 9, "step"),
        ("params: {a: [1], b: [2]}\nwhere: a > b", 10, "holds for no variant"),
        ("params: {a: {min: 1, max: 999, step: 1}, b: [0]}\nwhere: a < b", 10, "No variant was found in 1000 draws"),
        ("params: {a: [1], b: [2]}\nwhere: a - b", 10, "'a - b' is no comparison. Write for example"),
        ("params: {a: [1], b: [2]}\nwhere: a < c", 10, "there is no 'c' here"),
        ("params: {a: [1], b: [2]}\nwhere: a in b", 10, "is no comparison"),
        ("params: {a: [1], b: [0]}\nwhere: a / b < 1", 10, "divides by zero"),
    ],
)
def test_what_cannot_be_drawn_is_told_at_its_line(fence: str, line: int, words: str):
    with pytest.raises(ContentError) as caught:
        variant(fence, 0)

    assert caught.value.line == line
    assert words in caught.value.message
