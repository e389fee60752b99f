"""Files that are no files, are not ours, are not text, or are too large."""

import os
from pathlib import Path

from tests.hostile.packs._pack import COURSE, GOOD, Content, Pack, lab, topic

_SECRET = "root:x:0:0"  # how /etc/passwd begins
_PREDICT = "kind: predict\nlab: evil\nrun: {learning_rate: 1.5}\nask: outcome"
_OUTCOMES = "- converges\n- diverges"


def _link(target: str) -> Content:
    return lambda path: path.symlink_to(target)


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _holes(megabytes: int) -> Content:
    """Make a file that holds nothing but zeros, and takes no place."""

    def make(path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(megabytes * 1_000_000)

    return make


def _unreadable(path: Path) -> None:
    path.write_text(GOOD)
    path.chmod(0)


def _folder(path: Path) -> None:
    path.mkdir()


def _named(name: str) -> dict[str, Content]:
    return {name: topic()["content/1-evil.md"]}


PACKS = (
    Pack("file-50-mb", {"content/1-evil.md": _holes(50)}, r"1-evil\.md:1: .*[Ll]arger"),
    Pack("file-50-gb-of-nothing", {"content/1-evil.md": _holes(50_000)}, r"1-evil\.md:1: .*[Ll]arger"),
    Pack("file-50-mb-course", {"content/course.md": _holes(50)}, is_course=False),
    Pack("file-50-mb-lab", {"labs/evil/lab.md": _holes(50)}, r"lab\.md:1: .*[Ll]arger"),
    Pack("file-50-mb-lock", {"content/predict.lock": _holes(50)}, r"predict\.lock:1: "),
    Pack("file-50-mb-gold", {"content/gold/a.jsonl": _holes(50)}, commands=(("check", "--grading"),)),
    Pack("file-2-mb-of-nul", {"content/1-evil.md": b"\0" * 1_999_999}, r"1-evil\.md:1: "),
    Pack("link-out-of-the-course", {"content/1-evil.md": _link("/etc/passwd")}, r"1-evil\.md:1: ", never=_SECRET),
    Pack(
        "link-out-by-dots",
        {"content/1-evil.md": _link("../../../../../../../etc/passwd")},
        r"1-evil\.md:1: ",
        never=_SECRET,
    ),
    Pack("link-out-lab", {"labs/evil/lab.md": _link("/etc/passwd")}, r"lab\.md:1: ", never=_SECRET),
    Pack("link-out-lock", {"content/predict.lock": _link("/etc/passwd")}, r"predict\.lock:1: ", never=_SECRET),
    Pack(
        "link-out-gold",
        {"content/gold/a.jsonl": _link("/etc/passwd")},
        commands=(("check", "--grading"),),
        never=_SECRET,
    ),
    Pack("link-out-course-file", {"content/course.md": _link("/etc/passwd")}, is_course=False, never=_SECRET),
    Pack("link-folder-out", {"content/etc": _link("/etc")}, never=_SECRET),
    Pack("link-labs-out", {"labs": _link("/etc")}, never=_SECRET),
    Pack("link-to-zero", {"content/1-evil.md": _link("/dev/zero")}, r"1-evil\.md:1: "),
    Pack("link-to-random", {"content/1-evil.md": _link("/dev/urandom")}, r"1-evil\.md:1: "),
    Pack("link-to-terminal", {"content/1-evil.md": _link("/dev/stdin")}, r"1-evil\.md:1: "),
    Pack(
        "link-to-memory", {"content/1-evil.md": _link("/proc/self/environ")}, r"1-evil\.md:1: ", never="COURSEKIT_HOME="
    ),
    Pack("link-loop", {"content/1-evil.md": _link("1-evil.md")}, r"1-evil\.md:1: "),
    Pack("link-loop-of-folders", {"content/loop": _link(".."), "content/again": _link("loop")}),
    Pack("link-to-nothing", {"content/1-evil.md": _link("gone.md")}, r"1-evil\.md:1: "),
    Pack("fifo-topic", {"content/1-evil.md": _fifo}, r"1-evil\.md:1: "),
    Pack("fifo-course", {"content/course.md": _fifo}, is_course=False),
    Pack("fifo-lab", {"labs/evil/lab.md": _fifo}, r"lab\.md:1: "),
    Pack("fifo-lock", {"content/predict.lock": _fifo}, r"predict\.lock:1: "),
    Pack("fifo-gold", {"content/gold/a.jsonl": _fifo}, commands=(("check", "--grading"),)),
    Pack("folder-as-topic", {"content/1-evil.md": _folder}),
    Pack("folder-as-lab", {"labs/evil/lab.md": _folder}, r"lab\.md:1: "),
    Pack("folder-as-lock", {"content/predict.lock": _folder}, r"predict\.lock:1: "),
    Pack("folders-deep", {f"content/{'d/' * 300}1-evil.md": GOOD}),
    Pack("files-1000", {f"content/{n}/evil.md": "---\ntitle: [\n---\n" for n in range(1_000)}, r"/7/evil\.md:\d+: "),
    Pack("files-1000-questions", {f"content/{n}.md": GOOD.replace("id: good", f"id: q{n}") for n in range(1_000)}),
    Pack("unreadable", {"content/1-evil.md": _unreadable}, "" if os.getuid() == 0 else r"1-evil\.md:1: "),
    Pack("name-with-newline", _named("content/1-evil\nroot:x:0.md")),
    Pack("name-with-escapes", {"content/1-\x1b[2J\x1b]0;owned\x07.md": "no front matter"}, r"1-.*\.md:1: "),
    Pack("name-with-bidi", {"content/1-\u202edm.exe\u2066.md": "no front matter"}, r"1-.*\.md:1: "),
    Pack("name-with-half-a-character", {os.fsdecode(b"content/1-\xff\xfe.md"): "no front matter"}, r"1-.*\.md:1: "),
    Pack("name-of-a-lab-with-escapes", {"labs/\x1b[2J\u202e/lab.md": "no front matter"}, r"lab\.md:1: "),
    Pack("bytes-not-utf-8", {"content/1-evil.md": b"---\ntitle: x\n---\n\xff\xfe\x00"}, r"1-evil\.md:4: .*Not UTF-8"),
    Pack(
        "bytes-utf-16",
        {"content/1-evil.md": GOOD.replace("good", "evil").encode("utf-16")},
        r"1-evil\.md:1: .*Not UTF-8",
    ),
    Pack(
        "bytes-utf-8-of-surrogates", {"content/1-evil.md": b"---\ntitle: \xed\xa0\x80\n---\n"}, r"1-evil\.md:2: .*Not"
    ),
    Pack("bytes-byte-order-mark", {"content/1-evil.md": "\ufeff" + GOOD.replace("good", "evil")}, says="Is one bad"),
    Pack("bytes-nul", topic(stem="A\0B"), says="A�B"),
    Pack(
        "bytes-carriage-returns",
        {"content/1-evil.md": str(topic()["content/1-evil.md"]).replace("\n", "\r")},
        says="Which",
    ),
    Pack("bytes-empty", {"content/1-evil.md": b""}, r"1-evil\.md:1: "),
    Pack("lock-garbage", {"content/predict.lock": b"\xff\x00{["}, r"predict\.lock:1: "),
    Pack("lock-deep", {"content/predict.lock": "[" * 900_000}, r"predict\.lock:1: "),
    Pack("lock-no-mapping", {"content/predict.lock": '[1, "two"]'}, r"predict\.lock:1: "),
    Pack(
        "lock-huge-number",
        {"content/predict.lock": '{"a": {"made_by": ' + "9" * 100_000 + ', "observed": 1}}'},
        r"predict\.lock:1: ",
    ),
    Pack(
        "lock-forged",
        {"content/predict.lock": '{"evil": {"made_by": "\\u001b[2J", "observed": "\\u202e"}}'}
        | lab()
        | topic(_PREDICT, options=_OUTCOMES),
        r"1-evil\.md:6: ",
    ),
    Pack(
        "gold-garbage",
        {"content/gold/a.jsonl": "{\n[[[[\n\x1b[2J\n" + "[" * 100_000 + '\n{"grade": 1e999}\nnull\n'},
        commands=(("check", "--grading"),),
    ),
    Pack("course-id-out", {"content/course.md": COURSE.replace("id: hostile", "id: ../../../OWNED")}),
    Pack("course-id-absolute", {"content/course.md": COURSE.replace("id: hostile", "id: /tmp/OWNED")}),
    Pack("course-id-dots", {"content/course.md": COURSE.replace("id: hostile", "id: '..'")}),
    Pack("course-id-escapes", {"content/course.md": COURSE.replace("id: hostile", r'id: "\x1b[2J\0/x\n"')}),
    Pack("course-id-long", {"content/course.md": COURSE.replace("id: hostile", f"id: {'x' * 100_000}")}),
)
