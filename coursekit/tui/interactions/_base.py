"""What the widgets of all interactions share."""

from abc import abstractmethod
from collections.abc import Sequence

from textual.actions import parse
from textual.events import Blur, Focus, Key
from textual.geometry import Size
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
        response = self.response()
        self.is_submitting = bool(response)
        self.post_message(Responded(response))

    @abstractmethod
    def response(self) -> Response:
        """Return what is entered now, submitted or not."""

    @abstractmethod
    def settle(self, mark: Mark, key: Response) -> None:
        """Show the verdict, and the key unless it is empty: not revealed. Nothing can be entered any more."""

    @abstractmethod
    def take_focus(self) -> None:
        """Focus where entering begins."""


class RowsWidget(ResponseWidget, can_focus=True):
    """A response that is given on rows of its own drawing, with a cursor while it has the focus."""

    def take_focus(self) -> None:
        """Focus the rows."""
        self.focus(scroll_visible=False)

    @property
    def is_open(self) -> bool:
        """Whether anything can be entered: not once it was submitted."""
        return self.can_focus and not self.is_submitting

    def does_at_once(self, event: Key) -> None:
        """Do what a key is bound to here: a binding would come after the keys that are typed behind it."""
        for binding in self._bindings.key_to_bindings.get(event.key, ()) if self.is_open else ():
            _, name, arguments = parse(binding.action)
            getattr(self, f"action_{name}")(*arguments)
            event.stop()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the rows at a width."""
        del container, viewport
        return len(self._rows(width))

    def on_focus(self, _: Focus) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self, _: Blur) -> None:
        """Hide the cursor."""
        self.refresh()

    @abstractmethod
    def _rows(self, width: int) -> Sequence[object]:
        """List the rows at a width."""
