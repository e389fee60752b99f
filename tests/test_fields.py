import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.errors import ContentError
from coursekit.fields import Asked, Fields, listening, one_line, quick_fields


def fields(text: str, line: int = 10) -> Fields:
    return Fields.parse(text, path="topic.md", line=line)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1e-3", 0.001),
        ("1.0e-3", 0.001),
        ("2", 2),
        ("-0.5", -0.5),
        (".5", 0.5),
        ("1_000", 1000),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("0x10", "0x10"),
        ("12:30", "12:30"),
        ("2023-08-08", "2023-08-08"),
        ("true", True),
        ("false", False),
        ("'1e-3'", "1e-3"),
        ('"true"', "true"),
        ("'null'", "null"),
    ],
)
def test_a_plain_word_is_read_as_json_would(written: str, value: object) -> None:
    found = fields(f"x: {written}").value("x")

    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("written", ["null", "~", ""])
def test_nothing_counts_as_missing(written: str) -> None:
    assert fields(f"x: {written}").value("x", "default") == "default"


def test_a_number_is_given_back_as_text_where_text_is_asked_for() -> None:
    found = fields("a: 2\nb: true\nc: word")

    assert [found.text(name) for name in "abc"] == ["2", "true", "word"]


@pytest.mark.parametrize("written", ["word", "true", "[1]", "{a: 1}", "1e999", "'2'"])
def test_only_a_finite_number_is_a_number(written: str) -> None:
    with pytest.raises(ContentError, match=r"topic\.md:11: 'b' must be a number"):
        fields(f"a: 1\nb: {written}").number("b")


@pytest.mark.parametrize("written", ["[[1]]", "[{a: 1}]", "[null]"])
def test_a_list_of_words_holds_words(written: str) -> None:
    with pytest.raises(ContentError, match="must be a list of words"):
        fields(f"tags: {written}").texts("tags")


def test_one_word_is_a_list_of_one() -> None:
    assert fields("tags: sgd").texts("tags") == ("sgd",)
    assert fields("tags: [sgd, 2]").texts("tags") == ("sgd", "2")
    assert fields("other: 1").texts("tags") == ()


def test_a_field_knows_its_line_and_a_missing_one_that_of_its_mapping() -> None:
    found = fields("id: a\n\n# a comment\npoints: 2\nrun:\n  rate: 1\n  steps:\n    few: 3")
    run = found.mapping("run")

    assert [found.line_of(name) for name in ("id", "points", "run", "nothing")] == [10, 13, 14, 10]
    assert [run.line_of(name) for name in ("rate", "steps", "nothing")] == [15, 16, 15]
    assert run.mapping("steps").line_of("few") == 17


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\nb: 2\na: 3", 12, "'a' stands here twice"),
        ("a: 1\nb:\n  c: 1\n  c: 2", 13, "'c' stands here twice"),
        ("a: &x 1\n\nb: *x", 12, "aliases"),
        ("a: &x {b: *x}", 10, "aliases"),
        ("a: 1\nb: *nowhere", 11, "aliases"),
        ("a: 1\nb: !!str 5", 11, "tag 'str'"),
        ("a: 1\nb: !!str [5]", 11, "tag 'str'"),
        ("a: 1\nb: !!map five", 11, "tag 'map'"),
        ("a: 1\nb: !!python/object/apply:os.system [ls]", 11, "tag 'python/object/apply:os.system'"),
        ("!!map five", 10, "tag 'map'"),
        ("a: 1\n\tb: 2", 11, "tab"),
        ("a: 1\nb: [1, 2", 12, "cannot be read"),
        ("a: 1\nb: c: d", 11, "cannot be read"),
        ("a: é\nb: \x07", 11, "control character"),
        ("a: 1\nb: 2\nc: \x00", 12, "control character"),
        ("just words", 10, "Expected lines like 'name: value'"),
        ("- a\n- b", 10, "Expected lines like 'name: value'"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        fields(text)

    assert (caught.value.path, caught.value.line) == ("topic.md", line)
    assert said in caught.value.message


@pytest.mark.parametrize("opener", ["[", "{a: ", "- ", "? "])
def test_a_file_that_nests_without_end_does_not_end_the_process(opener: str) -> None:
    """Fifty thousand brackets overflow the C stack, so it is tried in a process of its own."""
    reader = "import sys; from coursekit.fields import Fields; Fields.parse(sys.stdin.read(), path='t.md', line=1)"
    text = "a:\n " + opener * 50_000

    done = subprocess.run([sys.executable, "-c", reader], input=text, capture_output=True, text=True, check=False)

    assert "ContentError: t.md:2: This YAML is nested too deeply." in done.stderr


def test_more_values_than_a_person_writes_are_refused() -> None:
    with pytest.raises(ContentError, match="Split the file"):
        fields(f"a: [{'1, ' * 30_000}]")


def test_an_unknown_field_is_named_with_its_line_and_the_nearest_word() -> None:
    found = fields("id: a\npoint: 2")
    found.text("id")
    found.number("points", 1)

    with pytest.raises(ContentError) as caught:
        found.refuse_unknown()

    assert str(caught.value) == "topic.md:11: Unknown field 'point'. Did you mean 'points'? There are: id, points."


def test_a_missing_field_says_which_line_to_add() -> None:
    with pytest.raises(ContentError, match=r"topic\.md:10: 'id' is missing\. Add a line 'id: …'\."):
        fields("points: 2").text("id")


def test_a_choice_is_one_of_the_allowed_words() -> None:
    assert fields("scoring: each").choice("scoring", ("each", "all"), "all") == "each"
    assert fields("").choice("scoring", ("each", "all"), "all") == "all"
    with pytest.raises(ContentError, match=r"has no 'eech'\. Did you mean 'each'"):
        fields("scoring: eech").choice("scoring", ("each", "all"), "all")


def test_a_mapping_is_asked_for_where_a_word_stands() -> None:
    with pytest.raises(ContentError, match=r"topic\.md:10: 'run' must be a mapping"):
        fields("run: fast").mapping("run")


def test_data_is_plain_at_every_depth() -> None:
    found = fields("a: [1, {b: [x]}]\nc: {d: 1e-3}").data()

    assert found == {"a": [1, {"b": ["x"]}], "c": {"d": 0.001}}


scalars = (
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.text("abc é'\"\\#:[]{}&*!|>%@`\n\t", max_size=9)
)
trees = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3), max_leaves=6)


@given(st.dictionaries(st.sampled_from(["id", "tags", "run", "key"]), trees))
def test_what_yaml_writes_is_read_back(data: dict[str, object]) -> None:
    import json

    written = json.dumps(data)  # JSON is YAML, and quotes each word

    assert fields(written).data() == data


TITLES = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"], max_codepoint=0xFFFF), min_size=1, max_size=20)
STYLES = st.sampled_from(
    ["{}", '"{}"', "'{}'", "{} # why", "{}   ", "{}\n  goes on", "{}\n\n  goes on", "|\n  {}", ">\n  {}"]
)


def full_reading(text: str, name: str) -> str | None:
    try:
        return fields(text).text(name, None)
    except ContentError as error:
        return str(error)


def quick_reading(text: str, name: str) -> str | None:
    try:
        return one_line(text, name, path="topic.md", line=10)
    except ContentError as error:
        return str(error)


@given(title=TITLES, style=STYLES, after=st.sampled_from(["", "\n", "\npoints: 2", "\n# end", "\n\npoints: 2\n"]))
def test_the_quick_reading_of_one_line_is_the_full_one(title: str, style: str, after: str) -> None:
    text = f"kind: numeric\ntitle: {style.format(title)}{after}"

    assert quick_reading(text, "title") == full_reading(text, "title")


@pytest.mark.parametrize(
    "value", ["sgd-role", "007", "1e-3", "null", "true", "no", "(a) b, c", "2 + 2", "a - b", "~", ""]
)
def test_the_quick_reading_of_a_plain_id_is_the_full_one(value: str) -> None:
    text = f"other: x\nid: {value}\nlast: y"

    assert quick_reading(text, "id") == full_reading(text, "id")


def test_a_plain_title_is_read_without_loading_yaml() -> None:
    code = (
        "import sys; from coursekit.fields import one_line\n"
        "print(one_line('title: Mini-batches and noise\\nid: a', 'title', path='t.md', line=1), 'yaml' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "Mini-batches and noise False\n"


VALUES = (
    *(
        "{a: [1, b], c: {d: e}}",
        "{a: 1, a: 2}",
        '"a: b"',
        '["a, b", c]',
        '{a: "x: {y}", b: "1"}',
        '"true"',
        '""',
        '"a" b',
        '"a\\\\tb"',
        '["a" b]',
        '"  a  "',
        "{a:1}",
        "{a: }",
        "{a}",
        "[[a], [b, [c]]]",
        "{a: b c, d: (e) * f}",
        "[a b,c]",
    ),
    *(
        "  - {a: 1}",
        "  - b",
        "  - [c, d]",
        "  -  {a: 1}",
        "- a",
        "    - b",
        "  - a: b",
        "  - ",
        "[a] b",
        "{a: 1} c",
        "a [b]",
    ),
    *(
        "word",
        "two words",
        "1",
        "1e-3",
        "-2",
        "+.5",
        "1_000",
        "true",
        "no",
        "null",
        "~",
        "",
        "0x1F",
        "07",
        "1:30",
        ".5",
    ),
    *(
        "[a, b]",
        "[a]",
        "[]",
        "[ a , 1e-3 ]",
        "[a,]",
        "[, a]",
        "[a, [b]]",
        "[a: b]",
        "{a: 1}",
        "'a'",
        '"a"',
        "# c",
        "a # c",
    ),
    *(
        "a #c",
        "a: b",
        "a:",
        "- a",
        "*a",
        "&a b",
        "!t a",
        "|",
        ">",
        "%a",
        "@a",
        "`a`",
        "(a)",
        "(a) b, c",
        "a, b",
        "é",
        "a\tb",
    ),
    *(
        "\ta",
        "a\x85b",
        "a\u2028b",
        "2024-01-01",
        "a  ",
        "  a",
        "[a  b]",
        "[true, null, 1.5]",
        "[é]",
        "?",
        "? a",
        "-",
        "a-b",
    ),
)


@given(
    lines=st.lists(
        st.tuples(
            st.sampled_from(["id", "kind", "a_b", "true", "A", "a-b", "", "", "1", " x"]), st.sampled_from(VALUES)
        ),
        min_size=1,
        max_size=5,
    ),
    ends=st.sampled_from(["", "\n", "\n\n", "\n  more"]),
)
@settings(max_examples=1000)
def test_the_quick_reading_of_fields_is_the_full_one_or_none(lines: list[tuple[str, str]], ends: str):
    text = "\n".join(f"{name}: {value}" if name else value for name, value in lines) + ends
    quick = quick_fields(text, "t.md", 3)

    if quick is not None:
        assert laid_open(quick) == laid_open(Fields.parse_all(text, path="t.md", line=3))


def laid_open(value: Any) -> Any:
    """Show fields with their lines and with the types of what they hold."""
    if isinstance(value, Fields):
        return value.line, {name: (value.line_of(name), laid_open(value.value(name, None))) for name in value}
    return tuple(map(laid_open, value)) if isinstance(value, tuple) else repr(value)


@given(text=st.text(alphabet="ab1: -,[]{}#\n\t'\"&*!|>%@`.~\\", max_size=40))
@settings(max_examples=1000)
def test_whatever_is_read_quickly_is_read_so_in_full(text: str):
    for source in (
        text,
        f"a: {text}",
        f"a: [{text}]",
        f"a: {{b: {text}}}",
        f"a:\n  - {text}",
        f"a:\n  b: {text}",
        f"a:\n  {text}",
    ):
        if (quick := quick_fields(source, "t.md", 3)) is not None:
            assert laid_open(quick) == laid_open(Fields.parse_all(source, path="t.md", line=3))


def test_most_fields_are_read_quickly():
    text = """\
id: batch-noise
tags: [sgd, two words, 3]
points: 1.5
params: {lr: [0.1, 1e-2], steps: {min: 1, max: 9, step: 2}}
wrong:
  - {value: 2 * lr, say: It's the step; not the place.}
  - {value: lr, say: (no)}"""

    assert laid_open(quick_fields(text, "t.md", 4)) == laid_open(Fields.parse_all(text, path="t.md", line=4))


def test_a_listener_hears_what_is_asked_and_nothing_afterwards():
    heard: list[Asked] = []
    found = fields("id: a\nkind: cloze\nrun: {steps: 5}")

    with listening(heard.append):
        found.text("id")
        found.choice("kind", ("cloze", "code"), "code")
        found.mapping("run").number("steps", 1)
    found.text("id")

    asked = {(each.name, each.how) for each in heard}
    assert {("id", "text"), ("kind", "choice"), ("run", "mapping"), ("steps", "number")} <= asked
    assert next(each.value for each in heard if each.how == "choice") == ("cloze", "code")
    assert len([each for each in heard if (each.name, each.how) == ("id", "text")]) == 1
