"""On what the next run of a lab is made, NumPy or TensorFlow, and on what the last one was."""

from typing import TYPE_CHECKING, final

from coursekit.lab.definition import Lab
from coursekit.train.backends import tensorflow_is_available

if TYPE_CHECKING:  # the app imports the screens
    from coursekit.tui.app import CoursekitApp


@final
class BackendChoice:
    """`name` is for the next run; it is the lab's to say first, and for a measurement always."""

    def __init__(self, lab: Lab, app: "CoursekitApp") -> None:
        self.name = lab.needs if lab.is_probe else lab.config.get("backend", "numpy")
        self.ran_on = ""
        self._lab, self._app = lab, app

    @property
    def is_slow(self) -> bool:
        """Whether the next run may have to wait for TensorFlow to start."""
        return self.name == "tensorflow"

    @property
    def words(self) -> str:
        """Say on what the run in the picture was made, or the first will be, and the next where that differs."""
        said = f"{self.ran_on or self.name} · seed 0"
        is_other = self.ran_on and self.ran_on != self.name
        return f"{said} · next run: {self.name}" if is_other else said

    def change(self) -> str:
        """Take the other one; else say why not."""
        if self._lab.is_probe:
            measured_with = "TensorFlow" if self.is_slow else "NumPy"
            return f"What is measured here is measured with {measured_with}."
        if not tensorflow_is_available():
            return "TensorFlow is not installed here; labs run on NumPy."
        self.name = "numpy" if self.is_slow else "tensorflow"
        self.warm()
        return ""

    def warm(self) -> None:
        """Have TensorFlow start while the learner reads."""
        if self.is_slow and tensorflow_is_available():
            self._app.warm.warm(self._lab.configure({}, backend="tensorflow"))
