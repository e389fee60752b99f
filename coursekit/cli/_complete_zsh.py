"""The completion script for zsh: a line of `_arguments` for each command, with what each option does."""

from collections.abc import Iterator
from shlex import quote

from coursekit.cli._completing import FILES, FOLDERS, Completed, Option, Value, completed, everywhere

_TOP = """\
#compdef coursekit
# zsh completion for coursekit, made by 'coursekit completion zsh'

_coursekit_names() {
    local -a found
    found=(${(f)"$(${~program} $given completion --names $@[-1] 2>/dev/null)"})
    compadd "${(@)argv[1,-2]}" -a found # _arguments puts words of its own before the last
}

_coursekit() {
    local context state state_descr line program=$words[1] option
    local -a commands given
    local -A opt_args
"""
_MIDDLE = """\
    for option in --course --home --profile; do
        [[ -n $opt_args[$option] ]] && given+=($option ${(Q)opt_args[$option]})
    done
    case $state in
        command) _describe command commands ;;
        rest)
            case $words[1] in
"""
_BOTTOM = """\
            esac ;;
    esac
}

if [[ $funcstack[1] == _coursekit ]]; then _coursekit "$@"; else compdef _coursekit coursekit; fi
"""


def script() -> str:
    """Return the whole script; it works from a folder of `fpath` and when it is sourced."""
    root, *commands = completed()
    lines = [
        f"    commands=({' '.join(quote(f'{each.name}:{each.says}') for each in commands)})",
        f"    _arguments -C {' '.join(_option_specs(root))} '1:command:->command' '*::word:->rest'",
    ]
    cases = [f"                {each.name}) _arguments {' '.join(_specs(each))} ;;" for each in commands]
    return "\n".join([_TOP + "\n".join(lines), _MIDDLE + "\n".join(cases), _BOTTOM])


def _specs(command: Completed) -> Iterator[str]:
    yield from _option_specs(command)
    last = len(command.values) - 1
    for place, value in enumerate(command.values):
        at = "*" if command.is_open and place == last else str(place + 1)
        yield quote(f"{at}:{_value(value)}")


def _option_specs(command: Completed) -> Iterator[str]:
    for option in (*command.options, *everywhere()):
        for spelling in option.spellings:
            yield quote(f"{_others(option)}{spelling}[{_escaped(option.says)}]{_of_option(option)}")


def _others(option: Option) -> str:
    """Say that an option is not offered again under its other spelling."""
    return f"({' '.join(option.spellings)})" if len(option.spellings) > 1 else ""


def _of_option(option: Option) -> str:
    return f":{_value(option.value)}" if option.value else ""


def _value(value: Value) -> str:
    return f"{_escaped(value.name)}:{_what(value)}"


def _what(value: Value) -> str:
    if value.words:
        return f"({' '.join(value.words)})"
    if value.of:
        return f"_coursekit_names {value.of}"
    return {FILES: "_files", FOLDERS: "_files -/"}.get(value.source, "")


def _escaped(text: str) -> str:
    r"""Write what `_arguments` would take for marks of its own.

    >>> _escaped("0.7 [low]: no")
    '0.7 \\[low\\]\\: no'
    """
    for mark in ("\\", "[", "]", ":"):
        text = text.replace(mark, f"\\{mark}")
    return text
