"""Predict what a training run does; the key is what it does, so the author writes none.

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
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self, final

from coursekit.document import Item
from coursekit.errors import suggest
from coursekit.grading.number import describe_tolerance, is_close, read_number
from coursekit.model import Choice, Interaction, Mark, Response, TextEntry
from coursekit.questions._body import Body, Experiment, Material
from coursekit.questions._options import option_mark
from coursekit.questions.numeric import read_tolerance

OUTCOMES = ("converges", "crawls", "oscillates", "diverges")
_ASKS = ("final_loss", "outcome", "steps_to")


@final
@dataclass(frozen=True, slots=True)
class Predict(Body, Experiment):
    """Knobs for a run, what is asked about it, and, once it has run, what it did."""

    run: Mapping[str, Any]
    ask: str
    items: tuple[Item, ...]
    absolute: float
    relative: float
    observed: str = ""

    @classmethod
    def parse(cls, material: Material) -> tuple[str, Self]:
        """Read the run's settings and what is asked; the lab checks the settings."""
        fields = material.fields
        ask = fields.choice("ask", _ASKS, "outcome")
        run = fields.mapping("run").data()
        if not run:
            raise material.error("A predict question needs 'run: {learning_rate: 1.1}'.")
        if ask != "outcome":
            return material.text.source, cls(run, ask, (), *read_tolerance(fields))
        text, items = material.options()
        _check_outcomes(material, items)
        return text.source, cls(run, ask, items, 0.0, 0.0)

    def interaction(self) -> Interaction:
        """Ask for an outcome or a number."""
        if self.ask == "outcome":
            return Choice(tuple(item.text for item in self.items))
        return TextEntry(describe_tolerance(absolute=self.absolute, relative=self.relative), number=True)

    def key(self) -> Response:
        """Return what the run did; nothing before it ran."""
        return (self.observed,) if self.observed else ()

    def grade(self, response: Response) -> Mark:
        """Compare the prediction with the run."""
        if not self.observed:
            return Mark(0.0)
        if self.ask == "outcome":
            return option_mark(float(response == self.key()), self.items, response, self.key())
        value, key = read_number(" ".join(response)), float(self.observed)
        close = value is not None and is_close(value, key, absolute=self.absolute, relative=self.relative)
        return Mark(float(close))

    def settings(self) -> Mapping[str, Any]:
        """Return the knobs to turn."""
        return self.run

    def observe(self, behaviour: str, final_loss: float, steps: int) -> "Predict":
        """Take the key from what the run did. Raises ValueError when the question cannot hold it."""
        match self.ask:
            case "outcome":
                outcomes = [item.text for item in self.items]
                if behaviour not in outcomes:
                    raise ValueError(f"The run {behaviour}, which is not among the options.")
                return replace(self, observed=str(outcomes.index(behaviour) + 1))
            case "steps_to":
                return replace(self, observed=str(steps))
            case _:
                if not math.isfinite(final_loss):
                    raise ValueError("The run's final loss is not a number, so it cannot be asked for.")
                return replace(self, observed=repr(final_loss))


def _check_outcomes(material: Material, items: tuple[Item, ...]) -> None:
    if len(items) < 2:
        raise material.error(f"List at least two outcomes, as '- converges'. There are: {', '.join(OUTCOMES)}.")
    for item in items:
        if item.text not in OUTCOMES:
            raise material.error(f"No outcome is called '{item.text}'. {suggest(item.text, OUTCOMES)}", item.line)


PLUGIN = Predict
