"""The driver's slip: seen and changed before it goes out as paper, text or calendar file."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.times import in_zone
from caregiver_app.errors import UserError
from caregiver_app.gui import printing
from caregiver_app.gui.care_plan.short_text import ShortText
from caregiver_app.gui.places import usual_folder
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.sign_line import SignLine
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import time_text, tr
from caregiver_app.messages import explain
from caregiver_app.pages.dates import full_date
from caregiver_app.pages.helper_slip import lines_of, slip_page, text_of, title_of
from caregiver_app.pages.printed import Printed, paint_printed, write_printed
from caregiver_app.services.household import Household
from caregiver_app.services.rides import Slip

_PHONE = "slip.phone"


class SlipSheet(Sheet):
    """What the driver of one date gets to know; nothing typed here changes the appointment."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        appointment_id: str,
        key: str = "",
        parent: QWidget | None = None,
        *,
        draft: Appointment | None = None,
    ) -> None:
        """`key` is the wall time of the date, "" where there is one only.

        `draft` is the appointment as it stands in a form.

        Raises:
            InputRefused: the appointment is not there any more.
        """
        phone = house.settings.shown(_PHONE, "")
        slip = (
            house.rides.slip(appointment_id, key, phone=phone)
            if draft is None
            else house.rides.slip_of(draft, key, phone=phone)
        )
        super().__init__(
            theme,
            tr("Slip for the driver"),
            icon="drive",
            primary=tr("Look at it and print"),
            subtitle=tr("It says where and when, and nothing of what for."),
            cancel=tr("Close"),
            role="drive",
            ground="drive-tint",
            parent=parent,
        )
        self.house, self._id, self._slip = house, appointment_id, slip
        self._make_fields(slip)
        self._make_preview()
        self._make_ways()
        self.confirmed.connect(self.print_slip)
        self._tell()

    # -- Building ---------------------------------------------------------------------------------

    def _make_fields(self, slip: Slip) -> None:
        theme = self.theme
        self.where = ShortText(theme, tr("Where"), text=slip.where, rows=2)
        self.pick_up = ShortText(theme, tr("Pick up at"), text=slip.pick_up, rows=2)
        self.note = LineField(theme, tr("Good to know"), text=slip.caution)
        self.note.line.setCursorPosition(0)  # the beginning says what it is about
        self.phone = LineField(theme, tr("Your phone"), text=slip.phone, icon="call")
        self.left_out = SignLine(theme, "private", "soft", "second")
        if slip.left_out:
            said = tr("Left out, because it tells what for: {words}", words=slip.left_out)
            self.left_out.say(said)
        self.telling = SignLine(theme, "attention", role="second")
        self.add_row(self.where, self.pick_up)
        self.add(self.left_out)
        self.add(self.note)
        self.add(self.telling)
        self.add(self.phone)
        for field in (self.where, self.pick_up, self.note, self.phone):
            field.changed.connect(self._tell)

    def _make_preview(self) -> None:
        self.card = Card(self.theme)
        self.heading = Text("", "card_title")
        self.preview = Text("", "body")
        self.card.add(self.heading)
        self.card.add(self.preview)
        self.add(self.card)

    def _make_ways(self) -> None:
        row = QWidget()
        flow = FlowLayout(row, across=8, down=8)
        ways: tuple[tuple[str, str, Callable[[], None]], ...] = (
            (tr("Copy as text"), "paper-note", self.copy_text),
            (tr("Save as PDF…"), "print", self._ask_pdf),
            (tr("Save for a calendar…"), "calendar", self._ask_calendar),
        )
        for words, icon, act in ways:
            button = PlainButton(self.theme, words, icon)
            button.clicked.connect(act)
            flow.addWidget(button)
        self.add(row)
        self.message = Text("", "second", "soft")
        self.message.hide()
        self.add(self.message)

    # -- Living -----------------------------------------------------------------------------------

    def is_changed(self) -> bool:
        """Nothing of this is kept, so closing loses nothing."""
        return False

    def slip(self) -> Slip:
        """Return the slip as it stands here."""
        return replace(
            self._slip,
            where=self.where.value(),
            pick_up=self.pick_up.value(),
            caution=self.note.value(),
            phone=self.phone.value(),
        )

    def _tell(self) -> None:
        slip = self.slip()
        self.heading.setText(title_of(slip))
        said = [f"{one.label}: {one.text}" for one in lines_of(slip, time_text)]
        self.preview.setText("\n".join(said))
        typed = f"{slip.where}\n{slip.pick_up}\n{slip.caution}"
        word = ""
        with suppress(UserError):
            word = self.house.rides.telling(typed, self._id)
        warning = tr("“{word}” tells what the visit is for.", word=word)
        self.telling.say(warning if word else "")

    def _say(self, words: str, ink: str = "soft") -> None:
        self.message.set_ink(ink)
        self.message.setText(words)
        self.message.setVisible(bool(words))
        self.fit()
        self.area.ensureWidgetVisible(self.message)

    def _page(self) -> Printed:
        now: datetime = in_zone(self.house.care.now, self.house.care.home)
        printed = f"{full_date(now.date())}, {time_text(now)}"
        return slip_page(self.slip(), printed, time_text)

    def _remember(self) -> None:
        # Where nothing can be written, the number is typed again the next time.
        with suppress(UserError):
            self.house.settings.remember(slip__phone=self.phone.value())

    # -- Ways out ---------------------------------------------------------------------------------

    def print_slip(self) -> QWidget:
        """Open the preview from which the slip is printed."""
        self._remember()
        page = self._page()
        return printing.open_preview(
            lambda device: paint_printed(device, page), tr("Print the slip"), self
        )

    def copy_text(self) -> None:
        """Put the slip's text on the clipboard."""
        self._remember()
        QGuiApplication.clipboard().setText(text_of(self.slip(), time_text))
        self._say(tr("Copied. Paste it into a message."))

    def _ask_pdf(self) -> None:
        day = self._slip.day.isoformat()
        path = printing.ask_pdf_path(self, tr("drive {day}.pdf", day=day))
        if path is not None:
            self._write(path, lambda: write_printed(self._page(), path, printing.paper_name()))

    def _ask_calendar(self) -> None:
        name = tr("drive {day}.ics", day=self._slip.day.isoformat())
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            tr("Save for a calendar"),
            str(usual_folder() / name),
            tr("Calendar files (*.ics)"),
        )
        if not chosen:
            return
        path = Path(chosen)
        path = path if path.suffix.lower() == ".ics" else path.with_name(f"{path.name}.ics")
        self._write(path, lambda: self._save_calendar(path))

    def _save_calendar(self, path: Path) -> None:
        slip = self.slip()
        text = text_of(slip, time_text)
        self.house.rides.save_calendar(path, self._id, slip, title=title_of(slip), text=text)

    def _write(self, path: Path, write: Callable[[], object]) -> None:
        self._remember()
        try:
            write()
        except UserError as error:
            self._say(explain(error), "alarm")
        else:
            self._say(tr("Saved: {path}", path=path))


def open_slip(
    house: Household,
    theme: Theme,
    appointment_id: str,
    parent: QWidget,
    *,
    draft: Appointment | None = None,
) -> SlipSheet:
    """Open the slip of an appointment, or of what a form makes of it, and return it.

    Raises:
        InputRefused: the appointment is not there any more.
    """
    sheet = SlipSheet(house, theme, appointment_id, "", parent, draft=draft)
    sheet.finished.connect(sheet.deleteLater)
    sheet.open()
    return sheet
