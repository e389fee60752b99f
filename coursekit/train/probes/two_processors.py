"""Which work a GPU speeds up: a model of two processors, with peaks, memories, a bus, and a time to begin.

{"name": "two-processors", "work": "matrix product", "size": 1024, "operations_per_copy": 1}
"""

from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, TypeAlias, final

from coursekit.train.config import Backend
from coursekit.train.probes import Cell, Probe, Trial, Values
from coursekit.train.ranges import Range

if TYPE_CHECKING:
    from coursekit.train.streams import Stream  # it loads NumPy

Work: TypeAlias = Literal["matrix product", "sum of two matrices", "one small step after another"]

_SIZES = (64, 256, 1024, 4096)
_STATE = 64  # numbers that a small step multiplies by a matrix, after the step before it


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Processor:
    """What a processor can do at most, and how long it takes before it begins with an operation."""

    operations: float  # multiplications and additions in a second
    memory: float  # bytes in a second, between its memory and its units
    begin: float  # seconds

    def seconds(self, operations: float, size: float) -> tuple[float, str]:
        """Return how long it takes, and what limits it: the roofline.

        Williams, Waterman, Patterson, Roofline, 2009, https://doi.org/10.1145/1498765.1498785.
        """
        parts = {"arithmetic": operations / self.operations, "memory": size / self.memory, "beginning": self.begin}
        limit = max(parts, key=lambda part: parts[part])
        return max(parts["arithmetic"], parts["memory"]) + self.begin, limit


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class TwoProcessors(Probe):
    """Compute how long some work takes on a CPU and on a GPU whose speeds are drawn from the seed; nothing is timed.

    The GPU's operands come over a bus and its result goes back, once for so many operations on the same matrices. A
    matrix is `size` by `size`. The small steps are `size` products of 64 numbers with a matrix, of which each needs the
    one before. The CPU has float32 in each case; with float16 the GPU moves half the bytes and multiplies four times as
    fast, in products of matrices. `times_faster` includes the copies, and `copy_share` is their part of the GPU's time.
    """

    needs: ClassVar[Backend] = "numpy"
    values: ClassVar[tuple[str, ...]] = ("size", "times_faster", "copy_share")
    trials_at_most: ClassVar[int] = len(_SIZES) + 1

    work: Work = "matrix product"
    size: Annotated[int, Range(at_least=16, at_most=8192)] = 1024
    operations_per_copy: Annotated[int, Range(at_least=1, at_most=1000)] = 1
    numbers: Literal["float32", "float16"] = "float32"

    def trials(self, seed: int) -> Generator[Trial, None, Values]:
        """Compute at some sizes to compare with, and then at the one that is set."""
        from coursekit.train.streams import Stream

        cpu, gpu, bus = _machine(Stream(seed, "data"))
        for size in _SIZES:
            if size != self.size:
                yield self._row(size, cpu, gpu, bus)
        row = self._row(self.size, cpu, gpu, bus)
        yield row
        return {name: float(row[name] or 0) for name in self.values}

    def _row(self, size: int, cpu: Processor, gpu: Processor, bus: float) -> dict[str, Cell]:
        is_half = self.numbers == "float16"
        operations, numbers, begins = _amount(self.work, size)
        fourfold = 4 if is_half and self.work == "matrix product" else 1
        on_cpu, _ = cpu.seconds(operations / begins, 4 * numbers / begins)
        on_gpu, limit = gpu.seconds(operations / begins / fourfold, (2 if is_half else 4) * numbers / begins)
        copied = 2 * _STATE + _STATE**2 if begins > 1 else 3 * size**2
        copy = (2 if is_half else 4) * copied / bus / self.operations_per_copy
        whole = begins * on_gpu + copy
        return {
            "size": size,
            "cpu_ms": 1e3 * begins * on_cpu,
            "gpu_ms": 1e3 * begins * on_gpu,
            "copy_ms": 1e3 * copy,
            "times_faster": begins * on_cpu / whole,
            "copy_share": copy / whole,
            "limited_by": "copying" if copy > begins * on_gpu else limit,
        }


def _amount(work: str, size: int) -> tuple[float, float, int]:
    """Return multiplications and additions, numbers read and written, and how often something has to begin.

    >>> _amount("matrix product", 10), _amount("sum of two matrices", 10)
    ((2000, 300, 1), (100, 300, 1))
    """
    if work == "matrix product":
        return 2 * size**3, 3 * size**2, 1
    if work == "sum of two matrices":
        return size**2, 3 * size**2, 1
    return size * 2 * _STATE**2, size * (_STATE**2 + 2 * _STATE), size


def _machine(chance: "Stream") -> tuple[Processor, Processor, float]:
    """Draw a CPU, a GPU and the bytes that the bus between them moves in a second; each within a factor of about 2."""
    cpu_speed, cpu_memory, gpu_speed, gpu_memory, bus, begin = (2 ** (chance.uniform((6,)) - 0.5)).tolist()
    return (
        Processor(operations=0.5e12 * cpu_speed, memory=50e9 * cpu_memory, begin=0.5e-6),
        Processor(operations=20e12 * gpu_speed, memory=800e9 * gpu_memory, begin=8e-6 * begin),
        20e9 * bus,
    )


PLUGIN = TwoProcessors
