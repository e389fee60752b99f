"""Predict what training runs do; the key is what they do, so the author writes none.

`ask: final_loss` and `ask: steps_to` (with `target: 0.01`) ask for a number, within a `tolerance`;
`ask: which_is_lower` for the one of two `runs: [{…}, {…}]` whose loss ends lower, with an option for each in order.

```yaml question
id: predict-divergence
kind: predict
lab: quadratic-bowl
run: {learning_rate: 1.1, steps: 50}
ask: outcome
```

What does gradient descent do with a learning rate of $1.1$?

- converges
- diverges
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self, final

from coursekit.document import Item
from coursekit.errors import suggest
from coursekit.fields import Fields
from coursekit.grading.number import describe_tolerance, is_close, read_number
from coursekit.model import Choice, Interaction, Mark, Response, TextEntry
from coursekit.questions._body import Body, Experiment, Guess, Material, Observation
from coursekit.questions._options import option_mark
from coursekit.questions.numeric import read_tolerance

OUTCOMES = ("converges", "crawls", "oscillates", "diverges")
_ASKS = ("final_loss", "outcome", "steps_to", "which_is_lower")
_TOO_NEAR = 0.02  # of the larger loss: nobody can know which of two such runs is lower


@final
@dataclass(frozen=True, slots=True)
class Predict(Body, Experiment):
    """Knobs for one run or two, what is asked about them, and, once they have run, what was observed.

    `observed` is a word that holds however the options are ordered: an outcome, a number, or the number of a run.
    """

    settings: tuple[Mapping[str, Any], ...]
    ask: str
    items: tuple[Item, ...] = ()
    target: float | None = None
    absolute: float = 0.0
    relative: float = 0.0
    observed: str = ""

    @classmethod
    def parse(cls, material: Material) -> tuple[str, Self]:
        """Read the runs' settings and what is asked; the lab checks the settings."""
        fields = material.fields
        ask = fields.choice("ask", _ASKS, "outcome")
        settings = _settings(material, ask)
        if ask in ("outcome", "which_is_lower"):
            text, items = material.options()
            (_check_outcomes if ask == "outcome" else _check_pair)(material, items)
            return text.source, cls(settings, ask, items)
        absolute, relative = read_tolerance(fields)
        return material.text.source, cls(settings, ask, (), _target(fields, ask), absolute, relative)

    def interaction(self) -> Interaction:
        """Ask for an outcome, a run, or a number."""
        if self.items:
            return Choice(tuple(item.text for item in self.items))
        return TextEntry(describe_tolerance(absolute=self.absolute, relative=self.relative), number=True)

    def key(self) -> Response:
        """Return what the runs did; nothing before they ran."""
        if self.observed and self.ask == "outcome":
            return (str(self._outcomes().index(self.observed) + 1),)
        return (self.observed,) if self.observed else ()

    def grade(self, response: Response) -> Mark:
        """Compare the prediction with the runs."""
        if not self.observed:
            return Mark(0.0)
        if self.items:
            return option_mark(float(response == self.key()), self.items, response, self.key())
        value, key = read_number(" ".join(response)), float(self.observed)
        close = value is not None and is_close(value, key, absolute=self.absolute, relative=self.relative)
        return Mark(float(close))

    def runs(self) -> tuple[Mapping[str, Any], ...]:
        """Return the knobs to turn for each run."""
        return self.settings

    def asks(self) -> str:
        """Return the field, with the loss to be reached."""
        return self.ask if self.target is None else f"{self.ask} {self.target!r}"

    def observe(self, runs: Sequence[Observation]) -> str:
        """Say what was asked for: the outcome, the loss, the steps, or the number of the run that ended lower."""
        match self.ask:
            case "outcome":
                return runs[0].behaviour
            case "final_loss":
                return _final_loss(runs[0])
            case "steps_to":
                return _steps_to(runs[0], self.target)
            case _:
                return _lower(runs)

    def decided(self, observed: str) -> "Predict":
        """Take the key from what was observed."""
        if self.ask == "outcome" and observed not in self._outcomes():
            raise ValueError(f"The run {observed}, which is not among the options.")
        return replace(self, observed=observed)

    def guess(self, response: Response) -> Guess:
        """Say where a predicted number stands: at that loss, or at that step on the loss to be reached."""
        value = None if self.items else read_number(" ".join(response))
        return Guess(loss=value) if self.ask == "final_loss" else Guess(self.target, value)

    def _outcomes(self) -> list[str]:
        return [item.text for item in self.items]


def _settings(material: Material, ask: str) -> tuple[Mapping[str, Any], ...]:
    fields = material.fields
    if ask != "which_is_lower":
        if run := fields.mapping("run").data():
            return (run,)
        raise material.error("A predict question needs 'run: {learning_rate: 1.1}'.")
    runs = tuple(run.data() for run in fields.entries("runs") if isinstance(run, Fields))
    if len(runs) != 2 or not all(runs) or runs[0] == runs[1]:
        message = "'ask: which_is_lower' needs two runs: 'runs: [{learning_rate: 0.1}, {learning_rate: 0.01}]'."
        raise fields.error("runs", message) if "runs" in fields else material.error(message)
    return runs


def _target(fields: Fields, ask: str) -> float | None:
    if ask != "steps_to":
        return None
    if "target" not in fields:
        raise fields.error("ask", "'ask: steps_to' needs the loss to be reached, as in 'target: 0.01'.")
    return float(fields.number("target"))


def _check_outcomes(material: Material, items: tuple[Item, ...]) -> None:
    if len(items) < 2:
        raise material.error(f"List at least two outcomes, as '- converges'. There are: {', '.join(OUTCOMES)}.")
    for item in items:
        if item.text not in OUTCOMES:
            raise material.error(f"No outcome is called '{item.text}'. {suggest(item.text, OUTCOMES)}", item.line)


def _check_pair(material: Material, items: tuple[Item, ...]) -> None:
    if len(items) != 2 or not all(item.text for item in items):
        raise material.error("List two options, one for each of 'runs' in their order, as '- learning rate 0.1'.")


def _final_loss(run: Observation) -> str:
    if not math.isfinite(run.final_loss):
        raise ValueError("The run's final loss is not a number, so it cannot be asked for.")
    return repr(run.final_loss)


def _steps_to(run: Observation, target: float | None) -> str:
    steps = None if target is None else run.steps_to(target)
    if steps is None:
        raise ValueError(f"The run never reaches a loss of {target:g}, so its steps cannot be asked for.")
    return str(steps)


def _lower(runs: Sequence[Observation]) -> str:
    """Name the run that ends lower; one that is no number in the end is above all that are."""
    ends = [run.final_loss if math.isfinite(run.final_loss) else math.inf for run in runs]
    if math.isclose(*ends, rel_tol=_TOO_NEAR):
        said = " and ".join(f"{end:.4g}" for end in ends)
        raise ValueError(f"The runs end too near each other to be told apart, at {said}.")
    return str(ends.index(min(ends)) + 1)


PLUGIN = Predict
