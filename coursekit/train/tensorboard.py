"""Records of steps -> TensorBoard's event files, in a process of its own, since TensorFlow is slow to start and noisy.

    python -m coursekit.train.tensorboard DIR        reads one record per line of standard input

    {"type": "step", "step": 1, "loss": 2.303, "validation_loss": null, "learning_rate": 0.1, ...}

What is no number is left out. Standard output is not used; whatever TensorFlow says goes to standard error.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO, final

from coursekit.errors import WorkerError

SCALARS = ("loss", "validation_loss", "accuracy", "learning_rate", "gradient_norm")
_FLUSH_MILLISECONDS = 1000  # so that TensorBoard can follow a run


@final
class Events:
    """The event files of one run; leaving it waits until they are complete."""

    def __init__(self, folder: Path, log: Path | None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._log = log
        with open(log or os.devnull, "ab") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "coursekit.train.tensorboard", str(folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,  # Ctrl-C ends the run; these files are still to be finished
            )

    def __enter__(self) -> "Events":
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        """Wait for the last record. Raises WorkerError when it could not be written, and nothing else went wrong."""
        assert self._process.stdin
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        if self._process.wait() and kind is None:
            raise self._failure()

    def write(self, record: Mapping[str, Any]) -> None:
        """Pass a record on. Raises WorkerError when nobody takes it."""
        assert self._process.stdin
        try:
            self._process.stdin.write(json.dumps(record).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise self._failure() from None

    def _failure(self) -> WorkerError:
        where = f" The log is {self._log}." if self._log else ""
        return WorkerError(f"TensorBoard's files could not be written (exit status {self._process.wait()}).{where}")


def main() -> int:
    """Write what is read from standard input to the folder that is named."""
    write_events(sys.argv[1], sys.stdin)
    return 0


def write_events(folder: str, lines: TextIO) -> None:
    """Write the scalars of each step, as `tf.summary.scalar` would, which is there only if TensorBoard is installed."""
    import tensorflow  # 4 s

    tf: Any = tensorflow  # Any: TensorFlow is untyped
    writer = tf.summary.create_file_writer(folder, flush_millis=_FLUSH_MILLISECONDS)
    with writer.as_default():
        for step, values in _steps(lines):
            tf.summary.experimental.write_raw_pb(_summary(tf, values), step=step)
    writer.close()


def _steps(lines: TextIO) -> Iterator[tuple[int, dict[str, float]]]:
    """Yield each step with its numbers; a line that breaks off ends them."""
    for line in lines:
        if not line.endswith("\n"):
            return
        record = json.loads(line)
        yield record["step"], {name: record[name] for name in SCALARS if record[name] is not None}


def _summary(tf: Any, values: Mapping[str, float]) -> bytes:
    """Put a step's numbers into one message, which takes half the time of one each."""
    v1 = tf.compat.v1
    kind = v1.SummaryMetadata(plugin_data={"plugin_name": "scalars"}, data_class="DATA_CLASS_SCALAR")
    entries = [
        v1.Summary.Value(tag=name, tensor=tf.make_tensor_proto(value, tf.float32), metadata=kind)
        for name, value in values.items()
    ]
    return v1.Summary(value=entries).SerializeToString()


if __name__ == "__main__":
    sys.exit(main())
