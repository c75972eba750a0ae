"""The window that opens when the data cannot: what happened, and one click to a good backup.

What may pass, such as a disk that fails or is not plugged in, can be tried again first.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCloseEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.backup_list import BackupList, ask_file
from caregiver_app.gui.backup_words import backup_time, empty_text, kept_text
from caregiver_app.gui.focus_ring import FocusRing
from caregiver_app.gui.restore_sheet import Homecoming, RestoreSheet
from caregiver_app.gui.room import room_around
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import (
    Button,
    PlainButton,
    PrimaryButton,
    QuietButton,
    TonalButton,
)
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.chips import IconDisc
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import ScrollArea, Text
from caregiver_app.gui.words import long_date, time_text, tr
from caregiver_app.messages import explain

_WIDTH: Final = 640
_LOOK_MS: Final = 2_000

Again = Callable[[], UserError | None]
"""Tries to open the data once more; returns what is still in the way, None for nothing."""


class TroubleWindow(QWidget):
    """Says in one calm sentence why the app cannot open, and offers the newest good backup.

    `home` restores; when that returns, this window closes. What it refuses is shown here. `lacks`
    says what the offered backup lacks. `shorten` opens the data without its newest part, where that
    is what is damaged. With `again` there is a button to try once more, which comes
    first, since a backup lacks what was written after it. `restores` is False where the data are
    sound and only out of reach: going back to a backup would lose the newer ones for nothing.
    """

    def __init__(
        self,
        sentence: str,
        offer: Path | None,
        home: Homecoming,
        *,
        lacks: str = "",
        again: Again | None = None,
        shorten: Callable[[], object] | None = None,
        restores: bool = True,
        theme: Theme | None = None,
    ) -> None:
        super().__init__()
        self._shorten = shorten
        self._theme = theme or Theme()
        self._offer, self._home, self._lacks = offer, home, lacks
        self._again = again
        self.goes_on = False
        """Whether this window closed because the data can be opened now."""
        self.sheet: Sheet | None = None
        self._ring: FocusRing | None = None
        self.setWindowTitle(tr("Caregiver Companion"))
        body = QWidget()
        self.column = column = QVBoxLayout(body)
        column.setContentsMargins(28, 28, 28, 28)
        column.setSpacing(16)
        head = QHBoxLayout()
        head.setSpacing(16)
        disc = IconDisc(self._theme, "attention", role="warn", ground="warn_tint", size=52)
        head.addWidget(disc, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(Text(self.title(), "page_title"), 1)
        column.addLayout(head)
        self.sentence = Text(sentence)
        column.addWidget(self.sentence)
        self.retry: PrimaryButton | None = None
        if again is not None:
            column.addWidget(self._again_line(), 0, Qt.AlignmentFlag.AlignLeft)
        self.restore: Button | None = None
        if offer is not None:
            column.addWidget(self._backup_card(offer))
        self.add_ways(column)
        self.wrong = Text("", "body", "alarm")
        self.wrong.hide()
        column.addWidget(self.wrong)
        column.addWidget(
            Text(tr("In an emergency, do not wait for this app: call."), "second", "soft")
        )
        column.addLayout(self._foot(restores=restores))
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ScrollArea(body))

    def _foot(self, *, restores: bool) -> QHBoxLayout:
        foot = QHBoxLayout()
        ask = tr("Choose a backup…") if self._offer is None else tr("Choose another backup…")
        self.choose = QuietButton(self._theme, ask, "keep")
        self.choose.clicked.connect(self._choose)
        if not restores:
            self.choose.hide()
        foot.addWidget(self.choose)
        foot.addStretch(1)
        self.leave = PlainButton(self._theme, tr("Quit"))
        self.leave.clicked.connect(self.close)
        foot.addWidget(self.leave)
        return foot

    def title(self) -> str:
        """Return what stands above it all."""
        return tr("Your notes could not be opened")

    def hints(self) -> list[str]:
        """Return what is to be known before going back to the backup."""
        folder = self._home.kept_in
        kept = [] if folder is None else [kept_text(folder)]
        if self._again is None:
            return kept
        return [tr("Try again first: the disk may only have failed for a moment."), *kept]

    def add_ways(self, column: QVBoxLayout) -> None:
        """Add further ways on below the backup: `shorten` leaves out what was written last."""
        if self._shorten is None:
            return
        self.shorten = self.add_way(
            column,
            tr("Without what was written last"),
            tr(
                "Everything up to the last close is there. What was written after it cannot be"
                " read; the file with it is not deleted, but kept aside under another name."
            ),
            PlainButton(self._theme, tr("Open without the newest part"), "undo"),
            self._shorten,
        )

    def add_way(
        self,
        column: QVBoxLayout,
        title: str,
        words: str,
        button: PlainButton,
        act: Callable[[], object],
    ) -> PlainButton:
        """Add a card with a way on, and return its button; what `act` refuses is said here."""
        card = Card(self._theme, title)
        card.add(Text(words))
        button.clicked.connect(lambda: self._go_by(act))
        card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(card)
        return button

    def _go_by(self, act: Callable[[], object]) -> None:
        try:
            act()
        except UserError as error:
            self.say(explain(error))
            return
        self.go_on()

    def _again_line(self) -> PrimaryButton:
        self.retry = PrimaryButton(self._theme, tr("Try again"), "undo")
        self.retry.clicked.connect(self.try_again)
        return self.retry

    def try_again(self) -> None:
        """Open it once more; what is still in the way is said here."""
        still = self._again() if self._again is not None else None
        if still is None:
            self.go_on()
            return
        self.sentence.setText(explain(still))
        self.say(tr("Tried again: it is still the same."))

    def go_on(self) -> None:
        """Close: the data can be opened now."""
        self.goes_on = True
        self.close()

    def say(self, words: str) -> None:
        """Say below everything what is in the way, also to a screen reader."""
        self.wrong.setText(words)
        self.wrong.show()
        if self.isVisible():
            self.resize(self.sizeHint())
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.wrong, words))

    def _backup_card(self, offer: Path) -> Card:
        card = Card(self._theme, tr("The newest good backup"))
        made = backup_time(offer)
        when = offer.name
        if made is not None:
            when = f"{long_date(made.date(), year=True)}, {time_text(made)}"
        card.add(Text(tr("It is from {when}.", when=when), "strong"))
        if empty := empty_text(self._home.contents(offer)):
            card.add(Text(empty, "strong"))
        card.add(Text(self._lacks or tr("What was written after that is not in it.")))
        for hint in self.hints():
            card.add(Text(hint, "second", "soft"))
        kind = PrimaryButton if self._again is None else TonalButton
        self.restore = kind(self._theme, tr("Go back to this backup"), "undo")
        self.restore.clicked.connect(self._restore)
        card.body.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _restore(self) -> None:
        if self._offer is not None:
            self._go_by(partial(self._home.restore, self._offer))

    def _choose(self) -> None:
        known = self._home.known()
        if known:
            self.sheet = sheet = BackupList(self._theme, self._home, known, parent=self)
            sheet.chosen.connect(self.ask_restore)
            sheet.finished.connect(sheet.deleteLater)
            sheet.open()
            return
        found = ask_file(self._home, self)
        if found is not None:
            self.ask_restore(found)

    def ask_restore(self, backup: Path) -> None:
        """Show what is in that backup, and restore it when that is confirmed."""
        sheet = RestoreSheet(self._theme, backup, self._home, parent=self)
        self.sheet = sheet
        sheet.accepted.connect(self.go_on)
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

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the next window have a ring of its own."""
        if self._ring is not None:
            self._ring.end()
            self._ring = None
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape quits."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Fill with the page."""
        QPainter(self).fillRect(QRectF(self.rect()), self._theme.colour("page"))


class AwayWindow(TroubleWindow):
    """Says that the folder's diary is not there now, names the place, and makes nothing by itself.

    `again` looks for the diary, also by itself every two seconds; `begin` makes a new, empty one
    there. What that refuses is shown here.
    """

    def __init__(
        self,
        place: Path,
        offer: Path | None,
        home: Homecoming,
        *,
        again: Again,
        begin: Callable[[], object],
        theme: Theme | None = None,
    ) -> None:
        self._begin, self._place = begin, place
        sentence = tr(
            "This computer has kept your notes in the place below, and they are not there now."
            " Perhaps a stick or disk is not plugged in, or the folder was moved or renamed."
            " Nothing was made or changed."
        )
        super().__init__(sentence, offer, home, again=again, theme=theme)
        self.choose.set_words(tr("Open a backup…"))
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def title(self) -> str:
        """Return what stands above it all."""
        return tr("Your notes are not where they were")

    def _again_line(self) -> PrimaryButton:
        place = Text(str(self._place), "strong")
        place.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.column.addWidget(place)
        self.column.addWidget(
            Text(tr("Plug it in, or put the folder back. This page notices it by itself."))
        )
        return super()._again_line()

    def hints(self) -> list[str]:
        """Return what is to be known before going back to the backup."""
        return [tr("It is put in the place above. Try again first, if that may come back.")]

    def add_ways(self, column: QVBoxLayout) -> None:
        """Offer to begin a new diary, and say what that means."""
        self.begin = self.add_way(
            column,
            tr("Without the earlier notes"),
            tr(
                "A new, empty diary in this place. The earlier one is not deleted by that, but"
                " the two are not joined when it comes back."
            ),
            PlainButton(self._theme, tr("Begin a new diary here"), "add"),
            self._begin,
        )

    def try_again(self) -> None:
        """Look for it once more."""
        if self._again is None or self._again() is None:
            self.go_on()
        else:
            self.say(tr("It is still not there."))

    def _look(self) -> None:
        if QApplication.activeModalWidget() is not None or not self.isVisible():
            return
        if self._again is not None and self._again() is None:
            self.go_on()
