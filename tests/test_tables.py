"""The tables of commands and of keys in README.md are those of the code."""

from tests.tables import README, TABLES, with_tables

PAGE = "Before.\n\n<!-- commands -->\nold\n<!-- /commands -->\n\n<!-- keys -->\n<!-- /keys -->\nAfter.\n"


def test_the_readme_has_the_tables_of_the_code():
    text = README.read_text(encoding="utf-8")

    assert all(f"<!-- {name} -->" in text for name in TABLES)
    assert with_tables(text) == text, "README.md is behind the code: python -m tests.tables"


def test_what_stands_between_the_marks_is_replaced_and_nothing_else():
    page = with_tables(PAGE)

    assert page.startswith(
        "Before.\n\n<!-- commands -->\n\n| for a learner, to study | options | what it does |\n|---|---|---|\n| `aside"
    )
    assert page.endswith("|\n\n<!-- /keys -->\nAfter.\n")
    assert "\nold\n" not in page
    assert with_tables(page) == page
