"""`coursekit train`: what it prints, the files it leaves, what it says to a wrong word."""

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from coursekit.train.backends import tensorflow_is_available

Run = Callable[..., Any]
Environment = Callable[[Path | None], dict[str, str]]

BOWL = ("--model", "quadratic", "--optimizer", "sgd", "--learning-rate", "0.1", "--steps", "20")
DIGITS = ("--model", "softmax", "--data", "digits", "--optimizer", "sgd", "--learning-rate", "0.5", "--steps", "20")
LONG = (*DIGITS, "--batch-size", "32", "--steps", "1000000")
COLUMNS = "step,loss,validation_loss,learning_rate,examples,gradient_norm,accuracy,seconds"

YAML = """\
# a run
model:
  name: mlp
  hidden: [8]
data: digits
optimizer: sgd
learning_rate: 0.1
batch_size: 32
steps: 10
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("train") / "home"


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, str], Path]:
    """Return what writes a file and says where."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_json_is_start_steps_and_result_and_nothing_else(run: Run, home: Path):
    done = run("train", *DIGITS, "--batch-size", 32, "--seed", 3, "--json", home=home)

    start, *steps, result = done.records
    assert (done.status, done.err) == (0, "")
    assert (start["type"], start["config"]["seed"], start["config"]["data"]) == ("start", 3, {"name": "digits"})
    assert set(start) >= {"versions", "kernel", "data"}
    assert [(step["type"], step["step"]) for step in steps] == [("step", number) for number in range(1, 21)]
    assert set(steps[0]) == {"type", *COLUMNS.split(",")}
    assert 0 < steps[-1]["accuracy"] <= 1
    assert result == {"type": "result", "outcome": "finished"}


def test_a_person_is_told_what_runs_and_what_came_out(run: Run, home: Path):
    done = run("train", *DIGITS, "--batch-size", 32, home=home)

    title, rule, loss, validation, accuracy, speed, end = done.out.splitlines()
    assert (done.status, done.err) == (0, "")
    assert title == "softmax on digits  (numpy, float64, seed 0)"
    assert rule == "sgd, learning rate 0.5, batches of 32, 20 steps"
    assert loss.startswith("training loss: ")
    assert validation.startswith("validation loss: ")
    assert accuracy.startswith("accuracy: 0.")
    assert speed.startswith("20 steps in ")
    assert end == "Run finished."
    assert "\x1b" not in done.out


def test_a_terminal_shows_progress(environment: Environment, tmp_path: Path):
    leader, follower = pty.openpty()
    command = [sys.executable, "-P", "-m", "coursekit", "train", *DIGITS, "--batch-size", "32", "--steps", "20000"]

    with subprocess.Popen(
        command, env=environment(tmp_path) | {"TERM": "xterm"}, stdin=follower, stdout=follower, stderr=follower
    ) as child:
        os.close(follower)
        shown = _read_to_end(leader)

    assert child.returncode == 0
    assert "/20000" in shown
    assert "validation 0." in shown
    assert shown.rstrip().endswith("Run finished.")


def _read_to_end(terminal: int) -> str:
    read = b""
    while True:
        try:
            read += os.read(terminal, 100_000)
        except OSError:  # as Linux says that the other side is closed
            os.close(terminal)
            return read.decode()


def test_a_run_that_diverges_is_status_1(run: Run, home: Path):
    told = run("train", *BOWL, "--steps", 500, "--learning-rate", 9, home=home)
    as_json = run("train", *BOWL, "--steps", 500, "--learning-rate", 9, "--json", home=home)

    assert (told.status, told.err) == (1, "")
    assert told.out.endswith("Run diverged: the loss is no longer a number.\n")
    assert (as_json.status, as_json.records[-1]) == (1, {"type": "result", "outcome": "diverged"})


def test_a_file_is_read_as_yaml_and_as_json(run: Run, file: Callable[[str, str], Path], home: Path):
    yaml = run("train", "--config", file("run.yaml", YAML), "--json", home=home)
    config = {**yaml.records[0]["config"], "note": "tabs"}
    del config["note"]
    as_json = run("train", "--config", file("run.json", json.dumps(config, indent="\t")), "--json", home=home)

    assert yaml.status == as_json.status == 0
    assert yaml.records[0]["config"]["model"]["hidden"] == [8]
    assert as_json.records[0] == yaml.records[0]


def test_options_hold_over_the_file_and_set_over_both(run: Run, file: Callable[[str, str], Path], home: Path):
    options = ("--steps", 5, "--learning-rate", ".2", "--optimizer", '{"name": "momentum", "momentum": 0.5}')
    settings = ("--set", "model.hidden=[4, 4]", "--set", "shuffle=once", "--set", "steps=3", "--set", "clip_norm=null")

    done = run("train", "--config", file("run.yaml", YAML), *options, *settings, "--json", home=home)

    config = done.records[0]["config"]
    assert config["model"]["hidden"] == [4, 4]
    assert config["optimizer"] == {"name": "momentum", "momentum": 0.5}
    assert (config["steps"], config["learning_rate"], config["shuffle"]) == (3, 0.2, "once")
    assert (config["clip_norm"], config["batch_size"]) == (None, 32)


def test_every_option_reaches_the_configuration(run: Run, home: Path):
    more = ("--data", "blobs", "--schedule", '{"name": "cosine", "end_factor": 0.1}', "--batch-size", "7")
    rest = ("--seed", "5", "--backend", "numpy", "--dtype", "float32", "--steps", "2")

    done = run("train", *DIGITS, *more, *rest, "--set", "data.classes=4", "--json", home=home)

    config = done.records[0]["config"]
    assert (config["data"]["name"], config["data"]["classes"]) == ("blobs", 4)
    assert (config["schedule"]["name"], config["schedule"]["end_factor"]) == ("cosine", 0.1)
    assert (config["batch_size"], config["seed"], config["steps"]) == (7, 5, 2)
    assert (config["backend"], config["dtype"]) == ("numpy", "float32")


def test_csv_has_a_row_for_each_step_with_the_numbers_of_json(run: Run, tmp_path: Path, home: Path):
    path = tmp_path / "steps.csv"

    done = run("train", *DIGITS, "--csv", path, "--json", home=home)

    header, *rows = path.read_text().splitlines()
    steps = done.records[1:-1]
    assert header == COLUMNS
    assert [row.split(",") for row in rows] == [
        ["" if step[name] is None else str(step[name]) for name in COLUMNS.split(",")] for step in steps
    ]


def test_a_csv_file_that_is_there_is_replaced_with_force_only(run: Run, tmp_path: Path, home: Path):
    path = tmp_path / "steps.csv"
    path.write_text("mine\n")

    refused = run("train", *BOWL, "--csv", path, home=home)
    kept = path.read_text()
    forced = run("train", *BOWL, "--csv", path, "--force", home=home)

    assert (refused.status, refused.out, kept) == (2, "", "mine\n")
    assert refused.err == f"coursekit: {path} is there already. Take another name, or replace it with --force.\n"
    assert (forced.status, path.read_text().partition("\n")[0]) == (0, COLUMNS)


def test_a_csv_may_go_to_a_device(run: Run, home: Path):
    done = run("train", *BOWL, "--csv", "/dev/null", home=home)

    assert (done.status, done.err) == (0, "")


def test_csv_on_standard_output_is_all_there_is(run: Run, home: Path):
    done = run("train", *BOWL, "--csv", "-", home=home)

    lines = done.out.splitlines()
    assert (done.status, done.err) == (0, "")
    assert lines[0] == COLUMNS
    assert [line.split(",")[0] for line in lines[1:]] == [str(number) for number in range(1, 21)]


def test_what_is_no_number_is_an_empty_cell(run: Run, home: Path):
    done = run("train", *BOWL, "--learning-rate", 9, "--steps", 500, "--csv", "-", home=home)

    last = dict(zip(COLUMNS.split(","), done.out.splitlines()[-1].split(","), strict=True))
    assert done.status == 1
    assert last["validation_loss"] == ""


def test_ctrl_c_ends_a_run_and_its_files_with_whole_lines(environment: Environment, tmp_path: Path):
    rows = tmp_path / "steps.csv"
    command = [sys.executable, "-P", "-m", "coursekit", "train", *LONG, "--json", "--csv", str(rows)]

    with _pipes(command, environment(tmp_path)) as child:
        lines, said = _interrupt(child)

    records = [json.loads(line) for line in lines]
    assert (child.returncode, said) == (130, b"")
    assert records[-1] == {"type": "result", "outcome": "stopped"}
    assert [record["step"] for record in records[1:-1]] == list(range(1, len(records) - 1))
    assert len(rows.read_text().splitlines()) == len(records) - 1
    assert rows.read_text().endswith("\n")
    assert rows.read_text().splitlines()[-1].count(",") == COLUMNS.count(",")


def _pipes(command: list[str], env: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start a command as a shell does, in a group of its own, which Ctrl-C is sent to."""
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)


def _interrupt(child: subprocess.Popen[bytes]) -> tuple[list[bytes], bytes]:
    """Press Ctrl-C once the run is well under way; return all lines of standard output, and standard error."""
    assert child.stdout
    assert child.stderr
    lines = [child.stdout.readline() for _ in range(50)]
    os.killpg(child.pid, signal.SIGINT)
    return [*lines, *child.stdout], child.stderr.read()


def test_ctrl_c_tells_a_person_how_far_it_came(environment: Environment, tmp_path: Path):
    rows = tmp_path / "steps.csv"
    command = [sys.executable, "-P", "-m", "coursekit", "train", *LONG, "--csv", str(rows)]

    with _pipes(command, environment(tmp_path)) as child:
        while not rows.exists() or rows.read_text().count("\n") < 50:
            assert child.poll() is None
        os.killpg(child.pid, signal.SIGINT)
        told, said = child.communicate(timeout=20)

    assert (child.returncode, said) == (130, b"")
    assert told.endswith(b"Run stopped.\n")


def test_a_reader_that_leaves_is_no_error(environment: Environment, tmp_path: Path):
    words = " ".join(LONG)

    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -P -m coursekit train {words} --json | head -3"],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert (done.stdout.count("\n"), done.stderr) == (3, "")


def test_without_a_home_it_trains_all_the_same(homeless: Run):
    done = homeless("train", *BOWL, "--json")

    assert (done.status, done.err) == (0, "")


IN_PROCESS = """
import sys
from coursekit.cli.main import main
status = main(["train", *sys.argv[1:]])
print("loaded:", *sorted({"numpy", "tensorflow", "textual"} & set(sys.modules)), file=sys.stderr)
sys.exit(status)
"""


def test_the_command_itself_loads_neither_numpy_nor_tensorflow(environment: Environment, tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-P", "-c", IN_PROCESS, *DIGITS, "--csv", str(tmp_path / "steps.csv")],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert (done.returncode, done.stderr) == (0, "loaded:\n")


HIDE_TENSORFLOW = "import sys; sys.modules['tensorflow'] = None"  # as where it is not installed


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--tensorboard", "events"), "'--tensorboard' needs TensorFlow, which is not installed here"),
        (("--backend", "tensorflow"), "backend: TensorFlow is not installed here"),
    ],
)
def test_without_tensorflow_one_line_says_so(
    run: Run, file: Callable[[str, str], Path], tmp_path: Path, home: Path, words: tuple[str, str], said: str
):
    path = file("sitecustomize.py", HIDE_TENSORFLOW).parent

    done = run("train", *BOWL, *words, "--json", home=home, cwd=tmp_path, env={"PYTHONPATH": str(path)})

    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert len(done.err.splitlines()) == 1
    assert "events" not in os.listdir(tmp_path)


READ_EVENTS = """
import json, sys
from pathlib import Path
import tensorflow as tf
rows = []
for path in Path(sys.argv[1]).iterdir():
    for event in tf.compat.v1.train.summary_iterator(str(path)):
        for value in event.summary.value:
            plugin = value.metadata.plugin_data.plugin_name
            rows.append([value.tag, event.step, float(tf.make_ndarray(value.tensor)), plugin])
print(json.dumps(rows))
"""


def read_events(folder: Path) -> list[tuple[str, int, float, str]]:
    """Read event files with TensorFlow's own reader."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", READ_EVENTS, str(folder)], capture_output=True, text=True, check=True, timeout=60
    )
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.slow
def test_tensorboard_files_hold_the_numbers_of_json(run: Run, tmp_path: Path, home: Path):
    if not tensorflow_is_available():
        pytest.skip("TensorFlow is not installed")

    done = run("train", *DIGITS, "--json", "--tensorboard", tmp_path / "a" / "events", home=home)

    names = ("loss", "validation_loss", "accuracy", "learning_rate", "gradient_norm")
    told = {(name, step["step"]): step[name] for step in done.records[1:-1] for name in names if step[name] is not None}
    rows = read_events(tmp_path / "a" / "events")
    assert (done.status, done.err) == (0, "")
    assert {plugin for *_, plugin in rows} == {"scalars"}
    assert {(tag, step): value for tag, step, value, _ in rows} == pytest.approx(told, rel=1e-6)
    assert len(rows) == len(told)


@pytest.mark.slow
def test_ctrl_c_leaves_readable_tensorboard_files(environment: Environment, tmp_path: Path):
    if not tensorflow_is_available():
        pytest.skip("TensorFlow is not installed")
    command = [sys.executable, "-P", "-m", "coursekit", "train", *LONG, "--json", "--tensorboard", str(tmp_path / "e")]

    with _pipes(command, environment(tmp_path)) as child:
        lines, said = _interrupt(child)

    last = json.loads(lines[-2])
    assert (child.returncode, said) == (130, b"")
    assert max(step for _, step, *_ in read_events(tmp_path / "e")) == last["step"]


@pytest.mark.slow
def test_tensorboard_that_cannot_write_is_told_in_one_line(run: Run, tmp_path: Path, home: Path):
    if not tensorflow_is_available():
        pytest.skip("TensorFlow is not installed")

    done = run("train", *DIGITS, "--tensorboard", "/proc/self/fd", home=home)

    assert done.status == 2
    assert done.err.startswith("coursekit: TensorBoard's files could not be written")
    assert len(done.err.splitlines()) == 1


CASES = [
    ((), "model is missing: it must be one of cnn, "),
    (("--model", "mlp", "--data", "digits"), "optimizer is missing: it must be one of adagrad, "),
    ((*BOWL, "--optimizer", "adm"), "optimizer has no 'adm'. Did you mean 'adam'?"),
    ((*BOWL, "--model", "quadratc"), "model has no 'quadratc'. Did you mean 'quadratic'?"),
    ((*DIGITS, "--data", "digts"), "data has no 'digts'. Did you mean 'digits'?"),
    ((*BOWL, "--schedule", "cosin"), "schedule has no 'cosin'. Did you mean 'cosine'?"),
    ((*BOWL, "--learning-rate", "-1"), "learning_rate must be a number above 0, got -1."),
    ((*BOWL, "--learning-rate", "fast"), "learning_rate must be a number above 0, got 'fast'."),
    ((*BOWL, "--learning-rate", "NaN"), "learning_rate must be a number above 0, got nan."),
    ((*BOWL, "--steps", "0"), "steps must be a whole number from 1 to 1,000,000, got 0."),
    ((*BOWL, "--steps", "2.5"), "steps must be a whole number from 1 to 1,000,000, got 2.5."),
    ((*BOWL, "--seed", "-1"), "seed must be a whole number of at least 0, got -1."),
    ((*BOWL, "--dtype", "float16"), "dtype must be 'float32' or 'float64', got 'float16'."),
    ((*BOWL, "--backend", "torch"), "backend must be 'numpy' or 'tensorflow', got 'torch'."),
    ((*BOWL, "--batch-size", "8"), "batch_size must be null: there is no data to draw a batch from."),
    ((*BOWL, "--data", "digits"), "data must be null: the model 'quadratic' takes no data."),
    ((*DIGITS, "--batch-size", "100000"), "batch_size must be at most "),
    ((*DIGITS, "--model", "linear"), "data: 'digits' has classes, but the model 'linear' predicts numbers."),
    ((*BOWL, "--set", "stepz=3"), "stepz is not a known field. Did you mean 'steps'?"),
    ((*BOWL, "--set", "model.start=[1]"), "model.start must"),
    ((*BOWL, "--set", "steps"), "'--set steps' must be FIELD=VALUE."),
    ((*BOWL, "--set", "model.=1"), "'--set model.=1' must be FIELD=VALUE."),
    ((*BOWL, "--set", "steps.x=1"), "'--set steps.x' sets an option of steps, but steps is 20."),
    ((*BOWL, "--set", "model.start=[1"), "The value of '--set model.start' is no JSON: Expecting ',' delimiter"),
    ((*BOWL, "--optimizer", '{"name": "sgd"'), "The value of '--optimizer' is no JSON: "),
    ((*BOWL, "--optimizer", "[" * 100_000), "The value of '--optimizer' is no JSON: "),
    ((*BOWL, "--set", "a\nb=\x1b[31m"), "a\\nb is not a known field."),
    ((*BOWL, "--json", "--csv", "-"), "'--json' and '--csv -' both want standard output."),
    ((*BOWL, "--csv", "/nowhere/steps.csv"), "/nowhere/steps.csv: No such file or directory"),
    ((*BOWL, "--steps"), "Argument --steps: expected one argument."),
    ((*BOWL, "--stps", "3"), "Unrecognized arguments: --stps 3."),
    (("--config", "/nowhere/run.yaml"), "/nowhere/run.yaml: No such file or directory"),
    (("--config", "/usr"), "/usr: Is a directory"),
]


@pytest.fixture(scope="module")
def results(run: Run, home: Path) -> list[Any]:
    """Run all of them, some at a time."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda case: run("train", *case[0], home=home), CASES))


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda number: CASES[number][1][:40])
def test_a_wrong_word_is_named_in_one_line(results: list[Any], number: int):
    done = results[number]

    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("coursekit: ")
    assert len(done.err.splitlines()) == 1
    assert CASES[number][1] in done.err
    assert "\x1b" not in done.err


FILES = [
    ("run.yaml", YAML.replace("0.1", "-1"), ":7: learning_rate must be a number above 0, got -1."),
    ("run.yaml", YAML.replace("[8]", "[8, 0]"), ":4: model.hidden[1] must be a whole number"),
    ("run.yaml", YAML.replace("hidden:", "hiden:"), ":4: model.hiden is not a known field. Did you mean 'hidden'?"),
    ("run.yaml", YAML.replace("steps:", "stepz:"), ":9: stepz is not a known field. Did you mean 'steps'?"),
    ("run.yaml", YAML.replace("sgd", "sdg"), ":6: optimizer has no 'sdg'. Did you mean 'sgd'?"),
    ("run.yaml", YAML.replace("mlp", "linear").replace("  hidden: [8]\n", ""), ":4: data: 'digits' has classes"),
    ("run.yaml", YAML.replace("steps: 10\n", ""), ": steps is missing: it must be a whole number"),
    ("run.yaml", YAML.replace("[8]", "[8"), ": The YAML cannot be read: "),
    ("run.yaml", YAML + "steps: 3\n", ":10: 'steps' stands here twice."),
    (
        "run.yaml",
        YAML + "seed: !!python/name:os.system\n",
        ":10: The YAML tag 'python/name:os.system' is not read here.",
    ),
    ("run.yaml", "- a list\n", ":1: Expected lines like 'name: value' here."),
    ("run.yaml", "", ": model is missing"),
    ("run.json", '{"model": "quadratic",\n\t"steps": 0}', ":2: steps must be a whole number"),
    ("run.json", '{"model": "quadratic",\n "steps" 3}', ":2: The JSON cannot be read: Expecting ':' delimiter."),
    ("run.json", "[" * 100_000, ":1: The JSON cannot be read: it holds too much."),
]


@pytest.mark.parametrize(("name", "text", "said"), FILES)
def test_a_wrong_file_is_named_with_its_line(
    run: Run, file: Callable[[str, str], Path], home: Path, name: str, text: str, said: str
):
    path = file(name, text)
    known = ("--optimizer", "sgd", "--learning-rate", "0.1") if name == "run.json" else ()

    done = run("train", "--config", path, *known, home=home)

    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(f"coursekit: {path}")
    assert said in done.err
    assert len(done.err.splitlines()) == 1


def test_an_option_that_is_wrong_does_not_blame_the_file(run: Run, file: Callable[[str, str], Path], home: Path):
    done = run("train", "--config", file("run.yaml", YAML), "--set", "model.hidden=[0]", home=home)

    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("coursekit: model.hidden[0] must be")


def test_a_file_that_is_no_text_is_refused(run: Run, tmp_path: Path, home: Path):
    (tmp_path / "run.yaml").write_bytes(b"\xff\xfe\x00")

    done = run("train", "--config", tmp_path / "run.yaml", home=home)

    assert (done.status, done.err) == (2, f"coursekit: {tmp_path}/run.yaml is no text in UTF-8: invalid start byte.\n")
