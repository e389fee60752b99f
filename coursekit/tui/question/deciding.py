"""A prediction: held while the lab's trainer makes the runs that decide it."""

from typing import TYPE_CHECKING

from coursekit.model import Response
from coursekit.questions._body import Experiment
from coursekit.questions._question import Question
from coursekit.tui.prediction import Prediction
from coursekit.tui.question_text import spoken

if TYPE_CHECKING:  # the app imports the screens
    from coursekit.tui.app import CoursekitApp


def runs_for(app: "CoursekitApp", question: Question, body: Experiment, response: Response) -> Prediction:
    """Make what runs the question's experiment, in sight. Raises CoursekitError."""
    from coursekit.lab.definition import load_lab
    from coursekit.lab.experiment import configurations

    lab = load_lab(app.course, question.lab or "")
    configs = configurations(question, lab)
    return Prediction(lab, configs, app.begin_run, spoken(question, response), body.guess(response))


def decided_by(question: Question, runs: Prediction.Decided) -> Question:
    """Return the question with the key that its runs give. Raises ValueError."""
    from coursekit.lab.experiment import decide

    if runs.error:
        raise ValueError(str(runs.error)) from runs.error
    return decide(question, runs.runs)
