"""Made-up scans, read and prepared as a network wants them: slices in order, Hounsfield units, one spacing, one shape.

{"name": "scans", "order": "position", "numbers": "Hounsfield", "voxel": "4 mm", "fit": "cut and pad", "fill": "air"}
"""

from collections.abc import Generator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias, final

from coursekit.train.config import Backend
from coursekit.train.probes import Cell, Probe, Trial, Values

if TYPE_CHECKING:
    from coursekit.train.arrays import Array  # they load NumPy
    from coursekit.train.streams import Stream

Voxel: TypeAlias = Literal["as it is", "2 mm", "3 mm", "4 mm"]
Size: TypeAlias = tuple[float, float, float]  # of a voxel, mm: between slices, rows, columns

_VOXELS: dict[Voxel, float] = {"2 mm": 2.0, "3 mm": 3.0, "4 mm": 4.0}
_SPACINGS = (2.0, 2.5, 4.0, 5.0, 8.0)  # mm from slice to slice
_OFFSETS = (-1024, 0)  # what one maker's stored numbers need, and another's
_SIDE, _BOX, _SLICES = 32, 96.0, 24  # pixels of a slice's side, mm of the common box's side, slices after averaging
_AIR, _LUNG, _TISSUE = -1000.0, -800.0, 40.0  # Hounsfield units
_WRONG_BY = 500.0


@final
@dataclass(frozen=True, slots=True)
class _Patient:
    """A body of tissue with air around it and a lung in it, which holds one ball of tissue."""

    slices: int
    size: Size
    offset: int  # Hounsfield units less stored numbers
    ball: tuple[float, float, float]  # its centre, mm from the scan's middle
    radius: float  # mm

    def hounsfield(self, z: "Array", y: "Array", x: "Array") -> "Array":
        """Return the Hounsfield units at points, in mm from the scan's middle; what was not scanned is air."""
        import numpy as np

        inside = np.abs(z) <= self.slices * self.size[0] / 2
        edge = _SIDE / 2 * self.size[1]
        body = (y / 44) ** 2 + (x / 44) ** 2 <= 1
        lung = (z / 80) ** 2 + (y / 36) ** 2 + (x / 36) ** 2 <= 1
        ball = sum((a - b) ** 2 for a, b in zip((z, y, x), self.ball, strict=True)) <= self.radius**2
        units = np.where(ball, _TISSUE, np.where(lung, _LUNG, _TISSUE))
        return np.where(inside & body & (np.abs(y) <= edge) & (np.abs(x) <= edge), units, _AIR)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Scans(Probe):
    """Read six scans with different numbers of slices, and hold what a network would get against the bodies.

    Each patient has a lung with one ball in it. Slices are 2 to 8 mm apart, pixels 2.5 to 3 mm; files are named at
    random. Half of the scanners store Hounsfield units plus 1024. Resampling is linear. "cut and pad" brings all to a
    box of 96 mm (32 voxels a side where nothing was resampled); "average slices" cuts each scan into 24 runs of slices
    and takes their means.

    `stretch` is how many times longer the ball is along the slices than across them, counted in voxels, as a network
    counts (the ratio of its standard deviations); `worst_stretch` the ratio farthest from 1, as a number above 1.
    `off` is the share of voxels, in percent, that are more than 500 off the Hounsfield units of the body at that place,
    air where nothing was scanned; for averaged slices the place is the middle of the run. `kilobytes` are those of all
    six, 4 bytes a voxel.
    """

    needs: ClassVar[Backend] = "numpy"
    values: ClassVar[tuple[str, ...]] = ("kilobytes", "off", "shapes", "worst_stretch")
    trials_at_most: ClassVar[int] = 6

    order: Literal["file name", "position"] = "file name"
    numbers: Literal["as stored", "Hounsfield"] = "as stored"
    voxel: Voxel = "as it is"
    fit: Literal["as they come", "average slices", "cut and pad"] = "as they come"
    fill: Literal["zeros", "air"] = "zeros"

    def trials(self, seed: int) -> Generator[Trial, None, Values]:
        """Read and prepare one patient after another."""
        from coursekit.train.streams import Stream

        stream = Stream(seed, "data")
        rows: list[dict[str, Cell]] = []
        for number in range(1, self.trials_at_most + 1):
            rows.append(self._row(_patient(stream, number), stream, number))
            yield rows[-1]
        stretches = [float(row["stretch"] or 0) for row in rows]
        offs = [float(row["off"] or 0) for row in rows]
        return {
            "kilobytes": sum(float(row["kilobytes"] or 0) for row in rows),
            "off": sum(offs) / len(offs),
            "shapes": len({row["shape"] for row in rows}),
            "worst_stretch": max(max(stretch, 1 / max(stretch, 1e-3)) for stretch in stretches),
        }

    def _row(self, patient: _Patient, stream: "Stream", number: int) -> dict[str, Cell]:
        import numpy as np

        volume, size = self._fitted(*self._resampled(self._read(patient, stream), patient.size))
        truth = patient.hounsfield(*_places(volume.shape, size))
        in_stored = 0 if self.numbers == "Hounsfield" else patient.offset
        return {
            "patient": number,
            "slices": patient.slices,
            "mm": patient.size[0],
            "shape": " x ".join(map(str, volume.shape)),
            "stretch": _stretch(volume, patient, size, in_stored),
            "off": 100 * float((np.abs(volume - truth) > _WRONG_BY).mean()),
            "kilobytes": volume.size * 4 / 1000,
        }

    def _read(self, patient: _Patient, stream: "Stream") -> "Array":
        """Return the slices (slices, rows, columns) in the order that is set, in the units that are set."""
        shape = (patient.slices, _SIDE, _SIDE)
        units = patient.hounsfield(*_places(shape, patient.size))
        if self.numbers == "as stored":
            units = units - patient.offset
        shuffled = stream.permutation(patient.slices)
        return units[shuffled] if self.order == "file name" else units

    def _resampled(self, volume: "Array", size: Size) -> tuple["Array", Size]:
        """Bring all voxels to the size that is set, by linear interpolation along one axis after another."""
        if self.voxel == "as it is":
            return volume, size
        wanted = _VOXELS[self.voxel]
        for axis in range(3):
            volume = interpolated(volume, axis, size[axis], wanted)
        return volume, (wanted, wanted, wanted)

    def _fitted(self, volume: "Array", size: Size) -> tuple["Array", Size]:
        """Bring all volumes to one shape, if that is set."""
        import numpy as np

        if self.fit == "as they come":
            return volume, size
        if self.fit == "average slices":
            runs = np.linspace(0, len(volume), _SLICES + 1)
            means = [volume[int(a) : max(int(a) + 1, int(b))].mean(axis=0) for a, b in pairwise(runs)]
            return np.array(means), (size[0] * len(volume) / _SLICES, size[1], size[2])
        side = _SIDE if self.voxel == "as it is" else round(_BOX / size[0])
        for axis in range(3):
            volume = _cut_or_padded(volume, axis, side, _AIR if self.fill == "air" else 0.0)
        return volume, size


def _patient(stream: "Stream", number: int) -> _Patient:
    """Draw a patient. Spacings and makers take turns, so that every seed has all of them."""
    length, pixel, radius, *ball = stream.uniform((6,))
    spacing = _SPACINGS[number % len(_SPACINGS)]
    return _Patient(
        slices=round((70 + 40 * length) / spacing),
        size=(spacing, 2.5 + 0.5 * pixel, 2.5 + 0.5 * pixel),
        offset=_OFFSETS[number % 2],
        ball=(20 * (ball[0] - 0.5), 16 * (ball[1] - 0.5), 16 * (ball[2] - 0.5)),
        radius=10 + 4 * radius,
    )


def _places(shape: tuple[int, ...], size: Size) -> tuple["Array", ...]:
    """Return the middles of all voxels, in mm from the middle of the volume, as three arrays that broadcast."""
    import numpy as np

    axes = [(np.arange(n) + 0.5 - n / 2) * mm for n, mm in zip(shape, size, strict=True)]
    return tuple(np.meshgrid(*axes, indexing="ij", sparse=True))


def interpolated(volume: "Array", axis: int, had: float, wanted: float) -> "Array":
    """Resample one axis from voxels of `had` mm to voxels of `wanted` mm, about the same middle."""
    import numpy as np

    n = volume.shape[axis]
    m = max(1, round(n * had / wanted))
    at = (((np.arange(m) + 0.5 - m / 2) * wanted) / had + n / 2 - 0.5).clip(0, n - 1)
    below = np.floor(at).astype(int)
    share = (at - below).reshape([-1 if i == axis else 1 for i in range(3)])
    return (1 - share) * volume.take(below, axis) + share * volume.take(np.minimum(below + 1, n - 1), axis)


def _cut_or_padded(volume: "Array", axis: int, side: int, fill: float) -> "Array":
    """Cut as much on both sides of an axis, or pad it, until it has `side` voxels."""
    import numpy as np

    n = volume.shape[axis]
    if n >= side:
        return volume.take(range((n - side) // 2, (n - side) // 2 + side), axis)
    before = (side - n) // 2
    margins = [(before, side - n - before) if i == axis else (0, 0) for i in range(3)]
    return np.pad(volume, margins, constant_values=fill)


def _stretch(volume: "Array", patient: _Patient, size: Size, offset: int) -> float:
    """Return the ratio of the ball's standard deviations, in voxels, along the slices and across them.

    The ball is what is brighter than lung in a round column about its place, which no other tissue reaches; `offset`
    are Hounsfield units less the volume's numbers.
    """
    import numpy as np

    z, y, x = _places(volume.shape, size)
    column = ((y - patient.ball[1]) ** 2 + (x - patient.ball[2]) ** 2 <= 16**2) & (abs(z) <= 30)
    dense = (volume + offset > (_LUNG + _TISSUE) / 2) & column
    where = np.argwhere(dense)
    if len(where) < 2:
        return 0.0
    deviations = where.std(axis=0)
    return float(deviations[0] / max(deviations[1:].mean(), 1e-9))


PLUGIN = Scans
