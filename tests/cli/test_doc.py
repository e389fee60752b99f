from collections.abc import Callable
from typing import Any

import pytest

from coursekit.authoring.reference import names

Run = Callable[..., Any]


def test_the_list_has_a_line_for_each(run: Run):
    done = run("doc")

    assert (done.status, done.err) == (0, "")
    assert [line.split()[0] for line in done.out.splitlines()] == list(names())


@pytest.mark.parametrize("name", ["numeric", "predict", "lab"])
def test_a_reference_has_fields_and_an_example(run: Run, name: str):
    done = run("doc", name)

    assert done.status == 0
    assert done.out.startswith(f"{name}: ")
    assert "\nfields (* must be there):\n" in done.out
    assert "\nexample:\n\n" in done.out


def test_words_and_defaults_are_those_of_the_reader(run: Run):
    ask = next(line for line in run("doc", "predict").out.splitlines() if line.startswith("  ask "))

    assert ask.endswith("final_loss | outcome | steps_to | which_is_lower. Default: outcome.")


def test_it_comes_as_json_too(run: Run):
    (found,) = run("doc", "cloze", "--json").records
    listed = run("doc", "--json").records

    assert (found["name"], {"name", "type", "is_required"} <= found["rows"][0].keys()) == ("cloze", True)
    assert [each["name"] for each in listed] == list(names())


def test_an_unknown_name_gets_the_nearest(run: Run):
    done = run("doc", "numerc")

    assert (done.status, done.out) == (2, "")
    assert "There is no reference of 'numerc'. Did you mean 'numeric'?" in done.err
