"""Each layer is good for something: an attack fails with it and succeeds without it, and it alone was switched off."""

import os
import signal
import socket
import subprocess
import sys
import time
from typing import Any

import pytest

from coursekit.sandbox.outcomes import Broken, Returned
from coursekit.sandbox.tiers import Tier
from tests.sandbox.conftest import boxed, ends_soon, has_returned, needs

ATTACKS = """
    import ctypes, os, resource, socket
    import numpy as np
    def reads(path): return open(path).read()
    def lists(path): return os.listdir(path)
    def writes(path): return open(path, "w").write("here")
    def removes(path): return os.unlink(path)
    def forks():
        if not os.fork(): os._exit(0)
        return os.wait()[1]
    def executes():
        import subprocess
        return subprocess.run(["/bin/true"]).returncode
    def connects(port): return socket.create_connection(("127.0.0.1", port), 2).recv(5).decode()
    def signals(pid): return os.kill(pid, 0)
    def owns(path):
        import fcntl
        return fcntl.fcntl(os.open(path, os.O_RDONLY | os.O_CREAT), fcntl.F_SETOWN, os.getppid())
    def limits_host(pid): return resource.prlimit(pid, resource.RLIMIT_NOFILE)[0] > 0
    def changes_mode(path): return os.chmod(path, 0o600)
    def shares():
        libc = ctypes.CDLL(None)
        found = libc.shmget(0, 4096, 0o1600)
        return (found >= 0 and libc.shmctl(found, 0, None) == 0) or 1 / 0  # and nothing of it is left
    def ring():
        libc = ctypes.CDLL(None, use_errno=True)
        libc.syscall(425, 1, ctypes.create_string_buffer(200))
        return ctypes.get_errno() in (1, 38) and 1 / 0  # refused, or not there
    def traces(pid): return ctypes.CDLL(None).ptrace(16, pid, 0, 0) == 0 or 1 / 0
    def allocates(): return np.empty(400_000_000).nbytes
    def grows():
        with open("large", "wb") as file: return sum(file.write(bytes(1 << 20)) for _ in range(20))
    def opens(): return len([os.open(".", os.O_RDONLY) for _ in range(100)])
    def overrides():
        os.close(os.open("closed", os.O_WRONLY | os.O_CREAT, 0))
        return open("closed").read()
"""


def came(tier: Tier, without: tuple[str, ...], attack: str, arguments: tuple[Any, ...] = ()) -> Any:
    with boxed(ATTACKS, tier, without=without) as box:
        return box.call(attack, arguments)


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "reference.py"
    path.write_text("key")
    return str(path)


@pytest.mark.parametrize("attack", ["allocates", "grows", "opens"])
@pytest.mark.parametrize("tier", [Tier.PROCESS, Tier.CONFINED, Tier.CONTAINED])
def test_the_limits_bound_memory_files_and_descriptors(tier, attack):
    needs(tier)

    assert not has_returned(came(tier, (), attack))
    assert has_returned(came(tier, ("limits",), attack))


@pytest.mark.parametrize("attack", ["reads", "writes", "removes"])
def test_landlock_keeps_files_out_of_reach(secret, attack):
    needs(Tier.CONFINED)

    assert not has_returned(came(Tier.CONFINED, (), attack, (secret,)))
    assert has_returned(came(Tier.CONFINED, ("landlock",), attack, (secret,)))


def test_landlock_leaves_what_lies_beside_numpy_unread():
    needs(Tier.CONFINED)
    import yaml

    assert not has_returned(came(Tier.CONFINED, (), "reads", (yaml.__file__,)))
    assert has_returned(came(Tier.CONFINED, ("landlock",), "reads", (yaml.__file__,)))


@pytest.mark.parametrize("attack", ["forks", "shares", "ring"])
def test_seccomp_refuses_calls(attack):
    needs(Tier.CONFINED)

    assert not has_returned(came(Tier.CONFINED, (), attack))
    assert has_returned(came(Tier.CONFINED, ("seccomp",), attack)) or attack == "ring"


def test_seccomp_and_landlock_each_refuse_to_start_a_program():
    needs(Tier.CONFINED)

    assert not has_returned(came(Tier.CONFINED, ("landlock",), "executes"))
    assert not has_returned(came(Tier.CONFINED, ("seccomp",), "executes"))
    assert has_returned(came(Tier.CONFINED, ("landlock", "seccomp"), "executes"))


def test_seccomp_keeps_modes_of_files_which_landlock_does_not(secret):
    needs(Tier.CONFINED)

    assert not has_returned(came(Tier.CONFINED, (), "changes_mode", (secret,)))
    assert has_returned(came(Tier.CONFINED, ("seccomp",), "changes_mode", (secret,)))


@pytest.mark.parametrize("attack", ["signals", "limits_host"])
def test_nothing_reaches_the_host(attack):
    needs(Tier.CONFINED)

    assert not has_returned(came(Tier.CONFINED, (), attack, (os.getpid(),)))
    assert has_returned(came(Tier.CONFINED, ("seccomp", "landlock", "capabilities"), attack, (os.getpid(),)))


def test_another_process_cannot_be_traced():
    needs(Tier.CONFINED)
    with subprocess.Popen(["sleep", "60"]) as other:
        held = came(Tier.CONFINED, (), "traces", (other.pid,))
        free = came(Tier.CONFINED, ("seccomp", "landlock", "capabilities"), "traces", (other.pid,))
        other.kill()

    assert not has_returned(held)
    assert has_returned(free) or "Operation" in free.message  # some systems let nobody trace


@pytest.mark.skipif(os.geteuid() != 0, reason="Only an administrator has capabilities to give up.")
def test_capabilities_are_given_up():
    needs(Tier.CONFINED)

    assert not has_returned(came(Tier.CONFINED, (), "overrides"))
    assert has_returned(came(Tier.CONFINED, ("capabilities",), "overrides"))


@pytest.fixture
def port():
    """A port on which a service of this machine says hello."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        from threading import Thread

        Thread(target=_greet, args=(server,), daemon=True).start()
        yield server.getsockname()[1]


def _greet(server: socket.socket) -> None:
    try:
        while True:
            connection, _ = server.accept()
            connection.sendall(b"hello")
            connection.close()
    except OSError:
        return


def test_seccomp_keeps_the_network_out_of_reach(port):
    needs(Tier.CONFINED)

    assert not has_returned(came(Tier.CONFINED, (), "connects", (port,)))
    assert has_returned(came(Tier.CONFINED, ("seccomp", "landlock"), "connects", (port,)))


def test_a_container_alone_keeps_the_network_and_files_and_the_host_out_of_reach(port, secret):
    needs(Tier.CONTAINED)
    rest = ("landlock", "seccomp", "capabilities")

    for attack, arguments in (("connects", (port,)), ("reads", (secret,)), ("signals", (os.getpid(),))):
        assert not has_returned(came(Tier.CONTAINED, rest, attack, arguments))
        assert has_returned(came(Tier.CONTAINED, (*rest, "container"), attack, arguments))


def test_a_container_has_a_disk_of_limited_size():
    needs(Tier.CONTAINED)
    source = """
        def f(n):
            for i in range(n): open(str(i), "wb").write(bytes(1 << 20))
    """

    with boxed(source, Tier.CONTAINED, folder=8 << 20) as box:
        few = box.call("f", [6])
        many = box.call("f", [12])

    assert has_returned(few)
    assert "No space left" in many.message


@pytest.mark.skipif(os.geteuid() == 0, reason="NOT TESTED: the system counts no processes of an administrator.")
def test_a_lab_may_have_processes_in_a_container_and_not_without_end():
    needs(Tier.CONTAINED)
    source = """
        from multiprocessing import get_context
        import os, time
        def square(x): return x * x
        def f():
            with get_context("fork").Pool(2) as pool: return pool.map(square, range(5))
        def program(): os.execv("/bin/true", ["true"])
        def bomb():
            for n in range(1000):
                try:
                    if not os.fork(): time.sleep(60)
                except BlockingIOError:
                    return n
    """

    with boxed(source, Tier.CONTAINED, processes=8) as box:
        pooled = box.call("f", [])
        executed = box.call("program", [])
        bombed = box.call("bomb", [])

    assert has_returned(pooled), pooled
    assert pooled.value == [0, 1, 4, 9, 16]
    assert not isinstance(executed, Returned | Broken)
    assert bombed.value < 8


def test_what_it_leaves_running_is_killed_and_not_waited_for():
    source = """
        import os, time
        def f():
            pid = os.fork()
            if not pid:
                time.sleep(60)
            return pid
        def g():
            if os.fork(): os._exit(0)
            time.sleep(60)
    """

    with boxed(source) as box:
        began = time.monotonic()
        first = box.call("f", [])
        second = box.call("g", [])
        took = time.monotonic() - began

    assert isinstance(second, Broken)
    assert took < 3
    assert ends_soon(first.value)


@pytest.mark.parametrize("tier", [Tier.PROCESS, Tier.CONFINED, Tier.CONTAINED])
def test_a_child_ends_with_its_host(tier, tmp_path):
    needs(tier)
    program = f"""
from coursekit.sandbox.host import Sandbox, Tier
with Sandbox(b"def f():\\n  while True: pass", name="w", tier=Tier({int(tier)})) as box:
    box.start()
    print(box._launch.process._process.pid, flush=True)
    box.call("f", [])
"""
    environment = {**os.environ, "TMPDIR": str(tmp_path)}  # its folder stays, since it had no time to remove it
    host: Any = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, env=environment)
    child = int(host.stdout.readline())

    host.send_signal(signal.SIGKILL)
    host.wait()
    host.stdout.close()

    assert ends_soon(child)


def test_a_flood_of_threads_ends_at_the_limit_of_memory(confined):
    source = """
        import threading, time
        def f():
            n = 0
            try:
                while True:
                    threading.Thread(target=time.sleep, args=(60,), daemon=True).start(); n += 1
            except RuntimeError:
                return n
    """

    with boxed(source, confined, seconds_per_call=10) as box:
        came = box.call("f", [])

    assert has_returned(came)
    assert came.value < 1000
