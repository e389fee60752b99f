"""How a child is started at each tier, and what it is to give up."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import final

from coursekit.sandbox.limits import Limits
from coursekit.sandbox.plan import Plan
from coursekit.sandbox.process import Child, Pipes, Process, clean_environment, import_paths, python_command
from coursekit.sandbox.tier import Tier

LAYERS = {
    Tier.PROCESS: ("limits",),
    Tier.CONFINED: ("limits", "capabilities", "landlock", "seccomp"),
    Tier.CONTAINED: ("limits", "capabilities", "landlock", "seccomp", "container"),
}


@final
@dataclass(frozen=True, slots=True)
class Launch:
    """A child that is starting, and the id its first message must have."""

    process: Child
    greeting: str


def launch(tier: Tier, layers: Sequence[str], limits: Limits, folder: str, *, is_trial: bool = False) -> Launch:
    """Start a child with these layers in its private folder; a trial only tries to get out."""
    pipes = Pipes()
    try:
        plan = replace(plan_of(tier, layers, limits, pipes), is_trial=is_trial)
        command = command_of(plan, folder)
        return Launch(Process(command, pipes, clean_environment(folder), folder), plan.greeting)
    except BaseException:
        pipes.close()
        raise


def command_of(plan: Plan, folder: str) -> list[str]:
    """Return the command of a child with this plan, in a container if that is one of its layers."""
    command = python_command(plan.to_json())
    if "container" not in plan.layers:
        return command
    from coursekit.sandbox.bubblewrap import contained

    return contained(command, folder, plan.limits)


def plan_of(tier: Tier, layers: Sequence[str], limits: Limits, pipes: Pipes) -> Plan:
    """Return what a child is told."""
    return Plan(
        requests=pipes.child_requests,
        replies=pipes.child_replies,
        greeting=secrets.token_hex(8),
        limits=limits,
        layers=tuple(layers),
        imports=import_paths(),
        is_tried=set(layers) == set(LAYERS[tier]) and tier > Tier.PROCESS,
    )
