"""An example of each kind of question: the one of its docstring, and what that one does not show.

A schema is recorded from these, so a branch of a reader that none of them takes is not in it; a test holds that each
word that may be chosen is chosen in one. A kind without an entry here has its docstring's example, and what its own
file says: `FURTHER`, more examples from `id:` on, and `FIELDS`, what its fields are for. So a new kind is one file.
"""

from collections.abc import Mapping
from importlib import import_module
from types import ModuleType

from coursekit import plugins
from coursekit.document import Section, split
from coursekit.questions._read import FAMILY

_OPENING = "```yaml question\n"

_FURTHER: Mapping[str, tuple[str, ...]] = {
    "cloze": ("id: a\nkind: cloze\n```\n\nOne [[gap]].\n",),
    "multiple-choice": (
        "id: a\nscoring: all\n```\n\n- [x] a\n- [x] b\n",
        "id: a\nscoring: net\nattempts: 1\n```\n\n- [x] a\n- [x] b\n- [ ] c\n",
    ),
    "numeric": (
        "id: a\nkind: numeric\nparams: {x: {min: 1, max: 4, step: 1}}\nwhere: [x > 1]\nkey: 2 * x\n```\n\nHow much?\n",
        "id: a\nkind: numeric\nkey: 2\nunit: s\nunits: {ms: 0.001}\n```\n\nHow long?\n",
    ),
    "ordering": ("id: a\nkind: ordering\nscoring: all\n```\n\n1. a\n2. b\n3. c\n",),
    "predict": (
        "id: a\nkind: predict\nlab: b\nrun: {steps: 5}\nask: final_loss\ntolerance: {abs: 1, rel: 0.1}\n```\n\nWhat?\n",
        "id: a\nkind: predict\nlab: b\nrun: {steps: 5}\nask: steps_to\ntarget: 0.01\n```\n\nHow many?\n",
        "id: a\nkind: predict\nlab: b\nruns: [{steps: 5}, {steps: 6}]\nask: which_is_lower\n```\n\n- five\n- six\n",
    ),
    "single-choice": ("id: a\nkind: single-choice\n```\n\n- [x] a\n- [ ] b\n",),
    "true-false": (
        "id: a\nkind: true-false\n```\n\n- [x] True\n- [ ] False\n",
        "id: a\nkind: true-false\nkey: true\nlab: b\n"
        "figures: {end: {run: {steps: 5}, gives: steps_to, target: 0.01, seeds: 3, digits: 3}}\n```\n\nIs it?\n",
    ),
    "unkeyed": (
        "id: a\nkind: unkeyed\ninteraction: {text: {form: words, number: false, units: [s]}}\n```\n",
        "id: a\nkind: unkeyed\ninteraction: {long-text: {form: sentences, least_words: 3}}\n```\n",
        "id: a\nkind: unkeyed\ninteraction: {gaps: {between: [a,b], gaps: [{form: w, number: true, units: s}]}}\n```\n",
        "id: a\nkind: unkeyed\ninteraction: {ordering: {items: [a, b, c]}}\n```\n",
        "id: a\nkind: unkeyed\ninteraction: {matching: {prompts: [a, b], partners: [c, d]}}\n```\n",
    ),
}


def first_line(kind: str) -> str:
    """Return what a kind's file says first of it."""
    return _doc(kind).partition("\n")[0]


def remarks(kind: str) -> str:
    """Return what a kind's file says between that and its example."""
    return _doc(kind).partition("\n")[2].partition(_OPENING)[0].strip()


def example(kind: str) -> str:
    """Return the example of a kind's docstring, from its fence on."""
    _, opening, rest = _doc(kind).partition(_OPENING)
    return f"{opening}{rest}".strip() + "\n"


def examples(kind: str) -> tuple[Section, ...]:
    """Return all examples of a kind as sections of a topic."""
    texts: tuple[str, ...] = (*_FURTHER.get(kind, ()), *getattr(_module(kind), "FURTHER", ()))
    further = (f"{_OPENING}{text}" for text in texts)
    return tuple(as_section(text) for text in (example(kind), *further))


def said_of_fields(kind: str) -> Mapping[str, str]:
    """Return what a kind's file says its fields are for, by their places, as in `tolerance.abs`."""
    return getattr(_module(kind), "FIELDS", {}) if kind in plugins.names(FAMILY) else {}


def as_section(text: str) -> Section:
    """Read what stands under a question's heading."""
    return split(f"---\ntitle: T\n---\n\n## Example\n\n{text}", "example.md").sections[0]


def _doc(kind: str) -> str:
    return _module(kind).__doc__ or ""


def _module(kind: str) -> ModuleType:
    return import_module(f"{FAMILY}.{kind.replace('-', '_')}")
