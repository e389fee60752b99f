"""What runs in a zygote: it has imported NumPy, holds no secret, and forks a child for each plan that it is sent.

The host's messages: a plan in JSON with three descriptors (requests, replies, where to print), which is replied to with
the child's number and a descriptor of it; `{"end": number}`, replied to with how the child ended; and
`{"files": folder}`, replied to with how many there are on that folder's disk. When the host hangs up, or is killed, the
zygote ends its children and removes its folder.
"""

import json
import os
import signal
import socket
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Any, NoReturn

from coursekit.sandbox.confine.privileges import die_with_host
from coursekit.sandbox.folder import remove
from coursekit.sandbox.plan import LONGEST, Plan

_DESCRIPTORS = 3


def next_child(zygote: Plan) -> Plan:
    """Fork until the host hangs up; return in each child, with its plan, and never in the zygote."""
    control, children = socket.socket(fileno=zygote.control), dict[int, str]()
    while True:
        told, descriptors, _, _ = socket.recv_fds(control, LONGEST, _DESCRIPTORS)
        if not told:
            _clean_up(zygote.folder, children)
        request: dict[str, Any] = json.loads(told)
        if "end" in request:
            reply = {"status": _end(request["end"], children.pop(request["end"]))}
            _say(control, reply)
        elif "files" in request:
            disk = os.statvfs(request["files"])
            _say(control, {"files": disk.f_files - disk.f_ffree})
        elif not (number := os.fork()):
            return _born(Plan.from_json(told.decode()), control, descriptors)
        else:
            children[number] = request["folder"]
            _tell_birth(control, number)
            _close(descriptors)


def _clean_up(folder: str, children: dict[int, str]) -> NoReturn:
    for number, its_folder in children.items():
        _end(number, its_folder)
    os.chdir("/")
    remove(folder)
    os._exit(0)


def _say(control: socket.socket, reply: dict[str, int]) -> None:
    with suppress(BrokenPipeError):  # the host went
        control.send(json.dumps(reply).encode())


def _tell_birth(control: socket.socket, number: int) -> None:
    watched = os.pidfd_open(number)
    with suppress(BrokenPipeError):
        socket.send_fds(control, [json.dumps({"number": number}).encode()], [watched])
    os.close(watched)


def _born(plan: Plan, control: socket.socket, descriptors: list[int]) -> Plan:
    """Become a child that has nothing of the zygote's but its modules: its own group, folder, channel and chance."""
    zygote = os.getppid()
    die_with_host()
    if os.getppid() != zygote:  # it went before that was said
        os._exit(1)
    os.setsid()
    control.close()
    requests, replies, prints = descriptors
    for stream in (1, 2):
        os.dup2(prints, stream)
    _close_others((requests, replies))
    os.makedirs(plan.folder, 0o700, exist_ok=True)  # a container has a disk of its own
    os.chdir(plan.folder)
    os.environ.update(HOME=plan.folder, TMPDIR=plan.folder)
    if random := sys.modules.get("numpy.random"):
        random.seed()  # or brothers would draw the same
    return replace(plan, requests=requests, replies=replies)


def _end(number: int, folder: str) -> int:
    """Kill a child and its group, and return how it ended, as `Popen.returncode` tells it."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(number, signal.SIGKILL)
    with suppress(ProcessLookupError):
        os.kill(number, signal.SIGKILL)  # it may not have got as far as to have a group
    status = os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
    remove(folder)
    return status


def _close_others(kept: Iterable[int]) -> None:
    first = 3
    for descriptor in (*sorted(kept), os.sysconf("SC_OPEN_MAX")):
        os.closerange(first, descriptor)
        first = descriptor + 1


def _close(descriptors: Iterable[int]) -> None:
    for descriptor in descriptors:
        os.close(descriptor)
