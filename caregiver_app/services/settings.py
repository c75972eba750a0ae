"""Settings as named JSON values, kept with the data so that a backup carries them."""

from __future__ import annotations

import json

from caregiver_app.domain.entities import Setting
from caregiver_app.services.care import Care


class Settings:
    """Reads and writes the program's settings."""

    def __init__(self, care: Care) -> None:
        self._care = care

    def text(self, name: str, default: str) -> str:
        """Return a setting's text, `default` while nobody has set it."""
        found = self._care.store.get(Setting, name)
        value = default if found is None else json.loads(found.value)
        return value if isinstance(value, str) else default

    def put(self, name: str, value: str) -> None:
        """Keep a setting; called inside a change."""
        now = self._care.now
        self._care.store.put(
            Setting(id=name, value=json.dumps(value, ensure_ascii=False), created=now, changed=now)
        )

    def set(self, name: str, value: str) -> None:
        """Change a setting as one undoable step."""
        with self._care.change("done.setting", name=name):
            self.put(name, value)
