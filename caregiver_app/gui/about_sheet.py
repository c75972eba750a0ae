"""What this program is, what it is not, and where its look-up of advice comes from."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from caregiver_app import __version__
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import plain_date, tr
from caregiver_app.messages import words
from caregiver_app.services.reference import Reference


class AboutSheet(Sheet):
    """Intended use, safety, sources."""

    def __init__(
        self, theme: Theme, reference: Reference, number: str, parent: QWidget | None = None
    ) -> None:
        """`number` is the emergency number that the family typed, "" while there is none."""
        super().__init__(
            theme,
            tr("What this is"),
            icon="care-plan",
            primary=tr("Close"),
            subtitle=tr("Caregiver Companion {version}", version=__version__),
            width=640,
            parent=parent,
        )
        self.cancel.hide()
        called = number or words("safety.no_emergency_number")
        self.add(Text(words("safety.first_run", emergency_number=called), "strong"))
        self.add(
            Text(
                tr(
                    "It keeps what you write on this computer only, reminds, and looks published"
                    " advice up. It makes no prediction, gives no score and never suggests,"
                    " computes or compares a dose."
                )
            )
        )
        self.add(Text(words("safety.everywhere")))
        sources = Card(
            theme,
            tr("Where the advice comes from"),
            fact=tr("checked {date}", date=plain_date(reference.generated)),
        )
        names = {
            source.name
            for medicine in reference.medicines
            for regimen in medicine.regimens
            for source in regimen.evidence.sources
        } | {source.name for sign in reference.signs for source in sign.evidence.sources}
        sources.add(Text("\n".join(sorted(names)), "second", "soft"))
        sources.add(Text(words("safety.not_reviewed").capitalize() + ".", "second"))
        self.add(sources)
        self.confirmed.connect(self.accept)
