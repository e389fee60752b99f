"""The author's guide is right: each example in it is read by the real reader, each command is run."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

import coursekit
from coursekit import plugins
from coursekit.authoring.formatting import format_topic
from coursekit.authoring.schema import SCHEMAS
from coursekit.authoring.skeletons import kinds_to_write
from coursekit.cli._parser import commands
from coursekit.document import Section, split
from coursekit.lab.definition import read_lab
from coursekit.questions._read import Defaults, read_question

GUIDE = (Path(coursekit.__file__).parents[1] / "content" / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^````markdown\n(.*?)^````$", GUIDE, re.DOTALL | re.MULTILINE)
CONSOLE = re.findall(r"^```console\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)
SNIPPETS = re.findall(r"^```yaml\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)
TOPICS = [
    text if text.startswith("---") else f"---\ntitle: T\n---\n\n{text}" for text in EXAMPLES if "goals:" not in text
]
LABS = [text for text in EXAMPLES if "goals:" in text]
SECTIONS = [section for topic in TOPICS for section in split(topic, "README.md").sections]
MADE = {name: make() for name, make in SCHEMAS.items()}


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.title)
def test_a_question_is_read_and_its_key_earns_full_mark(section: Section) -> None:
    question = read_question(section, Defaults("L", "T"))

    key = question.body.key()
    assert not key or question.body.grade(key).fraction == 1
    assert list(Draft202012Validator(MADE["question"]).iter_errors(section.fields().data())) == []


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: split(topic, "t.md").sections[0].title)
def test_an_example_is_laid_out_as_fmt_does(topic: str) -> None:
    assert format_topic(topic, "README.md") == topic
    assert Draft202012Validator(MADE["topic"]).is_valid(split(topic, "t.md").fields().data())


@pytest.mark.parametrize("text", LABS)
def test_a_lab_is_read(text: str, tmp_path: Path) -> None:
    (tmp_path / "bowl").mkdir()
    (tmp_path / "bowl" / "lab.md").write_text(text, encoding="utf-8")

    assert read_lab(tmp_path / "bowl" / "lab.md").goals
    assert Draft202012Validator(MADE["lab"]).is_valid(split(text, "lab.md").fields().data())


def test_each_kind_that_an_author_writes_has_an_example() -> None:
    shown = {read_question(section, Defaults("L", "T")).kind for section in SECTIONS}

    assert shown == set(kinds_to_write()) <= set(plugins.names("coursekit.questions"))
    ids = [section.field("id") for section in SECTIONS]
    assert len(ids) == len(set(ids))


def test_every_fence_of_yaml_in_the_guide_is_an_example_that_is_read() -> None:
    assert GUIDE.count("```yaml question\n") == len(SECTIONS)
    assert len(re.findall(r"^(?:```|~~~)\w+", GUIDE, re.MULTILINE)) == len(SECTIONS) + len(CONSOLE) + len(SNIPPETS)


def steps() -> list[tuple[str, str]]:
    """Each command of the guide with the output that is shown below it."""
    found = re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", "".join(CONSOLE), re.MULTILINE)
    return [(command, shown) for command, shown in found]


def test_every_command_runs_and_prints_what_is_shown(tmp_path: Path) -> None:
    folder = tmp_path
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
    environment |= {"COURSEKIT_HOME": str(tmp_path / "home")}
    for command, shown in steps():
        program, _, rest = command.partition(" ")
        if program == "cd":
            folder = folder / rest
            continue
        assert program == "coursekit", command
        done = subprocess.run(
            f"{sys.executable} -P -m coursekit {rest}",
            shell=True,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            cwd=folder,
            env=environment,
        )
        assert done.returncode in ((0, 1) if rest.startswith("check") else (0,)), command + done.stderr
        assert matches(done.stdout + done.stderr, shown), f"{command}\n{done.stdout}{done.stderr}"


def matches(said: str, shown: str) -> bool:
    """Compare an output with what the guide shows of it, where '...' stands for anything."""
    pattern = re.escape(shown.strip()).replace(r"\.\.\.", ".*")
    return re.fullmatch(pattern, said.strip(), re.DOTALL) is not None


def test_every_command_that_the_guide_names_exists() -> None:
    named = set(re.findall(r"`coursekit ([a-z]+)", GUIDE))

    assert len(steps()) > 8
    assert named <= {*commands()}


def test_the_workflow_and_the_hook_check_a_course_as_they_say(course_folder: Path) -> None:
    hook, workflow = (yaml.safe_load(snippet) for snippet in SNIPPETS)
    (local,) = hook["repos"][0]["hooks"]
    steps = [step["run"] for step in workflow["jobs"]["check"]["steps"] if "run" in step]
    commands = [local["entry"], *(step for step in steps if step.startswith("coursekit "))]

    assert len(commands) == 3
    assert [run_in(course_folder, command)[0] for command in commands] == [0, 0, 0]
    topic = course_folder / "content" / "1-basics" / "1-steps.md"
    topic.write_text(topic.read_text(encoding="utf-8").replace("kind: true-false", "kind: true-fals"), encoding="utf-8")
    assert [run_in(course_folder, command)[0] for command in commands] == [1, 0, 1]
    assert "::error file=content/1-basics/1-steps.md,line=" in run_in(course_folder, commands[-1])[1]


def test_the_hooks_of_this_repository_run(course_folder: Path) -> None:
    root = Path(coursekit.__file__).parents[1]
    hooks = yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    topic = course_folder / "content" / "1-basics" / "1-steps.md"

    assert [hook["id"] for hook in hooks] == ["coursekit-check", "coursekit-fmt"]
    for hook in hooks:
        assert re.search(hook["files"], "content/1-basics/1-steps.md")
        files = "" if hook.get("pass_filenames", True) is False else f" {topic.relative_to(course_folder)}"
        assert run_in(course_folder, hook["entry"] + files)[0] == 0


def run_in(folder: Path, command: str) -> tuple[int, str]:
    """Run a command of coursekit in a course's folder; return its status and what it printed."""
    words = [sys.executable, "-m", *command.split()]
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "COURSEKIT_HOME": str(folder.parent / "home")}
    done = subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=120)
    return done.returncode, done.stdout
