from hypothesis import given
from hypothesis import strategies as st

from coursekit.clean import clean
from coursekit.prose.spans import Span, cells, text_of
from coursekit.prose.wrap import GLUE, wrap


def test_words_of_two_styles_stay_together():
    lines = wrap((Span("a long "), Span("bold", "strong"), Span("ly said")), 9)

    assert [text_of(line) for line in lines] == ["a long", "boldly", "said"]


def test_glue_holds_while_the_word_fits():
    spans = (Span(f"so x{GLUE}={GLUE}1 holds"),)

    assert [text_of(line) for line in wrap(spans, 7)] == ["so", "x = 1", "holds"]
    assert [text_of(line) for line in wrap(spans, 4)] == ["so", "x =", "1", "hold", "s"]


def test_wide_characters_count_two_cells():
    assert [text_of(line) for line in wrap((Span("損失関数"),), 5)] == ["損失", "関数"]


def test_combining_marks_stay_with_their_letter():
    assert [text_of(line) for line in wrap((Span("x\u0302" * 4),), 2)] == ["x\u0302x\u0302", "x\u0302x\u0302"]


@given(st.text(max_size=100), st.integers(2, 50))
def test_wrapping_loses_nothing_but_space(text: str, width: int):
    text = clean(text)

    lines = wrap((Span(text),), width)

    assert "".join("".join(map(text_of, lines)).split()) == "".join(text.split())
    assert all(cells(line) <= width for line in lines)
