import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import fsrs
import pytest

from coursekit.model import Attempt
from coursekit.store.fitted import PUT_AWAY
from coursekit.store.store import open_store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
OURS = fsrs.scheduler.DEFAULT_PARAMETERS


def filled(home: Path, parameters: Any, *, for_all: bool = False) -> None:
    """Keep some attempts, and then parameters which were fitted to them."""
    with closing(open_store(home, "tiny", NOW)) as store:
        for days in (0, 3, 11):
            at = NOW + timedelta(days=days)
            store.add_attempt(Attempt("q", "f", ("1",), 1.0, 1.0, False, 0, 0, at, at))
        store.settings.set("parameters", parameters, for_all=for_all)


@pytest.mark.parametrize(
    "kept",
    [OURS[:19], (*OURS, 0.5), (*OURS[:20], 9.0), (*OURS[:20], None), ["a"] * 21, [[1.0]] * 21, 7, "fitted", {"w": 1}],
)
def test_parameters_that_fsrs_cannot_use_are_put_away_and_its_own_count(tmp_path: Path, kept: Any):
    filled(tmp_path / "own", None)
    filled(tmp_path / "strange", kept)

    homes = (tmp_path / "own", tmp_path / "strange")
    own, store = (open_store(home, "tiny", NOW) for home in homes)
    with closing(own), closing(store):
        assert "'coursekit reschedule --fit'" in store.notice
        assert store.cards() == own.cards()
        assert store.attempts() == own.attempts()
        assert store.settings.get("parameters") is None
        assert store.settings.get(PUT_AWAY) == json.loads(json.dumps(kept))


def test_that_is_said_once(tmp_path: Path):
    filled(tmp_path, OURS[:19])

    notices: list[str] = []
    for _ in range(2):
        with closing(open_store(tmp_path, "tiny", NOW)) as store:
            notices.append(store.notice)

    assert [bool(said) for said in notices] == [True, False]


def test_parameters_for_all_courses_are_put_away_too(tmp_path: Path):
    filled(tmp_path, OURS[:19], for_all=True)

    with closing(open_store(tmp_path, "tiny", NOW)) as store:
        assert store.settings.get("parameters") is None
        assert store.settings.get(PUT_AWAY) == list(OURS[:19])


def test_parameters_that_fsrs_can_use_stay(tmp_path: Path):
    slower = (*OURS[:20], 0.4)
    filled(tmp_path, slower)

    with closing(open_store(tmp_path, "tiny", NOW)) as store:
        assert store.notice == ""
        assert store.settings.get("parameters") == list(slower)
