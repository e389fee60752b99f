"""A terminal that is not as Textual thinks: what it sends cannot be read, or it takes less than is drawn."""

from contextlib import ExitStack
from time import monotonic
from typing import TYPE_CHECKING, Any, TextIO, cast, final

from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:  # the app imports this
    from coursekit.tui.app import CoursekitApp

_NO_UTF8 = "A key was lost: the terminal sends no UTF-8. Set its encoding to UTF-8, and LANG to, say, C.UTF-8."
_SLOW_SECONDS = 0.04
_LOOK_SECONDS = 0.02


@final
class PatientDriver(LinuxDriver):
    """Goes on after what it cannot read; draws nothing new while a slow terminal has not taken what was drawn."""

    def __init__(self, app: "CoursekitApp", *, mouse: bool = True, **given: Any) -> None:  # Any: Textual's own
        super().__init__(app, mouse=mouse and app.has_mouse, **given)  # pyright: ignore[reportUnknownMemberType]
        self._line = _Line(self._file)
        self._file = cast("TextIO", self._line)  # all that is used of one
        self._held = ExitStack()
        self._is_held = self._is_watched = False

    def write(self, data: str) -> None:
        """Write, and look a little later whether the terminal has taken it."""
        super().write(data)
        if not self._is_watched:
            self._is_watched = True
            self._loop.call_soon_threadsafe(self._loop.call_later, _SLOW_SECONDS, self._look)

    def close(self) -> None:
        """Let go."""
        self._held.close()
        super().close()

    def _look(self) -> None:
        """Hold what is drawn next while the terminal is behind, so that a key waits for little; then draw it in one."""
        if self._line.waiting_seconds > _SLOW_SECONDS or self._is_queued:
            if not self._is_held:
                self._held.enter_context(self._app.batch_update())
            self._is_held = True
            self._loop.call_later(_LOOK_SECONDS, self._look)
            return
        self._is_watched = False
        if self._is_held:
            self._is_held = False
            self._held.close()
            self._app.screen.check_idle()

    @property
    def _is_queued(self) -> bool:
        return bool(self._writer_thread and self._writer_thread._queue.qsize())  # pyright: ignore[reportPrivateUsage]

    def run_input_thread(self) -> None:
        """Read until the app is left; what was read together with the offence is lost."""
        while not self.exit_event.is_set():
            try:
                super().run_input_thread()
                return  # it was told to end; a terminal that hangs up starts a second thread, which is told the same
            except UnicodeDecodeError:
                self._app.call_later(self._app.notify, _NO_UTF8, severity="warning", markup=False)
            except (ValueError, OverflowError):  # kitty's "1:3" where a number belongs, a character beyond the last
                continue


@final
class _Line:
    """A file that tells how long it has been writing."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._since: float | None = None

    @property
    def waiting_seconds(self) -> float:
        """How long the write that goes on has waited for the terminal."""
        since = self._since
        return 0.0 if since is None else monotonic() - since

    def write(self, text: str) -> None:
        self._since = monotonic()
        self._file.write(text)
        self._since = None

    def flush(self) -> None:
        self._since = monotonic()
        self._file.flush()
        self._since = None

    def fileno(self) -> int:
        return self._file.fileno()
