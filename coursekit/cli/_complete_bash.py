"""The completion script for bash: tables of `case` lines over one small function."""

from collections.abc import Iterable, Iterator
from shlex import quote

from coursekit.cli._completing import FILES, FOLDERS, Completed, Value, completed, everywhere

_TOP = """\
# bash completion for coursekit, made by 'coursekit completion bash'

_coursekit() {
    local now=${COMP_WORDS[COMP_CWORD]} last=${COMP_WORDS[COMP_CWORD - 1]}
    local program=${COMP_WORDS[0]/#\\~/$HOME} command= place=0 at word
    local -a given=()
    COMPREPLY=()
    for ((at = 1; at < COMP_CWORD; at++)); do
        word=${COMP_WORDS[at]}
        case $word in
            --course | --home | --profile) given+=("$word" "${COMP_WORDS[at + 1]}") ;;
            = | :) ((at++)) && continue ;; # bash cuts words at these
        esac
        if _coursekit_takes "$command $word"; then
            ((at++))
        elif [[ $word != -* ]]; then
            if [[ -z $command ]]; then command=$word; else ((place++)); fi
        fi
    done
    if _coursekit_takes "$command $last"; then
        _coursekit_value "$command $last"
    elif [[ $now == -* ]]; then
        _coursekit_words "$(_coursekit_options "$command")"
    else
        _coursekit_value "$command $place"
    fi
}

_coursekit_words() {
    local IFS=$' \\t\\n'
    COMPREPLY=($(compgen -W "$1" -- "$now"))
}

_coursekit_names() {
    _coursekit_words "$("$program" ${given[@]+"${given[@]}"} completion --names "$1" 2>/dev/null)"
}

_coursekit_files() {
    local IFS=$'\\n'
    compopt -o filenames 2>/dev/null
    COMPREPLY=($(compgen "$1" -- "$now"))
}
"""


def script() -> str:
    """Return the whole script; it runs on bash 3.2, which macOS has."""
    commands = tuple(completed())
    lines = [
        *_function("options", _option_lines(commands)),
        *_function("takes", [f"{' | '.join(_taking(commands))}) return 0 ;;", "*) return 1 ;;"]),
        *_function("value", _value_lines(commands)),
        "complete -F _coursekit coursekit",
    ]
    return "\n".join([_TOP, *lines, ""])


def _function(name: str, lines: Iterable[str]) -> Iterator[str]:
    yield from (f"_coursekit_{name}() {{", "    case $1 in")
    yield from (f"        {line}" for line in lines)
    yield from ("    esac", "}", "")


def _option_lines(commands: tuple[Completed, ...]) -> Iterator[str]:
    for each in commands:
        spellings = (spelling for option in (*each.options, *everywhere()) for spelling in option.spellings)
        yield f"{quote(each.name)}) echo {quote(' '.join(spellings))} ;;"


def _taking(commands: tuple[Completed, ...]) -> Iterator[str]:
    """Yield a pattern for each option after which a word has to follow, behind its command."""
    for option in everywhere():
        yield from (f"*{quote(f' {spelling}')}" for spelling in option.spellings if option.value)
    for each in commands:
        for option in each.options:
            yield from (quote(f"{each.name} {spelling}") for spelling in option.spellings if option.value)


def _value_lines(commands: tuple[Completed, ...]) -> Iterator[str]:
    for option in everywhere():
        yield from _value_line([f"*{quote(f' {spelling}')}" for spelling in option.spellings], option.value)
    for each in commands:
        for option in each.options:
            yield from _value_line([quote(f"{each.name} {spelling}") for spelling in option.spellings], option.value)
        last = len(each.values) - 1
        for place, value in enumerate(each.values):
            where = quote(f"{each.name} ") + "*" if each.is_open and place == last else quote(f"{each.name} {place}")
            yield from _value_line([where], value)


def _value_line(patterns: list[str], value: Value | None) -> Iterator[str]:
    if value and (what := _what(value)):
        yield f"{' | '.join(patterns)}) {what} ;;"


def _what(value: Value) -> str:
    if value.words:
        return f"_coursekit_words {quote(' '.join(value.words))}"
    if value.of:
        return f"_coursekit_names {value.of}"
    return {FILES: "_coursekit_files -f", FOLDERS: "_coursekit_files -d"}.get(value.source, "")
