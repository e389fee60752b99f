"""The skeleton of a lab of code: a small one that proves itself, to be changed file by file.

The files of `wrong/` are whole submissions; what they share with the reference is written out in each.
"""

from coursekit.authoring.scalar import scalar

_LAB = """\
---
title: {title}
kind: code
entry: sgd_step
checks:
  # TODO Make a check for each thing that can go wrong. A public one shows its smallest failing case.
  - name: one step
    call: sgd_step
    cases: steps
    points: 2
    public: true
    says: The parameters after one step differ.
  - name: leaves its inputs alone
    call: sgd_step
    cases: steps
    keeps_inputs: true
    points: 1
    public: true
    says: The step changed an array that it was given.
  - name: a long step
    call: sgd_step
    cases: long_steps
    points: 1
    says: The parameters after a step with a high learning rate differ.
---

TODO Say what to write. This example asks for `sgd_step(w, gradient, rate)`, which returns the parameters `w`
(features,) after one step down `gradient` (features,), and leaves both as they were.

### Hint

TODO Name a first thing to try.

### Explanation

TODO Say how it is written, and why.
"""

_STARTER = '''\
"""One step of gradient descent."""


def sgd_step(w, gradient, rate):
    """Return the parameters after one step; leave `w` and `gradient` as they are.

    w, gradient: (features,)   rate: a number above 0
    """
    raise NotImplementedError
'''

_REFERENCE = '''\
"""The functions as they should be. They earn every point."""


def sgd_step(w, gradient, rate):
    """Move the parameters down the gradient."""
    return w - rate * gradient
'''

_CASES = '''\
"""What the functions are called with, drawn from a seed: a list of tuples of arguments, the smallest first."""

import numpy as np


def steps(seed):
    """One parameter, then more."""
    rng = np.random.default_rng([seed, 1])
    return [(rng.standard_normal(n), rng.standard_normal(n), 0.1) for n in (1, 3, 20)]


def long_steps(seed):
    """A learning rate that is far too high."""
    rng = np.random.default_rng([seed, 2])
    return [(rng.standard_normal(n), rng.standard_normal(n), 100.0) for n in (1, 4)]
'''

_SLIP = '''\
"""The step goes up the slope: the gradient is added, not subtracted."""


def sgd_step(w, gradient, rate):
    """Move the parameters."""
    return w + rate * gradient
'''


def code_lab_files(title: str) -> dict[str, str]:
    """Return the files of a lab of code by their names in its folder."""
    return {
        "lab.md": _LAB.format(title=scalar(title)),
        "starter.py": _STARTER,
        "reference.py": _REFERENCE,
        "cases.py": _CASES,
        "wrong/one_slip.py": _SLIP,
    }
