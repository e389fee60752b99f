from collections.abc import Callable
from typing import Any

import pytest

from coursekit import plugins
from coursekit.authoring.families import FAMILIES
from coursekit.authoring.reference import names

Run = Callable[..., Any]


def test_the_list_has_a_line_for_each(run: Run):
    done = run("doc")

    assert (done.status, done.err) == (0, "")
    assert [line.split()[0] for line in done.out.splitlines() if line[0] != " "] == list(names())


@pytest.mark.parametrize("name", ["numeric", "predict", "lab"])
def test_a_reference_has_fields_and_an_example(run: Run, name: str):
    done = run("doc", name)

    assert done.status == 0
    assert done.out.startswith(f"{name}: ")
    assert "\nfields (* must be there):\n" in done.out
    assert "\nexample:\n\n" in done.out


def test_words_and_defaults_are_those_of_the_reader(run: Run):
    said = " ".join(run("doc", "predict").out.split())

    assert "outcome | steps_to | which_is_lower. Default: outcome. run mapping." in said


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_is_listed_with_the_fields_of_each_member(run: Run, family: str):
    done, known = run("doc", family), plugins.names(FAMILIES[family][0])

    assert (done.status, done.err) == (0, "")
    assert [line.partition(":")[0] for line in done.out.split("\n") if line.partition(":")[0] in known] == list(known)


def test_a_member_says_its_ranges_words_and_defaults(run: Run):
    momentum, traces = run("doc", "optimizer", "momentum"), run("doc", "probe", "traces")

    assert "  momentum   number of at least 0 and below 1. Default: 0.9." in momentum.out
    assert "  signature         word. none | any batch | static 32. Default: none." in traces.out
    assert "values that a goal may bound: examples_lost, padded_rows, refused, traces" in traces.out


def test_an_unknown_member_gets_the_nearest(run: Run):
    wrong, none = run("doc", "optimizer", "adm"), run("doc", "numeric", "adm")

    assert (wrong.status, none.status) == (2, 2)
    assert "There is no optimizer 'adm'. Did you mean 'adam'?" in wrong.err
    assert "'numeric' has no members" in none.err


def test_no_field_of_an_exam_borrows_the_words_of_another(run: Run):
    (found,) = run("doc", "exam", "--json").records
    rows = {row["name"]: row["text"] for row in found["rows"]}

    assert rows["attempts"] == "How many sittings; 0 is as many as one likes."
    assert rows["from[].lesson"] == "Lessons to draw from."
    assert "lesson" not in rows  # which stands under 'from' alone


def test_it_comes_as_json_too(run: Run):
    (found,) = run("doc", "cloze", "--json").records
    listed = run("doc", "--json").records

    assert (found["name"], {"name", "type", "is_required"} <= found["rows"][0].keys()) == ("cloze", True)
    assert [each["name"] for each in listed] == list(names())
    assert {each["type"] for each in (found, *listed)} == {"reference"}


def test_an_unknown_name_gets_the_nearest(run: Run):
    done = run("doc", "numerc")

    assert (done.status, done.out) == (2, "")
    assert "There is no reference of 'numerc'. Did you mean 'numeric'?" in done.err
