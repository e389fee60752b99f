"""How each editor is told where to open a file."""

import pytest

from coursekit.errors import UsageError
from coursekit.tui.editor import command


@pytest.mark.parametrize(
    ("editor", "words"),
    [
        *((name, "+7 a b.md") for name in ("vi", "vim", "nvim", "nano", "emacs", "emacsclient", "micro", "hx", "kak")),
        *((name, "--goto a b.md:7") for name in ("code", "codium", "cursor")),
        *((name, "--line 7 a b.md") for name in ("idea", "pycharm")),
        ("subl", "a b.md:7"),
        ("ed", "a b.md"),
    ],
)
def test_each_known_editor_gets_the_line_in_its_own_way(editor: str, words: str):
    argv = command({"EDITOR": f"'/opt/my tools/{editor}' -x"}, "a b.md", 7)

    assert argv[:2] == [f"/opt/my tools/{editor}", "-x"]
    assert " ".join(argv[2:]) == words
    assert any(argument.startswith("a b.md") for argument in argv)  # one argument, whatever it holds


@pytest.mark.parametrize("environment", [{}, {"EDITOR": ""}, {"VISUAL": " "}, {"VISUAL": "'"}])
def test_an_editor_that_is_not_set_is_asked_for(environment: dict[str, str]):
    with pytest.raises(UsageError, match=r"\$VISUAL or \$EDITOR"):
        command(environment, "a.md", 1)
