"""What is usual for a medicine, as the reference says it: shown, and filled in only on a click."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.advice import Evidence, MedicineInfo, Regimen
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.fields import ChoiceField
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import plain_date, tr
from caregiver_app.messages import words
from caregiver_app.services.reference import Reference


class UsualCard(Card):
    """Hidden until the typed medicine is one that the reference knows."""

    fill_in = Signal(object, int)
    """The `Regimen` that was asked for, and the minutes that its first visit usually lasts."""

    def __init__(self, theme: Theme, reference: Reference, parent: QWidget | None = None) -> None:
        super().__init__(theme, tone="tint", parent=parent)
        self._reference = reference
        self._medicine: MedicineInfo | None = None
        self._regimens: dict[str, Regimen] = {}
        self._shown: Regimen | None = None
        self.condition = ChoiceField(theme, tr("What is it given for?"), [])
        self._usual = Text("", "strong")
        self._source = Text("", "second")
        self._safety = Text(words("safety.everywhere"), "second")
        self.button = PlainButton(theme, tr("Fill in"))
        said = QVBoxLayout()
        said.setSpacing(2)
        for one in (self._usual, self._source, self._safety):
            said.addWidget(one)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(said, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.add(self.condition)
        self.body.addLayout(row)
        self.setAccessibleName(tr("What is usual"))
        self.condition.changed.connect(self._chosen)
        self.button.clicked.connect(self._fill)
        self.hide()

    def look_up(self, typed: str) -> None:
        """Show what is usual for the medicine with this name or brand; nothing for others."""
        found = self._reference.medicine(typed)
        if found is self._medicine:
            return
        self._medicine = found
        self._regimens.clear()
        choices: list[tuple[str, str]] = []
        for regimen in () if found is None else found.regimens:
            for number, condition in enumerate(regimen.conditions or (regimen.label,)):
                key = f"{regimen.id}/{number}"
                self._regimens[key] = regimen
                choices.append((key, condition))
        several = found is not None and len(found.regimens) > 1
        self.condition.set_choices(choices)
        self.condition.setVisible(several)
        self._show(None if found is None or several or not found.regimens else found.regimens[0])
        self.setVisible(found is not None and bool(found.regimens))

    def _chosen(self) -> None:
        self._show(self._regimens.get(self.condition.value() or ""))

    def _show(self, regimen: Regimen | None) -> None:
        self._shown = regimen
        for one in (self._usual, self._source):
            one.setVisible(regimen is not None)
        self.button.setVisible(regimen is not None and regimen.prefill)
        if regimen is None:
            return
        label = regimen.label[:1].lower() + regimen.label[1:]
        self._usual.setText(tr("Usual: {label}", label=label))
        lines = [self._source_line(regimen.evidence)]
        if not regimen.prefill:
            lines.insert(0, tr("This differs from person to person. Copy the clinic’s letter."))
        if regimen.note:
            lines.insert(0, regimen.note)
        self._source.setText("\n".join(lines))

    def _source_line(self, evidence: Evidence) -> str:
        if evidence.is_unverified:
            return words("safety.unverified")
        names = "; ".join(source.name for source in evidence.sources[:2])
        checked = plain_date(self._reference.generated)
        line = words("safety.source_line", sources=names, date=checked)
        return f"{line} · {words('safety.not_checked')}" if evidence.is_weak else line

    def _fill(self) -> None:
        if self._shown is not None and self._medicine is not None:
            self.fill_in.emit(self._shown, self._medicine.minutes_first)
