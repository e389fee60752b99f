"""Every pack of the corpus is read by the real commands: an error with file and line, or harmless text, and cheaply."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.packs import PACKS
from tests.hostile.packs._pack import Pack, topic
from tests.hostile.reading import Reader, wrongs

SLOW = frozenset(
    name for name in PACKS if name.startswith("markdown-") or name.endswith("-inline") or name == "free-response-models"
)
COLD = ("yaml-python-object", "text-csi", "file-50-gb-of-nothing", "fifo-course", "formula-bars-inline")


def _marked(name: str) -> object:
    """Mark what is slow, and what waits for a change in a file that others have open."""
    marks = [
        *([pytest.mark.slow] if name in SLOW else []),
    ]
    return pytest.param(name, marks=marks)


def test_the_corpus_attacks_in_many_ways() -> None:
    assert len(PACKS) > 400


@pytest.mark.parametrize("name", [_marked(name) for name in PACKS if name != "lab-is-well"])
def test_a_pack_is_read_safely(reader: Reader, packs_folder: Path, name: str) -> None:
    told = reader.read(PACKS[name])

    assert [*wrongs(PACKS[name], told, packs_folder)] == []


@pytest.mark.parametrize("name", COLD)
def test_a_pack_is_read_safely_from_a_cold_start(tmp_path: Path, name: str) -> None:
    PACKS[name].write(tmp_path / "course")

    done = subprocess.run(
        [sys.executable, "-P", "-m", "coursekit", "--course", str(tmp_path / "course"), "list", "questions"],
        capture_output=True,
        check=False,
        timeout=30,
        env={"HOME": str(tmp_path), "LC_ALL": "C.UTF-8", "PYTHONPATH": str(Path(__file__).parents[2])},
    )

    assert done.returncode in (0, 2)
    assert b"Traceback" not in done.stderr
    assert not {*b"\x1b\x07\x00"} & {*done.stdout, *done.stderr}
    assert not [*tmp_path.rglob("OWNED")]


def test_the_reader_sees_what_is_tried(reader: Reader, packs_folder: Path) -> None:
    spy = Pack(
        "spy", {"content/predict.lock": "[]", **topic()}, finds="nowhere to be found", says="nor this", never="Which"
    )

    wrong = " ".join(wrongs(spy, reader.read(spy), packs_folder))

    assert "check does not find nowhere" in wrong
    assert "ask does not say nor this" in wrong
    assert "says Which" in wrong


@pytest.mark.parametrize("name", ["lab-is-well", "markup"])
def test_a_run_of_a_lab_is_what_starts_a_process_and_nothing_else(
    reader: Reader, packs_folder: Path, name: str
) -> None:
    pack = PACKS[name]
    pack.write(packs_folder / f"run {name}" / "course")

    (told,) = reader.run(packs_folder / f"run {name}", [(("lab", "run", "evil"), "")])

    assert "subprocess.Popen" in told.tried
