"""A strange source in a real child: what it returns, prints, raises, and how it ends."""

import os
import threading
import time

import numpy as np
import pytest

from coursekit.sandbox.host import Sandbox
from coursekit.sandbox.outcomes import Broken, Loaded, Raised
from coursekit.sandbox.tiers import Tier
from tests.sandbox.conftest import boxed, ends_soon, has_returned


def test_a_function_is_called_and_its_changes_to_the_arguments_are_seen(tier):
    weights, gradient = np.ones(3), np.arange(3.0)
    source = """
        import numpy as np
        def step(weights, gradient, rate):
            print("stepping")
            weights -= rate * gradient
            return weights, np.float64(rate), {"norm": float(np.linalg.norm(weights))}
    """

    with boxed(source, tier) as box:
        loaded = box.start()
        came = box.call("step", [weights, gradient, 0.5])

    assert loaded == Loaded("")
    assert has_returned(came)
    assert came.output == "stepping\n"
    assert np.array_equal(came.value[0], [1.0, 0.5, 0.0])
    assert came.value[1].shape == ()
    assert came.value[1] == 0.5
    assert np.array_equal(came.arguments[0], [1.0, 0.5, 0.0])
    assert came.arguments[1] is not gradient
    assert np.array_equal(weights, [1, 1, 1])


def test_arguments_that_were_left_alone_are_the_very_ones_that_were_given():
    given = [np.ones(3), {"rate": 0.1, "nan": float("nan")}, [1, (2.0, None)]]

    with boxed("def look(a, b, c): return 1") as box:
        came = box.call("look", given)

    assert has_returned(came)
    assert all(a is b for a, b in zip(came.arguments, given, strict=True))


def test_what_computing_needs_works_in_every_tier(tier):
    source = """
        import dataclasses, decimal, functools, hashlib, json, math, random, re, statistics, tempfile, threading
        import collections, os, numpy as np, numpy.fft, numpy.linalg, numpy.polynomial, numpy.random
        from concurrent.futures import ThreadPoolExecutor
        @dataclasses.dataclass
        class State: w: float
        def work(x):
            with ThreadPoolExecutor(2) as pool: assert list(pool.map(abs, [-1, 2])) == [1, 2]
            with tempfile.TemporaryDirectory() as folder:
                np.save(folder + "/x.npy", x)
                y = np.load(folder + "/x.npy", mmap_mode="r")
                total = float(y.sum())
            q, r = np.linalg.qr(x @ x.T)
            return total, np.random.default_rng(3).permutation(5), hashlib.sha256(b"x").hexdigest()[:4], State(2.0).w
    """
    with boxed(source, tier) as box:
        came = box.call("work", [np.eye(200)])

    assert has_returned(came), came
    assert came.value[0] == 200.0
    assert came.value[2:] == ("2d71", 2.0)


def test_an_exception_is_told_by_the_sources_own_lines_and_leaves_it_alive():
    source = "import json\ndef outer(x):\n    return inner(x)\ndef inner(x):\n    return json.loads(x)\n"

    with boxed(source) as box:
        came = box.call("outer", ["{"])
        again = box.call("outer", ["3"])

    assert isinstance(came, Raised)
    assert came.kind == "JSONDecodeError"
    assert came.traceback == "line 3: return inner(x)\nline 5: return json.loads(x)"
    assert has_returned(again)
    assert again.value == 3


@pytest.mark.parametrize(
    ("source", "kind", "traceback"),
    [
        (b"def f(:\n  pass", "SyntaxError", "line 1: def f(:"),
        (b"x = 1\ny = x / 0", "ZeroDivisionError", "line 2: y = x / 0"),
        (b"# caf\xe9", "UnicodeDecodeError", ""),
        (b"# -*- coding: latin-1 -*-\n# caf\xe9", "UnicodeDecodeError", ""),
        (b"import torch", "ModuleNotFoundError", "line 1: import torch"),
        (b"raise SystemExit(0)", "SystemExit", "line 1: raise SystemExit(0)"),
        (b"raise type('\\x1b[2J' * 100, (Exception,), {})", "\ufffd[2J" * 25, None),
        (b"class E(Exception):\n  def __str__(self): raise self\nraise E", "Exception", ""),
        (b"def f(): f()\nf()", "RecursionError", None),
    ],
)  # fmt: skip
def test_a_source_that_cannot_be_executed_says_why_and_is_not_called(source, kind, traceback):
    with Sandbox(source, name="work.py", tier=Tier.PROCESS) as box:
        came = box.start()
        called = box.call("f", [])

    assert isinstance(came, Raised)
    assert called == came
    assert came.kind.rstrip("…") == kind
    assert traceback is None or came.traceback in {traceback, "line 1: "}


def test_a_mark_of_byte_order_is_no_error():
    with Sandbox(b"\xef\xbb\xbfx = 1", name="work.py", tier=Tier.PROCESS) as box:
        assert box.start() == Loaded("")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("while True: pass", "It took longer than 0.5 s."),
        ("import time; time.sleep(60)", "It took longer than 0.5 s."),
        ("import re; re.match('(a+)+b', 'a' * 60)", "It took longer than 0.5 s."),
        ("import os; os._exit(3)", "It ended by itself, with exit status 3."),
        ("import os; os._exit(0)", "It ended by itself, with exit status 0."),
        ("import os; os.abort()", "It was killed by signal 6 (Aborted)."),
        ("import ctypes; ctypes.string_at(0)", "It was killed by signal 11 (Segmentation fault)."),
        ("import os; os.closerange(3, 60); import time; time.sleep(9)", "It closed its channel."),
    ],
)
def test_an_end_is_told_in_a_sentence_and_every_later_call_comes_to_the_same(tier, body, why):
    with boxed(f"def f():\n    print('last words')\n    {body}", tier) as box:
        box.start()
        came = box.call("f", [], seconds=0.5 if "longer" in why else 5)
        later = box.call("f", [])

    assert came == Broken(why, "last words\n")
    assert later == came


def test_all_calls_together_have_a_limit():
    with boxed("import time\ndef f(): time.sleep(0.3)", seconds=0.8) as box:
        came = [box.call("f", [])]
        time.sleep(0.6)  # the host's own time does not count
        came += [box.call("f", []) for _ in range(2)]

    assert has_returned(came[0])
    assert has_returned(came[1])
    assert came[-1] == Broken("It took longer than 0.8 s in all.", "")


def test_one_call_may_be_given_more_seconds():
    with boxed("import time\ndef f(): time.sleep(0.3)", seconds_per_call=0.2) as box:
        longer = box.call("f", [], seconds=2)
        usual = box.call("f", [])

    assert has_returned(longer)
    assert usual == Broken("It took longer than 0.2 s.", "")


def test_memory_that_is_not_to_be_had_is_an_ordinary_error(tier):
    with boxed("import numpy as np\ndef f(): return np.ones(3 << 30)\ndef g(): return 1", tier) as box:
        came = box.call("f", [])
        again = box.call("g", [])

    assert isinstance(came, Raised)
    assert came.kind.endswith("MemoryError")
    assert has_returned(again)


def test_what_is_printed_is_drained_and_capped(tier):
    source = "def f():\n    for i in range(200_000): print(f'{i:06}')"

    with boxed(source, tier) as box:
        came = box.call("f", [])

    assert has_returned(came)
    assert came.output.startswith("000000\n000001\n")
    assert came.output.endswith("199999\n")
    assert len(came.output) < (64 << 10) + 100
    assert "(1334464 bytes left out)" in came.output


def test_an_endless_flood_of_output_ends_at_the_deadline(tier):
    with boxed("import os\ndef f():\n    while True: os.write(1, b'x' * 65536)", tier, seconds_per_call=0.5) as box:
        box.start()
        began = time.monotonic()
        came = box.call("f", [])

    assert isinstance(came, Broken)
    assert "longer than 0.5 s" in came.why
    assert time.monotonic() - began < 3


def test_it_can_be_stopped_from_another_thread(tier):
    with boxed("import time\ndef f(): time.sleep(60)", tier) as box:
        box.start()
        threading.Timer(0.2, box.stop).start()
        came = box.call("f", [])

    assert came == Broken("It was stopped.", "")


def test_large_arrays_go_there_and_back(tier):
    array = np.random.default_rng(0).normal(size=(1000, 2000))

    with boxed("def f(x): return x.T", tier) as box:
        came = box.call("f", [array])

    assert has_returned(came)
    assert np.array_equal(came.value, array.T)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("return object()", "a object cannot be sent"),
        ("return np.array([None])", "an array of object cannot be sent"),
        ("return np.arange(3).astype('>i4')", "an array of >i4 cannot be sent"),
        ("return np.broadcast_to(0.0, (1 << 40,))", "more bytes than can be sent"),
        ("return '\\ud800'", "half of a character"),
        ("x.append(x)", "nested"),
        ("return list(range(700_000))", "cannot be sent; arrays can be larger"),
    ],
)
def test_what_cannot_be_sent_is_an_error_of_the_source(body, said):
    with boxed(f"import numpy as np\ndef f(x):\n    {body}\ndef g(): return 1") as box:
        came = box.call("f", [[]])
        again = box.call("g", [])

    assert isinstance(came, Raised)
    assert said in came.message
    assert has_returned(again)


def test_nothing_of_the_host_is_in_the_environment_or_the_path(tier, monkeypatch):
    monkeypatch.setenv("SECRET", "1")
    source = (
        "import os, sys\ndef f(): return sorted(os.environ), sys.path, os.listdir('.'), os.path.basename(os.getcwd())"
    )

    with boxed(source, tier) as box:
        came = box.call("f", [])

    assert has_returned(came)
    assert not {"SECRET", "PATH"} & set(came.value[0])
    assert not any("site-packages" in path for path in came.value[1])
    assert came.value[2] == []
    assert came.value[3].startswith("coursekit-sandbox-")


def test_no_process_folder_or_descriptor_is_left(tier):
    folder = ""
    with boxed("import os\ndef f():\n    open('x', 'w').write('x'); return os.getcwd()", tier):
        pass  # what is opened once for all is open now
    before = sorted(os.listdir("/proc/self/fd"))

    with boxed("import os\ndef f():\n    open('x', 'w').write('x'); return os.getcwd()", tier) as box:
        folder = box.call("f", []).value
        pid = box._launch.process._process.pid

    assert sorted(os.listdir("/proc/self/fd")) == before
    assert not os.path.exists(folder)
    assert ends_soon(pid)


def test_a_sandbox_that_is_left_before_its_child_is_ready_leaves_nothing(tier):
    with boxed("x = 1", tier) as box:
        folder = box._folder.path

    assert not os.path.exists(folder)


def test_more_files_than_it_may_have_end_it():
    source = """
        def f():
            i = 0
            while True:
                i += 1
                open(str(i), "wb").write(bytes(1 << 20))
    """
    with boxed(source, folder=20 << 20) as box:
        came = box.call("f", [])

    assert isinstance(came, Broken)
    assert came.why == "It wrote more files than it may."
