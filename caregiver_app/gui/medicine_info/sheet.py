"""The look-up: all medicines, or one of them, over whatever is shown."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui import printing
from caregiver_app.gui.medicine_info.list_page import ListPage
from caregiver_app.gui.medicine_info.medicine_view import MedicineView
from caregiver_app.gui.medicine_info.model import LookUpModel
from caregiver_app.gui.reading_order import follow_layout
from caregiver_app.gui.room import room_around
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import IconButton
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain
from caregiver_app.pages.medicine_page import medicine_page
from caregiver_app.pages.medicine_parts import other_names, title_of
from caregiver_app.pages.printed import paint_printed, write_printed
from caregiver_app.services.household import Household

_WIDTH: Final = 860
_AROUND_LIST: Final = 370
"""Px of the window's height that go to everything but the list."""


class MedicinesSheet(Sheet):
    """Opens with the list, or with the medicine of this id or name."""

    asked = Signal(str, str, str)
    """Somebody wants to go on to another place: place, kind, item."""
    plan_asked = Signal(str)
    """A plan is to be entered for a medicine of this name ("" for one that is not named yet)."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        item: str = "",
        *,
        person: str | None = None,
        leads: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """`item` is an id or a name, `person` who is shown; over a form nothing `leads` away."""
        super().__init__(
            theme,
            tr("Medicines"),
            icon="medicine",
            role="medication",
            ground="medication-tint",
            primary=tr("Close"),
            subtitle=" ",
            width=_WIDTH,
            parent=parent,
        )
        self._house, self._leads = house, leads
        self._model = LookUpModel(house, person)
        self.view: MedicineView | None = None
        self.preview: QWidget | None = None
        self.cancel.hide()
        self.back = IconButton(theme, "back", tr("All medicines"), key_hint="Alt+Left")
        self.header.insertWidget(0, self.back, 0, Qt.AlignmentFlag.AlignTop)
        self.back.clicked.connect(self.show_list)
        self.trouble = Text("", "second", "alarm")
        self.trouble.hide()
        self.list_page = ListPage(theme, self._model, leads=leads)
        self.add(self.trouble)
        self.add(self.list_page, 1)
        self.list_page.opened.connect(self.show_medicine)
        self.list_page.plan_asked.connect(self._ask_plan)
        self.confirmed.connect(self.accept)
        if house.reference.medicine(item) is None:
            self.list_page.begin_with(item)
            self.show_list()
        else:
            self.show_medicine(item)

    def show_list(self) -> None:
        """Show all medicines."""
        before, self.view = self.view, None
        if before is not None:
            self.body.removeWidget(before)
            before.hide()
            before.deleteLater()
        self._say_head(
            tr("Medicines that the app knows"), tr("What is usual, and where it is from")
        )
        self.back.hide()
        self.list_page.show()
        self.list_page.look()
        self.list_page.finder.line.setFocus(Qt.FocusReason.OtherFocusReason)
        if before is not None:
            self.list_page.list.choose(before.info.id)
        self._settle()

    def show_medicine(self, item: str) -> None:
        """Show the medicine with this id, name or brand."""
        info = self._house.reference.medicine(item)
        if info is None:
            return
        self.list_page.hide()
        self.trouble.hide()
        view = MedicineView(self.theme, self._model, info, leads=self._leads)
        view.sign_asked.connect(self._open_sign)
        view.plan_asked.connect(self._ask_plan)
        view.print_asked.connect(self._print)
        view.pdf_asked.connect(self._save_pdf)
        self.view = view
        names = (other_names(info), info.route)
        self._say_head(title_of(info), " · ".join(one for one in names if one))
        self.back.show()
        self.add(view, 1)
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)
        self._settle()

    def is_changed(self) -> bool:
        """Nothing is typed here that could be lost."""
        return False

    def fit(self) -> None:
        """Give the list the height that the window has."""
        parent = self.parentWidget()
        if parent is not None:
            most = min(parent.window().height(), room_around(parent).height())
            self.list_page.list.room = most - self.theme.px(_AROUND_LIST)
            self.list_page.list.updateGeometry()
        super().fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt and Left go back to the list; the page keys turn what is read."""
        bar = self.area.verticalScrollBar()
        pages = {Qt.Key.Key_PageDown: bar.pageStep(), Qt.Key.Key_PageUp: -bar.pageStep()}
        if event.key() in pages:
            bar.setValue(bar.value() + pages[Qt.Key(event.key())])
            return
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and event.key() == Qt.Key.Key_Left and self.view is not None:
            self.show_list()
            return
        super().keyPressEvent(event)

    def _say_head(self, title: str, subtitle: str) -> None:
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self.setWindowTitle(title)
        self.setAccessibleName(title)

    def _settle(self) -> None:
        self.area.verticalScrollBar().setValue(0)
        if self.isVisible():
            # What was just put in has its height only once it was laid out.
            QTimer.singleShot(0, self, self._follow)

    def _follow(self) -> None:
        self.fit()
        follow_layout(self)

    # -- Leading on -------------------------------------------------------------------------------

    def _open_sign(self, sign: str) -> None:
        self.accept()
        self.asked.emit("watch", "sign", sign)

    def _ask_plan(self, name: str) -> None:
        self.accept()
        self.plan_asked.emit(name)

    # -- Paper ------------------------------------------------------------------------------------

    def _print(self) -> None:
        if self.view is None:
            return
        page = medicine_page(self._house, self.view.info)
        self.preview = printing.open_preview(
            lambda device: paint_printed(device, page), page.title, self
        )

    def _save_pdf(self) -> None:
        if self.view is None:
            return
        self.trouble.hide()
        page = medicine_page(self._house, self.view.info)
        path = printing.ask_pdf_path(self, f"{page.title}.pdf")
        if path is None:
            return
        try:
            write_printed(page, path, printing.paper_name())
        except UserError as error:
            self.trouble.setText(explain(error))
            self.trouble.show()
            self.area.verticalScrollBar().setValue(0)
        else:
            self.note.setText(tr("Saved as {path}", path=path))
