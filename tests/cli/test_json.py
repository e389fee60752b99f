import json

import pytest

from coursekit.cli._json import print_json


def test_what_is_no_number_becomes_null_at_any_depth(capsys: pytest.CaptureFixture[str]):
    inf = float("inf")

    print_json({"loss": float("nan"), "goals": [{"value": inf}, {"value": 0.5}], "range": (-inf, 1, "é\n")})

    line = capsys.readouterr().out
    assert json.loads(line) == {"loss": None, "goals": [{"value": None}, {"value": 0.5}], "range": [None, 1, "é\n"]}
    assert line.count("\n") == 1
    assert "é" in line
