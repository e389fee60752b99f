"""What the keys of a lab change about its picture and its pages. What a view returns is why it cannot be, or ''."""

from functools import partial
from pathlib import Path
from typing import Literal, TypeAlias, assert_never, final

from coursekit.tui.lab.body import LabBody
from coursekit.tui.lab.runs_desk import NONE_YET, training_of
from coursekit.tui.lab.visit import Visit

View: TypeAlias = Literal["log", "smooth", "strips", "compare", "table", "way", "text"]


@final
class Views:
    """One method per view, by its name."""

    def __init__(self, visit: Visit, body: LabBody, log: Path | None) -> None:
        self._visit, self._body, self._log_file = visit, body, log

    async def turn(self, view: View) -> str:
        """Turn a view on or off."""
        match view:
            case "table":
                return await self._table()
            case "way":
                return await self._way()
            case "log" | "smooth":
                return self._curve(view)
            case "strips":
                return self._strips()
            case "compare":
                return self._compare()
            case "text":
                return self._text()
            case _:
                assert_never(view)

    def _curve(self, view: Literal["log", "smooth"]) -> str:
        """Change the loss axis, or between the noise itself and the mean before it."""
        if curve := self._body.run.curve:
            (curve.toggle_log if view == "log" else curve.toggle_smooth)()
        return ""

    def _strips(self) -> str:
        """Show or hide the gradient's length and the rate."""
        if self._visit.lab.is_probe:
            return "A measurement has no gradient and no rate to draw."
        self._body.run.toggle_strips()
        self._body.turn_to("run")
        return ""

    def _compare(self) -> str:
        """Draw the last runs behind this one, or no longer."""
        runs = self._visit.runs
        is_done = not self._visit.lab.is_probe and runs.compare_last()
        self._body.draw_compared(runs)
        none = "There is no other run of this visit to compare with. In the table (t), c takes an older one."
        return "" if is_done else none

    async def _table(self) -> str:
        """Show the table of runs, or the run again."""
        if self._body.page == "table":
            self._body.turn_to("run")
        elif self._visit.runs.is_empty:
            return NONE_YET
        else:
            await self._body.show_table(self._visit.runs)
        return ""

    async def _way(self) -> str:
        """Show the way of a run through its landscape, the table's chosen one or the last, or the run again."""
        if self._body.page == "way":
            self._body.turn_to("run")
        elif said := self._visit.why_no_way:
            return said
        else:
            run = self._body.chosen or self._visit.runs.runs[-1]
            if config := self._visit.attempt(partial(training_of, run)):
                await self._body.show_way(config, self._log_file)
        return ""

    def _text(self) -> str:
        """Change between the text and the picture."""
        self._body.turn_to("run" if self._body.page == "text" else "text")
        return ""
