"""Convolutions in two and three dimensions, carried out: what comes out of each layer, and what it costs.

{"name": "convolutions", "dimensions": "3D", "slices": 24, "side": 32, "kernel": 3, "filters": 8, "pool": 2}
"""

from collections.abc import Generator
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, TypeAlias, final

from coursekit.train.config import Backend
from coursekit.train.probes import Cell, Probe, Trial, Values
from coursekit.train.ranges import Range

if TYPE_CHECKING:
    from coursekit.train.arrays import Array  # they load NumPy

Padding: TypeAlias = Literal["valid", "same"]

_BYTES = 4  # of a float32
_LAYERS = 4


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Convolutions(Probe):
    """Send one example through layers that are all alike: a convolution with relu, then max pooling, if any.

    The input is `slices` pictures of `side` by `side` with `channels` numbers at each place. A 3D convolution moves
    along the slices too; for a 2D one they are further channels, all taken at once. Shapes are (slices,) height,
    width, channels, and margins those of Keras. A multiplication by a zero of the margin counts, as it is made.
    Kilobytes are those of one example's numbers, 4 bytes each, after each layer and at the input: what a backward pass
    has to keep. `sees` and `reach` are how many places of a line of pixels the middle output depends on, found by
    trying each of them; `output_slices` at how many places along the slices there are outputs, 1 if they are taken at
    once; `narrowest` the fewest channels anywhere, the input included.
    """

    needs: ClassVar[Backend] = "numpy"
    values: ClassVar[tuple[str, ...]] = (
        "kilobytes",
        "multiply_adds",
        "narrowest",
        "output_numbers",
        "output_side",
        "output_slices",
        "parameters",
        "reach",
    )
    trials_at_most: ClassVar[int] = 2 * _LAYERS + 1

    dimensions: Literal["2D", "3D"] = "2D"
    slices: Annotated[int, Range(at_least=1, at_most=64)] = 1
    side: Annotated[int, Range(at_least=4, at_most=64)] = 32
    channels: Annotated[int, Range(at_least=1, at_most=64)] = 3
    kernel: Annotated[int, Range(at_least=1, at_most=9)] = 3
    filters: Annotated[int, Range(at_least=1, at_most=64)] = 16
    stride: Annotated[int, Range(at_least=1, at_most=4)] = 1
    padding: Padding = "valid"
    pool: Annotated[int, Range(at_least=1, at_most=4)] = 1
    layers: Annotated[int, Range(at_least=1, at_most=_LAYERS)] = 1

    def trials(self, seed: int) -> Generator[Trial, None, Values]:
        """Convolve numbers drawn from the seed, with a row for the input, each convolution and each pooling."""
        from coursekit.train.streams import Stream

        stream = Stream(seed, "data")
        maps, line = stream.normal((1, *self._input())), _line(self.side)
        rows = [_row("input", maps, line)]
        yield rows[-1]
        for number in range(1, self.layers + 1):
            kernel = stream.normal((*[self.kernel] * (maps.ndim - 2), maps.shape[-1], self.filters))
            maps, line = self._convolved(maps, kernel), self._convolved(line, _ones(self.kernel))
            rows.append(_row(f"conv {number}", maps, line, kernel))
            yield rows[-1]
            if self.pool > 1 and maps.size:
                maps, line = pooled(maps, self.pool), pooled(line, self.pool)
                rows.append(_row(f"pool {number}", maps, line))
                yield rows[-1]
            if not maps.size:
                break
        return self._values(rows, maps)

    def _input(self) -> tuple[int, ...]:
        """Return the shape of what comes in."""
        if self.dimensions == "3D":
            return self.slices, self.side, self.side, self.channels
        return self.side, self.side, self.slices * self.channels

    def _convolved(self, maps: "Array", kernel: "Array") -> "Array":
        """Return max(0, sums), or an empty array where the kernel fits nowhere."""
        return convolved(maps.astype("float32"), kernel.astype("float32"), self.stride, self.padding).clip(0)

    def _values(self, rows: list[dict[str, Cell]], maps: "Array") -> Values:
        return {
            "kilobytes": _total(rows, "kilobytes"),
            "multiply_adds": _total(rows, "multiply_adds"),
            "narrowest": min(self._input()[-1], self.filters),
            "output_numbers": maps.size,
            "output_side": maps.shape[-2] if maps.size else 0,
            "output_slices": maps.shape[1] if maps.size and self.dimensions == "3D" else 1,
            "parameters": _total(rows, "weights") + _total(rows, "biases"),
            "reach": float(rows[-1]["sees"] or 0),
        }


def convolved(maps: "Array", kernel: "Array", stride: int, padding: Padding) -> "Array":
    """Convolve maps (batch, ...places, channels) with a kernel (...offsets, channels, filters), of any dimensions.

    For each offset in the kernel, all places that it meets are multiplied with its weights at once. The margins of
    "same" are Keras's: an odd one is larger at the end.
    """
    import numpy as np

    sizes, reaches = maps.shape[1:-1], kernel.shape[:-2]
    if padding == "same":
        totals = [max(0, (-(-n // stride) - 1) * stride + k - n) for n, k in zip(sizes, reaches, strict=True)]
        maps = np.pad(maps, [(0, 0), *((total // 2, total - total // 2) for total in totals), (0, 0)])
    places = [max(0, (n - k) // stride + 1) for n, k in zip(maps.shape[1:-1], reaches, strict=True)]
    sums = np.zeros((len(maps), *places, kernel.shape[-1]), maps.dtype)
    if not sums.size:
        return sums
    for offset in product(*map(range, reaches)):
        met = [slice(at, at + stride * (n - 1) + 1, stride) for at, n in zip(offset, places, strict=True)]
        sums += maps[(slice(None), *met)] @ kernel[offset]
    return sums


def pooled(maps: "Array", window: int) -> "Array":
    """Keep the largest number of each window; what fills no window is left out."""
    places = [n // window for n in maps.shape[1:-1]]
    whole = maps[(slice(None), *(slice(n * window) for n in places))]
    blocks = whole.reshape(len(maps), *(n for place in places for n in (place, window)), maps.shape[-1])
    return blocks.max(axis=tuple(range(2, 2 * len(places) + 1, 2))) if whole.size else whole


def _line(length: int) -> "Array":
    """Return as many lines of pixels as a line has places, each with a 1 at another place, (length, length, 1)."""
    import numpy as np

    return np.eye(length)[:, :, None]


def _ones(length: int) -> "Array":
    """Return a kernel for a line that lets through whatever it meets, (length, 1, 1)."""
    import numpy as np

    return np.ones((length, 1, 1))


def _row(layer: str, maps: "Array", line: "Array", kernel: "Array | None" = None) -> dict[str, Cell]:
    """Say what comes out of a layer and what it took; (places) times (weights) are the multiplications."""
    weights = 0 if kernel is None else kernel.size
    return {
        "layer": layer,
        "output": " x ".join(map(str, maps.shape[1:])) if maps.size else "nothing",
        "weights": weights,
        "biases": 0 if kernel is None else kernel.shape[-1],
        "multiply_adds": prod(maps.shape[1:-1]) * weights,
        "kilobytes": maps.size * _BYTES / 1000,
        "sees": int((line[:, line.shape[1] // 2] > 0).sum()) if line.size else 0,
    }


def _total(rows: list[dict[str, Cell]], column: str) -> float:
    return round(sum(float(row[column] or 0) for row in rows), 3)


PLUGIN = Convolutions
