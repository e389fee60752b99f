from math import exp, nan
from pathlib import Path
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.plots.plot import Series
from coursekit.plots.sentence import describe
from coursekit.plots.svg import svg

SVG = "{http://www.w3.org/2000/svg}"
TRAINING = tuple((step, 2.3 * exp(-step / 20) + 0.08) for step in range(1, 101))
VALIDATION = tuple((step, 2.3 * exp(-step / 20) + 0.12) for step in range(10, 101, 10))
NAMES = ("training", "validation", "ghost", "run1", "run2", "run3", "run4")
values = st.one_of(st.floats(), st.floats(0, 3))
lines = st.lists(
    st.builds(Series, st.sampled_from(NAMES), st.lists(st.tuples(values, values), max_size=20).map(tuple)), max_size=7
)


@settings(deadline=None)
@given(lines, st.text(), st.text(), st.booleans(), st.one_of(st.none(), values))
def test_every_picture_is_well_formed(series, title: str, words: str, log: bool, target):
    text = svg(series, title=title, description=words, names=dict.fromkeys(NAMES, words), log=log, target=target)

    root = ElementTree.fromstring(text)
    assert root.tag == f"{SVG}svg"
    assert "nan" not in "".join(path.get("d", "") for path in root.iter(f"{SVG}path"))
    assert "inf" not in "".join(path.get("d", "") for path in root.iter(f"{SVG}path"))


def test_picture_looks_as_it_did():
    golden = Path(__file__).parent / "golden" / "run.svg"

    text = svg(
        (Series("training", TRAINING), Series("validation", VALIDATION), Series("run1", VALIDATION)),
        title="Rate 0.3 & <momentum>",
        description=describe(TRAINING, "training loss"),
        names={"run1": "run 1, rate 0.1"},
        target=0.15,
    )

    assert text == golden.read_text(encoding="utf-8")


def test_screen_reader_has_a_title_and_a_sentence():
    root = ElementTree.fromstring(svg((), title="A <b>run</b>", description="It falls & rises."))

    assert [root.findtext(f"{SVG}{tag}") for tag in ("title", "desc")] == ["A <b>run</b>", "It falls & rises."]
    assert root.get("role") == "img"


def test_line_has_a_gap_where_it_is_not_a_number():
    broken = Series("training", ((1, 1.0), (2, 2.0), (3, nan), (4, 1.0), (5, 2.0)))

    root = ElementTree.fromstring(svg((broken,), title="t", description="d"))

    (line,) = (path for path in root.iter(f"{SVG}path") if path.get("stroke-linecap"))
    assert line.get("d", "").count("M") == 2


def test_background_is_white_and_target_dashed():
    text = svg((Series("training", TRAINING),), title="t", description="d", target=0.5)

    assert '<rect width="720" height="420" fill="#ffffff"/>' in text
    assert "target 0.5" in text
    assert "stroke-dasharray" in text
