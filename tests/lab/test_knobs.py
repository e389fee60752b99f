import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coursekit.errors import ContentError, UsageError
from coursekit.fields import Fields
from coursekit.lab.knobs import Knob, KnobValue, put, read_knobs, show, standing, turn

RATE = Knob("rate", "rate", 0.1, least=0.001, most=4.0, is_log=True)
STEPS = Knob("steps", "steps", 100, least=5, most=105)
BATCH = Knob("batch", "batch_size", 32, choices=(8, 32, 128))
RULE = Knob("rule", "optimizer", "sgd", choices=("sgd", "momentum"))
CONFIG = {"optimizer": {"name": "momentum", "momentum": 0.9}, "learning_rate": 0.1, "batch_size": 32, "steps": 100}


@st.composite
def ranges(draw: st.DrawFn) -> Knob:
    """A knob with a range: whole or not, linear or logarithmic."""
    is_whole, is_log = draw(st.booleans()), draw(st.booleans())
    lowest = 1e-6 if is_log else -1e6
    number = st.integers(1 if is_log else -1000, 10**6) if is_whole else st.floats(lowest, 1e6)
    least, most = sorted((draw(number), draw(number)))
    assume(least < most)
    return Knob("knob", "knob", draw(st.sampled_from([least, most])), (), float(least), float(most), is_log)


@given(ranges(), st.data())
def test_a_nudge_stays_in_range_and_moves_until_the_end(knob: Knob, data: st.DataObject) -> None:
    inside = st.integers(int(knob.least), int(knob.most)) if knob.is_whole else st.floats(knob.least, knob.most)
    value: KnobValue = data.draw(inside)

    up, down = float(knob.nudge(value, 1)), float(knob.nudge(value, -1))

    assert knob.least <= down <= float(value) <= up <= knob.most
    assert up > float(value) or value == knob.most
    assert down < float(value) or value == knob.least


@given(ranges())
def test_every_notch_can_be_read_and_lies_along_the_range(knob: Knob) -> None:
    stops = knob.stops()

    assert list(stops) == sorted(set(stops))
    assert (stops[0], stops[-1]) == (knob.least, knob.most)
    assert all(knob.read(repr(stop)) == stop for stop in stops)
    assert all(-1e-9 <= knob.share(stop) <= 1 + 1e-9 for stop in stops)


@pytest.mark.parametrize("knob", [BATCH, RULE])
def test_choices_are_walked_from_end_to_end(knob: Knob) -> None:
    first, last = knob.choices[0], knob.choices[-1]

    assert knob.nudge(first, 1) == knob.choices[1]
    assert knob.nudge(first, -1) == first
    assert knob.nudge(last, 1) == last
    assert (knob.share(first), knob.share(last)) == (0, 1)


def test_a_logarithmic_knob_moves_by_factors() -> None:
    assert [RATE.nudge(value, 1) for value in (0.001, 0.1, 1.0, 3.0, 0.12)] == [0.0015, 0.15, 1.5, 4.0, 0.15]
    assert RATE.nudge(0.12, -1) == 0.1


@pytest.mark.parametrize(
    ("knob", "text", "value"),
    [
        (RATE, "0.5", 0.5),
        (RATE, "1/2", 0.5),
        (RATE, "0.123456789", 0.123456789),
        (RATE, "4", 4.0),
        (RATE, "0,001", 0.001),
        (STEPS, "40", 40),
        (STEPS, "1e2", 100),
        (BATCH, "128", 128),
        (BATCH, " 8.0 ", 8),
        (RULE, "momentum", "momentum"),
    ],
)
def test_a_setting_is_read_as_typed(knob: Knob, text: str, value: KnobValue) -> None:
    found = knob.read(text)

    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("knob", "text", "said"),
    [
        (RATE, "4.1", "rate can be 0.001 to 4; got '4.1'."),
        (RATE, "0", "rate can be 0.001 to 4; got '0'."),
        (RATE, "fast", "rate can be 0.001 to 4; got 'fast'."),
        (RATE, "nan", "rate can be 0.001 to 4; got 'nan'."),
        (RATE, "", "rate can be 0.001 to 4; got ''."),
        (STEPS, "40.5", "steps can be a whole number 5 to 105; got '40.5'."),
        (STEPS, "106", "steps can be a whole number 5 to 105; got '106'."),
        (BATCH, "16", "batch can be 8, 32, 128; got '16'."),
        (BATCH, "many", "batch can be 8, 32, 128; got 'many'."),
        (RULE, "adam", "rule can be sgd, momentum; got 'adam'."),
        (RULE, "SGD", "rule can be sgd, momentum; got 'SGD'."),
    ],
)
def test_a_setting_out_of_range_is_told_the_range(knob: Knob, text: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        knob.read(text)

    assert str(caught.value) == said


def test_put_and_standing_reach_into_a_plug_in() -> None:
    changed = put(CONFIG, "optimizer.momentum", 0.5)

    assert (standing(CONFIG, "optimizer"), standing(CONFIG, "optimizer.momentum")) == ("momentum", 0.9)
    assert (standing(changed, "optimizer.momentum"), standing(changed, "learning_rate")) == (0.5, 0.1)
    assert standing(CONFIG, "steps.more") is None
    assert standing(CONFIG, "nothing") is None
    assert CONFIG["optimizer"] == {"name": "momentum", "momentum": 0.9}


def test_a_plug_in_that_is_named_again_keeps_its_options() -> None:
    config = {"optimizer": {"name": "momentum", "momentum": 0.5}}

    assert put(config, "optimizer", "momentum") == config
    assert put(config, "optimizer", "sgd") == {"optimizer": "sgd"}


def test_an_option_is_not_lost_to_its_plug_in_whichever_is_turned_first() -> None:
    rule, option = (RULE, "momentum"), (Knob("momentum", "optimizer.momentum", 0.9, most=1.0), 0.5)

    first, last = (turn({"optimizer": "sgd"}, turned) for turned in ([rule, option], [option, rule]))

    assert first == last == {"optimizer": {"name": "momentum", "momentum": 0.5}}


@pytest.mark.parametrize(("value", "said"), [(0.1 + 0.2, "0.3"), (1437, "1437"), ("sgd", "sgd"), (None, "all")])
def test_a_value_is_shown_short(value: KnobValue | None, said: str) -> None:
    assert show(value) == said


def knobs(text: str) -> tuple[Knob, ...]:
    return read_knobs(Fields.parse(text, path="lab.md", line=4), CONFIG)


def test_knobs_begin_where_their_config_stands() -> None:
    rate, batch, mu = knobs(
        "learning_rate: {min: 1e-3, max: 4, scale: log}\n"
        "batch_size: {choices: [8, 32]}\n"
        "mu: {min: 0, max: 0.99, sets: optimizer.momentum}"
    )

    assert rate == Knob("learning_rate", "learning_rate", 0.1, (), 0.001, 4.0, True)
    assert batch == Knob("batch_size", "batch_size", 32, (8, 32))
    assert mu == Knob("mu", "optimizer.momentum", 0.9, (), 0.0, 0.99, False)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("learning_rate: 0.1", 4, "'learning_rate' must be a mapping"),
        ("learning_rate:\n  min: 1", 5, "'max' is missing"),
        ("learning_rate:\n  max: 1\n  min: 2", 6, "needs min below max"),
        ("learning_rate:\n  max: 1\n  min: 1e999", 6, "'min' must be a number"),
        ("learning_rate:\n  max: 1\n  min: 0\n  scale: log", 6, "min above 0 on a log scale"),
        ("learning_rate:\n  max: 1\n  min: 0\n  scale: lg", 7, "Did you mean 'log'"),
        ("learning_rate:\n  max: 1\n  min: 0\n  step: 1", 7, "Unknown field 'step'"),
        (
            "learning_rate: {min: 1, max: 2}",
            4,
            "The config is outside this knob: learning_rate can be 1 to 2; got '0.1'",
        ),
        ("batch_size: {choices: [8, 16]}", 4, "batch_size can be 8, 16; got '32'"),
        ("batch_size:\n  choices: [[8], [32]]", 5, "needs numbers or words"),
        ("batch_size:\n  choices: [32, null]", 5, "needs numbers or words"),
        (
            "rate: {min: 0, max: 1}",
            4,
            "The config has no 'rate' for the knob 'rate' to turn. "
            "Name the field with 'sets: learning_rate', or set 'rate' in the config.",
        ),
        (
            "mu:\n  sets: optimizer.mu\n  min: 0\n  max: 1",
            5,
            "The config has no 'optimizer.mu' for the knob 'mu' to turn. "
            "Name the field with 'sets: learning_rate', or set 'optimizer.mu' in the config.",
        ),
    ],
)
def test_what_an_author_wrote_wrong_is_named_by_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        knobs(text)

    assert said in caught.value.message
    assert caught.value.line == line


def test_notches_are_short_numbers_and_each_whole_one_comes_once() -> None:
    few = Knob("steps", "steps", 3, least=1, most=10)
    odd = Knob("rate", "rate", 0.1, least=0.01, most=0.1234567)

    assert few.stops() == tuple(range(1, 11))
    assert odd.stops()[:2] == (0.01, 0.0156728)
    assert odd.stops()[-1] == 0.1234567
