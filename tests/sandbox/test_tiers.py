"""Which tiers hold, and what they say where they do not."""

import os
from pathlib import Path

import pytest

from coursekit.errors import UsageError, WorkerError
from coursekit.sandbox.host import Sandbox
from coursekit.sandbox.limits import Limits
from coursekit.sandbox.outcomes import Broken
from coursekit.sandbox.tiers import Tier, best_tier, describe_tiers
from coursekit.sandbox.trying import why_not
from tests.sandbox.conftest import needs


def test_the_best_tier_is_the_highest_that_was_found_to_hold():
    held = [report.tier for report in describe_tiers() if report.is_available]

    assert best_tier() == max(held)
    assert all(bool(report.why_not) != report.is_available for report in describe_tiers())


def test_the_environment_lowers_the_tier_and_never_raises_it(monkeypatch):
    highest = best_tier()
    for asked in Tier:
        monkeypatch.setenv("COURSEKIT_SANDBOX", str(int(asked)))
        assert best_tier() == min(asked, highest)

    monkeypatch.setenv("COURSEKIT_SANDBOX", "none")
    with pytest.raises(UsageError, match="1, 2 or 3"):
        best_tier()


def test_processes_need_a_container():
    with pytest.raises(UsageError, match="Install bubblewrap"):
        Sandbox(b"", name="work.py", tier=Tier.CONFINED, limits=Limits(processes=4))


@pytest.mark.skipif(os.geteuid() != 0, reason="Only for an administrator.")
def test_processes_are_not_for_an_administrator_whose_processes_nobody_counts():
    needs(Tier.CONTAINED)

    with pytest.raises(UsageError, match="ordinary user"):
        Sandbox(b"", name="work.py", tier=Tier.CONTAINED, limits=Limits(processes=4))


def test_a_child_that_could_get_out_is_given_no_source(monkeypatch):
    needs(Tier.CONFINED)
    from coursekit.sandbox import launching

    layers = {**launching.LAYERS, Tier.CONFINED: ("limits", "capabilities", "seccomp")}  # as if Landlock did nothing
    monkeypatch.setattr(launching, "LAYERS", layers)
    monkeypatch.setattr("coursekit.sandbox.host.LAYERS", layers)

    with Sandbox(b"print('executed')", name="work.py", tier=Tier.CONFINED) as box:
        came = box.start()

    assert isinstance(came, Broken)
    assert "does not hold: it could read a file, it could write a file" in came.why
    assert came.output == ""


def test_a_container_that_is_not_installed_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    assert why_not(Tier.CONTAINED).startswith("bubblewrap is not installed")


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("echo 'bwrap: No permissions to create new namespace' >&2; exit 1", "No permissions to create new namespace."),
        ("exit 3", "the child ended without a word."),
        (
            'while [ "$1" != -I ]; do py=$1; shift; done; exec "$py" "$@"',
            "its container hides no files, its container ",
        ),
    ],
)
def test_a_container_that_does_not_work_is_told_with_its_own_words(monkeypatch, tmp_path, script, said):
    fake = tmp_path / "bwrap"
    fake.write_text(f"#!/bin/sh\n{script}\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("coursekit.sandbox.trying._LONGEST", 1.0)

    came = why_not(Tier.CONTAINED)

    assert said in came


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("echo 'bwrap: fork failed: Resource temporarily unavailable' >&2; exit 1", "bwrap: fork failed"),
        ("exec /bin/cat /dev/zero", "it took longer than"),
        ("kill -9 $$", "the child ended without a word"),
    ],
)
def test_a_try_that_could_not_be_made_lowers_no_tier(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, said: str
):
    busy = tmp_path / "bwrap"
    busy.write_text(f"#!/bin/sh\n{script}\n")
    busy.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr("coursekit.sandbox.trying._LONGEST", 1.0)

    with pytest.raises(WorkerError, match=f"could not be tried: {said}"):
        why_not(Tier.CONTAINED)
