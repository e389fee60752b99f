"""A real process that says what it likes on the channel."""

import os
import sys
from time import monotonic

from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.sandbox.output import Output
from coursekit.sandbox.process import Pipes, Process
from coursekit.sandbox.talk import Talk, TalkError
from coursekit.sandbox.wire import Frame, pack

SAY = "import os, sys; os.write(int(sys.argv[1]), bytes.fromhex(sys.argv[2])); print('said', flush=True)"
GREETING = pack({"id": "7", "is": "ready", "escapes": []}, b"xy")
_SAID = st.one_of(
    st.binary(max_size=60),
    st.tuples(st.integers(0, len(GREETING)), st.binary(max_size=3)).map(
        lambda cut: GREETING[: cut[0]] + cut[1] + GREETING[cut[0] :]
    ),
    st.integers(0, len(GREETING)).map(lambda end: GREETING[:end]),
)


def hear(said: bytes, folder: str) -> Frame | str:
    """Return the frame that a process said, or why there is none."""
    pipes, output = Pipes(), Output(100)
    command = [sys.executable, "-I", "-S", "-c", SAY, str(pipes.child_replies), said.hex()]
    process = Process(command, pipes, {}, folder)
    talk = Talk(process, output, 1000, lambda: None)
    try:
        return talk.exchange(b"", monotonic() + 20)
    except TalkError as error:
        return str(error)
    finally:
        talk.close()
        process.close()


def test_a_whole_frame_is_heard(tmp_path):
    came = hear(GREETING, str(tmp_path))

    assert came == Frame({"id": "7", "is": "ready", "escapes": []}, bytearray(b"xy"))


@settings(max_examples=30, deadline=None)
@given(_SAID)
def test_whatever_a_process_says_is_a_frame_or_a_sentence_and_leaves_nothing_open(said):
    before = len(os.listdir("/proc/self/fd"))

    came = hear(said, "/")

    assert isinstance(came, Frame) or came == "" or came.startswith(("said something", "closed"))
    assert len(os.listdir("/proc/self/fd")) == before
