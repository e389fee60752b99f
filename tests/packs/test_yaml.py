from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from coursekit.clean import clean
from coursekit.fields import Fields
from coursekit.packs._yaml import write_yaml

NAMES = st.text(min_size=1, max_size=12).map(clean).filter(bool)
SCALARS = (
    st.text(max_size=40).map(clean)
    | st.sampled_from(
        ["true", "null", "1e-3", "- a", "# no", "a: b", "```", "---", "&x", "no", " a", "a\n  b", "~", "?"]
    )
    | st.integers(-(10**9), 10**9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
    | st.none()
)
DATA = st.dictionaries(
    NAMES,
    st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3)),
    max_size=4,
)


@given(DATA)
def test_what_is_written_reads_as_the_same(data: dict[str, Any]) -> None:
    assert Fields.parse(write_yaml(data), path="t.md", line=1).data() == data


@given(DATA)
def test_no_line_of_it_can_close_a_fence_or_front_matter(data: dict[str, Any]) -> None:
    for line in write_yaml(data).split("\n"):
        assert not line.lstrip().startswith(("```", "~~~", "---"))
