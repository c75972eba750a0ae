"""The command line is read the same whether or not the commands had to be put together."""

from __future__ import annotations

from pathlib import Path

import pytest

from caregiver_app import options


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([], {"command": None, "data_dir": None, "now": None, "demo": False}),
        (["--demo"], {"command": None, "demo": True, "background": False}),
        (["--background"], {"command": None, "background": True}),
        (["--data-dir", "add"], {"command": None, "data_dir": Path("add")}),
        (["--data-dir=add", "--now", "2026-03-20T12:00"], {"now": "2026-03-20T12:00"}),
        (["--data", "here"], {"command": None, "data_dir": Path("here")}),
        (["--demo", "add"], {"command": "add", "demo": True, "schema": False}),
        (["list", "notes", "--from", "2026-03-20"], {"command": "list", "kind": "notes"}),
        (["export", "-", "--n"], {"command": "export", "neutral": True, "now": None}),
        (["--now", "2026-03-20T12:00", "remind", "--follow"], {"follow": True}),
    ],
)
def test_what_is_told(told: list[str], expected: dict[str, object]):
    read = vars(options.read(told))
    assert {name: read[name] for name in expected} == expected


@pytest.mark.parametrize(
    "told",
    [["--now"], ["--no-such"], ["no-such"], ["--demo", "no-such"], [""], ["--data-dir"], ["list"]],
)
def test_what_is_wrong_is_said_in_one_line(told: list[str], capsys):
    with pytest.raises(SystemExit) as ended:
        options.read(told)
    assert ended.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "--help" in err


def test_help_names_the_commands(capsys):
    with pytest.raises(SystemExit) as ended:
        options.read(["--help"])
    assert ended.value.code == 0
    assert "remind" in capsys.readouterr().out


def test_a_start_with_a_window_puts_no_commands_together(monkeypatch):
    monkeypatch.setattr(options, "parser", lambda: pytest.fail("not needed"))
    assert options.read(["--data-dir", "here"]).command is None
