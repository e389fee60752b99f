"""A run written to a file beside the screen: it is made again in a child process, followed by a thread."""

from itertools import count
from pathlib import Path
from threading import Thread
from typing import final

from coursekit.errors import CoursekitError, WorkerError
from coursekit.files import shown
from coursekit.lab.definition import Lab
from coursekit.lab.export import exporter, make_again, save
from coursekit.store.labs import LabRun


@final
class Exporting:
    """One export into a folder; `said` is empty until it has ended."""

    def __init__(self, lab: Lab, run: LabRun, form: str, folder: Path, log: Path | None) -> None:
        self.said = ""
        Thread(target=self._write, args=(lab, run, form, folder, log), daemon=True).start()

    def _write(self, lab: Lab, run: LabRun, form: str, folder: Path, log: Path | None) -> None:
        try:
            kind = exporter(form)
            text = kind.write(make_again(lab, run, log))
            path = _free(
                folder, f"{lab.name}-run-{run.number}", kind.suffix
            )  # now, since another may have been written
            save(path, text)
            self.said = f"Run {run.number} is written to {shown(path)}."
        except CoursekitError as error:
            self.said = str(error)
        except Exception as error:  # it would end unseen in this thread, and the screen would wait for ever
            self.said = str(WorkerError(f"The run could not be written: {error}. Try another form."))


def _free(folder: Path, stem: str, suffix: str) -> Path:
    """Return a name that is not taken: nothing is written over."""
    names = (folder / f"{stem}{'' if number == 1 else f'-{number}'}{suffix}" for number in count(1))
    return next(path for path in names if not path.exists())
