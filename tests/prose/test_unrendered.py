import pytest

from coursekit.prose.unrendered import unrendered

LONG = " + ".join(f"a_{{{number}}}" for number in range(30))


def test_formulas_that_can_be_shown_are_not_listed():
    assert unrendered("A $\\eta$ and $5, `$\\foo$`\n\n$$\n\\frac{1}{N} \\sum_i \\ell_i\n$$\n\n```\n$\\foo$\n```") == ()


def test_each_is_listed_with_the_line_it_begins_in():
    markdown = (
        "One\n\n- two $x$\n  three $\\foo x$ `a\nb` and\n  $\\bar{x$\n\n| a |\n|---|\n| $\\baz$ |\n\n$$\n\\qux\n$$"
    )

    assert [(line, tex) for line, tex, _ in unrendered(markdown)] == [
        (3, "\\foo x"),
        (5, "\\bar{x"),
        (9, "\\baz"),
        (11, "\\qux"),
    ]


@pytest.mark.parametrize(
    ("tex", "why"),
    [
        (r"\foo x + \foo", r"'\foo' is not known"),
        (r"\foo x + \bear", r"'\foo', '\bear' are not known"),
        (r"\frac{a}{b", "its braces do not pair"),
        (r"\begin{cases} a", r"'\begin' and '\end' do not pair"),
        (r"\left( a", r"'\left' and '\right' do not pair"),
        (r"\hspace{1cm}", "nothing of it is shown"),
        (LONG, "it takes 167 cells in one line, and a line has 72"),
    ],
)
def test_what_is_wrong_is_said(tex: str, why: str):
    assert [why for *_, why in unrendered(f"a ${tex}$\n\n$$\n{tex}\n$$")] == [why, why]


def test_a_long_formula_may_be_broken_by_its_author():
    half = " + ".join(f"b_{{{number}}}" for number in range(9))
    rows = " \\\\ ".join(f"a &= {half}" for _ in range(3))

    assert unrendered(f"$$\n\\begin{{aligned}} {rows} \\end{{aligned}}\n$$") == ()
