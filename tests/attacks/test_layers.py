"""A corpus that cannot fail proves nothing: with each layer switched off, some attack of it succeeds."""

import os
from collections.abc import Iterator

import pytest

from coursekit.sandbox.launching import LAYERS
from tests.attacks.conftest import needs
from tests.attacks.corpus import named
from tests.attacks.world import World

_INNER = ("landlock", "seccomp", "capabilities")

CASES = (
    # what is switched off, at which tier, and what succeeds then and not before
    (("limits",), 2, "floods/descriptors"),
    (("limits",), 2, "floods/pipes"),
    (("limits",), 2, "floods/mapped_memory"),
    (("limits",), 2, "floods/a_hollow_file"),
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
    (("seccomp",), 3, "daemons/a_process"),
    (("landlock", "seccomp"), 2, "shells/a_program"),
    (("landlock", "seccomp"), 2, "network/raw_packets"),
    ((*_INNER, "container"), 3, "disk/reads_the_reference"),
    ((*_INNER, "container"), 3, "disk/lists_folders"),
    ((*_INNER, "container"), 3, "parent/what_the_grader_was_told"),
    ((*_INNER, "container"), 3, "parent/a_descriptor_of_the_grader"),
    ((*_INNER, "container"), 3, "parent/its_priority"),
    ((*_INNER, "container"), 3, "shells/a_program"),
)


@pytest.fixture(scope="module")
def loose_world() -> Iterator[World]:
    """Return a world of its own, for here attacks succeed."""
    made = World()
    yield made
    made.close()


@pytest.mark.parametrize(
    ("layers", "tier", "name"), [pytest.param(*case, id=f"{case[0][-1]}-{case[2]}") for case in CASES]
)
def test_an_attack_succeeds_without_the_layer_that_stops_it(
    loose_world: World, layers: tuple[str, ...], tier: int, name: str
):
    needs(loose_world, tier)
    rest = tuple(layer for layer in layers if layer != "container")

    held = loose_world.call(named(name), tier, rest if "container" in layers else ())
    free = loose_world.call(named(name), tier, layers)

    assert not held["is_right"], held
    assert free["is_right"], free


@pytest.mark.skipif(os.geteuid() != 0, reason="NOT TESTED: only an administrator has capabilities to give up.")
def test_an_attack_succeeds_with_an_administrators_capabilities(unlowered_world: World):
    needs(unlowered_world, 2)
    attack = named("disk/a_file_closed_to_all")

    assert not unlowered_world.call(attack, 2)["is_right"]
    assert unlowered_world.call(attack, 2, ("capabilities",))["is_right"]


def test_every_layer_is_switched_off_by_some_case():
    tried = {layers[-1] for layers, _, _ in CASES} | {"capabilities"}

    assert tried == {layer for layers in LAYERS.values() for layer in layers}
