"""A configuration from a file and options: the file first, options over it, `--set` over both."""

import json
import re
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias, cast

from coursekit.errors import ConfigError, ContentError, CoursekitError, UsageError
from coursekit.fields import Fields
from coursekit.grading.number import read_number
from coursekit.train.config import TrainingConfig

Record: TypeAlias = Mapping[str, Any]  # Any: JSON

OPTIONS = {
    "model": "what is trained: a name, or a JSON object with name and options",
    "data": "what on: a name, or a JSON object with name and options",
    "optimizer": "by which rule: a name, or a JSON object with name and options",
    "schedule": "how the learning rate changes: a name, or a JSON object with name and options",
    "learning_rate": "how far a step goes",
    "batch_size": "examples in a step; null is all",
    "steps": "how many",
    "seed": "of initial parameters and batches",
    "backend": "numpy or tensorflow",
    "dtype": "float64 or float32",
}


def configured(given: Namespace) -> TrainingConfig:
    """Read the file, lay the options over it, check the whole. Raises ContentError, ConfigError, UsageError."""
    fields = _read_file(given.config) if given.config else Fields("", 1, {})
    options = dict(_options(given))
    whole = fields.data()
    for path, value in options.items():
        whole = _put(whole, path, value, path)
    try:
        return TrainingConfig.from_json(whole)
    except ConfigError as error:
        raise _placed(error, fields, tuple(options)) from error


def _read_file(path: str) -> Fields:
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is no text in UTF-8: {error.reason}.") from error
    if path.endswith(".json"):
        _check_json(text, path)
        text = text.replace("\t", " ")  # which YAML does not take for indentation
    return Fields.parse(text, path=path, line=1)  # JSON is YAML, and this knows the line of each field


def _check_json(text: str, path: str) -> None:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        raise ContentError(path, error.lineno, f"The JSON cannot be read: {error.msg}.") from None
    except (ValueError, RecursionError):
        raise ContentError(path, 1, "The JSON cannot be read: it holds too much.") from None


def _options(given: Namespace) -> Iterator[tuple[str, Any]]:
    """Yield field and value of each option; `--set` comes last, so it holds over the others."""
    for name in OPTIONS:
        if (text := getattr(given, name)) is not None:
            yield name, _value(text, option_name(name))
    for pair in given.set:
        path, is_given, text = pair.partition("=")
        if not is_given or not all(path.split(".")):
            raise UsageError(f"'--set {pair}' must be FIELD=VALUE. Write for example '--set model.hidden=[32]'.")
        yield path, _value(text, f"--set {path}")


def option_name(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _value(text: str, option: str) -> Any:
    """Read a value as JSON, else as a number as people write them, else as a word."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        if text.lstrip()[:1] in ("{", "[", '"'):
            raise UsageError(f"The value of '{option}' is no JSON: {error}.") from None
        number = read_number(text)
        return text if number is None else number


def _put(config: Mapping[str, Any], path: str, value: Any, whole_path: str) -> dict[str, Any]:
    """Return the config with one entry changed; a plug-in given by name becomes a mapping when it gains an option."""
    first, _, rest = path.partition(".")
    if not rest:
        return {**config, first: value}
    inner = config.get(first, {})
    inner = {"name": inner} if isinstance(inner, str) else inner
    if not isinstance(inner, Mapping):
        raise UsageError(f"'--set {whole_path}' sets an option of {first}, but {first} is {json.dumps(inner)}.")
    return {**config, first: _put(cast("Record", inner), rest, value, whole_path)}


def _placed(error: ConfigError, fields: Fields, options: Sequence[str]) -> CoursekitError:
    """Add file and line, unless the field at fault comes from an option."""
    message = str(error)
    if not fields.path or any(_names(message, path) for path in options):
        return error
    line = _line(fields, message)
    return ContentError(fields.path, line, message) if line else ConfigError(f"{fields.path}: {message}")


def _line(fields: Fields, message: str) -> int | None:
    """Find the line of the field that a message begins with."""
    for name in fields:
        if _names(message, name):
            inner = fields.value(name, None)
            deeper = _line(inner, message[len(name) + 1 :]) if isinstance(inner, Fields) else None
            return deeper or fields.line_of(name)
    return None


def _names(message: str, path: str) -> bool:
    """Say whether a message begins with a field."""
    return re.match(rf"{re.escape(path)}(?!\w)", message) is not None
