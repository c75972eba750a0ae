"""Settings as named JSON values, kept with the data so that a backup carries them."""

from __future__ import annotations

import json
from datetime import time

from caregiver_app.domain import texts
from caregiver_app.domain.entities import Setting
from caregiver_app.errors import DataDamaged, InputRefused
from caregiver_app.services.care import Care

NUMBER_LIMIT = 40
"""Characters of a telephone number, as the family writes it."""
WORDS_LIMIT = 80
"""Characters of a line of words that stands beside a number."""
EMERGENCY_NUMBER = "emergency_number"
POISON_NUMBER = "poison_number"
CRISIS_NUMBER = "crisis_number"
CRISIS_NAME = "crisis_name"
CRISIS_TEXT = "crisis_text"
SAFETY_NUMBER = "safety_number"
NUMBERS = (EMERGENCY_NUMBER, POISON_NUMBER, CRISIS_NUMBER, SAFETY_NUMBER)
"""The numbers that the family types for the worst moments; the program has none of its own."""
NUMBER_WORDS = (CRISIS_NAME, CRISIS_TEXT)
"""Words beside them: what the crisis line is called, and how to reach it in writing."""


class Settings:
    """Reads and writes the program's settings."""

    def __init__(self, care: Care) -> None:
        self._care = care

    def text(self, name: str, default: str) -> str:
        """Return a setting's text, `default` while nobody has set it."""
        found = self._care.store.get(Setting, name)
        value = default if found is None else json.loads(found.value)
        return value if isinstance(value, str) else default

    def shown(self, name: str, default: str, *, unread: str | None = None) -> str:
        """Return a setting of how something looks; that it cannot be read keeps nobody from it.

        `unread` stands for it then, else `default`.
        """
        try:
            return self.text(name, default)
        except DataDamaged:
            self._care.tell_unread()
            return default if unread is None else unread

    def put(self, name: str, value: str) -> None:
        """Keep a setting; called inside a change."""
        now = self._care.now
        self._care.store.put(
            Setting(id=name, value=json.dumps(value, ensure_ascii=False), created=now, changed=now)
        )

    def set(self, name: str, value: str) -> None:
        """Change a setting as one undoable step, named by the message `done.setting.<name>`."""
        with self._care.change(f"done.setting.{name}"):
            self.put(name, value)

    def set_number(self, name: str, number: str) -> None:
        """Keep a telephone number as it is dialled, or none; the same one again is no change.

        Raises:
            InputRefused: there is no digit in it, it is too long, or it has control characters.
        """
        kept = self.check_number(name, number)
        if kept != self.text(name, ""):
            self.set(name, kept)

    @staticmethod
    def check_number(name: str, number: str) -> str:
        """Return a telephone number as it is kept; `name` is the field that an error stands beside.

        Raises:
            InputRefused: there is no digit in it, it is too long, or it has control characters.
        """
        kept = texts.line(number, name)
        if len(kept) > NUMBER_LIMIT:
            raise InputRefused("text.long", name, length=len(kept), limit=NUMBER_LIMIT)
        if kept and not any(letter.isdigit() for letter in kept):
            raise InputRefused("setting.no_digit", name)
        return kept

    def set_crisis_line(self, name: str, number: str) -> None:
        """Keep a crisis line, its name and its number, as one undoable step.

        Raises:
            InputRefused: the number cannot be dialled, or the name cannot be kept.
        """
        if not texts.line(number, CRISIS_NUMBER):
            raise InputRefused("setting.no_digit", CRISIS_NUMBER)
        kept = {
            CRISIS_NUMBER: self.check_number(CRISIS_NUMBER, number),
            CRISIS_NAME: self.check_words(CRISIS_NAME, name),
        }
        with self._care.change(f"done.setting.{CRISIS_NUMBER}"):
            for setting, words in kept.items():
                self.put(setting, words)

    def set_words(self, name: str, typed: str) -> None:
        """Keep a line of words beside a number, or none; the same ones again are no change.

        Raises:
            InputRefused: they are too long, or have control characters.
        """
        kept = self.check_words(name, typed)
        if kept != self.text(name, ""):
            self.set(name, kept)

    @staticmethod
    def check_words(name: str, typed: str) -> str:
        """Return a line of words as it is kept; `name` is the field that an error stands beside.

        Raises:
            InputRefused: they are too long, or have control characters.
        """
        kept = texts.line(typed, name)
        if len(kept) > WORDS_LIMIT:
            raise InputRefused("text.long", name, length=len(kept), limit=WORDS_LIMIT)
        return kept

    def hour(self, name: str, default: time) -> time:
        """Return an hour of the day, `default` while none is set that can be read."""
        try:
            return time.fromisoformat(self.text(name, "")).replace(tzinfo=None)
        except ValueError:
            return default

    def set_hour(self, name: str, hour: time) -> None:
        """Change an hour of the day."""
        self.set(name, f"{hour:%H:%M}")

    def remember(self, **values: str) -> None:
        """Keep where somebody left off, such as the open tab: nothing that undo would name.

        A double underscore in a name stands for a dot.
        """
        wanted = {name.replace("__", "."): value for name, value in values.items()}
        if all(self.text(name, "") == value for name, value in wanted.items()):
            return
        with self._care.change("done.remembered", undoable=False):
            for name, value in wanted.items():
                self.put(name, value)
