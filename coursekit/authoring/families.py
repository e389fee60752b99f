"""The reference of what a run is made of: its config, models, data, optimizers, schedules and probes.

It is taken from where each of them says what it takes: the annotations of its fields, their defaults, and the comment
that stands behind a field.
"""

import re
from collections.abc import Mapping
from dataclasses import MISSING, fields
from importlib import import_module
from inspect import cleandoc, getsource, isabstract
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from coursekit import plugins
from coursekit.authoring.row import Reference, Row
from coursekit.errors import UsageError, suggest
from coursekit.train.config import TrainingConfig
from coursekit.train.options import plugin_name

FAMILIES: Mapping[str, tuple[str, str]] = {
    "model": ("coursekit.train.models", "What is trained: 'model' in a config."),
    "data": ("coursekit.train.data", "What it is trained on: 'data' in a config."),
    "optimizer": ("coursekit.train.optimizers", "The rule of a step: 'optimizer' in a config."),
    "schedule": ("coursekit.train.schedules", "How the learning rate changes: 'schedule' in a config."),
    "probe": ("coursekit.train.probes", "What a lab measures instead of training: 'probe', alone in its config."),
}
CONFIG = "A training run: the config of a lab."
_IN_A_CONFIG = """\
A model, data set, optimizer or schedule is a name, or a mapping with its name and its fields. Each of these families
has a reference: 'coursekit doc optimizer'. A lab that measures has 'probe' and no other field."""
_COMMENT = re.compile(r"^    (\w+): .*?  # (.*)$", re.MULTILINE)
_PLAIN: Mapping[Any, str] = {bool: "true or false", int: "whole number", float: "number", str: "text"}


def family(name: str) -> Reference:
    """Return all members of one of FAMILIES."""
    package, summary = FAMILIES[name]
    found = tuple(member(name, each) for each in plugins.names(package))
    example = "\n".join(["config:", f"  {name}: {found[0].example}"])
    return Reference(name, summary, "", (), f"{example}\n", found)


def member(family: str, name: str) -> Reference:
    """Return one of a family, by the name that a config gives. Raises UsageError with the nearest name."""
    package = FAMILIES[family][0]
    if name not in plugins.names(package):
        raise UsageError(f"There is no {family} '{name}'. {suggest(name, plugins.names(package))}")
    cls: type[Any] = plugins.load(package, name)
    summary, _, example = (import_module(cls.__module__).__doc__ or "").partition("\n")
    remarks = cleandoc(cls.__doc__ or "").partition("\n>>>")[0].strip()
    values = ", ".join(getattr(cls, "values", ()))
    told = f"{remarks}\n\nvalues that a goal may bound: {values}" if values else remarks
    return Reference(name, summary, told, options(cls), f"{example.strip()}\n")


def config() -> Reference:
    """Return what a training run may say."""
    example = (import_module(TrainingConfig.__module__).__doc__ or "").partition("\n\n")[2]
    return Reference("config", CONFIG, _IN_A_CONFIG, options(TrainingConfig), f"{example.strip()}\n")


def options(cls: type[Any]) -> tuple[Row, ...]:
    """List the fields of a configuration or a plug-in."""
    hints = get_type_hints(cls, include_extras=True)
    comments = dict(_COMMENT.findall(getsource(cls)))
    return tuple(
        Row(
            name=each.name,
            type=_type(hints[each.name]),
            is_required=each.default is MISSING,
            default=_default(each.default),
            words=_words(hints[each.name]),
            text=_sentence(comments.get(each.name, "")),
        )
        for each in fields(cls)
    )


def _sentence(comment: str) -> str:
    """Make a sentence of the comment behind a field, for someone who writes YAML."""
    said = comment.replace("None", "null")
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _type(hint: Any) -> str:
    """Say what may stand there; a plug-in by its family.

    >>> _type(int | None), _type(tuple[float, ...])
    ('whole number', 'list of numbers')
    """
    if get_origin(hint) in (Union, UnionType):
        return _type(next(part for part in get_args(hint) if part is not NoneType))
    base, limit = get_args(hint)[:2] if get_origin(hint) is Annotated else (hint, "")
    if get_origin(base) is Literal:
        return "word"
    if get_origin(base) is tuple:
        return f"list of {_type(get_args(base)[0]).replace('number', 'numbers', 1)}"
    return base.__name__.lower() if isabstract(base) else f"{_PLAIN[base]} {limit}".rstrip()


def _words(hint: Any) -> tuple[str, ...]:
    return tuple(str(word) for word in get_args(hint)) if get_origin(hint) is Literal else ()


def _default(value: Any) -> Any:
    if value is MISSING:
        return None
    if isinstance(value, tuple):
        return list(cast("tuple[object, ...]", value))
    return value if isinstance(value, bool | int | float | str | NoneType) else plugin_name(value)
