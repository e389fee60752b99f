"""A small arithmetic: names, numbers, + - * / **, a dozen functions. Nothing else is read, nothing is ever run.

evaluate("w0 * (1 - lr)", {"w0": 2.0, "lr": 0.1})
"""

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any

_OPERATORS: Mapping[type[ast.operator], Callable[[float, float], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: lambda a, b: a / b,
    ast.Pow: math.pow,
}
_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "abs": abs,
    "ceil": math.ceil,
    "cos": math.cos,
    "exp": math.exp,
    "floor": math.floor,
    "log": math.log,
    "log10": math.log10,
    "log2": math.log2,
    "max": max,
    "min": min,
    "round": round,
    "sin": math.sin,
    "sqrt": math.sqrt,
    "tanh": math.tanh,
}
_CONSTANTS: Mapping[str, float] = {"pi": math.pi, "e": math.e}
_LONGEST = 300
_MOST_LISTED = 40
_UNREADABLE = (SyntaxError, RecursionError, MemoryError, ValueError)
_NOT_ARITHMETIC = "'{}' is not arithmetic. Write for example 'w0 * (1 - lr)'."


_COMPARISONS: Mapping[type[ast.cmpop], Callable[[float, float], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


def holds(condition: str, names: Mapping[str, float]) -> bool:
    """Say whether a comparison of expressions holds.

    Raises ValueError, in words for the author, when it cannot be read or a side has no finite value.

    >>> holds("0 < lr * h < 2", {"lr": 0.5, "h": 4.0})
    False
    """
    _refuse_excess(condition, "comparison")
    try:
        node = _parsed(condition)
    except _UNREADABLE:
        node = None
    if not isinstance(node, ast.Compare) or not all(type(op) in _COMPARISONS for op in node.ops):
        raise ValueError(f"'{condition}' is no comparison. Write for example 'lr * h < 2'.")
    sides = [_finite(side, names, lambda side=side: ast.unparse(side)) for side in (node.left, *node.comparators)]
    return all(_COMPARISONS[type(op)](a, b) for op, (a, b) in zip(node.ops, pairwise(sides), strict=True))


def evaluate(expression: str, names: Mapping[str, float]) -> float:
    """Return the finite value of an expression.

    Raises ValueError, in words for the author, when it cannot be read or has no finite value.

    >>> evaluate("ceil(N / B)", {"N": 1437.0, "B": 32.0})
    45.0
    """
    _refuse_excess(expression, "expression")
    try:
        node = _parsed(expression)
    except _UNREADABLE:
        raise ValueError(_NOT_ARITHMETIC.format(expression)) from None
    return _finite(node, names, lambda: expression)


def _refuse_excess(source: str, word: str) -> None:
    if len(source) > _LONGEST:
        raise ValueError(f"The {word} is longer than {_LONGEST} characters.")


@lru_cache(maxsize=256)  # the conditions on params are tried for a thousand draws
def _parsed(source: str) -> ast.expr:
    return ast.parse(source.strip(), mode="eval").body


def _finite(node: ast.expr, names: Mapping[str, float], source: Callable[[], str]) -> float:
    """Return the finite value of a node; `source` says how it is written, for messages. Raises ValueError."""
    try:
        value = float(_value(node, names))
    except ZeroDivisionError:
        where = drawn(source(), names)
        raise ValueError(f"'{source()}' divides by zero{where}. Change it, or the values.") from None
    except (SyntaxError, RecursionError, MemoryError, TypeError):
        raise ValueError(_NOT_ARITHMETIC.format(source())) from None
    except (ArithmeticError, ValueError) as error:
        raise ValueError(f"'{source()}' has no value: {error}") from None
    if not math.isfinite(value):
        raise ValueError(f"'{source()}' is not a finite number.")
    return value


def _value(node: ast.expr, names: Mapping[str, float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return float(number)
        case ast.Name(id=name):
            return _named(name, names)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, names)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _value(operand, names)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_value(left, names), _value(right, names))
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in _FUNCTIONS:
            return _FUNCTIONS[name](*(_value(arg, names) for arg in args))
        case _:
            raise SyntaxError


def drawn(expression: str, names: Mapping[str, float]) -> str:
    """Say what the names in an expression stand for: ' for w0 = 2, lr = 0.1', '' without names."""
    used = [f"{name} = {value:g}" for name, value in names.items() if re.search(rf"\b{re.escape(name)}\b", expression)]
    return f" for {', '.join(used)}" if used else ""


def _named(name: str, names: Mapping[str, float]) -> float:
    if name in names:
        return float(names[name])
    if name in _CONSTANTS:
        return _CONSTANTS[name]
    raise ValueError(f"there is no '{name}' here (known: {_list([*names, *_CONSTANTS, *_FUNCTIONS])}).")


def _list(names: list[str]) -> str:
    return ", ".join([*sorted(names)[:_MOST_LISTED], *(["…"] if len(names) > _MOST_LISTED else [])])
