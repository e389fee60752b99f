"""A corpus that cannot fail proves nothing: with each layer switched off, some attack of it succeeds."""

import os
from collections.abc import Iterator

import pytest

from coursekit.sandbox.launching import LAYERS
from tests.attacks.conftest import needs
from tests.attacks.corpus import named
from tests.attacks.switches import LIMITS, SWITCHES
from tests.attacks.world import World

_INNER = ("landlock", "seccomp", "capabilities")
_OPEN = (*_INNER, "container")  # a child of tier 3 that is only limited

CASES = (
    # what is switched off, at which tier, and what succeeds then; with all but the last of it, it does not
    (("limits",), 2, "floods/descriptors"),
    (("limits",), 2, "floods/pipes"),
    (("limits",), 2, "floods/mapped_memory"),
    (("limits",), 2, "floods/a_hollow_file"),
    (("memory",), 2, "floods/mapped_memory"),
    (("file",), 2, "floods/a_hollow_file"),
    (("descriptors",), 2, "floods/descriptors"),
    (("folder",), 2, "floods/more_than_the_folder_holds"),
    (("folder",), 3, "floods/more_than_the_folder_holds"),
    (("files",), 2, "floods/more_files_than_may_be"),
    (("seconds_per_call",), 2, "endless/a_while"),
    (("environment",), 1, "walked/environment"),
    (("closed descriptors",), 1, "walked/descriptors"),
    (("closed descriptors",), 2, "walked/descriptors"),
    (("private folder",), 2, "folder/what_another_left"),
    (("isolation", "private folder"), 2, "shadows/a_module_for_the_next"),
    (("private folder", "isolation"), 2, "shadows/a_module_for_the_next"),
    (("privacy",), 1, "parent/what_the_grader_knows"),
    (("oracle",), 2, "walked/modules"),
    (("exact fields",), 2, "forged/a_frame_with_a_right_result_and_a_verdict"),
    (("lengths",), 2, "forged/a_long_header"),
    (("id",), 2, "forged/another_id"),
    (("landlock",), 2, "disk/reads_the_reference"),
    (("landlock",), 2, "disk/reads_through_a_link"),
    (("landlock",), 2, "disk/reads_the_grader"),
    (("landlock",), 2, "disk/other_packages"),
    (("landlock",), 2, "disk/looks_above"),
    (("landlock",), 2, "parent/other_processes"),
    (("landlock",), 2, "walked/imports_of_the_grader"),
    (("seccomp",), 2, "daemons/a_process"),
    (("seccomp",), 2, "daemons/a_newer_call"),
    (("seccomp",), 2, "network/a_datagram"),
    (("seccomp",), 2, "network/a_pair_of_sockets"),
    (("seccomp",), 2, "floods/files_in_memory"),
    (("seccomp",), 2, "parent/a_life_beyond_it"),
    (("seccomp",), 2, "parent/its_processors"),
    (("seccomp",), 2, "kernel/old_calls"),
    (("seccomp",), 2, "disk/opens_with_neither_right"),
    (("seccomp",), 3, "daemons/a_process"),
    (("landlock", "seccomp"), 2, "shells/a_program"),
    (("landlock", "seccomp"), 2, "network/raw_packets"),
    (_OPEN, 3, "disk/reads_the_reference"),
    (_OPEN, 3, "disk/lists_folders"),
    (_OPEN, 3, "parent/what_the_grader_was_told"),
    (_OPEN, 3, "parent/a_descriptor_of_the_grader"),
    (_OPEN, 3, "parent/its_priority"),
    (_OPEN, 3, "shells/a_program"),
    ((*_INNER, "container's network"), 3, "network/a_connection"),
    ((*_INNER, "container's processes"), 3, "parent/its_priority"),
    ((*_INNER, "container's files"), 3, "disk/reads_the_reference"),
    (("container's disk",), 3, "floods/files_without_names"),
)
_TWICE = {"folder/what_another_left", "shadows/a_module_for_the_next"}  # what one child leaves, the next finds


@pytest.fixture(scope="module")
def loose_world() -> Iterator[World]:
    """Return a world of its own, for here attacks succeed."""
    made = World()
    yield made
    made.close()


@pytest.mark.parametrize(
    ("layers", "tier", "name"), [pytest.param(*case, id=f"{case[0][-1]}-{case[2]}-{case[1]}") for case in CASES]
)
def test_an_attack_succeeds_without_the_layer_that_stops_it(
    loose_world: World, layers: tuple[str, ...], tier: int, name: str
):
    needs(loose_world, tier)
    times = 2 if name in _TWICE else 1

    held = loose_world.call(named(name), tier, layers[:-1], times)
    free = loose_world.call(named(name), tier, layers, times)

    assert not held["is_right"], held
    assert free["is_right"], free


@pytest.mark.parametrize(
    ("guard", "name", "held", "free"), [("arguments", "mutated/inputs", 0.5, 1.0), ("nan", "values/nan", 0.0, 0.8)]
)
def test_an_attack_earns_more_without_the_comparison_that_stops_it(
    loose_world: World, guard: str, name: str, held: float, free: float
):
    attack = named(name)

    grades = [loose_world.grade(attack.lab, attack.source({}), 1, without) for without in ((), (guard,))]

    assert [grade["score"]["points"] / grade["score"]["out_of"] for grade in grades] == [held, free]


def test_a_process_is_left_when_only_the_child_is_killed_and_not_its_group(world: World):
    attack = named("daemons/a_process_that_holds_the_pipes")

    world.call(attack, 1)
    held = world.left()
    world.call(attack, 1, ("group",))
    free = world.left()
    world.end_what_is_left()

    assert held == []
    assert len(free) == 1
    assert free[0].startswith("the process")


@pytest.mark.skipif(os.geteuid() != 0, reason="NOT TESTED: only an administrator has capabilities to give up.")
def test_an_attack_succeeds_with_an_administrators_capabilities(unlowered_world: World):
    needs(unlowered_world, 2)
    attack = named("disk/a_file_closed_to_all")

    assert not unlowered_world.call(attack, 2)["is_right"]
    assert unlowered_world.call(attack, 2, ("capabilities",))["is_right"]


def test_every_layer_and_every_guard_is_switched_off_by_some_case():
    tried = {layers[-1] for layers, _, _ in CASES} | {"capabilities", "arguments", "nan", "group", "oracle"}

    assert tried == {layer for layers in LAYERS.values() for layer in layers} | {*SWITCHES, *LIMITS, "oracle"}
