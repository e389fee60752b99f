"""How often a tf.function is traced, and what it refuses, when batches of several sizes are sent to it.

{"name": "traces", "signature": "any batch"}
"""

# TensorFlow is untyped:
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportMissingModuleSource=false
# pyright: reportUntypedFunctionDecorator=false

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, final

from coursekit.train.config import Backend
from coursekit.train.probes import Cell, Probe, Trial, Values

if TYPE_CHECKING:
    from coursekit.train.arrays import Array  # they load NumPy
    from coursekit.train.streams import Stream

_FEATURES, _CLASSES, _FULL = 20, 3, 32
_SHAPES = {"any batch": (None, _FEATURES), "static 32": (_FULL, _FEATURES)}
_KINDS = ("full", "full", "full", "last of the epoch", "evaluation", "a few", "single")
_ROWS = {"last of the epoch": (17, 31), "evaluation": (9, 16), "a few": (2, 8)}  # from, to


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Traces(Probe):
    """Send seven batches of five sizes to one softmax layer in a tf.function, in an order drawn from the seed.

    Batches of fewer than 32 rows are called as they are, left out, or filled up with zeros. An example is lost if its
    batch is left out or refused. `traces` is TensorFlow's own count; the cell `traced` is written by Python code in the
    function's body, which runs when it is traced and at no other time.
    """

    needs: ClassVar[Backend] = "tensorflow"
    values: ClassVar[tuple[str, ...]] = ("examples_lost", "padded_rows", "refused", "traces")
    trials_at_most: ClassVar[int] = len(_KINDS)

    signature: Literal["none", "any batch", "static 32"] = "none"
    retracing: Literal["as it is", "relaxed"] = "as it is"
    smaller_batches: Literal["as they are", "dropped", "padded"] = "as they are"

    def trials(self, seed: int) -> Generator[Trial, None, Values]:
        """Make the calls in order."""
        traced: list[str] = []
        layer = self._layer(seed, traced)
        values = dict.fromkeys(self.values, 0)
        for batch, x in _batches(seed):
            padding = _FULL - len(x) if self.smaller_batches == "padded" else 0
            result, error = self._call(layer, x, padding)
            values["examples_lost"] += 0 if result == "ok" else len(x)
            values["padded_rows"] += padding
            values["refused"] += result == "refused"
            values["traces"] = layer.experimental_get_tracing_count()
            row: dict[str, Cell] = {"batch": batch, "rows": len(x), "padding": padding, "result": result}
            yield {**row, "traces": values["traces"], "traced": traced.pop() if traced else None, "error": error}
        return values

    def _layer(self, seed: int, traced: list[str]) -> Any:
        """Make the layer, which writes down the shape of its input whenever it is traced."""
        import tensorflow as tf

        from coursekit.train.streams import Stream

        weights = tf.constant(Stream(seed, "parameters").normal((_FEATURES, _CLASSES)), tf.float32)
        shape = _SHAPES.get(self.signature)
        signature = [tf.TensorSpec(shape, tf.float32)] if shape else None

        @tf.function(input_signature=signature, reduce_retracing=self.retracing == "relaxed")
        def layer(x: Any) -> Any:
            traced.append(str(x.shape))
            return tf.nn.softmax(x @ weights)

        return layer

    def _call(self, layer: Any, x: "Array", padding: int) -> tuple[str, str | None]:
        """Return what becomes of a batch, and the class of the error if TensorFlow refuses it."""
        import tensorflow as tf

        if self.smaller_batches == "dropped" and len(x) < _FULL:
            return "dropped", None
        try:
            layer(tf.pad(tf.constant(x, tf.float32), [[0, padding], [0, 0]]))[: len(x)]
        except (TypeError, ValueError, tf.errors.OpError) as error:
            return "refused", type(error).__name__
        return "ok", None


def _batches(seed: int) -> Iterator[tuple[str, "Array"]]:
    """Draw the order of the batches, and their rows; the last of the epoch stays behind the full ones."""
    from coursekit.train.streams import Stream

    order, data = Stream(seed, "batches"), Stream(seed, "data")
    epoch = iter(_KINDS[:4])
    for place in order.permutation(len(_KINDS)):
        kind = next(epoch) if place < 4 else _KINDS[place]
        yield kind, data.normal((_rows(kind, order), _FEATURES))


def _rows(kind: str, chance: "Stream") -> int:
    """Draw how many rows a batch has; no two kinds share a number."""
    if kind not in _ROWS:
        return {"full": _FULL, "single": 1}[kind]
    least, most = _ROWS[kind]
    return least + int(chance.words(1)[0] % (most - least + 1))


PLUGIN = Traces
