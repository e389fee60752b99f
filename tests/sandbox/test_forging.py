"""A source that finds the channel: what it forges is worth no more than what it could have returned."""

import time

import pytest

from coursekit.sandbox.outcomes import Broken, Raised
from tests.sandbox.conftest import boxed, has_returned

# Finds the channel's end as any source could: it is the only pipe that can be written to beside the output.
FORGE = """
    import gc, json, os, stat, struct, sys
    def channel():
        pipes = [fd for fd in range(3, 60) if is_pipe(fd)]
        import fcntl
        return next(fd for fd in pipes if fcntl.fcntl(fd, fcntl.F_GETFL) & os.O_ACCMODE == os.O_WRONLY)
    def is_pipe(fd):
        try: return stat.S_ISFIFO(os.fstat(fd).st_mode)
        except OSError: return False
    def request_id():
        frame = sys._getframe()
        while frame:
            if "header" in frame.f_locals: return frame.f_locals["header"]["id"]
            frame = frame.f_back
    def say(header, body=b"", more=b""):
        data = json.dumps(header).encode()
        os.write(channel(), struct.pack("<II", len(data), len(body)) + data + body + more)
    def double(x):
        return 2 * x
"""


def test_a_forged_frame_with_the_right_id_is_worth_a_returned_value(tier):
    forged = """
    def f(x):
        say({"id": request_id(), "is": "returned", "value": 99, "arguments": None})
        os._exit(0)
    """
    with boxed(FORGE + forged, tier) as box:
        came = box.call("f", [1])

    assert has_returned(came)
    assert came.value == 99


@pytest.mark.parametrize(
    "said",
    [
        'say({"id": "0", "is": "returned", "value": 99, "arguments": None})',
        'say({"id": request_id(), "is": "returned", "value": 99, "arguments": None, "mark": 1})',
        'say({"id": request_id(), "is": "returned", "value": 99})',
        'say({"id": request_id(), "is": "returned", "value": 99, "arguments": None}, more=b"x")',
        'say({"id": request_id(), "is": "returned", "value": 99, "arguments": None}, body=b"x")',
        'say({"id": request_id(), "is": "returned", "value": {"array": ["object", [1]]}, "arguments": None}, b"x" * 8)',
        'say({"id": request_id(), "is": "returned", "value": {"array": ["float64", [1 << 60]]}, "arguments": None})',
        'say({"id": request_id(), "is": "raised", "kind": 1, "message": "", "traceback": ""})',
        'say({"id": request_id(), "is": "loaded"})',
        'say({"id": [1], "is": "loaded"})',
        'os.write(channel(), struct.pack("<II", 1 << 31, 1 << 31))',
        'os.write(channel(), b"\\xff" * 200)',
        'os.write(channel(), b"x")',
        "[os.write(fd, b'junk' * 99) for fd in range(3, 60) if is_pipe(fd) and fd == channel()]",
        "os.write(channel(), struct.pack('<II', 50, 0) + b'{}')",
    ],
)
@pytest.mark.parametrize("then", ["return 1", "os._exit(0)"])
def test_anything_else_on_the_channel_breaks_the_sandbox(said, then):
    with boxed(FORGE + f"    def f(x):\n        {said}\n        {then}", seconds_per_call=1) as box:
        came = box.call("f", [1])

    assert isinstance(came, Broken), came


def test_a_frame_said_before_it_is_asked_for_breaks_the_sandbox(tier):
    source = f"""{FORGE}
    import threading, time
    def later():
        time.sleep(0.2)
        say({{"id": "0", "is": "returned", "value": 99, "arguments": None}})
    threading.Thread(target=later, daemon=True).start()
    """
    with boxed(source, tier) as box:
        box.start()
        time.sleep(0.5)
        came = box.call("double", [1])

    assert came == Broken("It said something before it was asked.", "")


def test_a_giant_length_costs_the_host_no_memory(tier):
    import resource

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    source = (
        FORGE
        + "    def f():\n        os.write(channel(), struct.pack('<II', 2, (1 << 32) - 1) + b'{}')\n        return 1"
    )
    with boxed(source, tier) as box:
        came = box.call("f", [])

    assert isinstance(came, Broken)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # kB


def test_patched_machinery_in_the_child_changes_no_type_at_the_host(tier):
    source = """
        import numpy as np, json, builtins, sys
        class Equal(float):
            __eq__ = __lt__ = __le__ = __gt__ = __ge__ = lambda *_: True
            __hash__ = float.__hash__
        def f(): return Equal(7)
        def g():
            import coursekit.sandbox.serving as serving
            serving.encode = lambda *_: {"pickle": "x"}
            return 1
    """
    with boxed(source, tier) as box:
        came = box.call("f", [])
        broken = box.call("g", [])

    assert has_returned(came)
    assert type(came.value) is float
    assert isinstance(broken, Broken | Raised)
