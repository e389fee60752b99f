"""A classic slip of a lab of code that is told by another line than its own."""

from coursekit.check.rule import Example, LabRule

_LAB = """---
title: Twice
kind: code
entry: twice
checks:
  - {name: doubles, call: twice, cases: numbers, says: It is not twice the number.}
---

Write `twice(x)`.
"""
_FILES = {
    "lab.md": _LAB,
    "starter.py": "def twice(x):\n    raise NotImplementedError\n",
    "reference.py": "def twice(x):\n    return 2 * x\n",
    "cases.py": "def numbers(seed):\n    return [(3.0 + seed % 7,), (10.0,)]\n",
    "wrong/squared.py": '"""It is the square, not the double."""\n\n\ndef twice(x):\n    return x * x\n',
}
_SLIP = '"""Two is added."""\n\n\ndef twice(x):\n    return x + 2\n'

PLUGIN = LabRule(
    finds="A slip in wrong/ that is not named by its own sentence",
    why=(
        "A learner who makes it is told the line of another slip, or none, since the cases of the checks that it fails "
        "cannot tell the two apart. Found with --labs."
    ),
    example=Example(
        _SLIP.replace("x + 2", "x**2"),
        _SLIP,
        "labs/other/wrong/added.py",
        {f"labs/other/{name}": text for name, text in _FILES.items()},
    ),
)
