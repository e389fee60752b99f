"""What becomes of a response: something is missing, a run decides it, another try, ticks to confirm, the verdict."""

from typing import TYPE_CHECKING, final

from coursekit.errors import CoursekitError
from coursekit.grading.invalid import what_is_missing
from coursekit.model import Response
from coursekit.questions._body import Experiment
from coursekit.questions._question import Question
from coursekit.session import Submitted
from coursekit.tui.question.response_desk import ResponseDesk
from coursekit.tui.question.views import suggestion, try_again
from coursekit.tui.question_text import ASKING, CONFIRMING, DECIDING
from coursekit.tui.telling import tell

if TYPE_CHECKING:  # the page has one of these; a prediction is rare
    from coursekit.tui.prediction import Prediction
    from coursekit.tui.question_page import QuestionPage


@final
class Responding:
    """Takes what is submitted on a page, and shows there what it came to."""

    def __init__(self, page: "QuestionPage", desk: ResponseDesk) -> None:
        self._page, self._desk = page, desk
        self._held: Response = ()  # a prediction, until its runs have decided it

    async def respond(self, question: Question, response: Response) -> None:
        """Grade what was submitted, or say what is missing."""
        problem = what_is_missing(question.body.interaction(), response)
        self._page.show_problem(problem or "")
        if problem:
            return
        if isinstance(question.body, Experiment):
            await self._predict(question, question.body, response)
        else:
            await self._submit(question, response)

    async def take_runs(self, question: Question, decided: "Prediction.Decided") -> None:
        """Grade a prediction by the runs that decided it."""
        from coursekit.tui.question.deciding import decided_by

        try:
            question = decided_by(question, decided)
        except ValueError as error:
            self._ask_again(f"{error} Your prediction is kept: press enter to run again.")
        else:
            await self._submit(question, self._held)

    async def confirm(self, question: Question, ticked: Response) -> None:
        """Save which points of a rubric a text has, as its learner says."""
        page = self._page
        try:
            confirmed = self._desk.confirm(self._suggested, ticked)
        except CoursekitError as error:
            tell(page.app, error)
            return
        page.query_one("#ticks").can_focus = False
        page.screen.set_focus(None)
        await page.finish(question, confirmed)

    async def _predict(self, question: Question, body: Experiment, response: Response) -> None:
        """Hold the prediction and let the lab's trainer decide it, in sight."""
        from coursekit.tui.question.deciding import runs_for

        page = self._page
        try:
            runs = runs_for(page.app, question, body, response)
        except CoursekitError as error:
            page.show_problem(str(error))
            return
        self._held = response
        page.turn(DECIDING)
        await page.query("Prediction").remove()
        page.interaction.can_focus = False
        await page.add(runs)

    def _ask_again(self, problem: str) -> None:
        """Say why a response was not taken, and let it be submitted once more."""
        page = self._page
        page.turn(ASKING)
        page.show_problem(problem)
        page.interaction.can_focus = True
        page.interaction.take_focus()

    async def _submit(self, question: Question, response: Response) -> None:
        """Save first, show after."""
        page = self._page
        try:
            submitted = self._desk.submit(question, response)
        except CoursekitError as error:
            self._ask_again(str(error))
            return
        page.question = question
        if submitted.tries_left:
            await self._let_try_again(submitted)
            return
        page.settle(question, submitted)
        page.screen.set_focus(None)
        if submitted.mark.evidence:
            await self._suggest(submitted)
        else:
            await page.finish(question, submitted)

    async def _let_try_again(self, submitted: Submitted) -> None:
        """Say what the try was worth and, without the key, why; the response can be changed."""
        page = self._page
        await page.query(".try").remove()
        views = try_again(submitted, page.app.now())
        await page.mount(*views)
        page.bring(views[0], lines=4)
        page.interaction.take_focus()

    async def _suggest(self, submitted: Submitted) -> None:
        """Show the evidence for each rubric point, ticked as suggested, for the learner to correct."""
        self._suggested = submitted
        self._page.turn(CONFIRMING)
        await self._page.add(*suggestion(submitted))
        self._page.query_one("#ticks").focus(scroll_visible=False)
