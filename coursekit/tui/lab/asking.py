"""What the screen of a lab asks: which fault a run has, in which form to write one to a file."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from coursekit.lab.definition import Lab

if TYPE_CHECKING:  # the app imports the screens
    from coursekit.store.labs import LabRun
    from coursekit.tui.app import CoursekitApp


def ask_fault(app: "CoursekitApp", lab: Lab, named: int | None, name: Callable[[int], None]) -> None:
    """Ask what is wrong with a run; `name` is called with the number of the fault that was picked."""
    from coursekit.tui.screens.pick import PickScreen  # few labs have faults

    def take(picked: int | None) -> None:
        if picked:
            name(picked)

    says = [fault.says for fault in lab.faults]
    app.push_screen(PickScreen("What is wrong with this run?", says, named), take)


def ask_form(app: "CoursekitApp", run: "LabRun", write: Callable[["LabRun", str], None]) -> None:
    """Ask in which form to write a run; `write` is called with the run and the form."""
    from coursekit.lab.export import formats  # few ask for it
    from coursekit.tui.screens.pick import PickScreen

    def take(picked: int | None) -> None:
        if picked:
            write(run, formats()[picked - 1])

    says = [form.upper() for form in formats()]
    app.push_screen(PickScreen(f"Write run {run.number} into this folder as", says), take)
