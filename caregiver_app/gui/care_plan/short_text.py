"""`ShortText`: a text field that stays as low as its rows; longer texts scroll inside it."""

from __future__ import annotations

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.fields import TextField


class ShortText(TextField):
    """Several of them fit into one sheet."""

    def __init__(
        self, theme: Theme, label: str, *, text: str = "", rows: int = 2, hint: str = ""
    ) -> None:
        super().__init__(theme, label, text=text, rows=rows, hint=hint)
        # Connected after the area's own: that gives it its least height for the new text size.
        theme.changed.connect(self._shorten)
        self._shorten()

    def _shorten(self) -> None:
        self.area.setMaximumHeight(self.area.minimumHeight())
