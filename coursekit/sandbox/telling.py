"""An exception as three short texts: its kind, its message, and the source's own lines that led to it."""

from traceback import FrameSummary, extract_tb

from coursekit.sandbox.values import Json

_LONGEST = {"kind": 100, "message": 2_000, "traceback": 8_000}
_FRAMES = 20  # of the source, from the outermost and from the innermost


def tell(error: BaseException, name: str) -> dict[str, Json]:
    """Return the fields of a `raised` message; texts that are too long are cut."""
    try:
        told = {"kind": type(error).__name__, "message": str(error), "traceback": _traceback(error, name)}
        return {"is": "raised", **{key: _cut(str(text), _LONGEST[key]) for key, text in told.items()}}
    except BaseException:  # its __str__ may raise, or memory be at its end
        return {"is": "raised", "kind": "Exception", "message": "", "traceback": ""}


def _traceback(error: BaseException, name: str) -> str:
    frames = [frame for frame in extract_tb(error.__traceback__) if frame.filename == name]
    lines = [_line(frame) for frame in frames]
    if isinstance(error, SyntaxError) and error.filename == name:
        lines.append(f"line {error.lineno}: {(error.text or '').strip()}")
    if len(lines) > 2 * _FRAMES:
        lines[_FRAMES:-_FRAMES] = [f"({len(lines) - 2 * _FRAMES} more)"]
    return "\n".join(lines)


def _line(frame: FrameSummary) -> str:
    return f"line {frame.lineno}: {frame.line or frame.name}"


def _cut(text: str, longest: int) -> str:
    text = text.encode(errors="replace").decode()
    return text if len(text) <= longest else f"{text[:longest]}…"
