"""Where training processes write what they say beside results: `logs/trainer.log` in the learner's folder."""

from pathlib import Path


def log_file(home: Path) -> Path | None:
    """Return the log, made when it is missing; None when nothing can be written."""
    try:
        (home / "logs").mkdir(parents=True, exist_ok=True)
        path = home / "logs" / "trainer.log"
        path.touch()
    except OSError:
        return None
    return path
