"""A prediction: held while the lab's trainer makes the runs that decide it."""

from typing import TYPE_CHECKING

from coursekit.model import Choice, Response
from coursekit.prose import plain
from coursekit.questions._body import Experiment
from coursekit.questions._question import Question
from coursekit.tui.prediction import Prediction
from coursekit.tui.question_text import spoken

if TYPE_CHECKING:  # the app imports the screens
    from coursekit.tui.app import CoursekitApp

_ONE_LINE = 400  # cells, so that no name is broken


def runs_for(app: "CoursekitApp", question: Question, body: Experiment, response: Response) -> Prediction:
    """Make what runs the question's experiment, in sight. Raises CoursekitError."""
    from coursekit.lab.definition import load_lab
    from coursekit.lab.experiment import configurations

    lab = load_lab(app.course, question.lab or "")
    configs = configurations(question, lab)
    names = _names(question, len(configs))
    return Prediction(lab, configs, app.begin_run, spoken(question, response), body.guess(response), names)


def _names(question: Question, many: int) -> tuple[str, ...]:
    """Name the runs that are compared by the option that stands for each."""
    interaction = question.body.interaction()
    options = interaction.options if isinstance(interaction, Choice) else ()
    return tuple(plain(text, _ONE_LINE) for text in options) if len(options) == many else ()


def decided_by(question: Question, runs: Prediction.Decided) -> Question:
    """Return the question with the key that its runs give. Raises ValueError."""
    from coursekit.lab.experiment import decide

    if runs.error:
        raise ValueError(str(runs.error)) from runs.error
    return decide(question, runs.runs)
