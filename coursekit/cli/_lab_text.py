"""What a lab says before a run and after one, line by line: what a screen shows beside the curve.

learning_rate   0.001 to 4            now 0.03
batch_size      8, 32, 128, 1437      now 32
"""

from collections.abc import Iterator, Sequence

from coursekit.cli._plain_forms import WIDTH
from coursekit.lab.definition import Lab
from coursekit.lab.faults import Fault
from coursekit.lab.knobs import show
from coursekit.prose import plain


def lab_lines(lab: Lab) -> Iterator[str]:
    """Say what a lab is about, what its runs shall reach, and what can be turned."""
    yield f"{lab.title}\n\n{plain(lab.instructions, WIDTH)}\n"
    for goal in lab.goals:
        yield f"goal  {goal}  ({goal.points:g} pt)"
    if lab.faults:
        yield f"goal  the fault named, in the grade, with --fault N  ({lab.naming:g} pt)"
    yield ""
    names = max((len(knob.name) for knob in lab.knobs), default=0)
    ranges = max((len(knob.allowed()) for knob in lab.knobs), default=0)
    for knob in lab.knobs:
        yield f"{knob.name:{names}}   {knob.allowed():{ranges}}   now {show(knob.value)}"
    if lab.knobs:
        yield f"Turn a knob with --set: coursekit lab run {lab.name} --set {lab.knobs[0].name}=…"
    if lab.hints:
        yield f"For a hint, one of {len(lab.hints)}: coursekit lab hint {lab.name}"
    yield ""


def where_next(lab: Lab, settings: Sequence[str], *, is_passed: bool) -> str:
    """Say how to have a run graded that meets every goal; '' after another."""
    if not is_passed:
        return ""
    turned = "".join(f" --set {pair}" for pair in settings)
    fault = " --fault N" if lab.faults else ""
    return f"One seed may be luck; a grade takes five: coursekit lab grade {lab.name}{turned}{fault}"


def why_lines(explanation: str) -> Iterator[str]:
    """Give the explanation, which tells a way to the goals, to who has reached them."""
    if explanation:
        yield f"\nWhy\n{plain(explanation, WIDTH)}"


def how_to_name(faults: Sequence[Fault]) -> str:
    """Say how a fault is named, and which there are."""
    return "name it with --fault N. " + " ".join(f"{number}: {fault.says}" for number, fault in enumerate(faults, 1))
