from pathlib import Path

import pytest

from coursekit.course import Course
from coursekit.errors import ContentError, UsageError
from coursekit.lab.definition import Lab, load_lab


@pytest.fixture
def bowl(course: Course) -> Lab:
    return load_lab(course, "bowl")


@pytest.fixture
def file(course: Course) -> Path:
    """The lab's file, to be broken at will."""
    return course.folder / "labs" / "bowl" / "lab.md"


def rewrite(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_lab_is_read_from_its_folder(bowl: Lab) -> None:
    assert (bowl.name, bowl.title, bowl.kind, bowl.points) == ("bowl", "Down a small bowl", "tune", 3)
    assert [knob.name for knob in bowl.knobs] == ["learning_rate", "steps", "optimizer"]
    assert bowl.instructions == "Reach the bottom of $w^2$ within 20 steps."
    assert bowl.hints == ("Up to 0.5 the parameter comes down one side.",)
    assert bowl.explanation.startswith("Each step multiplies")


def test_knobs_are_turned_and_the_rest_stays(bowl: Lab) -> None:
    config = bowl.configure_training({"learning_rate": "1/4", "steps": 20, "optimizer": "momentum"}, seed=7)

    assert (config.learning_rate, config.steps, config.seed, config.backend) == (0.25, 20, 7, "numpy")
    assert config.to_json()["optimizer"]["name"] == "momentum"
    assert bowl.configure_training({}).learning_rate == 0.05


def test_a_setting_keeps_all_its_digits(bowl: Lab) -> None:
    assert bowl.configure_training({"learning_rate": 0.123456789}).learning_rate == 0.123456789


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"learning_rat": 1}, "The lab bowl has no knob 'learning_rat'. Did you mean 'learning_rate'"),
        ({"learning_rate": 2000}, "learning_rate can be 0.01 to 1000; got '2000'."),
        ({"learning_rate": [1]}, r"got '\[1\]'"),
        ({"learning_rate": None}, "got 'None'"),
        ({"learning_rate": True}, "got 'True'"),
        ({"steps": 2.5}, "steps can be a whole number 1 to 100; got '2.5'."),
        ({"optimizer": "adam"}, "optimizer can be sgd, momentum; got 'adam'."),
    ],
)
def test_a_wrong_setting_is_told_what_is_allowed(bowl: Lab, settings: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        bowl.configure(settings)


def test_a_rate_written_as_a_whole_number_is_still_a_number(course: Course, file: Path) -> None:
    rewrite(file, "learning_rate: 0.05", "learning_rate: 1")

    lab = load_lab(course, "bowl")

    assert lab.configure_training({"learning_rate": 1.5}).learning_rate == 1.5
    assert lab.knob("learning_rate").allowed() == "0.01 to 1000"
    assert [knob.is_whole for knob in lab.knobs] == [False, True, False]


def test_an_option_may_be_written_as_a_whole_number(course: Course, file: Path) -> None:
    rewrite(file, "optimizer: sgd", "optimizer: {name: momentum, momentum: 0}")
    rewrite(file, "  optimizer: {choices", "  mu: {min: 0, max: 0.9, sets: optimizer.momentum}\n  optimizer: {choices")

    assert load_lab(course, "bowl").configure({"mu": 0.5}).to_json()["optimizer"]["momentum"] == 0.5


@pytest.mark.parametrize("name", ["bowll", "../labs/bowl", "", "."])
def test_an_unknown_lab_is_told_the_names(course: Course, name: str) -> None:
    with pytest.raises(UsageError, match=r"The course has no lab .* See 'coursekit list labs'\."):
        load_lab(course, name)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("title: Down a small bowl\n", "", 2, "'title' is missing"),
        ("title:", "titel:", 2, "'title' is missing"),
        ("config:", "pace: fast\nconfig:", 3, "'pace' must be a number"),
        ("config:", "pace: 0\nconfig:", 3, "'pace' must be above 0"),
        ("config:", "pace: -1\nconfig:", 3, "'pace' must be above 0"),
        ("### Hint", "## Hint", 22, "A lab has no '## Hint'"),
        ("### Hint", "#### Hint", 22, "Write '### Hint'"),
        ("config:", "kind: tuna\nconfig:", 3, "'kind' has no 'tuna'. Did you mean 'tune'"),
        ("config:", "speed: 9\nconfig:", 3, "Unknown field 'speed'"),
        ("optimizer: sgd", "optimizer: sdg", 11, "'sdg'"),
        ("steps: 10\n", "steps: 0\n", 10, "steps can be a whole number 1 to 100; got '0'"),
        ("  steps: 10\n", "", 9, "The config has no 'steps'"),
        ("{learning_rate: 0.4}", "{learning_rat: 0.4}", 15, "no knob 'learning_rat'. Did you mean"),
        ("{learning_rate: 0.4}", "{learning_rate: 4e9}", 15, "learning_rate can be 0.01 to 1000"),
        ("{learning_rate: 0.4}", "{learning_rate: [1]}", 15, "learning_rate can be 0.01 to 1000"),
        ("- {learning_rate: 0.05}", "- slow", 16, "Write each as '- {learning_rate"),
        ("- {learning_rate: 0.05}", "- {rate: 0.05}", 16, "no knob 'rate'"),
        ("### Hint", "### Hnt", 22, "Unknown part '### Hnt'. Did you mean 'Hint'"),
    ],
)
def test_what_an_author_wrote_wrong_is_named_by_its_line(
    course: Course, file: Path, old: str, new: str, line: int, said: str
) -> None:
    rewrite(file, old, new)

    with pytest.raises(ContentError) as caught:
        load_lab(course, "bowl")

    assert said in caught.value.message
    assert (Path(caught.value.path).resolve(), caught.value.line) == (file.resolve(), line)
