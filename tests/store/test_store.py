import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import fsrs
import pytest

from coursekit.errors import StoreError
from coursekit.model import Attempt, Confirmation
from coursekit.store.labs import LabRun
from coursekit.store.place import FILE, exists
from coursekit.store.store import Store, open_store

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ATTEMPT = Attempt(
    question="pick-one",
    fingerprint="0123456789abcdef",
    response=("2",),
    mark=1.0,
    points=1.0,
    is_suggestion=False,
    hints=0,
    seed=3,
    started=NOW - timedelta(seconds=40),
    finished=NOW,
    confidence="sure",
)
SUGGESTED = replace(
    ATTEMPT, question="why-calm", response=("It is «less» noisy\n∇L → 0",), mark=0.25, is_suggestion=True
)
RUN = LabRun(
    lab="bowl",
    config={"model": {"name": "quadratic"}, "steps": 10, "stop_below": None},
    settings={"learning_rate": 0.4, "optimizer": "sgd"},
    outcome="diverged",
    goals=({"metric": "steps", "bound": 20.0, "value": None, "met": False, "points": 0.0},),
    points=0.0,
    out_of=3.0,
    steps=10,
    at=NOW,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path, "tiny", NOW)
    yield store
    store.close()


def test_an_attempt_survives_closing_and_reopening(tmp_path: Path):
    store = open_store(tmp_path, "tiny", NOW)
    first, second = store.add_attempt(ATTEMPT), store.add_attempt(SUGGESTED)
    store.close()

    again = open_store(tmp_path, "tiny", NOW)
    kept = again.attempts()
    again.close()

    assert kept == (replace(ATTEMPT, id=first), replace(SUGGESTED, id=second))
    assert again.notice == ""


def test_attempts_are_only_ever_added(store: Store, tmp_path: Path):
    number = store.add_attempt(SUGGESTED)
    with sqlite3.connect(tmp_path / FILE) as other:
        before = other.execute("select * from attempt").fetchall()

    store.add_attempt(SUGGESTED)
    store.confirm(Confirmation(number, (True, False), 0.5, NOW))
    store.cards()

    after = other.execute("select * from attempt").fetchall()
    other.close()
    assert len(after) == 2
    assert after[:1] == before


def test_attempts_come_oldest_first_and_by_question(store: Store):
    for question in ("b", "a", "b"):
        store.add_attempt(replace(ATTEMPT, question=question))

    assert [attempt.question for attempt in store.attempts()] == ["b", "a", "b"]
    assert [attempt.id for attempt in store.attempts("b")] == [1, 3]
    assert store.attempts("c") == ()


def test_courses_share_a_file_and_nothing_else(store: Store, tmp_path: Path):
    other = open_store(tmp_path, "another", NOW)
    store.add_attempt(ATTEMPT)
    store.add_run(RUN)
    store.keep_draft("pick-one", ("1",))

    seen = (other.attempts(), other.cards(), other.runs(), other.draft("pick-one"))
    other.close()

    assert seen == ((), {}, (), ())


def test_a_suggestion_and_its_confirmation_are_both_kept_and_the_confirmed_one_counts(store: Store, tmp_path: Path):
    number = store.add_attempt(SUGGESTED)
    confirmation = Confirmation(number, (True, False), 2 / 3, NOW + timedelta(minutes=1))

    store.confirm(confirmation)

    assert store.confirmations(number) == (confirmation,)
    assert store.attempts()[0] == replace(SUGGESTED, id=number, mark=2 / 3, is_suggestion=False)
    assert store.cards()["why-calm"].last_mark == 2 / 3
    with sqlite3.connect(tmp_path / FILE) as other:
        assert other.execute("select mark, is_suggestion from attempt").fetchall() == [(0.25, 1)]
    other.close()


def test_the_last_confirmation_counts(store: Store):
    number = store.add_attempt(SUGGESTED)

    store.confirm(Confirmation(number, (True, True), 1.0, NOW))
    store.confirm(Confirmation(number, (False, False), 0.0, NOW))

    assert [confirmation.mark for confirmation in store.confirmations(number)] == [1.0, 0.0]
    assert store.attempts()[0].mark == 0.0


def test_a_confirmation_of_no_attempt_is_refused(store: Store):
    with pytest.raises(StoreError, match="not saved"):
        store.confirm(Confirmation(99, (True,), 1.0, NOW))

    assert store.confirmations(99) == ()


@pytest.mark.parametrize("mark", [-0.1, 1.1])
def test_a_mark_outside_of_0_to_1_leaves_no_trace(store: Store, mark: float):
    with pytest.raises(StoreError, match="not saved"):
        store.add_attempt(replace(ATTEMPT, mark=mark))

    assert store.attempts() == ()
    assert store.cards() == {}


def test_a_draft_is_kept_replaced_and_dropped(store: Store):
    store.keep_draft("why-calm", ("first",))
    store.keep_draft("why-calm", ("second\nline",))
    assert store.draft("why-calm") == ("second\nline",)

    store.keep_draft("why-calm", ())

    assert store.draft("why-calm") == ()
    store.keep_draft("why-calm", ())


def test_a_run_is_kept_whole(store: Store):
    first = store.add_run(RUN)
    second = store.add_run(replace(RUN, lab="other", outcome="finished", points=3.0))

    assert store.runs("bowl") == (replace(RUN, id=first, number=1),)
    assert [run.id for run in store.runs()] == [first, second]
    assert store.runs("none") == ()


def test_a_run_can_be_removed_and_brought_back(store: Store):
    first, second, third = (store.add_run(replace(RUN, steps=steps)) for steps in (1, 2, 3))
    before = store.runs()

    store.remove_run(second, NOW)
    without, all_of_them = store.runs("bowl"), store.runs("bowl", with_removed=True)
    store.restore_run(second)

    assert [(run.id, run.number, run.removed) for run in without] == [(first, 1, None), (third, 3, None)]
    assert all_of_them == (before[0], replace(before[1], removed=NOW), before[2])
    assert store.runs() == store.runs(with_removed=True) == before


def test_removing_and_restoring_twice_is_the_same_as_once(store: Store):
    number = store.add_run(RUN)

    store.restore_run(number)
    store.remove_run(number, NOW)
    store.remove_run(number, NOW + timedelta(days=1))

    assert [run.removed for run in store.runs(with_removed=True)] == [NOW]
    store.restore_run(number)
    store.restore_run(number)
    assert [run.removed for run in store.runs()] == [None]


def test_a_run_is_numbered_within_its_lab_and_course(store: Store, tmp_path: Path):
    other = open_store(tmp_path, "another", NOW)
    other.add_run(RUN)
    for lab in ("bowl", "other", "bowl"):
        store.add_run(replace(RUN, lab=lab))

    assert [(run.lab, run.number) for run in store.runs()] == [("bowl", 1), ("other", 1), ("bowl", 2)]
    assert [run.number for run in other.runs()] == [1]
    other.close()


def test_a_run_that_is_not_there_cannot_be_removed(store: Store, tmp_path: Path):
    other = open_store(tmp_path, "another", NOW)
    theirs = other.add_run(RUN)

    for number in (0, theirs, 77):
        with pytest.raises(StoreError, match=rf"no run with the id {number}\. Look at the table"):
            store.remove_run(number, NOW)
        with pytest.raises(StoreError, match=rf"no run with the id {number}\."):
            store.restore_run(number)
    assert [run.removed for run in other.runs()] == [None]
    other.close()


def test_cards_equal_a_replay_through_fsrs(store: Store):
    days_marks_hints = ((0, 1.0, 0), (3, 0.5, 1), (4, 0.0, 2), (5, 1.0, 2), (9, 1.0, 0))
    for day, mark, hints in days_marks_hints:
        store.add_attempt(replace(ATTEMPT, mark=mark, hints=hints, finished=NOW + timedelta(days=day)))

    theirs, scheduler = fsrs.Card(card_id=1), fsrs.Scheduler(enable_fuzzing=False)
    ratings = (fsrs.Rating.Good, fsrs.Rating.Hard, fsrs.Rating.Again, fsrs.Rating.Hard, fsrs.Rating.Good)
    for (day, _, _), rating in zip(days_marks_hints, ratings, strict=True):
        theirs, _ = scheduler.review_card(theirs, rating, NOW + timedelta(days=day))

    ours = store.cards()["pick-one"]
    assert (ours.due, ours.stability) == (theirs.due, theirs.stability)
    assert (ours.reviews, ours.last_mark) == (5, 1.0)
    assert store.card("pick-one") == ours


def test_rescheduling_makes_every_card_anew_byte_for_byte(store: Store, tmp_path: Path):
    store.add_attempt(ATTEMPT)
    store.add_attempt(replace(ATTEMPT, finished=NOW + timedelta(days=4)))
    store.add_attempt(replace(ATTEMPT, question="claim", serves="why-calm"))
    with closing(sqlite3.connect(tmp_path / FILE)) as other:
        before = other.execute("select * from card").fetchall()
        other.execute("delete from card where question = 'claim'")
        other.execute("update card set reviews = 1, stability = 7.5 where question = 'pick-one'")
        other.commit()

        assert store.reschedule() == len(before) == 3
        assert other.execute("select * from card").fetchall() == before


def test_cards_made_with_other_parameters_are_made_anew(store: Store):
    store.add_attempt(ATTEMPT)
    store.add_attempt(replace(ATTEMPT, finished=NOW + timedelta(days=4)))
    before = store.cards()["pick-one"]

    store.settings.set("retention", 0.97)

    after = store.cards()["pick-one"]
    assert (after.reviews, after.stability) == (before.reviews, before.stability)
    assert after.due < before.due


def test_a_question_asked_in_the_place_of_another_counts_for_both(store: Store):
    store.add_attempt(ATTEMPT)
    store.add_attempt(replace(ATTEMPT, question="claim", serves="pick-one", finished=NOW + timedelta(days=4)))

    assert {name: card.reviews for name, card in store.cards().items()} == {"pick-one": 2, "claim": 1}


def test_cramming_leaves_the_schedule_alone(store: Store):
    store.add_attempt(ATTEMPT)
    before = store.cards()
    store.add_attempt(replace(ATTEMPT, mark=0.0, purpose="cram", finished=NOW + timedelta(days=4)))

    assert len(store.attempts()) == 2
    assert store.cards() == before


def test_the_learners_own_rating_takes_the_place_of_ours(store: Store):
    number = store.add_attempt(replace(ATTEMPT, mark=0.0))
    ours = store.cards()["pick-one"]
    store.rate(number, "hard", NOW)
    store.rate(number, "easy", NOW)

    theirs = store.cards()["pick-one"]
    assert theirs.stability > ours.stability
    assert store.attempts()[0].own_rating == "easy"
    with pytest.raises(StoreError, match="not saved"):
        store.rate(number, "splendid", NOW)


def test_a_card_is_never_behind_a_confirmation(store: Store):
    """One transaction holds both, so that a kill cannot part them."""
    number = store.add_attempt(SUGGESTED)
    store.confirm(Confirmation(number, (True, False), 0.25, NOW))
    store._db.execute("create temp trigger kill before insert on card begin select raise(abort, 'killed'); end")

    with pytest.raises(StoreError, match="killed"):
        store.confirm(Confirmation(number, (True, True), 1.0, NOW))

    assert [confirmation.mark for confirmation in store.confirmations(number)] == [0.25]
    assert store.cards()["why-calm"].last_mark == 0.25


def test_a_suggestion_counts_for_nothing_until_it_is_confirmed(store: Store):
    number = store.add_attempt(SUGGESTED)
    before = (store.card("why-calm"), store.cards())

    store.confirm(Confirmation(number, (True, True), 1.0, NOW))

    assert before == (None, {})
    assert store.cards()["why-calm"].reviews == 1


def test_a_full_disk_is_told(store: Store):
    store._db.execute("pragma max_page_count = 1")

    with pytest.raises(StoreError, match=r"full\. Your last entry is not saved"):
        store.add_attempt(replace(ATTEMPT, response=("x" * 100_000,)))


def test_a_closed_or_unreadable_record_is_a_store_error(tmp_path: Path):
    store = open_store(tmp_path, "tiny", NOW)
    store._db.execute("drop table lab_run")

    with pytest.raises(StoreError, match="could not be read: no such table"):
        store.runs()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.attempts()


def test_exists_tells_without_making_anything(tmp_path: Path):
    home = tmp_path / "home"
    before = exists(home)
    opened = open_store(home, "tiny", NOW)
    opened.close()

    assert (before, exists(home)) == (False, True)
    assert not exists(tmp_path / "never")
    assert not (tmp_path / "never").exists()


def test_a_row_that_holds_something_else_is_told(store: Store):
    store.add_attempt(ATTEMPT)
    store._db.execute("update attempt set response = '[broken'")

    with pytest.raises(StoreError, match=r"could not be read.*Move record.sqlite3 away"):
        store.attempts()


def test_an_attempt_is_one_transaction_of_seven_statements(store: Store):
    store.add_attempt(ATTEMPT)
    said: list[str] = []
    store._db.set_trace_callback(said.append)

    store.add_attempt(replace(ATTEMPT, finished=NOW + timedelta(days=1)))

    tables = ("begin", "into attempt", "from setting", "from card_state", "from attempt", "into card", "commit")
    assert len(said) == len(tables)
    assert all(table in line.lower() for table, line in zip(tables, said, strict=True))


def test_the_attempts_of_an_exam_are_one_transaction_that_reads_the_settings_once(store: Store):
    store.add_attempt(ATTEMPT)
    said: list[str] = []
    store._db.set_trace_callback(said.append)

    store.add_attempts([replace(ATTEMPT, question=f"question-{number}", purpose="exam") for number in range(30)])

    assert len(said) == len(("begin", "setting", "card_state", "commit")) + 30 * len(("attempt", "reviews", "card"))


def test_cards_are_read_with_three_statements(store: Store):
    store.add_attempt(ATTEMPT)
    said: list[str] = []
    store._db.set_trace_callback(said.append)

    store.cards_of(["pick-one", "pick-many"])

    assert [line.partition(" from ")[2].split()[0] for line in said] == ["setting", "card_state", "card"]


def test_what_is_kept_already_is_not_written_again(store: Store):
    store.keep_draft("why-calm", ("first",))
    said: list[str] = []
    store._db.set_trace_callback(said.append)

    store.keep_draft("why-calm", ("first",))
    store.keep_draft("pick-one", ())

    assert [line.split()[0] for line in said] == ["select", "select"]


def test_a_draft_goes_with_its_attempt_or_stays_until_the_confirmation(store: Store):
    store.keep_draft("pick-one", ("1",))
    store.keep_draft("why-calm", ("half",))

    store.add_attempt(ATTEMPT, draft=())
    number = store.add_attempt(SUGGESTED, draft=SUGGESTED.response)

    assert (store.draft("pick-one"), store.draft("why-calm")) == ((), SUGGESTED.response)
    store.confirm(Confirmation(number, (True, False), 0.5, NOW))
    assert store.draft("why-calm") == ()
