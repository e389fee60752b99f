"""Formulas of a course on deep learning, one a line in formulas.tex. RENEW_GOLDEN=1 draws them anew: read them then."""

import os
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import pytest

from coursekit.prose import plain
from coursekit.prose.display import display_formula
from coursekit.prose.formula import inline_formula
from coursekit.prose.spans import Span, cells
from coursekit.prose.unrendered import unrendered

HERE = Path(__file__).parent
GOLDEN = HERE / "golden" / "formulas.txt"
FORMULAS = (HERE / "formulas.tex").read_text(encoding="utf-8").splitlines()
WIDTH = 72
SMALL = frozenset("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᶿ")
LIMITS = re.compile(r"\\(sum|prod|int|lim)")


def _drawn(tex: str) -> str:
    return "\n".join([tex, f"    {inline_formula(tex)}", *(f"        {row}" for row in display_formula(tex, WIDTH))])


def _signs(rows: Iterable[str]) -> list[str]:
    return sorted(sign for sign in unicodedata.normalize("NFKD", "".join(rows)) if sign.isalnum())


def test_all_formulas_are_set_as_they_were():
    drawn = "\n\n".join(map(_drawn, FORMULAS)) + "\n"
    if "RENEW_GOLDEN" in os.environ:
        GOLDEN.write_text(drawn, encoding="utf-8")

    assert len(FORMULAS) > 100
    assert drawn == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("tex", FORMULAS)
def test_no_tex_no_error_and_no_long_line_reaches_the_reader(tex: str):
    rows = (
        inline_formula(tex),
        *display_formula(tex, WIDTH),
        *plain(f"so ${tex}$\n\n$$\n{tex}\n$$", WIDTH).split("\n"),
    )

    shown = "".join(rows)
    assert not {"\\", "?", "$", "\ufffd"} & set(shown)
    assert "TeXicode" not in shown
    assert "{" not in shown.replace("{1, …, N}", "").replace("{x ∈ ℝ: x > 0}", "")
    assert all(cells((Span(row),)) <= WIDTH for row in rows[1:])
    assert unrendered(f"so ${tex}$\n\n$$\n{tex}\n$$") == ()


@pytest.mark.parametrize("tex", FORMULAS)
def test_display_keeps_every_sign_and_drops_no_script_to_a_row_of_its_own(tex: str):
    rows = display_formula(tex, WIDTH)

    one_line = inline_formula(tex).replace("C(n, k)", "nk")
    assert _signs(rows) == _signs([one_line])
    dropped = [row for row in rows if row.strip() and set(row.strip()) - {" "} <= SMALL]
    assert not dropped or LIMITS.search(tex)


@pytest.mark.parametrize(
    ("tex", "shown"),
    [
        (r"\frac{1}{N}\sum_{i=1}^{N} \ell(x_i,y_i)", "(1/N)∑ᵢ₌₁ᴺ ℓ(xᵢ,yᵢ)"),
        (r"\theta_{t+1}", "θₜ₊₁"),
        (r"\nabla_\theta \mathcal{L}(\theta)", "∇_θ ℒ(θ)"),
        (r"\operatorname*{arg\,min}_{\theta} L", "arg min_θ L"),
        (r"\underset{k}{\operatorname{argmax}}\; p_k", "argmaxₖ pₖ"),
        (r"\underbrace{a + b}_{\text{sum}} = c", "(a + b)ₛᵤₘ = c"),
        (r"\mathbf{a + b}^2", "(a + b)²"),
        (r"\left\| x \right\|_2^2", "‖x‖₂²"),
        (r"a \xrightarrow{f} b", "a →ᶠ b"),
        (r"x \overset{\text{def}}{=} y", "x =ᵈᵉᶠ y"),
        (r"\textcolor{red}{x} \hspace{1cm} y", "x y"),
        (r"z^{[l]}", "z^[l]"),
        (r"x = y \tag{3}", "x = y (3)"),
        (r"a \pmod n", "a (mod n)"),
        (r"\left", ""),
        (r"\left\\", ""),
    ],
)
def test_commands_that_stand_beside_above_and_around(tex: str, shown: str):
    assert inline_formula(tex) == shown


def test_a_subscript_under_nabla_stays_in_its_row():
    rows = display_formula(r"\nabla_\theta L = \frac{1}{N} \sum_{i \in \mathcal{B}} g_i", WIDTH)

    assert any("∇_θ L =" in row for row in rows)
    assert "i∈ℬ" in rows[-1]


def test_both_scripts_stay_with_their_base_in_two_dimensions():
    rows = display_formula(r"\hat m_t = \frac{m_t}{1-\beta_1^t} + \frac{a}{\sigma_B^2}", WIDTH)

    assert "1−β₁ᵗ" in rows[-1]
    assert "σ²_B" in rows[-1]


def test_a_subscript_that_cannot_stay_in_its_row_makes_it_one_line():
    assert display_formula(r"{\frac{a}{b}}_{\theta} + \frac{1}{2}", WIDTH) == ("(a/b)_θ + ½",)


@pytest.mark.parametrize(
    ("tex", "shown"),
    [(r"\frac ab \bmod 2", "a/b mod 2"), (r"\hat{\frac ab} x", "hat(a/b) x"), (r"\vec{ab}\frac12", "vec(ab) ½")],
)
def test_a_layout_that_loses_a_sign_or_puts_it_elsewhere_is_not_taken(tex: str, shown: str):
    assert display_formula(tex, WIDTH) == (shown,)


def test_words_in_a_display_keep_their_hyphen():
    rows = display_formula(r"\frac{\text{mini-batch}}{2} - 1", WIDTH)

    assert rows[0].strip() == "mini-batch"
