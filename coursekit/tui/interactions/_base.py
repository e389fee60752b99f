"""What the widgets of all interactions share."""

from abc import abstractmethod

from textual.message import Message
from textual.widget import Widget

from coursekit.model import Mark, Response


class Responded(Message):
    """The learner submitted something."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


class ResponseWidget(Widget):
    """A widget that a response is given with."""

    is_submitting = False
    """True from the key that submits to the verdict: a message takes longer than the next key."""

    def submit(self) -> None:
        """Post what is entered."""
        self.is_submitting = True
        self.post_message(Responded(self.response()))

    @abstractmethod
    def response(self) -> Response:
        """Return what is entered now, submitted or not."""

    @abstractmethod
    def settle(self, mark: Mark, key: Response) -> None:
        """Show the verdict; nothing can be entered any more."""

    @abstractmethod
    def take_focus(self) -> None:
        """Focus where entering begins."""
