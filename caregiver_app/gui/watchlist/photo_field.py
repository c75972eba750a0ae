"""The one photo of an entry in its form: choose a file or drop one, look at it, take it away."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, QSize, QStandardPaths, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.entities import Photo
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import RADIUS_BUTTON
from caregiver_app.gui.watchlist.photo_reading import KINDS, PhotoReading
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton, enter_presses
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Text, set_tip
from caregiver_app.gui.words import tr
from caregiver_app.services.photos import Picture, bytes_of

_SIDE: Final = 96


class Thumbnail(QAbstractButton):
    """A small square of the photo; pressing it shows the whole."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._image = QImage()
        self._small = QImage()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Look at the photo"))
        set_tip(self, tr("Look at the photo"))
        theme.changed.connect(self._settle)
        self._settle()

    def show_image(self, image: QImage) -> None:
        """Show another picture."""
        self._image, self._small = image, QImage()
        self.update()

    def sizeHint(self) -> QSize:
        """A square that grows with the text."""
        side = self._theme.px(_SIDE)
        return QSize(side, side)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses like Space."""
        if not enter_presses(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the middle of the picture within a rounded outline."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        path = QPainterPath()
        path.addRoundedRect(box, RADIUS_BUTTON, RADIUS_BUTTON)
        painter.save()
        painter.setClipPath(path)
        small = self._drawn_small()
        corner = (small.deviceIndependentSize().toSize() - self.size()) / 2
        painter.drawImage(-corner.width(), -corner.height(), small)
        painter.restore()
        painter.setPen(QPen(self._theme.colour("edge"), 1))
        painter.drawPath(path)

    def _drawn_small(self) -> QImage:
        """Return the picture so small that it just fills the square."""
        if self._small.isNull() and not self._image.isNull():
            ratio = self.devicePixelRatioF()
            fill = Qt.AspectRatioMode.KeepAspectRatioByExpanding
            smooth = Qt.TransformationMode.SmoothTransformation
            self._small = self._image.scaled(self.size() * ratio, fill, smooth)
            self._small.setDevicePixelRatio(ratio)
        return self._small

    def _settle(self) -> None:
        self._small = QImage()
        self.setFixedSize(self.sizeHint())


class PhotoField(Field):
    """Holds a photo that is kept already, one that was just chosen, or none.

    What was chosen stays here until the form is saved.
    """

    look_asked = Signal()
    """Somebody wants to see the photo large."""
    settled = Signal()
    """A file was read, or refused."""

    def __init__(self, theme: Theme, kept: Photo | None) -> None:
        self.choose = PlainButton(theme, tr("Choose a photo…"), "add")
        self.thumbnail = Thumbnail(theme)
        self.drop = QuietButton(theme, tr("Remove the photo"))
        self._size = Text("", "second", "soft")
        super().__init__(theme, tr("Photo"), self._box())
        self.control.setFocusProxy(self.choose)
        self._has_kept = kept is not None
        self.picture: Picture | None = None
        """The photo that was chosen here and is not kept yet."""
        self.dropped = False
        """Whether the kept one shall go."""
        self.image = QImage()
        self.reading = PhotoReading(self)
        self.reading.done.connect(self._take)
        self.reading.refused.connect(self._refuse)
        self.choose.clicked.connect(self.ask_for_file)
        self.thumbnail.clicked.connect(self.look_asked)
        self.drop.clicked.connect(self.take_away)
        if kept is not None:
            self.image = QImage.fromData(bytes_of(kept))
        self._settle()

    def _box(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(self._size)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.addWidget(self.choose)
        flow.addWidget(self.drop)
        column.addWidget(buttons)
        column.addStretch(1)
        row.addWidget(self.thumbnail, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        return box

    def text(self) -> str:
        """Return nothing: a photo has no words."""
        return ""

    def set_text(self, text: str) -> None:
        """Leave the photo as it is: it has no words."""

    def has_photo(self) -> bool:
        """Tell whether there is a photo after saving."""
        return self.picture is not None or (self._has_kept and not self.dropped)

    def is_touched(self) -> bool:
        """Tell whether saving changes the photo."""
        return self.picture is not None or self.dropped

    def forget(self) -> None:
        """Take what was chosen here as never chosen: the entry is gone."""
        self.reading.stop()
        self.picture, self.dropped = None, False

    def ask_for_file(self) -> None:
        """Let somebody choose a file."""
        endings = " ".join(f"*.{one}" for one in KINDS)
        chosen, _ = QFileDialog.getOpenFileName(
            self.window(), tr("Choose a photo"), _pictures(),
            f"{tr('Photos')} ({endings} {endings.upper()});;{tr('All files')} (*)",
        )  # fmt: skip
        if chosen:
            self.read(Path(chosen))

    def read(self, path: Path) -> None:
        """Read a file beside the window; the photo that is there stays until that worked."""
        self.set_error(None)
        self.reading.begin(path)
        self._settle()

    def take_away(self) -> None:
        """Leave the entry without a photo."""
        self.reading.stop()
        self.picture, self.image = None, QImage()
        self.dropped = self._has_kept
        self._touched()
        self._settle()
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, picture: object) -> None:
        if isinstance(picture, Picture):
            self.picture, self.dropped = picture, False
            self.image = QImage.fromData(picture.jpeg)
            self._touched()
        self._settle()
        self.settled.emit()

    def _refuse(self, sentence: str) -> None:
        self._settle()
        self.set_error(sentence)
        self.settled.emit()

    def _settle(self) -> None:
        shown = self.has_photo()
        busy = self.reading.is_busy
        self.thumbnail.setVisible(shown)
        self.thumbnail.show_image(self.image)
        self.drop.setVisible(shown)
        self.choose.setEnabled(not busy)
        self.choose.set_words(tr("Choose another…") if shown else tr("Choose a photo…"))
        self._size.setText(tr("Reading the photo…") if busy else self._hint_words(shown=shown))
        self.updateGeometry()

    @staticmethod
    def _hint_words(*, shown: bool) -> str:
        if shown:
            return tr("Kept with this entry, without the place where it was taken.")
        return tr("Or drop a file here. The place where it was taken is not kept.")


def _pictures() -> str:
    """Return the folder in which the computer keeps photos, where there is one."""
    told = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    return told if told and Path(told).is_dir() else str(Path.home())
