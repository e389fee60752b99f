import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from coursekit.sandbox.host import Sandbox
from coursekit.sandbox.limits import Limits
from coursekit.sandbox.outcomes import Broken, Loaded, Returned
from coursekit.sandbox.tiers import Tier
from coursekit.sandbox.zygote import Zygote, can_fork

pytestmark = pytest.mark.skipif(not can_fork(Limits()), reason="NOT TESTED: there are zygotes on Linux only")


def forked(source: str, zygote: Zygote, **limits: Any) -> Sandbox:
    return Sandbox(dedent(source).encode(), name="work.py", zygote=zygote, limits=Limits(**limits))


def value(box: Sandbox, function: str) -> Any:
    came = box.call(function, [])
    assert isinstance(came, Returned), came
    return came.value


def test_one_zygote_serves_many_children_that_have_nothing_of_each_other(tier: Tier):
    source = """
        import os, numpy, numpy.random
        seen = []
        def f():
            with open("mine.txt", "x") as file:
                file.write("mine")
            seen.append(1)
            return [os.getcwd(), os.environ["HOME"], os.listdir(), len(seen), numpy.random.random()]
    """

    with Zygote(tier) as zygote:
        with forked(source, zygote) as one, forked(source, zygote) as two:
            found = [value(one, "f"), value(two, "f")]
        with forked(source, zygote) as three:
            found.append(value(three, "f"))

    folders, homes, files, seen, drawn = (list(column) for column in zip(*found, strict=True))
    assert folders == homes
    assert len(set(folders)) == len(set(drawn)) == 3
    assert (files, seen) == ([["mine.txt"]] * 3, [1] * 3)
    assert not any(os.path.exists(folder) for folder in folders)


def test_a_child_has_its_own_channel_and_no_other_descriptor(tier: Tier):
    source = """
        import os
        def is_open(number):
            try:
                os.fstat(number)
            except OSError:
                return False
            return True
        def f():
            return [number for number in range(3, 60) if is_open(number)]
    """

    with Zygote(tier) as zygote, forked("x = 1", zygote) as other, forked(source, zygote) as box:
        other.start()
        held = value(box, "f")

    assert len(held) == 2


def test_a_child_of_a_tier_is_confined_like_one_that_was_started(confined: Tier):
    source = """
        import os, socket, numpy
        def tries(action, *arguments):
            try:
                action(*arguments)
            except OSError as error:
                return "refused"
            return "done"
        def f(beside):
            return [tries(open, numpy.__file__, "a"), tries(open, beside, "w"), tries(os.fork), tries(socket.socket),
                    tries(os.kill, os.getppid(), 0), tries(os.listdir, "..")]
    """

    with Zygote(confined) as zygote, forked("x = 1", zygote) as other, forked(source, zygote) as box:
        other.start()
        folder = other._folder.path  # pyright: ignore[reportPrivateUsage]
        came = box.call("f", [f"{folder}/x"])

    assert isinstance(came, Returned)
    assert came.value == ["refused"] * 6


def test_how_a_child_ended_is_told_and_the_next_one_is_forked(tier: Tier):
    with Zygote(tier) as zygote:
        for source, said in (
            ("import os\ndef f(): os._exit(3)", "exit status 3"),
            ("import os\ndef f(): os.kill(os.getpid(), 11)", "signal 11"),
            ("def f():\n  while True: pass", "longer than 0.3 s"),
            ("def f(): return bytearray(1 << 40)", ""),
        ):
            with forked(source, zygote, seconds_per_call=0.3) as box:
                assert said in str(box.call("f", []))
        with forked("def f(): return 7", zygote) as box:
            assert value(box, "f") == 7


def test_a_disk_in_a_container_is_given_back_after_each_child(tier: Tier):
    source = """
        import os
        def f():
            for number in range(3):
                with open(f"{number}.bin", "wb") as file:
                    file.write(bytes(4 << 20))
            os.makedirs("/".join("d" * 200))
            return True
    """
    limits = Limits(folder=20 << 20)

    with Zygote(tier, limits) as zygote:
        for _ in range(4):
            with forked(source, zygote, folder=20 << 20) as box:
                assert value(box, "f")


def test_a_zygote_that_goes_takes_its_children_along(tier: Tier, tmp_path: Path):
    program = f"""
import sys, time
from coursekit.sandbox.host import Sandbox
from coursekit.sandbox.tiers import Tier
from coursekit.sandbox.zygote import Zygote
with Zygote(Tier({int(tier)})) as zygote:
    with Sandbox(b"import time\\ndef f():\\n  while True: time.sleep(9)", name="w", zygote=zygote) as box:
        box.start()
        print(zygote._process._process.pid, flush=True)
        box.call("f", [])
"""
    environment = {**os.environ, "TMPDIR": str(tmp_path)}  # its folders stay, since it had no time to remove them
    host = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, env=environment)
    assert host.stdout
    zygote = int(host.stdout.readline())
    family = {zygote, *descendants(zygote)}
    assert len(family) > 1

    host.send_signal(signal.SIGKILL)
    host.wait()
    host.stdout.close()

    end = time.monotonic() + 10
    while any(is_alive(pid) for pid in family):
        assert time.monotonic() < end, family
        time.sleep(0.02)


def descendants(parent: int) -> set[int]:
    found = {
        int(path.name)
        for path in Path("/proc").iterdir()
        if path.name.isdigit() and parent_of(int(path.name)) == parent
    }
    return found.union(*map(descendants, found))


def parent_of(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_child_is_stopped_from_another_thread_before_and_after_it_is_there(tier: Tier):
    source = "def f():\n  while True: pass"
    for wait in (0.0, 1.0):
        with Zygote(tier) as zygote, forked(source, zygote, seconds_per_call=30) as box:
            threading.Timer(wait, box.stop).start()
            came = box.call("f", [])
        assert isinstance(came, Broken)
        assert came.why == "It was stopped."


def test_what_a_zygote_says_that_cannot_start_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("coursekit.sandbox.process.import_paths", lambda: ("/nowhere", "/nowhere"))
    with Zygote(Tier.PROCESS) as zygote, forked("x = 1", zygote) as box:
        came = box.start()

    assert isinstance(came, Broken)
    assert came.why == "No child could be started. ModuleNotFoundError: No module named 'coursekit'"


def test_it_holds_only_if_the_child_cannot_get_out(tier: Tier):
    with Zygote(tier) as zygote, forked("x = 1", zygote) as box:
        assert box.holds()
        assert isinstance(box.start(), Loaded)


def test_the_number_of_files_is_bounded(tier: Tier):
    source = """
        def f():
            for number in range(600):
                open(f"{number}", "w").close()
            return 1
    """

    with Zygote(tier) as zygote, forked(source, zygote, files=500) as box:
        came = box.call("f", [])

    assert isinstance(came, Broken)
    assert came.why == "It wrote more files than it may."


def test_a_host_that_is_killed_leaves_no_folder(tmp_path: Path):
    program = """
from coursekit.sandbox.host import Sandbox
from coursekit.sandbox.tiers import Tier
from coursekit.sandbox.zygote import Zygote
with Zygote(Tier.PROCESS) as zygote, Sandbox(b"def f():\\n  while True: pass", name="w", zygote=zygote) as box:
    box.start()
    print(zygote._process._process.pid, flush=True)
    box.call("f", [])
"""
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    host = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, env=environment)
    assert host.stdout
    zygote = int(host.stdout.readline())
    assert list(tmp_path.iterdir())

    host.send_signal(signal.SIGKILL)
    host.wait()
    host.stdout.close()

    end = time.monotonic() + 10
    while is_alive(zygote) or list(tmp_path.iterdir()):
        assert time.monotonic() < end
        time.sleep(0.02)
