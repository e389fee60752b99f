"""How much of a slope is left many steps back in a recurrent network, before anything is trained.

{"name": "recurrence", "cell": "LSTM", "forget_bias": 1.0, "recurrent_gain": 1.0, "steps": 50}
"""

from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, final

from coursekit.train.config import Backend
from coursekit.train.probes import Probe, Trial, Values
from coursekit.train.ranges import Range

if TYPE_CHECKING:
    from coursekit.train.arrays import Array  # they load NumPy
    from coursekit.train.streams import Stream

_ROWS, _FEATURES = 20, 8
_AT_MOST = 50  # rows of the table


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence(Probe):
    """Run 20 random sequences through one cell of 32 units and send a slope back from the last step.

    `slope` is the root mean square of the slopes of the loss by the state that is carried on: h in a plain cell,
    tanh(W h + U x), and c in an LSTM (Hochreiter & Schmidhuber 1997, with forget gates, Gers et al. 2000). The loss is
    the last h, each unit times a random number. U is normal with a variance of 1 / inputs, W orthogonal times
    `recurrent_gain`, so that all its singular values are that gain; biases are 0 but for the forget gate's.
    `left` is the slope at the first step over that at the last, `per_step` the factor of one step on average.
    """

    needs: ClassVar[Backend] = "numpy"
    values: ClassVar[tuple[str, ...]] = ("left", "per_step")
    trials_at_most: ClassVar[int] = _AT_MOST + 1
    curve: ClassVar[tuple[str, str] | None] = ("steps back", "slope")

    cell: Literal["plain", "LSTM"] = "plain"
    recurrent_gain: Annotated[float, Range(above=0, at_most=10)] = 1.0
    forget_bias: Annotated[float, Range(at_least=-10, at_most=10)] = 1.0  # an LSTM's only
    inputs: Annotated[float, Range(at_least=0, at_most=10)] = 1.0  # standard deviation of what is read
    units: Annotated[int, Range(at_least=1, at_most=128)] = 32
    steps: Annotated[int, Range(at_least=2, at_most=500)] = 50

    def trials(self, seed: int) -> Generator[Trial, None, Values]:
        """Tell the slope at some of the steps, from the last one back to the first."""
        slopes = [float((slope**2).mean() ** 0.5) for slope in self._slopes(seed)]
        every = -(-self.steps // _AT_MOST)
        for back in range(0, self.steps, every):
            yield {"steps back": back, "slope": slopes[back], "left": _part(slopes[back], slopes[0])}
        left = _part(slopes[-1], slopes[0])
        return {"left": left, "per_step": left ** (1 / (self.steps - 1))}

    def _slopes(self, seed: int) -> "list[Array]":
        """Return the slopes by the state (rows, units) after each step, the last step's first."""
        from coursekit.train.streams import Stream

        stream = Stream(seed, "parameters")
        gates = 4 if self.cell == "LSTM" else 1
        kernel = stream.normal((_FEATURES, gates * self.units)) / _FEATURES**0.5
        recurrent = self.recurrent_gain * self._orthogonal(gates, stream)
        wanted = stream.normal((self.units,))
        read = self.inputs * Stream(seed, "data").normal((self.steps, _ROWS, _FEATURES)) @ kernel
        back = self._lstm if self.cell == "LSTM" else self._plain
        return back(read, recurrent, wanted)

    def _orthogonal(self, gates: int, stream: "Stream") -> "Array":
        """Draw an orthogonal matrix for each gate, side by side, (units, gates * units)."""
        import numpy as np

        drawn = (stream.normal((self.units, self.units)) for _ in range(gates))
        return np.hstack([np.linalg.qr(each)[0] for each in drawn])

    def _plain(self, read: "Array", recurrent: "Array", wanted: "Array") -> "list[Array]":
        import numpy as np

        h, states = np.zeros((_ROWS, self.units)), list["Array"]()
        for x in read:
            h = np.tanh(h @ recurrent + x)
            states.append(h)
        slopes = [np.broadcast_to(wanted, h.shape)]
        for h in states[:0:-1]:
            slopes.append((slopes[-1] * (1 - h**2)) @ recurrent.T)
        return slopes

    def _lstm(self, read: "Array", recurrent: "Array", wanted: "Array") -> "list[Array]":
        """Gates stand as in Keras: input, forget, candidate, output."""
        import numpy as np

        h, c = np.zeros((2, _ROWS, self.units))
        kept = list[tuple["Array", ...]]()
        for x in read:
            i, f, g, o = np.split(h @ recurrent + x, 4, axis=1)
            i, f, g, o = _sigmoid(i), _sigmoid(f + self.forget_bias), np.tanh(g), _sigmoid(o)
            before, c = c, f * c + i * g
            h = o * np.tanh(c)
            kept.append((i, f, g, o, before, c))
        slope_h, slope_c, slopes = np.broadcast_to(wanted, h.shape), np.zeros_like(c), list["Array"]()
        for i, f, g, o, before, c in reversed(kept):
            slope_c = slope_c + slope_h * o * (1 - np.tanh(c) ** 2)
            slopes.append(slope_c)
            by_gates = (slope_c * g * i * (1 - i), slope_c * before * f * (1 - f), slope_c * i * (1 - g**2))
            by_output = slope_h * np.tanh(c) * o * (1 - o)
            slope_h, slope_c = np.hstack([*by_gates, by_output]) @ recurrent.T, slope_c * f
        return slopes


def _sigmoid(x: "Array") -> "Array":
    import numpy as np

    return 0.5 * (1 + np.tanh(0.5 * x))


def _part(slope: float, of: float) -> float:
    return slope / of if of > 0 else 0.0


PLUGIN = Recurrence
