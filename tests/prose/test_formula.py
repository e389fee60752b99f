import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from coursekit.prose.display import display_formula
from coursekit.prose.formula import inline_formula
from coursekit.prose.spans import Span, cells

COMMANDS = r"\frac \sqrt \hat \begin{pmatrix} \end{pmatrix} \\ \left \right \text{a} \sum \nabla \foo"
CHARACTERS = r"[]{}^_&\x1+-=' ()"
TEX = st.lists(st.sampled_from((*COMMANDS.split(), *CHARACTERS)), max_size=30).map("".join)
TEXTS = st.one_of(st.text(max_size=100), TEX)


@pytest.mark.parametrize(
    ("tex", "shown"),
    [
        (r"\operatorname{Var}(\bar g) = \sigma^2 / B", "Var(ḡ) = σ² / B"),
        (r"\frac{1}{N}\sum_{i=1}^{N} \ell(x_i,y_i)", "(1/N)∑ᵢ₌₁ᴺ ℓ(xᵢ,yᵢ)"),
        (r"w_{t+1} = w_t - \eta \nabla L(w_t)", "wₜ₊₁ = wₜ − η ∇L(wₜ)"),
        (r"\theta_{B+1}", "θ_(B+1)"),
        (r"\sigma_B^2", "σ²_B"),
        (r"\theta_{t+1}=\theta_t-\frac{\eta}{\sqrt{v_t}+\epsilon} m_t", "θₜ₊₁ = θₜ − (η/(√vₜ + ε)) mₜ"),
        (r"L(w)=\tfrac12 w^2", "L(w) = ½ w²"),
        (r"1/\sqrt{2}", "1/√2"),
        (r"\sqrt[3]{x+1}", "∛(x + 1)"),
        (r"\sqrt[\0]{x}", "⁰√x"),
        (r"\lVert x \rVert_2^2", "‖x‖₂²"),
        (r"\frac{g}{\|g\|}", "g/‖g‖"),
        (r"\frac{\partial L}{\partial w}", "∂L/∂w"),
        (r"\frac{1}{1 + e^{-z}}", "1/(1 + e⁻ᶻ)"),
        (r"e^{-\lambda t}", "e^(−λt)"),
        (r"\left( \frac{a}{b} \right)^2", "(a/b)²"),
        (r"\log \frac{p}{1-p}", "log(p/(1 − p))"),
        (r"\arg\min_\theta \sum_i L_i", "arg min_θ ∑ᵢ Lᵢ"),
        (r"\mathbb{E}_{x \sim p}[f(x)]", "𝔼_(x∼p)[f(x)]"),
        (r"y \in \{0, 1\}", "y ∈ {0, 1}"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "(a, b; c, d)"),
        (r"QK^\top/\sqrt{d_k}", "QKᵀ/√dₖ"),
        (r"\not\in", "∉"),
        (r"\foo x", "foo x"),
        (r"50\%", "50%"),
        (r"-x + -1", "−x + −1"),
        ("", ""),
        ("\\", ""),
    ],
)
def test_formula_in_one_line(tex: str, shown: str):
    assert inline_formula(tex) == shown


@settings(deadline=None, max_examples=500)
@given(TEXTS)
def test_no_backslash_and_no_brace_reaches_the_reader(tex: str):
    assume("\\{" not in tex and "\\}" not in tex)  # these are set braces, and meant to be shown

    shown = inline_formula(tex)

    assert not set("\\{}\n\x1b") & set(shown)


@settings(deadline=None, max_examples=300)
@given(TEXTS, st.integers(8, 100))
def test_display_fits_and_never_shows_an_error(tex: str, width: int):
    rows = display_formula(tex, width)

    assert all(cells((Span(row),)) <= width for row in rows)
    assert not any("TeXicode" in row or "\\" in row for row in rows)


def test_display_is_two_dimensional_where_that_helps():
    rows = display_formula(r"\operatorname{Var}(\bar g) = \frac{\sigma^2}{B}", 40)

    assert rows == ("          σ²", "Var(ḡ) = ╶──╴", "          B")


@pytest.mark.parametrize(
    ("tex", "width", "shown"),
    [
        (r"\frac{1}{N", 40, "1/N"),  # texicode reports an error as text
        (r"\frac{\foo x}{2}", 40, "(foo x)/2"),  # it prints ? for what it does not know
        (r"{\frac{a}{b}}_\theta", 40, "(a/b)_θ"),  # it sets the subscript a row lower
        (r"w_{t+1} = w_t", 40, "wₜ₊₁ = wₜ"),
    ],
)
def test_display_falls_back_to_one_line(tex: str, width: int, shown: str):
    assert display_formula(tex, width) == (shown,)


def test_display_without_room_is_broken_like_text():
    assert display_formula(r"width = \frac{a}{b}", 10) == ("width =", "a/b")


def test_norms_are_known_to_the_display():
    assert display_formula(r"\frac{\lVert x \rVert}{2}", 40)[0].strip() == "‖x‖"


def test_nothing_is_printed(capsys: pytest.CaptureFixture[str]):
    display_formula(r"\frac{a}{b", 40)
    display_formula(r"\frac{a}{b}", 40)

    assert capsys.readouterr() == ("", "")
