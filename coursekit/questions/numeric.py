"""A number, compared by value; the key is a number or an expression over `params`.

With `unit: ms` the key is in that unit, which may be left out of the response; `units: {s: 1000}` says which others may
be written, and how much one of them is.

```yaml question
id: parabola-step
kind: numeric
params: {w0: [2.0, 4.0], lr: [0.1, 0.25]}
key: w0 * (1 - lr)
tolerance: {abs: 1.0e-6, rel: 0.005}
wrong:
  - {value: w0 * (1 + lr), say: Check the sign of the update.}
```

For $L(w) = w^2 / 2$, $w_0 = {{ w0 }}$ and a learning rate of ${{ lr }}$, what is $w_1$?
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self, final

from coursekit.fields import Fields
from coursekit.grading.arithmetic import drawn
from coursekit.grading.number import describe_tolerance, format_number, is_close, read_number, read_quantity
from coursekit.model import Mark, Response, TextEntry
from coursekit.questions._body import Body, Material


@final
@dataclass(frozen=True, slots=True)
class Numeric(Body):
    """A value, how near is near enough, and values that name a slip."""

    value: float
    absolute: float
    relative: float
    slips: tuple[tuple[float, str], ...]
    units: Mapping[str, float] = field(default_factory=dict[str, float])
    """The declared unit, with the factor 1, and others."""

    @classmethod
    def parse(cls, material: Material) -> tuple[str, Self]:
        """Read key, tolerance and the slips worth naming."""
        absolute, relative = read_tolerance(material.fields)
        value = material.expression(material.fields, "key")
        body = cls(value, absolute, relative, (), _units(material.fields))
        return material.text.source, replace(body, slips=_slips(material, body))

    def interaction(self) -> TextEntry:
        """Ask for a number and say how exact."""
        form = describe_tolerance(absolute=self.absolute, relative=self.relative)
        others = " or ".join(self.units)
        return TextEntry(f"{form}, in {others}" if others else form, number=True, units=tuple(self.units))

    def key(self) -> Response:
        """Return the value, in as many digits as it needs."""
        short = format_number(self.value)
        number = short if self.accepts(float(short)) else repr(self.value)
        return (f"{number} {next(iter(self.units), '')}".rstrip(),)

    def grade(self, response: Response) -> Mark:
        """All or nothing; a known slip is named."""
        value = read_quantity(" ".join(response), self.units)
        if value is None:
            return Mark(0.0)
        if self.accepts(value):
            return Mark(1.0)
        said = [
            say for slip, say in self.slips if is_close(value, slip, absolute=self.absolute, relative=self.relative)
        ]
        return Mark(0.0, feedback=tuple(said[:1]))

    def accepts(self, value: float) -> bool:
        """Say whether a value is near enough."""
        return is_close(value, self.value, absolute=self.absolute, relative=self.relative)


def read_tolerance(fields: Fields) -> tuple[float, float]:
    """Read `tolerance: {abs: …, rel: …}`; by default half a percent. Raises ContentError."""
    if "tolerance" not in fields:
        return 0.0, 0.005
    tolerance = fields.mapping("tolerance")
    absolute, relative = tolerance.number("abs", 0.0), tolerance.number("rel", 0.0)
    tolerance.refuse_unknown()
    if absolute < 0 or not 0 <= relative < 1:
        raise fields.error("tolerance", "'abs' must not be negative and 'rel' must be in [0, 1).")
    return float(absolute), float(relative)


def _units(fields: Fields) -> dict[str, float]:
    """Read the declared unit, and others with their factors. Raises ContentError."""
    others = fields.mapping("units")
    if "unit" not in fields:
        if "units" in fields:
            raise fields.error("units", "'units' needs 'unit': the one in which the key is.")
        return {}
    unit = fields.text("unit")
    units = {unit: 1.0} | {name: float(others.number(name)) for name in others}
    for name, factor in units.items():
        if not factor > 0 or read_number(name) is not None or not name.strip():
            raise fields.error("units" if name in others else "unit", f"'{name}' must be a word with a factor above 0.")
    if units[unit] != 1:
        raise fields.error("units", f"'{unit}' is the unit of the key, so its factor is 1. Take it out of 'units'.")
    return units


def _slips(material: Material, body: Numeric) -> tuple[tuple[float, str], ...]:
    slips: list[tuple[float, str]] = []
    for entry in material.fields.entries("wrong"):
        if not isinstance(entry, Fields):
            raise material.fields.error("wrong", "Write each as '- {value: 2 * lr, say: What went wrong.}'.")
        text, value = entry.text("value"), material.expression(entry, "value")
        if body.accepts(value):
            raise entry.error(
                "value",
                f"'{text}' is accepted as the key{drawn(text, material.values)}. Change it, or narrow 'tolerance'.",
                code="distractor-accepted",
            )
        slips.append((value, entry.text("say")))
        entry.refuse_unknown()
    return tuple(slips)


PLUGIN = Numeric
