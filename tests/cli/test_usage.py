"""A wrong word gets one line on stderr that says what is wrong and what there is, and status 2."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


CASES = [
    (("lst",), "There is no command 'lst'. Did you mean 'list'?"),
    (
        ("xyzzy",),
        "There is no command 'xyzzy'. There are: adopt, aside, ask, backup, build, certificate, check, completion,"
        " course, doc, doctor, exam, explain, export, find, flag, fmt, help, lab, list, lock, new, note, plan,"
        " preview, profiles, progress, rate, replay, report, reschedule, restore, review, runs, schema, settings,"
        " train, verify.",
    ),
    (("--plian",), "Unrecognized arguments: --plian. Did you mean '--plain'? See 'coursekit --help'."),
    (("list",), "The following arguments are required: what. See 'coursekit list --help'."),
    (("list", "question"), "(choose from 'questions', 'topics', 'labs')"),
    (("list", "labs", "--jsn"), "Unrecognized arguments: --jsn. Did you mean '--json'? See 'coursekit list --help'."),
    (("ask", "pick-on", "--plain"), "The course has no question 'pick-on'. Did you mean 'pick-one'?"),
    (("ask", "pick-one", "nothing-alike"), "There are: claim, guess-run, one-step, pick-many, pick-one, why-calm."),
    (("lab", "run", "bowel"), "The course has no lab 'bowel'. Did you mean 'bowl'? See 'coursekit list labs'."),
    (("lab", "run", "../bowl"), "The course has no lab '../bowl'."),
    (("lab", "walk", "bowl"), "(choose from 'run', 'grade', 'hint', 'way', 'start', 'watch')"),
    (("lab", "run", "bowl", "--set", "learning_rat=1"), "no knob 'learning_rat'. Did you mean 'learning_rate'?"),
    (("lab", "run", "bowl", "--set", "learning_rate=5000"), "learning_rate can be 0.01 to 1000; got '5000'."),
    (("lab", "run", "bowl", "--set", "learning_rate=-1"), "learning_rate can be 0.01 to 1000; got '-1'."),
    (("lab", "run", "bowl", "--set", "learning_rate=nan"), "learning_rate can be 0.01 to 1000; got 'nan'."),
    (("lab", "run", "bowl", "--set", "learning_rate="), "learning_rate can be 0.01 to 1000; got ''."),
    (("lab", "run", "bowl", "--set", "steps=2.5"), "steps can be a whole number 1 to 100; got '2.5'."),
    (("lab", "run", "bowl", "--set", "optimizer=adam"), "optimizer can be sgd, momentum; got 'adam'."),
    (("lab", "run", "bowl", "--set", "steps"), "'--set steps' has no value. Write for example"),
    (("lab", "run", "bowl", "--set", "a\nb=\x1b[31m"), "The lab bowl has no knob 'a\\nb'."),
    (("lab", "run", "bowl", "--backend", "torch"), "(choose from 'numpy', 'tensorflow')"),
    (("lab", "run", "bowl", "--seed", "-1"), "seed must be a whole number of at least 0, got -1."),
    (("lab", "run", "bowl", "--seed", "one"), "Argument --seed: invalid int value: 'one'."),
]


@pytest.fixture(scope="module")
def results(run: Run, shared_course: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, ...], Any]:
    """Run all of them, some at a time."""
    home = tmp_path_factory.mktemp("usage")
    with ThreadPoolExecutor(4) as pool:
        done = pool.map(lambda case: run(*case[0], course=shared_course, home=home), CASES)
        return {words: result for (words, _), result in zip(CASES, done, strict=True)}


@pytest.mark.parametrize(("words", "said"), CASES)
def test_a_wrong_word_is_named_in_one_line(results: dict[tuple[str, ...], Any], words: tuple[str, ...], said: str):
    done = results[words]

    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("coursekit: ")
    assert len(done.err.splitlines()) == 1
    assert said in done.err
    assert "\x1b" not in done.err


def test_a_large_course_sends_to_its_list(run: Run, course_folder: Path):
    topic = course_folder / "content" / "1-basics" / "2-more.md"
    more = "\n".join(
        f"## Claim {number}\n\n```yaml question\nid: claim-{number}\nkind: true-false\nkey: true\n```\n\nYes.\n"
        for number in range(20)
    )
    topic.write_text(f"---\ntitle: More\n---\n\n{more}")

    done = run("ask", "claim-77", "--plain", course=course_folder, home=course_folder / "home")

    assert done.status == 2
    assert "See 'coursekit list questions'." in done.err


def test_json_that_fails_prints_nothing_on_stdout(run: Run, shared_course: Path, tmp_path: Path):
    done = run("lab", "run", "bowl", "--json", "--set", "steps=0", course=shared_course, home=tmp_path)

    assert (done.status, done.out) == (2, "")
    assert len(done.err.splitlines()) == 1
