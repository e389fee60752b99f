"""What the declared shape of an input lets in, stops and tells: a TensorFlow 1 placeholder and today's tf.function.

{"name": "placeholders", "style": "placeholder in a graph", "shape": "[None, 4]"}
"""

# TensorFlow is untyped:
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportMissingModuleSource=false
# pyright: reportUntypedFunctionDecorator=false, reportAttributeAccessIssue=false

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal, final

from coursekit.train.config import Backend
from coursekit.train.probes import Cell, Probe, Trial, Values

if TYPE_CHECKING:
    from coursekit.train.arrays import Array  # they load NumPy

_WIDTH, _UNITS = 4, 2
_ROWS = (1, 3, 5)
_SHAPES = {
    "left out": None,
    "[None]": [None],
    "[None, None]": [None, None],
    "[None, 4]": [None, _WIDTH],
    "[3, 4]": [3, _WIDTH],
}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Placeholders(Probe):
    """Feed batches of 1, 3 and 5 rows of 4 numbers, and one of 5 numbers a row, to a product with a matrix (4, 2).

    `accepted` counts the three that fit. `caught` is 1 if a graph was built and the fourth was refused before anything
    of it ran, which an operation tells that stands before the product. `known` is 1 if the graph knew the width of its
    input before anything was fed. A shape that is left out is `tf.TensorSpec(None)` in a tf.function.
    """

    needs: ClassVar[Backend] = "tensorflow"
    values: ClassVar[tuple[str, ...]] = ("accepted", "caught", "known")
    trials_at_most: ClassVar[int] = len(_ROWS) + 1

    style: Literal["placeholder in a graph", "placeholder while eager", "tf.function"] = "placeholder in a graph"
    shape: Literal["left out", "[None]", "[None, None]", "[None, 4]", "[3, 4]"] = "left out"

    def trials(self, seed: int) -> Generator[Trial, None, Values]:
        """Build the graph once and feed it, in an order drawn from the seed."""
        program, wrong = self._build(seed)
        values = {"accepted": 0, "caught": 0, "known": int(program is not None and program.knows_width())}
        for x in _feeds(seed):
            where, error = ("while building", wrong) if program is None else program.feed(x)
            fits = x.shape[1] == _WIDTH
            values["accepted"] += fits and error is None
            values["caught"] += not fits and where == "at the door"
            result = "refused" if error else "accepted"
            known = program.known() if program else {"input_known": None, "output_known": None}
            yield {"fed": str(x.shape), **known, "result": result, "where": where, "error": error}
        return values

    def _build(self, seed: int) -> "tuple[_Program | None, str | None]":
        """Return the graph that is to be fed, or the class of the error if there is none."""
        from coursekit.train.streams import Stream

        begin = {"placeholder in a graph": _graph, "placeholder while eager": _eager, "tf.function": _function}
        product = _Product(Stream(seed, "parameters").normal((_WIDTH, _UNITS)))
        try:
            return begin[self.style](_SHAPES[self.shape], product), None
        except (RuntimeError, ValueError) as error:
            return None, type(error).__name__


@final
@dataclass(frozen=True, slots=True)
class _Product:
    """The operations of the graph: one that notes that the graph runs, and then the product."""

    weights: "Array"
    runs: list[None] = field(default_factory=list[None])

    def __call__(self, x: Any) -> Any:
        """Add the operations for an input."""
        import tensorflow as tf

        with tf.control_dependencies([tf.numpy_function(self._note, [x], tf.float32)]):
            return tf.matmul(x, tf.constant(self.weights, tf.float32))

    def _note(self, x: "Array") -> "Array":
        self.runs.append(None)
        return x


@final
@dataclass(frozen=True, slots=True)
class _Program:
    """A graph with one input: how to run it, and what is known of its shapes before it runs."""

    run: Callable[["Array"], object]
    product: _Product
    input: Any
    output: Any

    def knows_width(self) -> bool:
        """Say whether the number of columns of the input is known."""
        return self.input.rank is not None and self.input[-1] is not None

    def known(self) -> dict[str, Cell]:
        """Write what is known of the shapes of input and output."""
        shapes = {"input_known": self.input, "output_known": self.output}
        return {name: "nothing" if shape.rank is None else str(shape) for name, shape in shapes.items()}

    def feed(self, x: "Array") -> tuple[str | None, str | None]:
        """Feed a batch; say where it is refused, and by which class of error."""
        import tensorflow as tf

        before = len(self.product.runs)
        try:
            self.run(x)
        except (TypeError, ValueError, tf.errors.OpError) as error:
            where = "at the door" if len(self.product.runs) == before else "by an operation"
            return where, type(error).__name__
        return None, None


def _graph(shape: Any, product: _Product) -> _Program:
    """Build as TensorFlow 1 did: a graph with a placeholder, which a session runs."""
    import tensorflow as tf

    graph = tf.Graph()
    with graph.as_default():
        x = tf.compat.v1.placeholder(tf.float32, shape)
        y = product(x)

    def run(fed: "Array") -> object:
        with tf.compat.v1.Session(graph=graph) as session:
            return session.run(y, {x: fed})

    return _Program(run, product, x.shape, y.shape)


def _eager(shape: Any, product: _Product) -> _Program:
    """Ask for a placeholder where operations run at once. Raises RuntimeError."""
    import tensorflow as tf

    x = tf.compat.v1.placeholder(tf.float32, shape)
    return _Program(product, product, x.shape, product(x).shape)


def _function(shape: Any, product: _Product) -> _Program:
    """Build as TensorFlow 2 does: a function with a signature, traced before it is called."""
    import tensorflow as tf

    function = tf.function(product.__call__, input_signature=[tf.TensorSpec(shape, tf.float32)])
    graph = function.get_concrete_function()

    def run(fed: "Array") -> object:
        return function(tf.constant(fed, tf.float32))

    return _Program(run, product, graph.inputs[0].shape, graph.outputs[0].shape)


def _feeds(seed: int) -> Iterator["Array"]:
    """Draw the batches, in an order of their own: three that fit and one whose rows are too long."""
    from coursekit.train.streams import Stream

    order, data = Stream(seed, "batches"), Stream(seed, "data")
    shapes = [*((rows, _WIDTH) for rows in _ROWS), (1 + int(order.words(1)[0] % 5), _WIDTH + 1)]
    for place in order.permutation(len(shapes)):
        yield data.normal(shapes[place])


PLUGIN = Placeholders
