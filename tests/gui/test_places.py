"""A file is proposed to go where there is a folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths

from caregiver_app.gui.places import usual_folder


@pytest.mark.parametrize("answer", ["", "missing"])
def test_without_a_folder_for_documents_it_is_the_home(tmp_path, monkeypatch, answer):
    said = str(tmp_path / answer) if answer else ""
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: said)
    assert usual_folder() == Path.home()


def test_the_folder_for_documents_where_there_is_one(tmp_path, monkeypatch):
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path))
    assert usual_folder() == tmp_path
