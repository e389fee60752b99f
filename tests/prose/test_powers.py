import pytest

from coursekit.prose import plain


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a loss of 2.8e-05.", "a loss of 2.8 × 10⁻⁵."),
        ("a loss of $2.8e-05$.", "a loss of 2.8 × 10⁻⁵."),
        (r"a loss of $2.8\times 10^{-5}$.", "a loss of 2.8 × 10⁻⁵."),
        ("$L = 3e+12$ and -1e-7", "L = 3 × 10¹² and -1 × 10⁻⁷"),
        ("`1e-6` stays", "1e-6 stays"),
        ("https://example.org/1e-05 stays", "https://example.org/1e-05 stays"),
        ("4e5, v1.0e-2b and 0x1e-3 stay", "4e5, v1.0e-2b and 0x1e-3 stay"),
    ],
)
def test_a_power_of_ten_reads_the_same_wherever_it_stands(written: str, shown: str) -> None:
    assert plain(written, 80) == shown
