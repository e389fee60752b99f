"""Search: what is found by which words, in which order, and what is not searched."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.course import Course, open_course
from coursekit.search.course import LAB, NOTE, QUESTION, index_all
from coursekit.search.finder import Finder
from coursekit.search.index import ABOUT, TEXT, Entry, Index
from coursekit.search.typos import Vocabulary, slips, slips_allowed
from coursekit.search.words import words

ROOT = Path(__file__).parents[1]
LETTERS = "abcd"
WORD = st.text(LETTERS, max_size=7)


def reference(one: str, other: str) -> int:
    """Count slips by the definition, trying everything at the first letters."""
    if not one or not other:
        return len(one) + len(other)
    found = [
        reference(one[1:], other) + 1,
        reference(one, other[1:]) + 1,
        reference(one[1:], other[1:]) + (one[0] != other[0]),
    ]
    if one[:2] == other[:2][::-1] and len(one) > 1 and len(other) > 1:
        found.append(reference(one[2:], other[2:]) + 1)
    return min(found)


def names(index: Index, query: str, most: int = 50) -> list[str]:
    return [hit.entry.name for hit in index.find(query, most)]


def index_of(**titles: str) -> Index:
    index = Index()
    for name, title in titles.items():
        index.add(Entry(QUESTION, name, title))
    return index


@pytest.fixture(scope="module")
def shipped() -> Course:
    return open_course(ROOT)


@pytest.fixture(scope="module")
def found_in(shipped: Course) -> Index:
    return index_all(shipped, {})


@given(st.text(LETTERS, max_size=6), st.text(LETTERS, max_size=6))
def test_slips_are_counted_as_they_are_defined(one: str, other: str):
    count = reference(one, other)

    assert slips(one, other, 12) == count
    assert slips(one, other, 2) == (count if count <= 2 else None)
    assert slips(other, one, 12) == count


@given(WORD, WORD)
def test_of_a_begun_word_the_best_beginning_counts(typed: str, word: str):
    best = min(reference(typed, word[:end]) for end in range(len(word) + 1))

    assert slips(typed, word, 2, begun=True) == (best if best <= 2 else None)


@given(st.lists(st.text(LETTERS, min_size=1, max_size=9), unique=True), WORD)
def test_the_words_that_begin_so_are_those_that_begin_so(known: list[str], text: str):
    vocabulary = Vocabulary()
    for word in known:
        vocabulary.add(word)

    assert list(vocabulary.beginning(text)) == sorted(word for word in known if word.startswith(text))


@given(
    st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=14),
    st.data(),
)
def test_a_word_with_one_slip_is_found(word: str, data: st.DataObject):
    place = data.draw(st.integers(0, len(word) - 1))
    other = data.draw(st.sampled_from("aeiou"))
    typed = data.draw(
        st.sampled_from(
            [
                word[:place] + word[place + 1 :],
                word[:place] + other + word[place:],
                word[:place] + other + word[place + 1 :],
                word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
            ]
        )
    )
    index = index_of(it=word, another="quite unlike")

    assert len(typed) < 3 or "it" in names(index, typed)


def test_the_word_itself_comes_before_one_that_begins_so_and_both_before_a_slip():
    index = index_of(slip="adap", begun="adamw", exact="adam")

    assert names(index, "adam") == ["exact", "begun", "slip"]


def test_a_title_comes_before_what_is_said_and_that_before_the_text():
    index = index_of(text="one", about="two", title="momentum")
    index.put(0, TEXT, "momentum")
    index.put(1, ABOUT, "momentum")

    assert names(index, "momentum") == ["title", "about", "text"]


def test_all_words_have_to_be_there_and_where_they_are_not_most_of_them():
    index = index_of(both="learning rate", one="learning curve", other="rate of decay")

    assert names(index, "rate learning") == ["both"]
    assert set(names(index, "learning qqqq")) == {"both", "one"}
    assert names(index, "qqqq") == []


def test_a_rare_word_counts_more_than_a_common_one():
    index = index_of(**{f"n{number}": "batch of data" for number in range(9)}, rare="batch entropy zzz")
    index.put(0, TEXT, "entropy")

    assert names(index, "entropy batch")[0] == "rare"


@pytest.mark.parametrize("query", ["", "  ", "?!", "–"])
def test_nothing_typed_finds_nothing(query: str):
    assert names(index_of(it="momentum"), query) == []


@pytest.mark.parametrize("query", ["MOMENTUM", "naive", "mini batch", "minibatch", "mini-batch"])
def test_case_accents_and_hyphens_do_not_count(query: str):
    index = index_of(it="Momentum, a naïve mini-batch")

    assert names(index, query) == ["it"]


def test_every_question_of_the_course_is_found_by_its_title(shipped: Course, found_in: Index):
    for topic in shipped.topics:
        for name in topic.names:
            title = topic.entries[name].title
            assert name in names(found_in, title, 10), title


def test_every_question_is_found_by_its_title_with_a_letter_left_out_of_the_longest_word(
    shipped: Course, found_in: Index
):
    lost: list[str] = []
    for topic in shipped.topics:
        for name in topic.names:
            typed = words(topic.entries[name].title)
            longest = max(typed, key=len)
            slip = longest[: len(longest) // 2] + longest[len(longest) // 2 + 1 :]
            if name not in names(found_in, " ".join(slip if word == longest else word for word in typed), 10):
                lost.append(topic.entries[name].title)

    assert len(lost) <= 2, lost  # a short title, one of whose words is another word when mistyped


def test_questions_are_found_by_stem_tag_topic_objective_and_id_and_labs_by_their_text(course: Course):
    index = index_all(course, {})

    assert names(index, "multiplies variance") == ["pick-one"]
    assert names(index, "sgd") == ["pick-one"]
    assert "pick-one" in names(index, "know the parts of a step")
    assert len(names(index, "steps and batches")) == 6
    assert names(index, "pick-many")[0] == "pick-many"
    assert [hit.entry for hit in index.find("reach the bottom")] == [
        Entry(LAB, "bowl", index.find("bowl")[0].entry.title)
    ]


GIVEN_AWAY = """\
---
title: Secrets
---

## A gap

```yaml question
id: gap
kind: cloze
```

The slope is a {{ derivative | tangent }} here.

### Explanation

Because of calculus.

## A choice

```yaml question
id: choice
```

Which one?

- [x] persimmon
  > quite so
- [ ] medlar

## A word

```yaml question
id: short
kind: short-answer
accept: [quince]
```

Name the fruit.

### Hint

It is bitter.
"""


@pytest.mark.parametrize(
    "word", ["derivative", "tangent", "persimmon", "medlar", "quite", "quince", "bitter", "calculus"]
)
def test_a_search_gives_no_key_away(course_folder: Path, word: str):
    (course_folder / "content" / "secrets.md").write_text(GIVEN_AWAY, encoding="utf-8")
    index = index_all(open_course(course_folder), {})

    assert names(index, "slope") == ["gap"]
    assert names(index, "fruit") == ["short"]
    assert not {"gap", "choice", "short"} & set(names(index, word))


def test_notes_are_found_by_what_they_say_also_those_on_questions_that_are_gone(course: Course):
    index = index_all(course, {"pick-one": "remember Robbins", "gone-away": "remember Monro"})

    assert [hit.entry.kind for hit in index.find("robbins")] == [NOTE]
    assert names(index, "monro") == ["gone-away"]
    assert set(names(index, "remember")) == {"pick-one", "gone-away"}


def test_a_file_or_a_lab_that_cannot_be_read_hides_no_other(course_folder: Path):
    course = open_course(course_folder)
    (course_folder / "labs" / "bowl" / "lab.md").write_text("no front matter", encoding="utf-8")
    (course_folder / "labs" / "odd").mkdir()
    (course_folder / "labs" / "odd" / "lab.md").write_bytes(b"\xff\xfe")
    topic = course.topics[0].file
    text = topic.read_text(encoding="utf-8")
    topic.unlink()
    fresh = open_course_without_texts(course)

    assert names(fresh, "bowl")[0] == "bowl"
    assert names(fresh, "half of the noise") == ["pick-one"]
    topic.write_text(text, encoding="utf-8")


def open_course_without_texts(course: Course) -> Index:
    """Index a course whose files are known by their titles only."""
    from dataclasses import replace

    return index_all(replace(course, topics=tuple(replace(topic, read=None) for topic in course.topics)), {})


def test_a_finder_reads_for_as_long_as_it_may_and_finds_what_it_has_read(shipped: Course):
    ticks = iter(range(10_000))
    finder = Finder(shipped)

    assert finder.grow(1, clock=lambda: next(ticks))
    first = finder.find("optimizers")
    while finder.grow(50, clock=lambda: next(ticks)):
        pass
    assert len(first) < len(finder.find("optimizers"))
    assert finder.is_whole
    assert not finder.grow(50, clock=lambda: next(ticks))


def test_what_stands_beside_is_found_together_with_the_course_and_replaced_as_a_whole(course: Course):
    finder = Finder(course)
    while finder.grow(1):
        pass
    finder.put_beside({"claim": "warm-up is a myth"}, ((Entry("command", "settings", "Settings"), "theme light"),))
    before = [hit.entry.kind for hit in finder.find("theme")]
    finder.put_beside({}, ())

    assert before[0] == "command"
    assert "command" not in [hit.entry.kind for hit in finder.find("theme")]
    assert "claim" in [hit.entry.name for hit in finder.find("claim")]


@pytest.mark.parametrize(("length", "most"), [(1, 0), (2, 0), (3, 1), (7, 1), (8, 2), (30, 2)])
def test_longer_words_may_have_more_slips(length: int, most: int):
    assert slips_allowed("a" * length) == most
