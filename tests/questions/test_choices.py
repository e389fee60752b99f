from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coursekit.errors import ContentError
from coursekit.grading.invalid import what_is_missing
from coursekit.questions._question import Question

Read = Callable[..., Question]
OPTIONS = "Which?\n\n- [x] a\n  > Right.\n- [ ] b\n  > No, `b`.\n- [x] c\n- [ ] d\n  > Not d.\n"
NUMBERS = st.sets(st.sampled_from("1234"))


@pytest.fixture(scope="session", params=["each", "net", "all"])
def scoring(request: pytest.FixtureRequest, read: Read) -> Question:
    return read(f"id: q\nscoring: {request.param}", OPTIONS)


def mark(question: Question, *picked: str) -> float:
    return question.body.grade(tuple(sorted(picked))).fraction


def test_nothing_picked_earns_nothing(scoring: Question) -> None:
    assert mark(scoring) == 0


def test_all_options_picked_do_not_earn_all(scoring: Question) -> None:
    assert mark(scoring, *"1234") < 1


@given(picked=NUMBERS, key=st.sampled_from("13"))
def test_one_more_key_is_never_worth_less(scoring: Question, picked: set[str], key: str) -> None:
    assert mark(scoring, *picked, *({key} - picked)) >= mark(scoring, *picked)


@given(picked=NUMBERS, distractor=st.sampled_from("24"))
def test_one_distractor_less_is_never_worth_less(scoring: Question, picked: set[str], distractor: str) -> None:
    assume(picked - {distractor})

    assert mark(scoring, *(picked - {distractor})) >= mark(scoring, *picked)


@given(picked=NUMBERS)
def test_the_order_of_picking_does_not_matter(scoring: Question, picked: set[str]) -> None:
    one_way, other_way = tuple(sorted(picked)), tuple(sorted(picked, reverse=True))

    assert scoring.body.grade(one_way).fraction == scoring.body.grade(other_way).fraction


@pytest.mark.parametrize(
    ("scoring", "picked", "fraction"),
    [
        ("each", "1", 0.75),
        ("each", "12", 0.5),
        ("each", "24", 0.0),
        ("net", "1", 0.5),
        ("net", "132", 0.5),
        ("net", "12", 0.0),
        ("net", "24", 0.0),
        ("all", "1", 0.0),
        ("all", "132", 0.0),
        ("all", "13", 1.0),
    ],
)
def test_a_part_of_the_keys_earns_what_its_scoring_says(read: Read, scoring: str, picked: str, fraction: float) -> None:
    assert mark(read(f"id: q\nscoring: {scoring}", OPTIONS), *picked) == fraction


def test_two_keys_make_it_multiple_choice_and_one_single_choice(read: Read) -> None:
    single = "- [x] a\n- [ ] b\n"

    assert read("id: q", OPTIONS).kind == "multiple-choice"
    assert read("id: q", single).kind == "single-choice"
    assert read("id: q\nscoring: all", single).kind == "multiple-choice"


def test_feedback_is_shown_for_what_was_picked_and_what_was_missed(read: Read) -> None:
    body = read("id: q", OPTIONS).body

    assert body.grade(("2",)).options == {"1": "Right.", "2": "No, `b`."}
    assert body.grade(("1", "3")).options == {"1": "Right."}


def test_a_single_choice_takes_one_option(read: Read) -> None:
    body = read("id: q", "- [ ] a\n- [x] b\n").body

    assert [body.grade((n,)).fraction for n in "123"] == [0, 1, 0]
    assert body.grade(("2", "2")).fraction == body.grade(("1", "2")).fraction == 0
    assert what_is_missing(body.interaction(), ("1", "2")) == "Pick one option only."
    assert what_is_missing(body.interaction(), ("3",)) == "There is no option '3'. Pick a number from 1 to 2."


def test_a_claim_is_judged_by_its_field_or_by_two_options(read: Read) -> None:
    by_field = read("id: q\nkind: true-false\nkey: false", "A claim.").body
    by_list = read("id: q\nkind: true-false", "A claim.\n\n- [ ] True\n  > Why not.\n- [x] False\n").body

    assert by_field.key() == by_list.key() == ("2",)
    assert by_field.interaction() == by_list.interaction()
    assert by_list.grade(("1",)).options == {"1": "Why not."}


@pytest.mark.parametrize(
    ("metadata", "body", "line", "said"),
    [
        ("id: q", "- [x] a\n", 5, "At least two options"),
        ("id: q\nkind: single-choice", "No list.", 5, "At least two options"),
        ("id: q", "No list.", 5, "Say the kind of question"),
        ("id: q", "Which?\n\n- [x] a\n- b\n", 13, "An option needs a box"),
        ("id: q", "Which?\n\n- [x] a\n- [ ]\n", 13, "This option is empty"),
        ("id: q\nkind: single-choice", "- [x] a\n- [x] b\n", 5, "needs one key, this has 2"),
        ("id: q", "- [ ] a\n- [ ] b\n", 5, "needs one key, this has 0"),
        ("id: q\nscoring: all", "- [ ] a\n- [ ] b\n", 5, "No option is a key"),
        ("id: q\nscoring: al", OPTIONS, 8, "'scoring' has no 'al'. Did you mean 'all'"),
        ("id: q\nkind: true-false\nkey: no", "A claim.", 9, "'key: true' or 'key: false'"),
        ("id: q\nkind: true-false", "- [ ] Yes\n- [x] No\n", 5, "the options True and False"),
        ("id: q\nkind: true-flase", "A claim.", 8, "no kind 'true-flase'. Did you mean 'true-false'"),
        ("id: Not an id", OPTIONS, 7, "'Not an id' is no id"),
        ("id: q\npoints: 0", OPTIONS, 8, "'points' must be above 0"),
        ("id: q\npoints: many", OPTIONS, 8, "'points' must be a number"),
        ("id: q\ndifficulty: 6", OPTIONS, 8, "whole number from 1 (easy) to 5"),
        ("id: q\ndifficulty: 1.5", OPTIONS, 8, "whole number from 1 (easy) to 5"),
        ("id: q\ntags: [[a]]", OPTIONS, 8, "must be a list of words"),
    ],
)
def test_what_an_author_wrote_wrong_is_named_by_its_line(
    read: Read, metadata: str, body: str, line: int, said: str
) -> None:
    with pytest.raises(ContentError) as caught:
        read(metadata, body)

    assert said in caught.value.message
    assert caught.value.line == line
