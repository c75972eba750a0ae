"""The window that opens when the data cannot: what happened, and one click to a good backup."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.backup_words import backup_kinds, backup_time
from caregiver_app.gui.focus_ring import FocusRing
from caregiver_app.gui.restore_sheet import Homecoming, RestoreSheet
from caregiver_app.gui.room import room_around
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton, PrimaryButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.chips import IconDisc
from caregiver_app.gui.widgets.text import ScrollArea, Text
from caregiver_app.gui.words import long_date, time_text, tr
from caregiver_app.messages import explain

_WIDTH: Final = 640


class TroubleWindow(QWidget):
    """Says in one calm sentence why the app cannot open, and offers the newest good backup.

    `home` restores; when that returns, this window closes. What it refuses is shown here. `lacks`
    says what the offered backup lacks.
    """

    def __init__(
        self,
        sentence: str,
        offer: Path | None,
        home: Homecoming,
        *,
        lacks: str = "",
        theme: Theme | None = None,
    ) -> None:
        super().__init__()
        self._theme = theme or Theme()
        self._offer, self._home, self._lacks = offer, home, lacks
        self.sheet: RestoreSheet | None = None
        self._ring: FocusRing | None = None
        self.setWindowTitle(tr("Caregiver Companion"))
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(28, 28, 28, 28)
        column.setSpacing(16)
        head = QHBoxLayout()
        head.setSpacing(16)
        disc = IconDisc(self._theme, "attention", role="warn", ground="warn_tint", size=52)
        head.addWidget(disc, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(Text(tr("Your notes could not be opened"), "page_title"), 1)
        column.addLayout(head)
        self.sentence = Text(sentence)
        column.addWidget(self.sentence)
        self.restore: PrimaryButton | None = None
        if offer is not None:
            column.addWidget(self._backup_card(offer))
        self.wrong = Text("", "body", "alarm")
        self.wrong.hide()
        column.addWidget(self.wrong)
        column.addWidget(
            Text(tr("In an emergency, do not wait for this app: call."), "second", "soft")
        )
        foot = QHBoxLayout()
        ask = tr("Choose a backup…") if offer is None else tr("Choose another backup…")
        self.choose = QuietButton(self._theme, ask, "keep")
        self.choose.clicked.connect(self._choose)
        foot.addWidget(self.choose)
        foot.addStretch(1)
        self.leave = PlainButton(self._theme, tr("Quit"))
        self.leave.clicked.connect(self.close)
        foot.addWidget(self.leave)
        column.addLayout(foot)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ScrollArea(body))

    def _backup_card(self, offer: Path) -> Card:
        card = Card(self._theme, tr("The newest good backup"))
        made = backup_time(offer)
        when = offer.name
        if made is not None:
            when = f"{long_date(made.date(), year=True)}, {time_text(made)}"
        card.add(Text(tr("It is from {when}.", when=when), "strong"))
        card.add(Text(self._lacks or tr("What was written after that is not in it.")))
        card.add(Text(tr("The file as it is now is kept."), "second", "soft"))
        self.restore = PrimaryButton(self._theme, tr("Go back to this backup"), "undo")
        self.restore.clicked.connect(self._restore)
        card.body.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _restore(self) -> None:
        if self._offer is None:
            return
        try:
            self._home.restore(self._offer)
        except UserError as error:
            self.wrong.setText(explain(error))
            self.wrong.show()
            return
        self.close()

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("Restore a backup"), str(Path.home()), backup_kinds()
        )
        if chosen:
            self.ask_restore(Path(chosen))

    def ask_restore(self, backup: Path) -> None:
        """Show what is in that backup, and restore it when that is confirmed."""
        self.sheet = sheet = RestoreSheet(self._theme, backup, self._home, parent=self)
        sheet.accepted.connect(self.close)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    def sizeHint(self) -> QSize:
        """As tall as what is said, as far as the screen has room."""
        room = room_around(self).size() - QSize(24, 48)
        width = min(self._theme.px(_WIDTH), room.width())
        area = self.findChild(ScrollArea)
        body = None if area is None else area.widget()
        tall = self._theme.px(460) if body is None else body.heightForWidth(width) + 4
        return QSize(width, tall).boundedTo(room)

    def showEvent(self, event: QShowEvent) -> None:
        """Give the keyboard its ring, and let it begin at the way out: Enter changes nothing."""
        super().showEvent(event)
        application = QApplication.instance()
        if self._ring is None and isinstance(application, QApplication):
            self._ring = FocusRing(self._theme, application)
            self.leave.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape quits."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Fill with the page."""
        QPainter(self).fillRect(QRectF(self.rect()), self._theme.colour("page"))
